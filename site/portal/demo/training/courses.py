"""Builds the catalogue: each course written by an officer and approved by a subject expert and by education."""

from datetime import date, timedelta

from wagtail.models import Site

from course_catalogue import visible
from course_catalogue.catalogue import approving
from course_catalogue.catalogue.waiting import waiting_of
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import (
    AudienceGroup,
    CourseIndexPage,
    CourseMethod,
    CourseOutcome,
    CoursePage,
    CoursePrerequisite,
    CourseSource,
    Level,
    Method,
    OpportunityKind,
    Priority,
    Subject,
)
from kernel.lifecycle.review import add_months
from kernel.organisation.models import Agency
from portal.demo.days import months_ago
from portal.demo.organisation import person
from portal.demo.steps import login
from portal.demo.training.offer import OFFER, PRIORITIES, Course
from portal.demo.training.pool import at_ten
from portal.models import HomePage

OFFICER, EXPERT, EDUCATION = "Chloe Beaumont", "Ingrid Solberg", "Dafydd Rhys"
WHO = {ApprovingRole.EDUCATION: EDUCATION, ApprovingRole.EXPERT: EXPERT}
EDITION = 2019
ILLUSTRATIVE = "Illustrative: room, trainer and papers for one session."


def build(today: date) -> bool:
    """True if it built anything; a catalogue that is there already is left as it is."""
    if CourseIndexPage.objects.exists():
        return False
    index = CourseIndexPage(title="Courses", slug="courses", show_in_menus=True)
    HomePage.objects.get().add_child(instance=index)
    _open_to_visitors()
    _priorities(today)
    for course in OFFER:
        _course(index, course, today)
    _changed("NEG1", "See neglect before it is an emergency, tell the family, and act with others.")
    return True


def _open_to_visitors() -> None:
    site = Site.objects.get(is_default_site=True)
    settings = visible.TrainingSettings.for_site(site)
    settings.open_to_visitors = True
    settings.save()


def _priorities(today) -> None:
    for place, (name, source, words) in enumerate(PRIORITIES.values()):
        stated = add_months(today, -3 - place)
        Priority.objects.get_or_create(
            name=name, defaults={"source": source, "words": words, "stated_on": stated}
        )


def _course(index, plan: Course, today) -> None:
    """Written two days before it was approved, thirteen months ago or more where that has lapsed by now."""
    day = months_ago(today, 13) if plan.approved == 2 else today - timedelta(days=3)
    page = CoursePage(
        title=plan.title,
        slug=plan.code.lower(),
        code=plan.code,
        aim=plan.aim,
        content=plan.content,
        delivery=plan.delivery,
        kind=OpportunityKind.objects.get(key=plan.kind),
        level=Level.objects.filter(framework__edition=EDITION, number=plan.level).first(),
        minutes=sum(minutes for _key, minutes in plan.methods),
        agency=Agency.objects.get(slug=plan.agency) if plan.agency else None,
        open_to_partners=plan.shared,
        cost=plan.cost or None,
        cost_words=ILLUSTRATIVE if plan.cost else "",
        rationale=plan.rationale,
        subject_expert=person(EXPERT),
        review_due=add_months(today, plan.review),
    )
    _rows(page, plan, today)
    index.add_child(instance=page)
    page.save_revision(user=login(OFFICER))
    for role in list(WHO)[: plan.approved]:
        _approve(page, role, day)


def _rows(page, plan: Course, today) -> None:
    page.subjects = list(Subject.objects.filter(key__in=plan.subjects))
    page.audiences = list(AudienceGroup.objects.filter(key__in=plan.audiences))
    page.priorities = list(Priority.objects.filter(name__in=[PRIORITIES[key][0] for key in plan.priorities]))
    page.outcomes = [
        CourseOutcome(
            words=words, assess_months=assess or None, refresh_months=refresh or None, sort_order=place
        )
        for place, (words, assess, refresh) in enumerate(plan.outcomes)
    ]
    page.methods = [
        CourseMethod(method=Method.objects.get(key=key), minutes=minutes, sort_order=place)
        for place, (key, minutes) in enumerate(plan.methods)
    ]
    page.sources = [
        CourseSource(title=title, kind=kind, dated_on=_day(when, today), sort_order=place)
        for place, (title, kind, when) in enumerate(plan.sources)
    ]
    page.prerequisites = [
        CoursePrerequisite(needs=CoursePage.objects.get(code=code), sort_order=place)
        for place, code in enumerate(plan.needs)
    ]


def _day(when, today) -> date:
    return when if isinstance(when, date) else add_months(today, -when)


def _approve(page, role, day) -> None:
    seen = waiting_of(page, day).digest
    approving.approve(page, role=role, seen=seen, actor=login(WHO[role]), now=at_ten(day))


def _changed(code: str, aim: str) -> None:
    """A live course whose changed draft waits for both again."""
    draft = CoursePage.objects.get(code=code).get_latest_revision_as_object()
    draft.aim = aim
    draft.save_revision(user=login(OFFICER))

from datetime import date, datetime
from itertools import count

from django.utils import timezone

from course_catalogue.catalogue import approving
from course_catalogue.catalogue.waiting import waiting_of
from course_catalogue.enums import ApprovingRole, Delivery
from course_catalogue.models import (
    AudienceGroup,
    CourseMethod,
    CourseOutcome,
    CoursePage,
    Framework,
    Level,
    Method,
    OpportunityKind,
    Priority,
    Subject,
)
from tests.factories.courses import make_index
from tests.factories.organisation import make_person, make_role_holder

_number = count(1)
NOW = timezone.make_aware(datetime(2026, 11, 23, 9, 0))
REVIEW_DUE = date(2027, 11, 30)


def _word(model, key: str, **values):
    number = next(_number)
    name = values.pop("name", f"{key} {number}")
    return model.objects.get_or_create(key=key, defaults={"name": name, **values})[0]


def make_subject(key="neglect", **values) -> Subject:
    return _word(Subject, key, **values)


def make_kind(key="basic-skills", **values) -> OpportunityKind:
    return _word(OpportunityKind, key, **values)


def make_group(key="group-3", **values) -> AudienceGroup:
    return _word(AudienceGroup, key, **values)


def make_method(key="classroom", **values) -> Method:
    return _word(Method, key, **values)


def make_level(number=3, edition=2019) -> Level:
    framework = Framework.objects.filter(edition=edition).first()
    framework = framework or Framework.objects.create(name="Roles and competences", edition=edition)
    return Level.objects.get_or_create(framework=framework, number=number)[0]


def make_priority(**values) -> Priority:
    return Priority.objects.create(**{"name": f"Priority {next(_number)}", "source": "audit", **values})


def make_draft(*, authors=None, subjects=None, **overrides) -> CoursePage:
    """A complete draft of a course, written by two people unless said otherwise, that nobody has judged."""
    number = next(_number)
    values = {
        "title": f"Draft course {number}",
        "slug": f"draft-course-{number}",
        "code": f"D{number}",
        "aim": "Know neglect when you see it.",
        "delivery": Delivery.MULTI_AGENCY,
        "kind": make_kind(),
        "minutes": 360,
        "rationale": "Case reviews name it again and again.",
        "subject_expert": make_person(),
        "review_due": REVIEW_DUE,
        "open_to_partners": True,
    }
    page = CoursePage(**{**values, **overrides})
    page.subjects = subjects or [make_subject()]
    page.outcomes = [CourseOutcome(words="Name four signs of neglect", assess_months=3, refresh_months=36)]
    page.methods = [CourseMethod(method=make_method(), minutes=page.minutes)]
    make_index().add_child(instance=page)
    for author in authors or [make_person(user=True).user for _each in range(2)]:
        page.save_revision(user=author)
    page.refresh_from_db()
    return page


def make_expert():
    return make_role_holder("subject-expert")


def make_officer():
    return make_role_holder("education-officer")


def give(course, role, *, actor=None, now=NOW):
    """One approval of the newest draft, by somebody who holds the role."""
    actor = actor or make_role_holder(role)
    seen = waiting_of(course, timezone.localdate(now)).digest
    return approving.approve(course, role=role, seen=seen, actor=actor, now=now)


def make_approved(*, now=NOW, **overrides) -> CoursePage:
    """A course that went live through both approvals."""
    course = make_draft(**overrides)
    for role in ApprovingRole.values:
        give(course, role, now=now)
    return CoursePage.objects.get(pk=course.pk)

from datetime import date
from itertools import count

from django.conf import settings
from django.db import transaction
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from kernel.lifecycle import minutes, submissions, workflows
from kernel.lifecycle.minutes import Minute
from policy_pages.models import PolicyIndexPage, PolicyPage
from policy_pages.outcomes import retiring
from portal.models import HomePage
from tests.factories.organisation import make_body, make_person

_number = count(1)
TODAY = date(2026, 11, 23)


def make_home() -> HomePage:
    """The site's home page: the one that the migrations made, or a new one after a flush."""
    home = HomePage.objects.first()
    if home is None:
        code = get_supported_content_language_variant(settings.LANGUAGE_CODE)
        Locale.objects.get_or_create(language_code=code)
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        home = root.add_child(instance=HomePage(title="Home", slug="home-page"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost", "port": 80}
    )
    Site.clear_site_root_paths_cache()
    return home


def make_library() -> PolicyIndexPage:
    index = PolicyIndexPage.objects.first()
    if index is None:
        index = make_home().add_child(instance=PolicyIndexPage(title="Policies", slug="policies"))
        workflows.attach(index)
    return index


def clause(text, **values):
    return ("clause", {"number": "", "heading": "", "text": f"<p>{text}</p>", "roles": [], **values})


def section(title, **values):
    return ("section", {"number": "", "title": title, "level": "1", **values})


BODY = (section("Why we have this"), clause("Staff must tell the named nurse the same day."))


def make_policy(*, body=BODY, author=None, **overrides) -> PolicyPage:
    """A complete draft: an author, an approving and a ratifying body (by signatures, quorum of two)."""
    number = next(_number)
    author = author or make_person(user=True).user
    values = {
        "title": f"Policy {number}",
        "slug": f"policy-{number}",
        "reference": f"PO-{number:03}",
        "policy_owner": make_person(user=True),
        "live": False,
    }
    if "approving_body" not in overrides:
        values["approving_body"] = make_body(members=[make_person(user=True)], quorum=1)
    if "ratifying_body" not in overrides:
        members = [make_person(user=True) for _ in range(3)]
        values["ratifying_body"] = make_body(members=members, quorum=2, ratifies_by="signatures")
    groups = overrides.pop("audience_groups", None)
    page = PolicyPage(**{**values, **overrides})
    page.body = list(body)
    make_library().add_child(instance=page)
    if groups is not None:
        page.audience_groups = groups
    page.save_revision(user=author)
    page.refresh_from_db()
    return page


def author_of(page):
    return page.latest_revision.user


def members_of(body):
    return [seat.person.user for seat in body.memberships.order_by("pk").select_related("person__user")]


def edit(page, *, body=None, user=None, **values):
    """Save another draft, as the editor does."""
    draft = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    if body is not None:
        draft.body = list(body)
    draft.save_revision(user=user or author_of(page))
    page.refresh_from_db()
    return page


def submit(page, *, today=TODAY, actor=None, **values):
    words = {"significance": "major", "change_note": "First issue."}
    owner = page.policy_owner.user
    return submissions.submit(page, actor=actor or owner, today=today, **{**words, **values})


def approve(submission, *, today=TODAY):
    (approver, *_others) = members_of(submission.approving_body)
    return submissions.approve(submission, actor=approver, today=today)


def sign(submission, *, today=TODAY):
    for member in members_of(submission.ratifying_body)[: submission.ratifying_body.quorum]:
        submission = submissions.sign(submission, actor=member, today=today)
    return submission


def issue(page, *, today=TODAY, **values):
    """The whole way: submitted, approved, ratified by signatures; gives the version."""
    sign(approve(submit(page, today=today, **values), today=today), today=today)
    page.refresh_from_db()
    return page.versions.newest_first().first()


def make_meeting_policy(**overrides):
    """Like ``make_policy``, ratified in a meeting: a secretary, a chair and two members, a quorum of two."""
    if "ratifying_body" not in overrides:
        overrides["ratifying_body"] = make_body(
            members=[make_person(user=True), make_person(user=True)],
            chair=make_person(user=True),
            secretary=make_person(user=True),
            quorum=2,
            ratifies_by="meeting",
        )
    return make_policy(**overrides)


def seated(body, capacity):
    """The logins that hold ``capacity`` in ``body``, oldest first."""
    seats = body.memberships.filter(capacity=capacity).order_by("pk").select_related("person__user")
    return [seat.person.user for seat in seats]


def minute_of(body, **overrides) -> Minute:
    """What the secretary writes down: two members present, ratified."""
    values = {
        "meeting_on": TODAY,
        "present": [user.staff_profile for user in seated(body, "member")],
        "minute_reference": "B 4/26",
        "outcome": "ratify",
        "in_force_from": TODAY,
    }
    return Minute(**{**values, **overrides})


def record(submission, *, today=TODAY, **overrides):
    body = submission.ratifying_body
    (secretary, *_others) = seated(body, "secretary")
    minute = minute_of(body, **{"meeting_on": today, "in_force_from": today, **overrides})
    return minutes.record_meeting(submission, actor=secretary, today=today, minute=minute)


def confirm(submission, *, today=TODAY):
    (chair, *_others) = seated(submission.ratifying_body, "chair")
    return minutes.confirm_meeting(submission, actor=chair, today=today)


def sign_once(submission, *, today=TODAY):
    """The first signature alone."""
    return submissions.sign(submission, actor=members_of(submission.ratifying_body)[0], today=today)


def issue_by(page, *, approver, today=TODAY):
    """The whole way with this approver."""
    submission = submissions.approve(submit(page, today=today), actor=approver, today=today)
    sign(submission, today=today)
    page.refresh_from_db()
    return page.versions.newest_first().first()


def retire(version, *, today=TODAY, **values):
    """A body withdraws the policy of ``version``, from today on and without one in its place."""
    words = {
        "reason": "No ward has such beds any more.",
        "replaced_by": None,
        "withdrawn_from": today,
        "body_name": "Policy Group",
        "decided_on": today,
        **values,
    }
    with transaction.atomic():
        return retiring.retire(version, actor=None, today=today, **words)

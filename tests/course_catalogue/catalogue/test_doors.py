"""Through Wagtail's admin, the search and the desk: nothing publishes a course, nobody finds what is not theirs."""

from datetime import date

import pytest
from django.urls import reverse

from course_catalogue import search
from course_catalogue.catalogue import approving, desk
from course_catalogue.catalogue.waiting import waiting_of
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import CoursePage, Subject
from kernel.audit.models import AuditEntry
from portal.role_sync import sync_roles
from tests.factories.accounts import make_user
from tests.factories.catalogue import NOW, give, make_approved, make_draft, make_expert, make_officer
from tests.factories.courses import make_course, make_index
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.policies import make_home

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ROWS = ("outcomes", "methods", "sources", "prerequisites", "comments")


@pytest.fixture(autouse=True)
def catalogue():
    make_home()
    return make_index()


def _form(draft, **changes) -> dict:
    """The editor's own form for a draft whose rows are left as they are."""
    data = {
        "title": draft.title,
        "slug": draft.slug,
        "code": draft.code,
        "aim": draft.aim,
        "minutes": draft.minutes,
        "delivery": draft.delivery,
        "kind": draft.kind_id,
        "subjects": [row.pk for row in draft.subjects.all()],
        "rationale": draft.rationale,
        "subject_expert": draft.subject_expert_id,
        "review_due": draft.review_due.isoformat(),
        "open_to_partners": "on",
    }
    for name in ROWS:
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    return data | changes


@pytest.mark.parametrize("button", [None, "action-publish", "action-submit"])
def test_edit_by_a_superuser_leaves_a_draft(client, button):
    course = make_approved(title="Neglect")
    client.force_login(make_user(is_superuser=True))
    data = _form(course.get_latest_revision_as_object(), title="Changed") | ({button: "1"} if button else {})

    response = client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), data)

    assert response.status_code == 302, response.context["form"].errors
    fresh = CoursePage.objects.get(pk=course.pk)
    assert (fresh.title, fresh.draft_title) == ("Neglect", "Changed")
    assert waiting_of(fresh, TODAY).draft.title == "Changed"


@pytest.mark.parametrize("door", ["unpublish", "delete", "copy"])
def test_wagtails_doors_are_closed_for_an_approved_course(client, door):
    course = make_approved()
    client.force_login(make_user(is_superuser=True))

    client.post(reverse(f"wagtailadmin_pages:{door}", args=[course.pk]), {})

    assert CoursePage.objects.get(pk=course.pk).live
    assert CoursePage.objects.count() == 1


@pytest.mark.parametrize("role", ["education-officer", "ld-officer"])
def test_officers_open_the_editor_of_a_course_and_the_lists(client, role):
    course = make_draft()
    user = make_role_holder(role)
    sync_roles()
    client.force_login(user)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[course.pk]))
    words = client.get(reverse("training_subject:index"))

    assert (page.status_code, words.status_code) == (200, 200)
    assert "action-publish" not in page.content.decode()
    assert "Save and show its approval" in page.content.decode()


def test_word_that_an_officer_changes_is_written_down(client):
    subject = Subject.objects.create(key="first-aid", name="First aid")
    user = make_role_holder("ld-officer")
    sync_roles()
    client.force_login(user)
    data = {"name": "First aid at work", "key": "first-aid", "place": 9, "active": "on"}

    client.post(reverse("training_subject:edit", args=[subject.pk]), data)

    assert Subject.objects.get(pk=subject.pk).name == "First aid at work"
    assert AuditEntry.objects.filter(action="training.edit_vocabulary").count() == 1


def test_search_finds_a_course_by_code_and_words_for_whom_it_is():
    agency = make_agency()
    make_course(title="Neglect", code="NEG9", aim="See it early.")
    make_course(title="Neglect at home", code="OWN1", agency=agency, open_to_partners=False)
    make_draft(title="Neglect, a draft")
    staff, partner = make_person(user=True).user, make_person(user=True, agency=make_agency()).user

    assert [(hit.title, hit.exact) for hit in search.find(staff, "neg9", TODAY)] == [("Neglect", True)]
    assert [hit.title for hit in search.find(staff, "neglect", TODAY)] == ["Neglect", "Neglect at home"]
    assert [hit.title for hit in search.find(partner, "neglect", TODAY)] == ["Neglect"]
    assert search.find(None, "neglect", TODAY) == []


def test_desk_asks_those_who_may_approve_and_tells_authors_what_came_back():
    author, expert, officer = make_user(), make_expert(), make_officer()
    course = make_draft(title="Neglect", authors=[author])
    assert [row.verb for row in desk.rows(expert, TODAY)] == ["decide"]
    assert [row.verb for row in desk.rows(officer, TODAY)] == ["decide"]
    assert desk.rows(author, TODAY) == []

    give(course, ApprovingRole.EDUCATION, actor=officer)
    assert desk.rows(officer, TODAY) == []
    seen = waiting_of(course, TODAY).digest
    approving.send_back(course, role=ApprovingRole.EXPERT, seen=seen, words="Why?", actor=expert, now=NOW)
    assert desk.rows(expert, TODAY) == []
    assert [row.title for row in desk.rows(author, TODAY)] == ["Neglect"]


def test_desk_asks_no_sole_author_to_approve_the_own_text():
    officer = make_officer()
    make_draft(authors=[officer])

    assert desk.rows(officer, TODAY) == []

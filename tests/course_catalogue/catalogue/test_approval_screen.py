"""The screen on which a draft is approved."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from course_catalogue.catalogue import approving
from course_catalogue.catalogue.waiting import waiting_of
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import CoursePage
from tests.factories.accounts import make_user
from tests.factories.catalogue import (
    give,
    make_approved,
    make_draft,
    make_expert,
    make_officer,
)
from tests.factories.courses import make_index
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.policies import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue():
    make_home()
    return make_index()


@pytest.fixture
def staff(client):
    person = make_person(user=True)
    client.force_login(person.user)
    return person


def _open(client, page, **query):
    return client.get(page.get_url(), query)


def _text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_draft_is_read_by_officers_and_by_nobody_else(client, staff):
    course = make_draft(title="Under way")
    address = f"/training/course/{course.pk}/approval/"

    assert client.get(address).status_code == 404
    assert _open(client, course).status_code == 404
    for user in (make_expert(), make_officer(), make_role_holder("ld-officer")):
        client.force_login(user)
        assert "Under way" in _text(client.get(address))
    assert "Under way" in _text(_open(client, make_index()))


def test_approval_form_shows_cost_and_rationale(client):
    course = make_draft(
        cost="1250.00", cost_words="Two trainers, one day", rationale="A review asked for it."
    )
    client.force_login(make_expert())

    text = _text(client.get(f"/training/course/{course.pk}/approval/"))

    assert "£1250.00" in text
    assert "Two trainers, one day" in text
    assert "A review asked for it." in text


def test_course_is_approved_in_the_browser_by_two(client):
    course = make_draft()
    address = f"/training/course/{course.pk}/approval/"
    for user, role in ((make_expert(), "subject-expert"), (make_officer(), "education-officer")):
        client.force_login(user)
        seen = client.get(address).context["form"].fields["seen"].initial
        response = client.post(address, {"role": role, "seen": seen, "act": "approve"})
        assert response.status_code == 302

    assert CoursePage.objects.get(pk=course.pk).live
    assert "This text is approved and live." in _text(client.get(address))


def test_approval_pressed_for_an_older_text_is_refused_and_keeps_what_was_typed(client):
    course = make_draft()
    address = f"/training/course/{course.pk}/approval/"
    client.force_login(make_expert())
    seen = client.get(address).context["form"].fields["seen"].initial
    draft = course.get_latest_revision_as_object()
    draft.aim = "Something else."
    draft.save_revision(user=make_user())

    response = client.post(
        address, {"role": "subject-expert", "seen": seen, "act": "send-back", "words": "Too long."}
    )

    text = _text(response)
    assert "The draft changed since you opened this page." in text
    assert "Too long." in text
    again = client.post(
        address,
        {"role": "subject-expert", "seen": waiting_of(course, date(2026, 11, 27)).digest, "act": "approve"},
    )
    assert again.status_code in (200, 302)


def test_sending_back_without_words_is_refused_at_the_field(client):
    course = make_draft()
    address = f"/training/course/{course.pk}/approval/"
    client.force_login(make_expert())
    seen = client.get(address).context["form"].fields["seen"].initial

    text = _text(client.post(address, {"role": "subject-expert", "seen": seen, "act": "send-back"}))

    assert "Say what has to change." in text


def test_sole_author_is_told_why_somebody_else_approves(client):
    author = make_officer()
    course = make_draft(authors=[author])
    client.force_login(author)

    text = _text(client.get(f"/training/course/{course.pk}/approval/"))

    assert "You wrote this text alone: somebody else approves it." in text
    assert "Approve this text" not in text


def test_approval_names_what_differs_from_the_live_course(client):
    course = make_approved()
    draft = course.get_latest_revision_as_object()
    draft.aim, draft.cost = "Another aim.", 100
    draft.save_revision(user=make_user())
    client.force_login(make_expert())

    text = _text(client.get(f"/training/course/{course.pk}/approval/"))

    assert "Differs from the live course in: What it is for, Cost of one session." in text


def test_draft_sent_back_says_so_in_the_list(client):
    course = make_draft(title="Sent back")
    seen = waiting_of(course, timezone.localdate()).digest
    expert = make_expert()
    approving.send_back(
        course, role=ApprovingRole.EXPERT, seen=seen, words="Add the law.", actor=expert, now=timezone.now()
    )
    client.force_login(expert)

    assert "sent back to its authors" in _text(_open(client, make_index()))


def test_draft_with_one_approval_waits_for_the_other(client):
    course = make_draft()
    give(course, "education-officer", now=timezone.make_aware(datetime(2026, 11, 23, 9, 0)))
    client.force_login(make_expert())

    assert "waiting for the subject expert&#x27;s approval" in _text(_open(client, make_index()))

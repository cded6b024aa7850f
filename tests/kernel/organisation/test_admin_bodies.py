"""The screen on which a body, its seats and its meetings are set up."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from kernel.organisation import people
from kernel.organisation.admin_forms import BodyForm
from kernel.organisation.models import Body, BodyMeeting
from tests.factories.organisation import make_body, make_person, make_seat

pytestmark = pytest.mark.django_db
RULES = {
    "approves_by": "any",
    "approvals_needed": "",
    "reviews_a_meeting": "",
    "nation": "ENG",
    "consultation_lead": "5",
    "papers_lead": "5",
    "in_force_lead": "2",
    "reading_lead": "28",
}


def body_data(*seats, initial=0, **overrides):
    values = {"name": "Quality Committee", "short_name": "QC", "quorum": "2", "ratifies_by": "meeting"}
    values |= {"meets": "", "contact": "", "meetings": inline_formset([]), **RULES}
    return nested_form_data({**values, "memberships": inline_formset(seats, initial=initial), **overrides})


def seat_row(person, capacity="member", **overrides):
    values = {"id": "", "person": person.pk, "capacity": capacity, "from_on": "2026-01-01", "until_on": ""}
    return {**values, **overrides}


def test_a_new_chair_follows_the_old_one_on_one_form(client, sign_in):
    sign_in("site-administrator")
    seat, new = make_seat(capacity="chair"), make_person()
    old = seat_row(seat.person, "chair", id=seat.pk, from_on=seat.from_on.isoformat(), until_on="2026-06-30")
    data = body_data(old, seat_row(new, "chair", from_on="2026-07-01"), initial=1)

    answer = client.post(reverse("organisation_body:edit", args=[seat.body_id]), data)

    assert answer.status_code == 302
    assert list(people.members(seat.body, date(2026, 6, 30))) == [seat.person]
    assert list(people.members(seat.body, date(2026, 7, 1))) == [new]


def test_two_chairs_on_one_form_are_refused(client, sign_in):
    sign_in("site-administrator")
    rows = [seat_row(make_person(), "chair"), seat_row(make_person(), "chair")]

    answer = client.post(reverse("organisation_body:add"), body_data(*rows))

    assert "has a chair already" in answer.content.decode()
    assert Body.objects.count() == 0


def test_a_site_administrator_takes_no_seat(client, sign_in):
    actor = sign_in("site-administrator")

    answer = client.post(reverse("organisation_body:add"), body_data(seat_row(actor.staff_profile)))

    assert "Nobody gives a seat to themselves" in answer.content.decode()
    assert Body.objects.count() == 0


def test_a_meeting_with_an_agenda_is_not_deleted_with_the_dates(client, sign_in):
    sign_in("site-administrator")
    meeting = BodyMeeting.objects.create(body=make_body(), meets_on=date(2026, 12, 10))
    meeting.items.create(kind="tests.motion", thing_id=1, title="Motion", order=1, put_on_at=timezone.now())
    row = {"id": meeting.pk, "meets_on": "2026-12-10", "starts_at": "", "place": "", "papers_due_on": ""}
    rows = inline_formset([{**row, "DELETE": "on"}], initial=1)
    address = reverse("organisation_body:edit", args=[meeting.body_id])

    answer = client.post(address, body_data(meetings=rows))

    assert "The meeting of 10 December 2026 has an agenda or minutes: it stays." in answer.content.decode()
    assert BodyMeeting.objects.count() == 1


@pytest.mark.parametrize(("state", "moved"), [("recorded", False), ("returned", True), (None, True)])
def test_the_day_of_a_meeting_with_minutes_is_not_moved(client, sign_in, state, moved):
    sign_in("site-administrator")
    meeting = BodyMeeting.objects.create(body=make_body(), meets_on=date(2026, 11, 12))
    if state:
        words = {"recorded_by_id": 1, "recorded_by_name": "Sam", "recorded_at": timezone.now()}
        answered = {
            "answered_by_id": 2,
            "answered_by_name": "Rosa",
            "answered_at": timezone.now(),
            "reason": "No.",
        }
        words |= answered if state == "returned" else {}
        meeting.entries.create(reference="PG/1", quorum=1, state=state, **words)
    row = {
        "id": meeting.pk,
        "meets_on": "2026-11-19",
        "starts_at": "",
        "place": "Room 2",
        "papers_due_on": "",
    }
    address = reverse("organisation_body:edit", args=[meeting.body_id])

    answer = client.post(address, body_data(meetings=inline_formset([row], initial=1)))

    meeting.refresh_from_db()
    assert meeting.meets_on == (date(2026, 11, 19) if moved else date(2026, 11, 12))
    said = "The meeting of 12 November 2026 has minutes: its day stays."
    assert (said in answer.content.decode()) is not moved


def test_a_refusal_under_lock_goes_back_to_the_form(client, sign_in, monkeypatch):
    """Somebody else saved between the check and the lock: the second check is what refuses."""
    sign_in("site-administrator")
    asked = []

    def second_time(form):
        asked.append(form)
        if len(asked) == 2:
            raise ValidationError("Somebody was quicker.")

    monkeypatch.setattr(BodyForm, "check_rows", second_time)
    answer = client.post(reverse("organisation_body:add"), body_data())

    assert "Somebody was quicker." in answer.content.decode()
    assert Body.objects.count() == 0

"""The plan of a session leads to its register and bookings, each reader to what would not refuse them (S2-16)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from course_catalogue.enums import Mark
from tests.factories.courses import make_booking
from tests.factories.organisation import make_person
from tests.factories.planning import make_day, make_planned
from tests.factories.register import close_all, make_register

pytestmark = pytest.mark.django_db


def test_plan_of_a_closed_session_says_what_the_register_says(enter, words):
    day, (came, stayed), officer = make_register()
    page = f"/training/session/{day.session_id}/plan/"
    client = enter(officer)
    before = words(client.get(page))
    close_all(day.session, actor=officer, marks={stayed.pk: Mark.DID_NOT_ATTEND})

    shown = words(client.get(page))

    assert before.count(": booked</li>") == 2
    for booking, mark in ((came, "attended"), (stayed, "did not attend")):
        name = f'<a href="/training/booking/{booking.pk}/">{booking.person.name}</a>'
        assert f"{name}: {mark}</li>" in shown
        assert client.get(f"/training/booking/{booking.pk}/").status_code == 200
    assert f'href="/training/register/{day.pk}/"' in before
    assert f'href="/training/register/{day.pk}/"' in shown


def test_plan_leads_who_decides_alone_to_nothing_that_refuses_them(enter, words):
    owner, on = make_person(user=True), timezone.localdate() + timedelta(days=14)
    session = make_planned(now=timezone.now(), days=[make_day(on)], owner=owner, minimum=4, decide_days=2)
    booking = make_booking(session=session)

    shown = words(enter(owner.user).get(f"/training/session/{session.pk}/plan/"))

    assert f"{booking.person.name}: booked" in shown
    for place in (f"/training/booking/{booking.pk}/", "/training/register/", "/message/"):
        assert place not in shown

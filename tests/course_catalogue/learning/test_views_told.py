"""What the page of a booking tells holds at that moment: cost and notice, and what was charged."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from course_catalogue.models import Booking
from tests.course_catalogue.learning.test_views_bookings import booked, offered, place, words_of
from tests.factories import booking as make
from tests.factories.courses import make_booking
from tests.factories.learning import signed_in, soon_session

pytestmark = pytest.mark.django_db
FOLLOW = "Follow it in my calendar"


def test_a_last_free_moment_that_has_passed_reads_so_with_what_cancelling_costs_now():
    now = timezone.now()
    row = booked(late_charge=Decimal("50.00"), free_until=now + timedelta(days=3))
    client = signed_in(row.person)
    assert "Later than that, or not coming:" in words_of(client, "booking", row)
    Booking.objects.filter(pk=row.pk).update(free_until=now - timedelta(days=3))

    page = words_of(client, "booking", row)

    assert "Cancelling a booked place now, or not coming:" in page
    assert ("Cancelling is free" in page, "is charged £50.00." in page) == (False, True)


def test_a_place_that_ended_says_what_was_charged_and_nothing_of_notice():
    now = timezone.now()
    terms = {"late_charge": Decimal("50.00"), "free_until": now - timedelta(days=3)}
    late, in_time = booked(**terms), booked(**{**terms, "free_until": now + timedelta(days=3)})
    for row, owed in ((late, "50.00"), (in_time, "0.00")):
        client = signed_in(row.person)
        assert ("Cost and notice" in words_of(client, "booking", row)) is True
        client.post(place("cancel", row), {"why": "own", "owed": owed})

    pages = [words_of(signed_in(row.person), "booking", row) for row in (late, in_time)]

    assert ["Cost and notice" in page for page in pages] == [False, False]
    assert ["£50.00, cancelled late" in page for page in pages] == [True, False]


def test_a_past_date_is_not_followed_in_a_calendar():
    past = make_booking(person=make.make_staff(), session=soon_session(weeks=-2), late_charge=Decimal(50))
    ahead = booked()

    assert FOLLOW in words_of(signed_in(ahead.person), "booking", ahead)
    page = words_of(signed_in(past.person), "booking", past)
    assert (FOLLOW in page, "Cost and notice" in page) == (False, False)


@pytest.mark.parametrize("needs_approval", [False, True])
def test_an_offer_that_is_taken_says_whose_it_is_now(needs_approval):
    row = offered()
    type(row.session).objects.filter(pk=row.session_id).update(needs_approval=needs_approval)
    client = signed_in(row.person)

    page = client.post(place("offer", row), {"act": "take"}, follow=True).content.decode()

    asked = f"To release you, {make.manager_of(row.person).name} has been asked."
    assert ("The place is yours." in page, asked in page) == (not needs_approval, needs_approval)

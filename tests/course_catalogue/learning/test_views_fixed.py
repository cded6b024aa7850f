"""What cannot be done any more is not shown, and its address says why (S0-46)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from course_catalogue.register import checking_in
from tests.course_catalogue.learning.test_views_bookings import offered, place, words_of
from tests.factories import booking as make
from tests.factories.courses import make_booking, make_session
from tests.factories.learning import signed_in, soon_session

pytestmark = pytest.mark.django_db
BEGUN = "The date has begun: the register says who came."
MARKED = "The register has a mark already, so the place stays as it is."
OFFERS = ("Give it to a colleague", "Cancel the place", "Move to another date", "Withdraw for patient safety")


def begins_soon():
    """A booked place on a date that begins in ten minutes, with another date of its course."""
    now = timezone.now()
    row = make.book(make_session(starts=now + timedelta(minutes=10)), now=now)
    soon_session(course=row.session.course)
    return row


def said(page) -> list[str]:
    return [words for words in OFFERS if f">{words}</a>" in page]


def test_the_page_offers_nothing_after_a_mark():
    row = begins_soon()
    person, manager = signed_in(row.person), signed_in(make.manager_of(row.person))
    before = said(words_of(person, "booking", row)), said(words_of(manager, "booking", row))
    assert before == ([*OFFERS[:3]], [OFFERS[3]])

    day = row.session.days.get()
    now = timezone.now()
    checking_in.check_in(day, checking_in.letters(day, now), actor=row.person.user, now=now)

    after = said(words_of(person, "booking", row)), said(words_of(manager, "booking", row))
    assert after == ([], [])
    for name in ("give", "cancel", "move"):
        page = words_of(person, name, row)
        assert (MARKED in page, 'method="post" novalidate' in page) == (True, False), name
    assert MARKED in words_of(manager, "withdraw", row)
    person.post(place("cancel", row), {"why": "own", "owed": "0.00"})
    row.refresh_from_db()
    assert row.state == "booked"


@pytest.mark.parametrize("name", ["give", "cancel", "move"])
def test_an_address_of_a_past_date_says_why_not(name):
    row = make_booking(person=make.make_staff(), session=soon_session(weeks=-2))
    soon_session(course=row.session.course)

    page = words_of(signed_in(row.person), name, row)

    assert (BEGUN in page, 'method="post" novalidate' in page) == (True, False)


def test_a_past_date_is_not_withdrawn():
    row = make_booking(person=make.make_staff(), session=soon_session(weeks=-2))

    page = words_of(signed_in(make.manager_of(row.person)), "withdraw", row)

    assert (BEGUN in page, 'method="post" novalidate' in page) == (True, False)


def test_what_is_offered_is_taken_or_let_go_and_nothing_else():
    row = offered()
    soon_session(course=row.session.course, weeks=12)
    client = signed_in(row.person)

    page = words_of(client, "booking", row)
    assert ("Take it or let it go" in page, said(page)) == (True, [])
    assert "This place is offered and not taken." in words_of(client, "cancel", row)


def test_the_window_names_what_the_page_does():
    """Who waits leaves the list; who is booked cancels."""
    session = soon_session(capacity=1)
    row = make.book(session, now=timezone.now())
    waits = make.wait(session, now=timezone.now())

    assert "<title>Leave the waiting list: " in _title(signed_in(waits.person), waits)
    assert "<title>Cancel: " in _title(signed_in(row.person), row)


def _title(client, row) -> str:
    return " ".join(words_of(client, "cancel", row).split()).replace("<title> ", "<title>")

"""Asking for places: what one gets, what is refused, and that nothing is left behind."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_catalogue.booking import asking, shares
from course_catalogue.models import Booking
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make
from tests.factories.organisation import make_host

pytestmark = pytest.mark.django_db


def mails_to(person) -> list[str]:
    rows = OutboxMail.objects.order_by("pk")
    return [row.kind for row in rows if row.to == [person.user.email]]


def test_a_place_is_booked_at_once_where_nobody_releases():
    session, person = make.make_session(), b.make_staff()

    asked = b.ask(session, person, needs="hearing loop")

    (booking,) = asked.bookings
    assert (asked.waiting, asked.again) == (False, False)
    assert (booking.person, booking.agency, booking.state) == (person, person.agency, "booked")
    assert (booking.access_needs, booking.joined_at, booking.answer_by) == ("hearing loop", b.NOW, None)
    assert mails_to(person) == ["training.confirmed"]
    assert mails_to(b.manager_of(person)) == []
    event = OutboxEvent.objects.get(kind="training.booked")
    assert event.payload == {
        "booking": booking.pk,
        "session": session.pk,
        "course": session.course_id,
        "person": person.pk,
        "first_on": "2027-01-06",
    }


def test_a_place_is_held_until_the_manager_has_answered():
    session, person = make.make_session(needs_approval=True), b.make_staff()

    booking = b.book(session, person)

    assert (booking.state, booking.manager) == ("requested", b.manager_of(person))
    assert booking.answer_by.isoformat() == "2026-11-30T17:00:00+00:00"
    assert mails_to(person) == ["training.requested"]
    assert mails_to(b.manager_of(person)) == ["training.ask_release"]
    assert OutboxEvent.objects.filter(kind="training.booked").count() == 0


def test_the_mail_to_the_manager_leads_to_the_page_that_answers():
    booking = b.book(make.make_session(needs_approval=True))

    mail = OutboxMail.objects.get(kind="training.ask_release")

    assert f"/training/booking/{booking.pk}/answer/" in mail.text
    assert "The place is held until 5pm on Monday 30 November 2026." in mail.text
    assert booking.person.name in mail.text


def test_one_act_is_one_row_of_the_trail():
    booking = b.book(make.make_session())

    (entry,) = AuditEntry.objects.filter(action="training.ask")
    assert (entry.target_id, entry.refused) == (str(booking.pk), False)
    assert booking.person.name not in str(entry.facts)


def test_asking_takes_at_most_25_queries(kept_as_served):
    """With others booked, a limit, held places, a charging policy and a key; savepoints of the suite left out."""
    session = make.make_session(needs_approval=True)
    charges.make_classes()
    charges.make_policy()
    b.book(session)
    first, second = b.make_staff(), b.make_staff()
    shares.set_limit(session, size=9, agency=first.agency, actor=None, now=b.NOW)
    shares.hold(session, b.make_partner(), size=2, release_at=b.later(days=9), actor=None, now=b.NOW)

    with CaptureQueriesContext(connection) as held:
        b.book(session, first, key=uuid.uuid4())
    type(session).objects.filter(pk=session.pk).update(needs_approval=False)
    with CaptureQueriesContext(connection) as booked:
        b.book(session, second, key=uuid.uuid4())

    assert [count(held), count(booked)] == [24, 24]


def count(captured) -> int:
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


# Full, and the waiting list


def test_who_asks_for_a_place_that_is_not_there_is_told_their_number():
    session, _booked = b.full(capacity=2)
    b.wait(session)

    with pytest.raises(ValidationError) as refusal:
        b.book(session)

    assert refusal.value.code == "full"
    assert refusal.value.messages == [
        "All 2 places are taken and 1 person waits. On the list you would be number 2."
    ]


def test_a_full_session_keeps_a_list_only_if_it_says_so():
    session, _booked = b.full(keeps_list=False)

    with pytest.raises(ValidationError) as refusal:
        b.wait(session)

    assert (refusal.value.code, session.bookings.count()) == ("full", 1)


def test_nobody_waits_while_there_is_a_place():
    session = make.make_session(capacity=1)

    asked = b.ask(session, b.make_staff(), join_list=True)

    assert (asked.waiting, asked.bookings[0].state) == (False, "booked")


def test_on_the_list_with_the_number_in_a_mail():
    session, _booked = b.full()
    b.wait(session)
    person = b.make_staff()

    asked = b.ask(session, person, join_list=True)

    assert (asked.waiting, asked.bookings[0].state) == (True, "waiting")
    assert "You are number 2 on the waiting list." in OutboxMail.objects.get(to=[person.user.email]).text


def test_a_capacity_of_none_is_unlimited_and_one_of_0_is_full():
    """Behaviours 9 and 3."""
    endless, none = make.make_session(capacity=None), make.make_session(capacity=0)
    for _number in range(3):
        b.book(endless)

    with pytest.raises(ValidationError) as refusal:
        b.book(none)

    assert (b.states(endless), refusal.value.code) == (["booked"] * 3, "full")


# Several people


def test_all_of_a_group_or_none():
    session, people = make.make_session(capacity=2), [b.make_staff() for _number in range(3)]

    with pytest.raises(ValidationError) as refusal:
        b.ask(session, *people)

    assert (refusal.value.codes, session.bookings.count()) == (["full"], 0)
    assert refusal.value.messages[0].startswith(f"{people[2].name}: All 2 places are taken")
    assert OutboxMail.objects.count() == 0


def test_a_group_that_fits_shares_one_number():
    session, people = make.make_session(capacity=3), [b.make_staff() for _number in range(3)]

    rows = b.ask(session, *people).bookings

    assert {row.state for row in rows} == {"booked"}
    assert len({row.group for row in rows}) == 1 and rows[0].group is not None


def test_a_limit_counts_within_the_same_request():
    """Behaviour 22."""
    session, people = make.make_session(), [b.make_staff() for _number in range(3)]
    shares.set_limit(session, size=2, agency=make_host(), actor=None, now=b.NOW)

    with pytest.raises(ValidationError) as refusal:
        b.ask(session, *people)

    assert (refusal.value.codes, session.bookings.count()) == (["limit"], 0)


def test_a_group_waits_together_where_one_of_them_has_no_place():
    session, people = make.make_session(capacity=1), [b.make_staff() for _number in range(2)]

    asked = b.ask(session, *people, join_list=True)

    assert (asked.waiting, b.states(session)) == (True, ["waiting", "waiting"])


def test_one_clash_in_a_group_books_nobody():
    session, people = make.make_session(), [b.make_staff() for _number in range(2)]
    b.book(make.make_session(), people[1])

    with pytest.raises(ValidationError) as refusal:
        b.ask(session, *people)

    assert (refusal.value.code, session.bookings.count()) == ("clash", 0)


def test_nobody_to_book():
    with pytest.raises(ValidationError) as refusal:
        asking.ask(make.make_session(), [], actor=None, now=b.NOW)

    assert refusal.value.code == "nobody"


# The key of a form


def test_a_second_press_shows_the_same_booking():
    """B2, B12: also when the first answer was lost."""
    session, person, key = make.make_session(), b.make_staff(), uuid.uuid4()
    first = b.ask(session, person, key=key)

    second = b.ask(session, person, key=key)

    assert (second.bookings, second.again, session.bookings.count()) == (first.bookings, True, 1)
    assert mails_to(person) == ["training.confirmed"]


def test_a_second_press_for_a_group_shows_all_of_it():
    session, people, key = make.make_session(), [b.make_staff(), b.make_staff()], uuid.uuid4()
    first = b.ask(session, *people, key=key)

    second = b.ask(session, *people, key=key)

    assert ([row.pk for row in second.bookings], second.again) == ([row.pk for row in first.bookings], True)


def test_a_key_of_another_form_shows_nothing():
    session, key = make.make_session(), uuid.uuid4()
    b.book(session, key=key)

    with pytest.raises(ValidationError) as refusal:
        b.book(session, key=key)

    assert (refusal.value.code, session.bookings.count()) == ("key", 1)


def test_without_a_key_a_second_booking_is_refused():
    """Behaviour 35."""
    session, person = make.make_session(), b.make_staff()
    b.book(session, person)

    with pytest.raises(ValidationError) as refusal:
        b.book(session, person)

    assert refusal.value.code == "twice"


def test_nothing_is_left_when_it_was_refused():
    session, _booked = b.full()
    person = b.make_staff()
    before = [Booking.objects.count(), OutboxMail.objects.count(), OutboxEvent.objects.count()]

    with pytest.raises(ValidationError):
        b.book(session, person)

    assert [Booking.objects.count(), OutboxMail.objects.count(), OutboxEvent.objects.count()] == before
    assert AuditEntry.objects.filter(action="training.ask", refused=True).count() == 1

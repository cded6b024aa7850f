"""Many people at one moment, a process each: exactly the places, one booking a press, each freed place once (B1-B5)."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from course_catalogue.enums import TAKES_A_PLACE
from course_catalogue.models import Booking
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.booking_races import race
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def taken(session) -> int:
    return session.bookings.filter(state__in=TAKES_A_PLACE).count()


def ask(session, person, **more):
    return "ask", {"session": session.pk, "person": person.pk, **more}


@pytest.mark.parametrize(("people", "places"), [(20, 5), (50, 1)])
def test_exactly_the_places_are_sold(people, places):
    """B1: the others are told that it is full."""
    session = make.make_session(capacity=places)

    answers = race(*(ask(session, make_person()) for _number in range(people)))

    assert answers == ["done"] * places + ["full"] * (people - places)
    assert taken(session) == places
    assert OutboxEvent.objects.filter(kind="training.booked", payload__session=session.pk).count() == places


def test_the_control_oversells_when_the_lock_is_off():
    """B1: what the test above would find if nobody waited for the session's row."""
    session = make.make_session(capacity=5)

    race(*(ask(session, make_person()) for _number in range(20)), lock=False)

    assert taken(session) > 5


@pytest.mark.postgresql
def test_the_database_reads_what_others_have_committed():
    """Behaviour 32: a snapshot from before the lock would count too few."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


def test_all_who_find_no_place_wait_in_one_line():
    session = make.make_session(capacity=5)

    answers = race(*(ask(session, make_person(), join_list=True) for _number in range(20)))

    assert answers == ["done"] * 5 + ["waits"] * 15
    assert session.bookings.filter(state="waiting").count() == 15


def test_a_double_press_is_one_booking_and_both_answers_show_it():
    """B2: one form, two presses; and one person in many tabs, each with a form of its own."""
    session, person, other = make.make_session(), b.make_staff(), b.make_staff()
    key = str(uuid.uuid4())

    presses = race(ask(session, person, key=key), ask(session, person, key=key))
    tabs = race(*(ask(session, other, key=str(uuid.uuid4())) for _number in range(10)))

    assert (presses, tabs) == (["again", "done"], ["done", *["twice"] * 9])
    assert sorted(session.bookings.values_list("person", flat=True)) == sorted([person.pk, other.pk])
    assert OutboxMail.objects.filter(kind="training.confirmed").count() == 2


def test_one_person_is_not_booked_twice_at_one_time():
    """Two dates that clash, at the same moment: people are locked after the sessions."""
    person = make_person()
    sessions = [make.make_session() for _number in range(6)]

    answers = race(*(ask(session, person) for session in sessions))

    assert answers == ["clash"] * 5 + ["done"]
    assert Booking.objects.filter(person=person).count() == 1


def test_two_cancellations_and_one_who_waits():
    """B4: one place is theirs, the other is free; nobody has two."""
    session, booked = b.full(capacity=2)
    waiting = b.wait(session)

    answers = race(*(("cancel", {"booking": booking.pk}) for booking in booked))

    waiting.refresh_from_db()
    assert (answers, waiting.state, taken(session)) == (["done", "done"], "offered", 1)
    assert OutboxMail.objects.filter(kind="training.offered").count() == 1


def test_10_cancellations_and_10_who_wait_while_others_ask():
    """B4: each freed place to one of the list, none to those who ask; never more than there are."""
    session, booked = b.full(capacity=10)
    waiting = [b.wait(session, now=b.later(minutes=number)) for number in range(10)]
    acts = [("cancel", {"booking": booking.pk}) for booking in booked]
    others = [ask(session, make_person()) for _number in range(10)]

    answers = race(*(act for pair in zip(acts, others, strict=True) for act in pair))

    states = dict(Booking.objects.filter(pk__in=[row.pk for row in waiting]).values_list("pk", "state"))
    assert answers == ["done"] * 10 + ["full"] * 10
    assert [states[row.pk] for row in waiting] == ["offered"] * 10
    assert OutboxMail.objects.filter(kind="training.offered").count() == 10


def test_one_cancellation_and_10_who_wait_keeps_the_order():
    session, booked = b.full(capacity=3)
    waiting = [b.wait(session, now=b.later(minutes=number)) for number in range(10)]

    race(*(("cancel", {"booking": booking.pk}) for booking in booked))

    states = dict(Booking.objects.filter(pk__in=[row.pk for row in waiting]).values_list("pk", "state"))
    assert [states[row.pk] for row in waiting] == ["offered"] * 3 + ["waiting"] * 7


def test_12_pairs_that_want_each_others_date():
    """B5: rows of both sessions are taken in one order, so that nobody waits in a circle and nobody sees an error."""
    first = make.make_session(capacity=20)
    second = make.make_session(course=first.course, capacity=20, starts=first.first_at + timedelta(days=7))
    here = [b.book(first, make_person(), actor=None) for _number in range(12)]
    there = [b.book(second, make_person(), actor=None) for _number in range(12)]
    on = [("move", {"booking": row.pk, "session": second.pk}) for row in here]
    back = [("move", {"booking": row.pk, "session": first.pk}) for row in there]

    answers = race(*(act for pair in zip(on, back, strict=True) for act in pair))

    assert answers == ["done"] * 24
    assert (taken(first), taken(second)) == (12, 12)
    assert Booking.objects.filter(state="cancelled", cancelled_by="moved").count() == 24


def test_who_checks_in_while_the_place_is_given_back_has_the_place_or_no_mark():
    """Both take the session's row, so that no attendance is left without its place."""
    bookings = [b.book(make.make_session(), b.make_staff()) for _number in range(6)]

    race(*((act, {"booking": row.pk}) for row in bookings for act in ("check in", "cancel early")))

    left = [(row.state, row.marks.count()) for row in Booking.objects.order_by("pk")]
    assert set(left) <= {("booked", 1), ("cancelled", 0)}
    assert len(left) == 6

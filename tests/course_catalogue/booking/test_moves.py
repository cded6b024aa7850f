"""Every move of a booking that the table knows is made by one act; from every other state the act is refused."""

import pytest
from django.core.exceptions import ValidationError

from course_catalogue.booking import answering, ending, swapping
from course_catalogue.enums import BOOKING_MOVES, LIVE, BookingState
from course_catalogue.models import Booking
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories import booking as b
from tests.factories import courses as make

pytestmark = pytest.mark.django_db

ACTS = {
    "approve": lambda one, now: answering.approve(one, actor=manager(one), now=now, released=True),
    "refuse": lambda one, now: answering.refuse(one, actor=manager(one), now=now, reason="no"),
    "take": lambda one, now: answering.take(one, actor=one.person.user, now=now),
    "let go": lambda one, now: answering.let_go(one, actor=one.person.user, now=now),
    "cancel": lambda one, now: ending.cancel(one, actor=one.person.user, now=now),
    "leave": lambda one, now: ending.leave(one, actor=one.person.user, now=now),
    "withdraw": lambda one, now: ending.withdraw(one, actor=manager(one), now=now, note="unsafe"),
    "give": lambda one, now: swapping.give(one, b.make_staff(), actor=one.person.user, now=now),
}
FROM = {
    "approve": {"requested": "booked"},
    "refuse": {"requested": "not released"},
    "take": {"offered": "booked"},
    "let go": {"offered": "let go"},
    "cancel": {"requested": "cancelled", "offered": "cancelled", "booked": "cancelled"},
    "leave": {"waiting": "left"},
    "withdraw": {"booked": "withdrawn"},
    "give": {"requested": "given", "booked": "given"},
}
CASES = [(act, str(state.value)) for act in ACTS for state in BookingState]


def manager(booking):
    return b.manager_of(booking.person).user


def in_state(state: str) -> Booking:
    booking = make.make_booking(session=make.make_session(), person=b.make_staff())
    values = {"state": state}
    if state in ("requested", "offered"):
        values["answer_by"] = b.later(days=2)
    if state not in LIVE:
        values["ended_at"] = b.NOW
    if state == "withdrawn":
        values |= {"rebook_due": b.NOW.date(), "reason": "unsafe"}
    Booking.objects.filter(pk=booking.pk).update(**values)
    return Booking.objects.get(pk=booking.pk)


@pytest.mark.parametrize(("act", "state"), [case for case in CASES if case[1] in FROM[case[0]]])
def test_a_move_that_the_table_knows(act, state):
    booking = in_state(state)

    ACTS[act](booking, b.NOW)

    booking.refresh_from_db()
    assert booking.state == FROM[act][state]
    assert BookingState(booking.state) in BOOKING_MOVES[BookingState(state)]


@pytest.mark.parametrize(("act", "state"), [case for case in CASES if case[1] not in FROM[case[0]]])
def test_every_other_move_is_refused_and_leaves_nothing(act, state):
    booking = in_state(state)
    before = Booking.objects.values().get(pk=booking.pk), left()

    with pytest.raises(ValidationError):
        ACTS[act](booking, b.NOW)

    assert (Booking.objects.values().get(pk=booking.pk), left()) == before


def left():
    return Booking.objects.count(), OutboxMail.objects.count(), OutboxEvent.objects.count()


def test_the_acts_cover_the_table():
    """Besides: the list moves on by itself, and an organiser ends what lives (tests of offering and ending)."""
    made = {(state, to) for moves in FROM.values() for state, to in moves.items()}
    alone = {
        ("waiting", "offered"),
        ("waiting", "requested"),
        ("waiting", "booked"),
        ("waiting", "cancelled"),
        ("offered", "requested"),
        ("offered", "lapsed"),
        ("requested", "lapsed"),
    }
    table = {(str(state.value), str(to.value)) for state, targets in BOOKING_MOVES.items() for to in targets}

    assert made | alone == table
    assert not made & alone

"""Holds and offers that run out, and the waiting list in its strict order."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_catalogue import clearances
from course_catalogue.booking import capacity, ending, line, offering, rounds, shares
from course_catalogue.models import Booking, CourseSession, SkippedWaiting
from kernel.lifecycle import jobs
from kernel.lifecycle.rounds import ROUNDS
from kernel.outbox.models import OutboxMail
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def free(*bookings) -> None:
    """Nobody is served yet."""
    rows = Booking.objects.filter(pk__in=[row.pk for row in bookings])
    rows.update(state="cancelled", answer_by=None, ended_at=b.NOW)


def state_of(*bookings) -> list[str]:
    return [Booking.objects.get(pk=booking.pk).state for booking in bookings]


def skipped(booking) -> list[str]:
    return list(booking.skips.values_list("reason", flat=True))


def test_a_hold_that_ran_out_tells_person_and_manager_and_goes_on():
    session, (held,) = b.full(needs_approval=True)
    waiting = b.wait(session)

    offering.settle(session, now=held.answer_by)
    before = state_of(held, waiting)
    offering.settle(session, now=held.answer_by + SECOND)

    assert (before, state_of(held, waiting)) == (["requested", "waiting"], ["lapsed", "offered"])
    told = [row.to[0] for row in OutboxMail.objects.filter(kind="training.hold_lapsed").order_by("pk")]
    assert told == [held.person.user.email, b.manager_of(held.person).user.email]


def test_lapsing_twice_acts_once():
    """Behaviour 46."""
    session, (held,) = b.full(needs_approval=True)

    numbers = [offering.settle(session, now=held.answer_by + SECOND) for _turn in range(2)]

    assert (numbers, OutboxMail.objects.filter(kind="training.hold_lapsed").count()) == ([1, 0], 2)


def test_a_pending_hold_takes_its_place_until_it_has_lapsed():
    """Behaviours 4 and 5: also past its moment, until the change of state."""
    session, (held,) = b.full(needs_approval=True)

    places = capacity.places([session.pk], now=held.answer_by + SECOND)[session.pk]

    assert (places.taken, places.left) == (1, 0)


def test_an_offer_that_ran_out_goes_to_the_next_and_is_over_for_the_first():
    session, (booked,) = b.full()
    first, second = b.wait(session), b.wait(session)
    ending.cancel(booked, actor=booked.person.user, now=b.NOW)
    first.refresh_from_db()

    offering.settle(session, now=first.answer_by + SECOND)

    assert state_of(first, second) == ["lapsed", "offered"]
    assert line.standing(Booking.objects.get(pk=first.pk)) is None
    mail = OutboxMail.objects.get(kind="training.offer_lapsed")
    assert (mail.to, "5pm on Wednesday 25 November 2026" in mail.text) == ([first.person.user.email], True)


def test_7_free_and_10_waiting_give_7_offers_to_the_first_seven():
    """Behaviour 37."""
    session, booked = b.full(capacity=7)
    waiting = [b.wait(session, now=b.later(minutes=number)) for number in range(10)]
    free(*booked)

    offering.settle(session, now=b.later(hours=1))

    assert state_of(*waiting) == ["offered"] * 7 + ["waiting"] * 3


def test_priority_goes_first_then_the_moment_then_the_number():
    """Behaviour 37."""
    session, _booked = b.full()
    late, same, early = b.wait(session, now=b.later(hours=1)), b.wait(session), b.wait(session)
    first = b.wait(
        session,
        actor=b.make_administrator(),
        priority=1,
        priority_reason="a record expires",
        now=b.later(hours=2),
    )
    order = []

    for _turn in range(4):
        free(*Booking.objects.filter(session=session, state__in=["booked", "offered"]))
        offering.settle(session, now=b.later(hours=3))
        order.append(Booking.objects.get(session=session, state="offered"))

    assert order == [first, same, early, late]


def test_one_offer_one_mail_and_never_a_second():
    """Behaviours 38 and 39."""
    booking = b.offer()

    offering.settle(booking.session, now=b.NOW)

    assert (booking.state, booking.answer_by.isoformat()) == ("offered", "2026-11-25T17:00:00+00:00")
    assert OutboxMail.objects.filter(kind="training.offered").count() == 1


def test_who_chose_so_has_the_place_at_once():
    session, (booked,) = b.full()
    waiting = b.wait(session, auto_accept=True)

    ending.cancel(booked, actor=booked.person.user, now=b.NOW)

    assert state_of(waiting) == ["booked"]


def test_what_costs_something_by_now_is_offered_and_not_taken_for_them():
    """Free cancelling has ended since they joined the list."""
    charges.make_classes()
    charges.make_policy()
    session, (booked,) = b.full()
    waiting = b.wait(session, auto_accept=True)

    ending.cancel(booked, actor=None, now=waiting.free_until + timedelta(minutes=1))

    assert state_of(waiting) == ["offered"]


def test_unlimited_places_serve_everybody_who_waits():
    """Behaviour 43, the other way round on purpose."""
    session, _booked = b.full()
    waiting = [b.wait(session) for _number in range(3)]
    CourseSession.objects.filter(pk=session.pk).update(capacity=None)

    offering.settle(session, now=b.NOW)

    assert state_of(*waiting) == ["offered"] * 3


# When nothing is offered


@pytest.mark.parametrize(
    ("values", "offered"),
    [
        ({}, True),
        ({"held_closed": True}, False),
        ({"closes_at": b.later(hours=1)}, True),
        ({"closes_at": b.NOW}, False),
        ({"first_at": b.NOW}, False),
        ({"state": "planned"}, False),
        ({"keeps_list": False}, True),
    ],
)
def test_nothing_is_offered_while_booking_is_closed(values, offered):
    """Behaviour 40; whoever waits is served though nobody joins any more."""
    session, (booked,) = b.full()
    waiting = b.wait(session)
    free(booked)
    CourseSession.objects.filter(pk=session.pk).update(**values)

    offering.settle(session, now=b.NOW)

    assert state_of(waiting) == ["offered" if offered else "waiting"]


def test_nothing_is_offered_of_a_course_that_may_not_be_booked():
    session, (booked,) = b.full()
    waiting = b.wait(session)
    free(booked)
    clearances.set_clearance(session.course, source=clearances.APPROVAL, given=False, words="look again")

    offering.settle(session, now=b.NOW)

    assert state_of(waiting) == ["waiting"]


def test_an_offer_never_outlives_the_close_of_booking():
    session, (booked,) = b.full(closes_at=b.later(hours=3))
    waiting = b.wait(session)

    ending.cancel(booked, actor=booked.person.user, now=b.NOW)

    waiting.refresh_from_db()
    assert waiting.answer_by == b.later(hours=3)


def test_a_close_that_was_moved_forward_ends_the_offer_too():
    booking = b.offer()
    CourseSession.objects.filter(pk=booking.session_id).update(closes_at=b.later(hours=1))

    offering.settle_all(b.later(hours=1, seconds=1))

    assert state_of(booking) == ["lapsed"]


# Passed over


def test_each_reason_is_kept_once_and_not_for_each_run():
    """A clash: the place goes to the next, and the person reads why."""
    session, (booked,) = b.full()
    first, second = b.wait(session), b.wait(session)
    elsewhere = make.make_session(course=make.make_course(title="Fire warden"))
    b.book(elsewhere, first.person)

    ending.cancel(booked, actor=booked.person.user, now=b.NOW)
    free(second)
    for _turn in range(3):
        offering.settle(session, now=b.NOW)

    assert state_of(first) == ["waiting"]
    assert skipped(first) == [
        "There is a booking at that time already: Fire warden, 6 January 2027, 9:30am to 4:30pm. "
        "Move or cancel that one first."
    ]
    assert [row.reason for row in line.standing(Booking.objects.get(pk=first.pk)).passed] == skipped(first)


def test_a_second_reason_is_kept_beside_the_first():
    session, (booked,) = b.full()
    waiting = b.wait(session)
    other = b.book(make.make_session(), waiting.person)
    free(booked)
    offering.settle(session, now=b.NOW)
    ending.cancel(other, actor=None, now=b.NOW)
    type(waiting.person).objects.filter(pk=waiting.person_id).update(left_on=datetime(2026, 11, 22).date())

    offering.settle(session, now=b.NOW)

    assert len(skipped(waiting)) == 2
    assert skipped(waiting)[1] == f"{waiting.person.name} is not on the staff list any more."


def test_who_was_passed_over_is_served_when_the_reason_is_gone():
    session, (booked,) = b.full()
    waiting = b.wait(session)
    other = b.book(make.make_session(), waiting.person)
    free(booked)
    offering.settle(session, now=b.NOW)

    ending.cancel(other, actor=other.person.user, now=b.NOW)
    offering.settle_all(b.NOW)

    assert state_of(waiting) == ["offered"]


def test_nobody_is_passed_over_without_a_free_place():
    session, _booked = b.full()
    waiting = b.wait(session)
    b.book(make.make_session(), waiting.person)

    offering.settle(session, now=b.NOW)

    assert SkippedWaiting.objects.count() == 0


def test_a_full_limit_passes_over_and_says_so():
    police = b.make_partner()
    session = make.make_session(capacity=2)
    b.book(session, b.make_staff(agency=police))
    booked = b.book(session)
    first, second = b.wait(session, b.make_staff(agency=police)), b.wait(session)
    shares.set_limit(session, size=1, agency=police, actor=None, now=b.NOW)

    ending.cancel(booked, actor=None, now=b.NOW)

    assert state_of(first, second) == ["waiting", "offered"]
    assert skipped(first) == ["The places for this agency, sector or staff group are taken."]


def test_a_place_kept_for_an_agency_goes_to_its_people_and_the_first_reads_why():
    police = b.make_partner()
    session = make.make_session(capacity=2)
    shares.hold(session, police, size=1, release_at=b.later(days=9), actor=None, now=b.NOW)
    b.book(session)
    own = b.book(session, b.make_staff(agency=police))
    first, second = b.wait(session), b.wait(session, b.make_staff(agency=police))

    ending.cancel(own, actor=None, now=b.NOW)

    assert state_of(first, second) == ["waiting", "offered"]
    assert skipped(first) == ["The place that is free is kept for another agency."]


# Nobody jumps the queue


def test_a_freed_place_is_not_the_next_visitors():
    """Complaint 1 of boards: after a cancellation the first in line has it."""
    session, (booked,) = b.full()
    waiting = b.wait(session)
    free(booked)

    with pytest.raises(offering.refusals.Refused) as refusal:
        b.book(session)

    assert refusal.value.code == "full"
    offering.settle(session, now=b.NOW)
    assert state_of(waiting) == ["offered"]


def test_who_waits_in_vain_keeps_the_place_from_nobody():
    session, (booked,) = b.full()
    waiting = b.wait(session)
    b.book(make.make_session(), waiting.person)
    free(booked)
    offering.settle(session, now=b.NOW)

    assert capacity.places([session.pk], now=b.NOW)[session.pk].left == 1
    assert b.book(session).state == "booked"


def test_places_held_and_given_back_by_the_clock_go_to_the_list_first():
    session = make.make_session(capacity=1)
    shares.hold(session, b.make_partner(), size=1, release_at=b.later(days=1), actor=None, now=b.NOW)
    waiting = b.wait(session)

    with pytest.raises(offering.refusals.Refused):
        b.book(session, now=b.later(days=1))
    offering.settle_all(b.later(days=1))

    assert state_of(waiting) == ["offered"]


# The clock


def test_the_worker_and_the_daily_job_settle():
    assert ROUNDS["training.settle_bookings"] is rounds.go_round
    assert jobs.JOBS["training.settle_bookings"].work is rounds.settle_daily


def test_settling_all_looks_at_what_is_owed_alone(django_assert_num_queries):
    session, _booked = b.full()
    make.make_booking(session=make.make_session())

    with django_assert_num_queries(1):
        assert offering.settle_all(b.NOW) == 0


def test_a_full_session_with_a_list_is_not_locked_for_nothing():
    """The round comes every few seconds: a list behind a full session is looked at when a place comes back."""
    session, (booked,) = b.full()
    waiting = b.wait(session)

    with CaptureQueriesContext(connection) as captured:
        offering.settle_all(b.NOW)
    free(booked)
    number = offering.settle_all(b.NOW)

    assert ("SAVEPOINT" in str(captured.captured_queries), number, state_of(waiting)) == (
        False,
        1,
        ["offered"],
    )


def test_the_daily_job_settles_several_sessions_in_its_one_transaction():
    past = timezone.now() - timedelta(days=2)
    held = []
    for _number in range(2):
        session = make.make_session(starts=timezone.now() + timedelta(days=30), needs_approval=True)
        held.append(b.book(session))
    Booking.objects.update(answer_by=past)

    call_command("run_daily", "--dry-run", verbosity=0)
    dry = state_of(*held)
    lines = rounds.settle_daily(timezone.now().date())

    assert (dry, state_of(*held)) == (["requested", "requested"], ["lapsed", "lapsed"])
    assert lines == ["2 held places, offers or waiting people settled"]


def test_somebody_without_an_address_is_offered_a_place_all_the_same():
    session, (booked,) = b.full()
    waiting = b.wait(session, make_person(), actor=None)

    ending.cancel(booked, actor=booked.person.user, now=b.NOW)

    assert state_of(waiting) == ["offered"]

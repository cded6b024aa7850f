from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from course_catalogue.charging import checking, ledger
from course_catalogue.charging.kinds import Basis, EarlyRule, EntryKind, LateRule
from course_catalogue.charging.notice import LONDON
from course_catalogue.charging.terms import terms_for
from course_catalogue.enums import BookingState, CancelledBy, Mark
from course_catalogue.models import LedgerEntry
from course_catalogue.register import closing, marking
from tests.factories.charging import ABSENT, FULL, LATE, PLACE, make_policy
from tests.factories.courses import MOMENT, make_booking, make_session
from tests.factories.organisation import make_agency, make_host, make_person
from tests.factories.register import close_all, make_administrator, mark

pytestmark = pytest.mark.django_db
FREE_UNTIL = datetime(2026, 12, 23, 17, 0, tzinfo=LONDON)
LATER = FREE_UNTIL + timedelta(minutes=1)
AFTER = datetime(2027, 1, 7, 9, 0, tzinfo=LONDON)
FIFTY, HUNDRED = Decimal("50.00"), Decimal("100.00")


def book(*, agency=None, session=None, **overrides):
    """A place booked under the policy in force, with its fee in the ledger."""
    session = session or make_session()
    person = make_person(agency=agency or make_host(), user=True)
    terms = terms_for(session, person.agency, now=MOMENT)
    booking = make_booking(session=session, person=person, **(terms.as_fields() | overrides))
    ledger.charge_fee(booking, now=MOMENT, actor=None)
    return booking


def end(booking, at, by=CancelledBy.OWN, state=BookingState.CANCELLED):
    booking.state, booking.ended_at, booking.cancelled_by = state, at, by
    if by == CancelledBy.DIVERTED:
        booking.diverted_by = "the ward"
    if state == BookingState.WITHDRAWN:
        booking.withdrawn_for, booking.rebook_due, booking.reason = make_person(), at.date(), "ward at risk"
    booking.save()
    return ledger.on_cancelled(booking, now=at, actor=None)


def private(**overrides):
    return make_agency(sector="private", **overrides)


def lines(booking):
    return [(row.kind, str(row.amount)) for row in booking.ledger.order_by("pk")]


def balance(booking):
    return sum((row.amount for row in booking.ledger.all()), Decimal("0.00"))


def fits() -> bool:
    return list(checking.problems()) == []


def test_a_charged_class_owes_the_fee_when_the_place_is_booked():
    make_policy(prices=[(PLACE, None, FULL, HUNDRED)])

    booking = book(agency=private())

    row = booking.ledger.get()
    assert (row.kind, row.amount, row.agency) == (EntryKind.FEE, HUNDRED, booking.agency)
    assert row.words == f"{booking.reference}: {booking.session.course.title}, 6 January 2027: place"
    assert fits()


def test_a_contributing_partner_owes_nothing_for_the_place():
    make_policy(prices=[(PLACE, None, FULL, HUNDRED)])
    assert lines(book(agency=make_agency(contributes_to_board=True))) == []


def test_the_fee_is_charged_once_however_often_it_is_called():
    make_policy(prices=[(PLACE, None, FULL, HUNDRED)])
    booking = book(agency=private())

    ledger.charge_fee(booking, now=MOMENT, actor=None)

    assert lines(booking) == [("fee", "100.00")]


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (FREE_UNTIL - timedelta(days=1), False),
        (FREE_UNTIL, False),
        (FREE_UNTIL + timedelta(seconds=59), False),
        (LATER, True),
        (FREE_UNTIL + timedelta(days=1), True),
    ],
    ids=["day before", "on the minute", "within that minute", "minute after", "day after"],
)
def test_a_free_place_is_charged_when_cancelled_late(at, late):
    make_policy()
    booking = book(agency=make_agency(contributes_to_board=True))

    assert end(booking, at) is late

    assert lines(booking) == ([("late", "50.00")] if late else [])
    booking.refresh_from_db()
    assert booking.late is late
    assert fits()


def test_cancelled_in_time_the_fee_goes_back():
    make_policy(prices=[(PLACE, None, FULL, HUNDRED)])
    booking = book(agency=private())

    end(booking, FREE_UNTIL)

    assert lines(booking) == [("fee", "100.00"), ("reversal", "-100.00")]
    assert fits()


def test_cancelled_late_the_charge_takes_the_place_of_the_fee():
    make_policy(prices=[(PLACE, None, FULL, HUNDRED), (LATE, None, FULL, FIFTY)])
    booking = book(agency=private())

    end(booking, LATER)

    assert lines(booking) == [("fee", "100.00"), ("reversal", "-100.00"), ("late", "50.00")]
    assert fits()


@pytest.mark.parametrize("by", [CancelledBy.OWN, CancelledBy.DIVERTED, CancelledBy.AGENCY])
def test_late_on_the_account_of_person_or_agency_is_charged(by):
    make_policy()
    booking = book()
    assert end(booking, LATER, by) is True
    assert lines(booking) == [("late", "50.00")]


@pytest.mark.parametrize(
    ("by", "state"),
    [
        (CancelledBy.ORGANISER, BookingState.CANCELLED),
        (CancelledBy.MOVED, BookingState.CANCELLED),
        ("", BookingState.GIVEN),
        ("", BookingState.WITHDRAWN),
    ],
)
def test_what_organiser_colleague_or_patient_safety_ends_costs_nothing(by, state):
    make_policy(prices=[(PLACE, None, FULL, HUNDRED), (LATE, None, FULL, FIFTY)])
    booking = book(agency=private())

    assert end(booking, LATER, by, state) is False

    assert balance(booking) == Decimal("0.00")
    assert booking.ledger.filter(kind=EntryKind.LATE).count() == 0
    assert fits()


def test_steps_charge_by_the_time_that_is_left():
    tiers = [(7, Decimal("50"), None), (2, Decimal("100"), None)]
    make_policy(tiers=tiers)
    session = make_session()
    early, near = book(session=session), book(session=session)

    end(early, LATER)
    end(near, datetime(2027, 1, 5, 9, 0, tzinfo=LONDON))

    assert (lines(early), lines(near)) == ([("late", "25.00")], [("late", "50.00")])
    assert fits()


def test_a_later_policy_does_not_change_what_was_agreed():
    make_policy()
    booking = book()
    make_policy(from_on=datetime(2026, 12, 1).date(), number=1, prices=[(LATE, None, FULL, HUNDRED)])

    end(booking, LATER)

    assert lines(booking) == [("late", "50.00")]


def test_a_free_place_is_charged_for_not_coming():
    make_policy(prices=[(LATE, None, FULL, Decimal("25.00")), (ABSENT, None, FULL, FIFTY)])
    session = make_session()
    came, missing = book(session=session), book(session=session)

    close_all(session, actor=make_administrator(), marks={missing.pk: Mark.DID_NOT_ATTEND})

    assert (lines(came), lines(missing)) == ([], [("absent", "50.00")])
    assert fits()


def test_not_coming_takes_the_place_of_the_fee():
    make_policy(prices=[(PLACE, None, FULL, HUNDRED), (ABSENT, None, FULL, FIFTY)])
    session = make_session()
    booking = book(session=session, agency=private())

    close_all(session, actor=make_administrator(), marks={booking.pk: Mark.DID_NOT_ATTEND})

    assert lines(booking) == [("fee", "100.00"), ("reversal", "-100.00"), ("absent", "50.00")]
    assert fits()


def test_who_is_excused_owes_nothing():
    make_policy(prices=[(PLACE, None, FULL, HUNDRED)])
    session = make_session()
    booking = book(session=session, agency=private())

    close_all(session, actor=make_administrator(), marks={booking.pk: Mark.EXCUSED})

    assert lines(booking) == [("fee", "100.00"), ("reversal", "-100.00")]
    assert fits()


def correct(booking, value, *, actor, at=AFTER):
    day = booking.session.days.first()
    seen = marking.standing(day, booking.person).pk
    words = "the sheet says so"
    return marking.correct(day, booking.person, value, reason=words, actor=actor, now=at, seen=seen)


def test_a_corrected_register_takes_the_charge_back_and_charges_again():
    make_policy()
    booking, admin = book(), make_administrator()
    close_all(booking.session, actor=admin, marks={booking.pk: Mark.DID_NOT_ATTEND})

    correct(booking, Mark.ATTENDED, actor=admin)
    assert lines(booking) == [("absent", "50.00"), ("reversal", "-50.00")]
    assert fits()

    correct(booking, Mark.DID_NOT_ATTEND, actor=admin)
    assert lines(booking) == [("absent", "50.00"), ("reversal", "-50.00"), ("absent", "50.00")]
    assert fits()


@pytest.mark.parametrize(("late", "charged"), [(30, False), (31, True)])
@pytest.mark.parametrize("rule", [LateRule.NOT_ATTENDED, LateRule.CHARGED])
def test_coming_late_is_charged_beyond_the_minutes_of_the_policy(late, charged, rule):
    make_policy(late_minutes=30, late_rule=rule)
    booking = book()

    close_all(
        booking.session,
        actor=make_administrator(),
        marks={booking.pk: (Mark.ATTENDED, {"late": late})},
    )

    assert lines(booking) == ([("absent", "50.00")] if charged else [])
    assert fits()


@pytest.mark.parametrize(
    ("rule", "charged"),
    [(EarlyRule.NOTHING, False), (EarlyRule.NO_CERTIFICATE, False), (EarlyRule.NOT_ATTENDED, True)],
)
def test_leaving_early_is_charged_where_it_counts_as_not_attended(rule, charged):
    make_policy(early_minutes=15, early_rule=rule)
    booking = book()

    close_all(
        booking.session,
        actor=make_administrator(),
        marks={booking.pk: (Mark.ATTENDED, {"early": 16})},
    )

    assert lines(booking) == ([("absent", "50.00")] if charged else [])


def close_days(session, booking, marks, *, actor):
    for day, value in zip(session.days.all(), marks, strict=True):
        mark(day, booking, value, actor=actor)
        closing.close(day, actor=actor, now=day.ends_at)


@pytest.mark.parametrize(
    ("basis", "amount"), [(Basis.PER_DAY, [("absent", "50.00")]), (Basis.FLAT, [])], ids=["by day", "whole"]
)
def test_one_missed_day_of_two_is_charged_where_the_policy_counts_days(basis, amount):
    make_policy(basis=basis)
    session = make_session(days=2)
    booking = book(session=session)

    close_days(session, booking, [Mark.ATTENDED, Mark.DID_NOT_ATTEND], actor=make_administrator())

    assert lines(booking) == amount
    assert fits()


def test_lines_are_never_changed_or_deleted():
    make_policy()
    booking = book()
    end(booking, LATER)

    for attempt in (
        lambda: LedgerEntry.objects.update(amount=Decimal("1.00")),
        lambda: LedgerEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            attempt()
    assert lines(booking) == [("late", "50.00")]


def test_the_database_refuses_the_same_charge_twice():
    make_policy()
    booking = book()
    end(booking, LATER)
    row = booking.ledger.get()

    row.pk = None
    row._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert lines(booking) == [("late", "50.00")]

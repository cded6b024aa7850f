from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from course_catalogue.charging import checking, deadlines
from course_catalogue.charging.notice import LONDON
from course_catalogue.charging.terms import kept
from course_catalogue.enums import BookingState
from kernel.audit.models import AuditEntry
from kernel.lifecycle.models import ClosedDay
from tests.course_catalogue.charging.test_ledger import LATER, book, end
from tests.factories.charging import make_policy
from tests.factories.courses import MOMENT, make_session

pytestmark = pytest.mark.django_db
ON_22 = datetime(2026, 12, 22, 17, 0, tzinfo=LONDON)
ON_23 = datetime(2026, 12, 23, 17, 0, tzinfo=LONDON)


def fresh(booking):
    booking.refresh_from_db()
    return booking


def test_a_new_closed_day_takes_nothing_from_who_is_booked():
    make_policy()
    booking = book()
    ClosedDay.objects.create(day=date(2026, 12, 30), reason="One-off bank holiday")

    assert deadlines.refresh(now=MOMENT) == []

    assert fresh(booking).free_until == ON_23
    assert book().free_until == ON_22


def test_a_day_that_is_open_after_all_gives_time_with_the_words_and_an_audit_row():
    make_policy()
    closed = ClosedDay.objects.create(day=date(2026, 12, 30), reason="Stocktaking")
    booking = book()
    assert booking.free_until == ON_22
    closed.delete()

    assert deadlines.refresh(now=MOMENT) == [booking]

    assert fresh(booking).free_until == ON_23
    assert "30, 29, 24 and 23 December 2026" in booking.terms_words
    facts = AuditEntry.objects.get(action="training.move_free_until").facts
    assert facts == {"was": "2026-12-22T17:00:00+00:00", "now": "2026-12-23T17:00:00+00:00"}
    assert deadlines.refresh(now=MOMENT) == []


def test_the_policy_of_the_booking_counts_and_not_the_newest():
    make_policy()
    booking = book()
    make_policy(from_on=date(2026, 12, 1), number=1)

    assert deadlines.refresh(now=datetime(2026, 12, 2, 9, 0, tzinfo=LONDON)) == []
    assert fresh(booking).free_until == ON_23


def test_a_session_moved_to_a_later_day_gives_time_and_an_earlier_one_takes_none():
    make_policy()
    session = make_session()
    booking = book(session=session)

    session.first_at -= timedelta(days=14)
    session.save()
    assert deadlines.refresh(now=MOMENT) == []
    session.first_at += timedelta(days=21)
    session.last_at += timedelta(days=21)
    session.save()
    deadlines.refresh(now=MOMENT)

    assert fresh(booking).free_until == datetime(2027, 1, 4, 17, 0, tzinfo=LONDON)


def test_ended_bookings_and_begun_sessions_stay_as_they_are():
    make_policy()
    closed = ClosedDay.objects.create(day=date(2026, 12, 30), reason="Stocktaking")
    session = make_session()
    ended, live = book(session=session), book(session=session)
    end(ended, LATER)
    closed.delete()

    assert deadlines.refresh(now=session.first_at) == []
    assert deadlines.refresh(now=MOMENT) == [live]
    assert (fresh(ended).state, ended.free_until) == (BookingState.CANCELLED, ON_22)


def test_the_steps_of_a_charge_move_too():
    tiers = [(7, Decimal("50"), None), (2, Decimal("100"), None)]
    make_policy(tiers=tiers)
    closed = ClosedDay.objects.create(day=date(2027, 1, 4), reason="Stocktaking")
    booking = book()
    closed.delete()

    deadlines.refresh(now=MOMENT)

    moments = [moment for moment, _amount in kept(fresh(booking)).steps]
    assert moments == [ON_23, datetime(2027, 1, 4, 17, 0, tzinfo=LONDON)]


def test_the_daily_job_says_what_it_moved():
    policy = make_policy(from_on=timezone.localdate(), now=timezone.now())
    start = timezone.localtime(timezone.now() + timedelta(days=60)).replace(hour=9, minute=30)
    session = make_session(starts=start)
    booking = book(session=session, free_until=start - timedelta(days=40), charge_policy_id=policy.pk)

    assert deadlines.keep(timezone.localdate(), dry_run=False) == [
        f"{booking.reference}: free until {fresh(booking).free_until}"
    ]


def test_check_ledger_says_how_many_lines_or_stops(capsys):
    make_policy()
    booking = book()
    end(booking, LATER)
    call_command("check_ledger")
    assert capsys.readouterr().out == "The ledger adds up: 1 lines.\n"

    type(booking).objects.filter(pk=booking.pk).update(late=False)
    with pytest.raises(CommandError, match="1 problems"):
        call_command("check_ledger")
    assert "owes nothing, the ledger has late 50.00" in capsys.readouterr().err


def test_the_nightly_check_fails_where_the_ledger_does_not_fit(today):
    make_policy()
    booking = book()
    end(booking, LATER)
    assert checking.nightly(today, dry_run=False) == []

    type(booking).objects.filter(pk=booking.pk).update(late=False)
    with pytest.raises(checking.LedgerWrong, match="1 problems"):
        checking.nightly(today, dry_run=False)

"""How a booking ends before its day."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from course_catalogue.booking import capacity, ending, offering, withdrawals
from course_catalogue.enums import CancelledBy
from course_catalogue.learning import release
from course_catalogue.models import Booking, LedgerEntry
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make
from tests.factories.organisation import make_delegation, make_role_holder

pytestmark = pytest.mark.django_db


def cancel(booking, actor=None, **more):
    return ending.cancel(booking, **{"actor": actor or booking.person.user, "now": b.NOW, **more})


def test_the_manager_hears_at_once_and_the_place_goes_on():
    """S0-46."""
    session, (booking,) = b.full()
    waiting = b.wait(session)

    cancelled = cancel(booking)

    waiting.refresh_from_db()
    assert (cancelled.state, cancelled.ended_at, cancelled.late) == ("cancelled", b.NOW, False)
    assert waiting.state == "offered"
    (mail,) = OutboxMail.objects.filter(kind="training.manager_cancelled")
    assert mail.to == [b.manager_of(booking.person).user.email]
    assert f"{booking.person.name} gives the place back." in mail.text
    event = OutboxEvent.objects.get(kind="training.booking_ended")
    assert (event.payload["booking"], event.payload["state"]) == (booking.pk, "cancelled")


def test_asked_to_another_task_names_who_asked():
    """S0-45."""
    booking = b.book(make.make_session())

    with pytest.raises(ValidationError) as refusal:
        cancel(booking, by=CancelledBy.DIVERTED)
    cancelled = cancel(booking, by=CancelledBy.DIVERTED, diverted_by="Sister Lee, ward 4")

    assert refusal.value.code == "diverted"
    assert (cancelled.cancelled_by, cancelled.diverted_by) == ("diverted", "Sister Lee, ward 4")
    everybody = Booking.objects.all()
    assert release.diverted(everybody, since=b.NOW, now=b.NOW) == [cancelled]
    assert release.diverted(everybody, since=b.later(minutes=1), now=b.later(days=7)) == []
    assert "Sister Lee, ward 4" in OutboxMail.objects.get(kind="training.manager_cancelled").text


@pytest.mark.parametrize("by", [CancelledBy.ORGANISER, CancelledBy.MOVED, ""])
def test_nobody_cancels_on_the_organisers_account(by):
    """Else nothing could be late."""
    booking = b.book(make.make_session())

    with pytest.raises(ValidationError) as refusal:
        cancel(booking, by=by)

    assert refusal.value.code == "account"


def test_cancelled_late_is_charged_by_the_terms_that_were_kept():
    charges.make_classes()
    charges.make_policy()
    booking = b.book(make.make_session())

    cancelled = cancel(booking, now=booking.free_until + timedelta(minutes=1))

    assert (cancelled.late, LedgerEntry.objects.get().amount) == (True, Decimal("50.00"))


def test_cancelled_in_the_last_free_minute_costs_nothing():
    charges.make_classes()
    charges.make_policy()
    booking = b.book(make.make_session())

    assert (cancel(booking, now=booking.free_until).late, LedgerEntry.objects.count()) == (False, 0)


def test_what_was_held_only_is_given_back_for_nothing_however_late():
    charges.make_classes()
    charges.make_policy()
    booking = b.book(make.make_session(needs_approval=True))

    cancelled = cancel(booking, now=booking.answer_by)

    assert (cancelled.state, LedgerEntry.objects.count()) == ("cancelled", 0)
    assert OutboxEvent.objects.filter(kind="training.booking_ended").count() == 0


def test_nothing_is_cancelled_once_the_date_has_begun():
    booking = b.book(make.make_session())

    with pytest.raises(ValidationError) as refusal:
        cancel(booking, now=booking.session.first_at)

    assert refusal.value.code == "past"


@pytest.mark.parametrize("role", ["coordinator", "administrator", "officer"])
def test_others_who_may_cancel(role):
    booking = b.book(make.make_session())
    actor = {
        "coordinator": lambda: b.make_coordinator(booking.agency),
        "administrator": b.make_administrator,
        "officer": lambda: make_role_holder("ld-officer"),
    }[role]()

    assert cancel(booking, actor, by=CancelledBy.AGENCY).cancelled_by == "agency"


@pytest.mark.parametrize(
    "actor",
    [
        lambda: b.make_staff().user,
        lambda: b.manager_of(b.make_staff()).user,
        lambda: b.make_coordinator(b.make_partner()),
    ],
)
@pytest.mark.parametrize("act", [ending.cancel, ending.leave])
def test_who_may_not(actor, act):
    session, (booking,) = b.full()
    booking = booking if act is ending.cancel else b.wait(session)

    with pytest.raises(PermissionDenied):
        act(booking, actor=actor(), now=b.NOW)

    booking.refresh_from_db()
    assert booking.state == ("booked" if act is ending.cancel else "waiting")


def test_of_several_days_the_first_one_counts():
    """Behaviour 50: nothing is given back once the first day has begun."""
    booking = b.book(make.make_session(days=3))

    with pytest.raises(ValidationError) as refusal:
        cancel(booking, now=booking.session.first_at + timedelta(minutes=1))

    assert (refusal.value.code, booking.session.last_at - booking.session.first_at > timedelta(days=2)) == (
        "past",
        True,
    )


def test_one_of_a_group_gives_back_one_place():
    """Behaviour 6."""
    session, people = make.make_session(capacity=3), [b.make_staff() for _number in range(3)]
    rows = b.ask(session, *people).bookings

    cancel(rows[1])

    assert b.states(session) == ["booked", "cancelled", "booked"]
    assert capacity.places([session.pk], now=b.NOW)[session.pk].left == 1


def test_leaving_the_list_lets_the_others_up():
    session, (booked,) = b.full()
    first, second = b.wait(session), b.wait(session)

    left = ending.leave(first, actor=first.person.user, now=b.NOW)
    cancel(booked)

    second.refresh_from_db()
    assert (left.state, second.state) == ("left", "offered")


# Withdrawn by the manager


@pytest.fixture
def released():
    """A place that the manager has approved."""
    person = b.make_staff()
    manager = b.manager_of(person)
    return b.book(make.make_session(needs_approval=True), person, actor=manager.user, released=True)


def withdraw(booking, actor=None, now=b.NOW, note="two nurses are ill"):
    return ending.withdraw(booking, actor=actor or b.manager_of(booking.person).user, now=now, note=note)


def test_withdrawn_on_3_june_is_due_on_10_june_and_flagged_on_11_june():
    """S0-43: calendar days."""
    june = timezone.make_aware(datetime(2027, 6, 3, 9, 0))
    person = b.make_staff()
    session = make.make_session(starts=timezone.make_aware(datetime(2027, 6, 9, 9, 30)))
    booking = b.book(session, person, now=june)

    due = withdraw(booking, now=june)

    booking.refresh_from_db()
    assert (due, booking.rebook_due, booking.state) == (date(2027, 6, 10), date(2027, 6, 10), "withdrawn")
    assert list(withdrawals.owed(Booking.objects.all())) == [booking]
    assert [withdrawals.remind(date(2027, 6, day)) for day in (10, 11)] == [
        [],
        [f"{booking.reference}: new place was due 2027-06-10"],
    ]


def test_the_manager_is_told_once_when_the_new_place_is_overdue(released):
    withdraw(released)

    lines = [withdrawals.remind(date(2026, 11, 30)), withdrawals.remind(date(2026, 12, 1))]
    again = withdrawals.remind(date(2026, 12, 2))

    assert (lines[0], len(lines[1]), again) == ([], 1, [])
    mail = OutboxMail.objects.get(kind="training.rebook_overdue")
    assert mail.to == [b.manager_of(released.person).user.email]
    assert "Monday 30 November 2026" in mail.text


def test_a_new_place_of_the_course_ends_the_clock(released):
    withdraw(released)
    other = make.make_session(course=released.session.course, needs_approval=False)

    b.book(other, released.person, now=b.later(hours=1))

    assert not withdrawals.owed(Booking.objects.all()).exists()


def test_patient_safety_is_the_one_ground(released):
    """S0-42: without a note nothing, and a manager's cancelling is refused with the way that there is."""
    manager = b.manager_of(released.person).user

    with pytest.raises(ValidationError) as unsaid:
        withdraw(released, note=" ")
    with pytest.raises(ValidationError) as other:
        cancel(released, manager, reason="the rota changed")

    released.refresh_from_db()
    assert (unsaid.value.code, other.value.code, released.state) == ("note", "patient_safety", "booked")
    assert "withdraw the person instead" in other.value.messages[0]


def test_a_withdrawn_place_goes_on_and_the_person_is_told():
    person = b.make_staff()
    session = make.make_session(capacity=1)
    booking = b.book(session, person)
    waiting = b.wait(session)

    withdraw(booking)

    waiting.refresh_from_db()
    assert waiting.state == "offered"
    mail = OutboxMail.objects.get(kind="training.withdrawn")
    assert (mail.to, "by Monday 30 November 2026" in mail.text) == ([person.user.email], True)


@pytest.mark.parametrize(
    "actor",
    [
        lambda booking: booking.person.user,
        lambda booking: b.make_administrator(),
        lambda booking: b.manager_of(b.make_staff()).user,
    ],
)
def test_who_may_not_withdraw(released, actor):
    with pytest.raises(PermissionDenied):
        withdraw(released, actor(released))

    released.refresh_from_db()
    assert released.state == "booked"


def test_withdrawals_are_counted_by_manager_in_a_period(settings):
    """S0-44: from the number on that is set a manager is named."""
    settings.TRAINING_WITHDRAWALS_NOTED = 2
    often, once = b.make_staff(), b.make_staff()
    for person in (often, often, once):
        session = make.make_session()
        withdraw(b.book(session, person))

    everybody = Booking.objects.all()
    rows = release.withdrawals(everybody, since=b.NOW, now=b.NOW)

    assert [(row.name, row.count, row.asked_about) for row in rows] == [
        (b.manager_of(often).name, 2, True),
        (b.manager_of(once).name, 1, False),
    ]
    assert release.withdrawals(everybody, since=b.later(minutes=1), now=b.later(days=30)) == []


def test_the_deputys_withdrawal_counts_for_the_manager(released):
    deputy = make_delegation(principal=b.manager_of(released.person)).delegate

    withdraw(released, deputy.user)

    (row,) = release.withdrawals(Booking.objects.all(), since=b.NOW, now=b.NOW)
    assert row.name == b.manager_of(released.person).name


def test_who_is_booked_without_protected_time_is_listed():
    """S0-41."""
    session = make.make_session(needs_approval=True)
    yes, not_yet = b.make_staff(), b.make_staff()
    b.book(session, yes, actor=b.manager_of(yes).user, released=True)
    b.book(session, not_yet, actor=b.manager_of(not_yet).user, released=False)
    b.book(make.make_session(), b.make_staff())

    everybody = Booking.objects.all()
    assert [row.person for row in release.unreleased(everybody, b.NOW)] == [not_yet]
    assert release.unreleased(everybody, session.first_at) == []


# The organiser cancels the date


def test_everybody_who_lives_in_a_cancelled_date_is_told_and_nobody_pays():
    """Behaviour 56: who waits is told too, and who has ended already is not."""
    charges.make_classes()
    charges.make_policy()
    session, (booked, gone) = b.full(capacity=2)
    waiting = b.wait(session)
    cancel(gone)
    waiting.refresh_from_db()
    second = b.wait(session)
    OutboxMail.objects.all().delete()

    number = ending.session_cancelled(session, actor=None, now=session.first_at)

    told = {row.to[0] for row in OutboxMail.objects.filter(kind="training.session_cancelled")}
    assert (number, b.states(session)) == (3, ["cancelled"] * 4)
    assert told == {row.person.user.email for row in (booked, waiting, second)}
    assert LedgerEntry.objects.count() == 0
    booked.refresh_from_db()
    assert (booked.cancelled_by, booked.late) == ("organiser", False)


def test_the_training_team_alone_ends_a_date():
    session, (booking,) = b.full()

    with pytest.raises(PermissionDenied):
        ending.session_cancelled(session, actor=b.make_administrator(), now=b.NOW)

    booking.refresh_from_db()
    assert booking.state == "booked"


def test_a_cancelled_date_offers_nothing():
    session, (booked,) = b.full()
    waiting = b.wait(session)
    type(session).objects.filter(pk=session.pk).update(
        state="cancelled", cancelled_at=b.NOW, cancel_reason="the trainer is ill"
    )

    ending.session_cancelled(session, actor=None, now=b.NOW)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason, offering.settle(session, now=b.NOW)) == (
        "cancelled",
        "the trainer is ill",
        0,
    )

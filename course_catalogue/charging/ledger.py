"""The only writer of the ledger. Lines are added; what is no longer owed is taken back by another line (B10).

Callers hold the lock of the session. Each function brings what stands for a booking into line with what it owes,
so that a second call, or one after a crash, adds nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.charging import due
from course_catalogue.charging.kinds import FROM_BOOKING, EntryKind, WaiverState
from course_catalogue.enums import BookingState
from course_catalogue.models import Attendance, Booking, ChargePolicy, LedgerEntry, Waiver
from kernel.audit import act, record
from kernel.organisation import people

SOURCES = ("session__course",)


@transaction.atomic
def charge_fee(booking: Booking, *, now: datetime, actor) -> None:
    """A place became booked: the agency owes its fee, if there is one."""
    _align(_locked(booking), due.owed(booking), now=now, actor=actor)


@transaction.atomic
def on_cancelled(booking: Booking, *, now: datetime, actor) -> bool:
    """A booked place ended: was it late? Called with its new state, ``cancelled_by`` and ``ended_at`` set.

    Late is told to the minute by the terms that the booking keeps, and for the account of the person or agency
    alone. ``late`` is set on ``booking`` and in the database; a fee that stood is taken back.
    """
    booking.late = due.is_late_end(booking)
    Booking.objects.filter(pk=booking.pk).update(late=booking.late)
    _align(_locked(booking), due.owed(booking), now=now, actor=actor)
    return booking.late


@transaction.atomic
def on_register(session, *, now: datetime, actor) -> None:
    """The register of a session is closed or a mark in it corrected: charge who did not come, take back who did."""
    rows = Booking.objects.select_for_update(of=("self",)).select_related(*SOURCES)
    booked = list(rows.filter(session=session, state=BookingState.BOOKED).order_by("pk"))
    marks, policies = marks_of(booked), policies_of(booked)
    standing = _standing(booked)
    for booking in booked:
        owed = due.owed(booking, marks[booking.pk], policies.get(booking.charge_policy_id))
        _align(booking, owed, now=now, actor=actor, standing=standing[booking.pk])


def marks_of(bookings: Iterable[Booking]) -> dict[int, list[due.DayMark]]:
    """The marks that count by booking, day by day."""
    found: dict[int, list[due.DayMark]] = defaultdict(list)
    rows = Attendance.objects.filter(booking__in=bookings, corrected_by__isnull=True).order_by("day__number")
    for pk, *mark in rows.values_list("booking_id", "mark", "minutes_late", "minutes_early"):
        found[pk].append(due.DayMark(*mark))
    return found


def policies_of(bookings: Iterable[Booking]) -> dict[int, ChargePolicy]:
    return ChargePolicy.objects.in_bulk({row.charge_policy_id for row in bookings} - {None})


def _locked(booking: Booking) -> Booking:
    """The row, locked, with what the words of a line need."""
    row = Booking.objects.select_for_update(of=("self",)).select_related(*SOURCES).get(pk=booking.pk)
    return row


def _standing(bookings) -> dict[int, list[LedgerEntry]]:
    """The lines from bookings that were not taken back."""
    found: dict[int, list[LedgerEntry]] = defaultdict(list)
    rows = LedgerEntry.objects.filter(booking__in=bookings, kind__in=FROM_BOOKING)
    for row in rows.exclude(answers__kind=EntryKind.REVERSAL):
        found[row.booking_id].append(row)
    return found


def _align(booking, owed: dict, *, now, actor, standing=None) -> None:
    rows = _standing([booking])[booking.pk] if standing is None else standing
    wrong = [row for row in rows if owed.get(row.kind) != row.amount]
    there = {row.kind for row in rows if row not in wrong}
    made = [_take_back(row, now=now, actor=actor) for row in wrong]
    made += [
        _add(booking, kind, amount, now=now, actor=actor)
        for kind, amount in owed.items()
        if kind not in there
    ]
    if made:
        facts = {"lines": [[row.kind, str(row.amount)] for row in made]}
        record("training.charge", actor=actor, target=booking, facts=facts)


def _add(booking, kind, amount: Decimal, *, now, actor, words="") -> LedgerEntry:
    """One more line of that kind; its turn is taken once, so that two at once cannot both write it."""
    turn = LedgerEntry.objects.filter(booking=booking, kind=kind).count()
    return LedgerEntry.objects.create(
        agency_id=booking.agency_id,
        booking=booking,
        kind=kind,
        turn=turn,
        amount=amount,
        words=words or _words(booking, EntryKind(kind).label),
        at=now,
        by_name=_name(actor),
    )


def _words(booking, what) -> str:
    """B-20417: Safeguarding children 3, 6 January 2027: cancelled late. No name of a person, because rows stay."""
    day = date_format(timezone.localdate(booking.session.first_at), "j F Y")
    title = booking.session.course.title[:400]
    return f"{booking.reference}: {title}, {day}: {what}"


def _take_back(entry: LedgerEntry, *, now, actor, why="") -> LedgerEntry:
    """The line with the opposite sign; a waiver of it goes with it, and one still asked for is over."""
    for waiver in entry.answers.filter(kind=EntryKind.WAIVER):
        _opposite(waiver, now=now, actor=actor, why=why)
    asked = Waiver.objects.filter(entry=entry, state=WaiverState.ASKED)
    asked.update(state=WaiverState.OVER, decided_at=now)
    return _opposite(entry, now=now, actor=actor, why=why)


def _opposite(entry, *, now, actor, why) -> LedgerEntry:
    words = _("Taken back: %(words)s") % {"words": entry.words}
    return LedgerEntry.objects.create(
        agency_id=entry.agency_id,
        booking_id=entry.booking_id,
        kind=EntryKind.REVERSAL,
        amount=-entry.amount,
        words=(f"{words} ({why})" if why else words)[:500],
        reverses=entry,
        at=now,
        by_name=_name(actor),
    )


@act("training.add_extra_cost")
@transaction.atomic
def add_extra_cost(booking: Booking, *, actor, now: datetime, amount: Decimal, words: str) -> LedgerEntry:
    """Pass on a cost that a late cancellation or an empty chair caused, an interpreter say.

    ValidationError unless the booking's policy passes extra costs on and such a charge stands, for an amount that is
    not above 0 with two places at most, and for a cost that stands already in the same words; PermissionDenied for
    who does not administer training.
    """
    require_administrator(actor, now)
    booking = _locked(booking)
    policy = ChargePolicy.objects.filter(pk=booking.charge_policy_id).first()
    if policy is None or not policy.extra_costs:
        raise ValidationError(_("The policy of this booking passes no extra costs on."))
    if not any(row.kind != EntryKind.FEE for row in _standing([booking])[booking.pk]):
        raise ValidationError(_("Extra costs follow a late cancellation or somebody who did not come."))
    require_amount(amount)
    said = _words(booking, words.strip())[:500]
    twins = LedgerEntry.objects.filter(booking=booking, kind=EntryKind.EXTRA, amount=amount, words=said)
    if twins.exclude(answers__kind=EntryKind.REVERSAL).exists():
        words = _("This cost is in the ledger already. If it is another one, say in what it differs.")
        raise ValidationError({"words": words}, code="twice")
    entry = _add(booking, EntryKind.EXTRA, amount, now=now, actor=actor, words=said)
    record("training.add_extra_cost", actor=actor, target=booking, facts={"amount": str(amount)})
    return entry


@act("training.take_back_extra_cost")
@transaction.atomic
def take_back_extra_cost(entry: LedgerEntry, *, actor, now: datetime, why: str) -> LedgerEntry:
    """An extra cost that was passed on by mistake; other lines follow from the booking and its register alone."""
    require_administrator(actor, now)
    entry = LedgerEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.kind != EntryKind.EXTRA:
        raise ValidationError(
            _("This charge follows from the booking: correct the register, or ask to waive it.")
        )
    if entry.answers.filter(kind=EntryKind.REVERSAL).exists():
        raise ValidationError(_("This charge was taken back already."))
    made = _take_back(entry, now=now, actor=actor, why=why.strip())
    record("training.take_back_extra_cost", actor=actor, target=entry, facts={"amount": str(entry.amount)})
    return made


def waive(entry: LedgerEntry, *, now: datetime, actor, words: str) -> LedgerEntry:
    """The line that a granted waiver adds: the whole amount off. Called by ``waiving`` alone."""
    return LedgerEntry.objects.create(
        agency_id=entry.agency_id,
        booking_id=entry.booking_id,
        kind=EntryKind.WAIVER,
        amount=-entry.amount,
        words=words[:500],
        reverses=entry,
        at=now,
        by_name=_name(actor),
    )


def require_amount(amount) -> None:
    """A finite Decimal above 0 with two places at most (B8)."""
    fits = isinstance(amount, Decimal) and amount.is_finite() and 0 < amount < 1_000_000
    if not fits or amount != amount.quantize(Decimal("0.01")):
        raise ValidationError(
            {"amount": _("Enter an amount above 0 in pounds and pence, for example 45.00.")}
        )


def require_administrator(actor, now: datetime) -> None:
    if not permissions.administers(actor, timezone.localdate(now)):
        raise PermissionDenied(_("Training administrators and the training officer do this."))


def _name(actor) -> str:
    return people.name_of(actor) if actor is not None else _("the system")

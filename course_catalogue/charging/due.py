"""What one booking costs, from its own state, its stored terms and the marks of a closed register. Pure.

The charge for cancelling late or not coming takes the place of the fee: nobody pays twice for one place. What the
organiser ends, what a colleague takes over, and what a manager withdraws for patient safety costs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from course_catalogue.charging import notice
from course_catalogue.charging.amounts import NOTHING, rounded
from course_catalogue.charging.kinds import Basis, EarlyRule, EntryKind, LateRule
from course_catalogue.charging.terms import kept
from course_catalogue.enums import BookingState, CancelledBy, Mark

ON_OWN_ACCOUNT = (CancelledBy.OWN, CancelledBy.DIVERTED, CancelledBy.AGENCY)
CAME = (Mark.ATTENDED, Mark.PART)


@dataclass(frozen=True)
class DayMark:
    """The mark of one day that counts, in minutes late and left early."""

    mark: str
    minutes_late: int = 0
    minutes_early: int = 0


def is_late_end(booking) -> bool:
    """Was the booking cancelled on the account of the person or the agency after the last free minute?"""
    return (
        booking.state == BookingState.CANCELLED
        and booking.cancelled_by in ON_OWN_ACCOUNT
        and notice.is_late(booking.free_until, booking.ended_at)
    )


def owed(booking, marks: Iterable[DayMark] = (), policy=None) -> dict[EntryKind, Decimal]:
    """The amounts above 0 that must stand in the ledger for ``booking``: one kind at most.

    ``marks``: of a closed register, else none; ``policy``: the one under which it was made, or None.
    """
    if booking.state == BookingState.CANCELLED and booking.late:
        return _only(EntryKind.LATE, kept(booking).if_told(booking.ended_at))
    if booking.state != BookingState.BOOKED:
        return {}
    marks = list(marks)
    charged = sum(_is_charged(mark, policy) for mark in marks)
    came = sum(mark.mark in CAME and not _turned_away(mark, policy) for mark in marks)
    if not marks or came and (booking.fee or not charged):
        return _only(EntryKind.FEE, booking.fee)
    return _only(EntryKind.ABSENT, _absent(booking, charged, marks, policy)) if charged else {}


def _absent(booking, charged: int, marks: list[DayMark], policy) -> Decimal:
    """By the day where the policy says so; else for the whole, unless somebody came on a day and in time."""
    whole = booking.late_charge or NOTHING
    if policy is not None and policy.basis == Basis.PER_DAY:
        return rounded(whole * charged / len(marks))
    in_time = any(mark.mark in CAME and not _is_charged(mark, policy) for mark in marks)
    return NOTHING if in_time else whole


def _is_charged(mark: DayMark, policy) -> bool:
    """Not there, or there and charged all the same by the rules on coming late and leaving early."""
    return (
        mark.mark == Mark.DID_NOT_ATTEND
        or _turned_away(mark, policy)
        or (mark.mark in CAME and _too_late(mark, policy, LateRule.CHARGED))
    )


def _turned_away(mark: DayMark, policy) -> bool:
    """There, but it counts as not attended."""
    if mark.mark not in CAME or policy is None:
        return False
    early = policy.early_minutes is not None and mark.minutes_early > policy.early_minutes
    left = early and policy.early_rule == EarlyRule.NOT_ATTENDED
    return left or _too_late(mark, policy, LateRule.NOT_ATTENDED)


def _too_late(mark: DayMark, policy, rule: LateRule) -> bool:
    if policy is None or policy.late_rule != rule or policy.late_minutes is None:
        return False
    return mark.minutes_late > policy.late_minutes


def _only(kind: EntryKind, amount: Decimal | None) -> dict[EntryKind, Decimal]:
    return {kind: amount} if amount else {}

"""Where the register meets charging: what closing would charge, and that it was closed or corrected."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from course_catalogue.charging import due, ledger
from course_catalogue.charging.kinds import EntryKind
from course_catalogue.models import Booking, CourseSession, SessionDay
from course_catalogue.register.standing import booked


@dataclass(frozen=True)
class Charge:
    booking: Booking
    amount: Decimal


def coming(day: SessionDay) -> list[Charge]:
    """What closing the session would charge for not coming, as it is marked now; by name, three queries."""
    bookings = list(booked(day).select_related("person", "agency").order_by("person__name", "pk"))
    marks, policies = ledger.marks_of(bookings), ledger.policies_of(bookings)
    owed = [(row, due.owed(row, marks[row.pk], policies.get(row.charge_policy_id))) for row in bookings]
    return [Charge(row, sums[EntryKind.ABSENT]) for row, sums in owed if EntryKind.ABSENT in sums]


def work_out(session: CourseSession, *, actor, now: datetime) -> None:
    """Let the ledger follow the register: who did not come and is charged for it, who no longer is."""
    ledger.on_register(session, now=now, actor=actor)

"""What a person has with training: to come, waiting, past; each row with its state in words. Constant queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from course_catalogue.charging.terms import named
from course_catalogue.enums import LIVE, BookingState
from course_catalogue.learning.turn import Turn, turns
from course_catalogue.learning.whom import Hands
from course_catalogue.learning.words import Standing, hours, standing
from course_catalogue.models import Attendance, Booking

PAST_STATES = (BookingState.BOOKED,)


@dataclass(frozen=True)
class Line:
    """One booking as lists show it. ``acts``: what its person may press here."""

    booking: Booking
    standing: Standing
    turn: Turn | None = None

    @property
    def session(self):
        return self.booking.session

    @property
    def days(self) -> list:
        return list(self.session.days.all())

    @property
    def hours(self) -> str:
        return hours(
            self.session.first_at, self.days[0].ends_at if len(self.days) == 1 else self.session.last_at
        )

    @property
    def place(self) -> str:
        """Where: the first day's room, or online."""
        room = next((day.room for day in self.days if day.room_id), None)
        return str(room.venue) if room else ""


def lines(bookings: Iterable[Booking], now: datetime, hands: Hands) -> list[Line]:
    """Bookings in the words for who has them in ``hands``; ask ``rows`` for them, so that days and rooms are there."""
    rows = list(bookings)
    waiting = {row.session_id for row in rows if row.state == BookingState.WAITING}
    places = turns(waiting) if waiting else {}
    marks = marks_of([row.pk for row in rows if row.state == BookingState.BOOKED])
    return [_line(row, now, places.get(row.pk), marks.get(row.pk, ()), hands) for row in rows]


def _line(row, now, turn, marks, hands) -> Line:
    return Line(row, standing(row, now, turn, marks, hands.reads(row)), turn)


def marks_of(bookings: Iterable[int]) -> dict[int, list[str]]:
    """The marks that count, by booking: the newest for each day; one query, none for nobody."""
    keys = list(bookings)
    if not keys:
        return {}
    rows = Attendance.objects.filter(booking__in=keys, corrected_by__isnull=True)
    found: dict[int, list[str]] = {}
    for booking, mark in rows.values_list("booking_id", "mark"):
        found.setdefault(booking, []).append(mark)
    return found


def rows(bookings):
    """With everything that a line shows; ``rule``: the name of what sets its amounts."""
    found = bookings.select_related("session__course", "session__host", "person__agency", "agency", "manager")
    return found.annotate(rule=named()).prefetch_related("session__days__room__venue")


def to_come(bookings, now: datetime):
    """Live ones whose session is not over, soonest first."""
    return rows(bookings.filter(state__in=LIVE, session__last_at__gt=now)).order_by("session__first_at", "pk")


def ended(bookings, now: datetime):
    """Those that ended without a place, of sessions to come: what happened, and what next."""
    found = bookings.exclude(state__in=LIVE).filter(session__last_at__gt=now)
    return rows(found).order_by("session__first_at", "-ended_at", "pk")


def past(bookings, now: datetime):
    """Sessions that are over, newest first."""
    return rows(bookings.filter(session__last_at__lte=now)).order_by("-session__first_at", "-pk")

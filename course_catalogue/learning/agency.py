"""An agency's own people in training, for its coordinator: soon, held without a name, waiting, all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from course_catalogue import visible
from course_catalogue.booking import capacity
from course_catalogue.enums import LIVE, TAKES_A_PLACE, BookingState, SessionState
from course_catalogue.learning import mine
from course_catalogue.models import Booking, CourseSession, HeldPlaces
from course_catalogue.visible import Learner
from kernel.organisation.models import AgencyKind

SOON, DATES = timedelta(weeks=6), 12


@dataclass(frozen=True)
class Held:
    """A block kept for the agency: so many places, of which some have no name yet."""

    block: HeldPlaces
    named: int

    @property
    def unnamed(self) -> int:
        return max(self.block.size - self.named, 0)


@dataclass(frozen=True)
class Soon:
    """One date with the agency's people; ``free_until`` is the earliest of their last free moments to come."""

    session: CourseSession
    lines: list
    free_until: datetime | None


def bookings_of(agency) -> QuerySet[Booking]:
    """All that the agency pays for or whose person is of it: nothing of another agency."""
    return Booking.objects.filter(agency=agency)


def held_for(agency, now: datetime) -> list[Held]:
    """Blocks that are not given back yet, soonest date first; two queries."""
    rows = HeldPlaces.objects.filter(agency=agency, release_at__gt=now, session__state=SessionState.OPEN)
    rows = list(
        rows.filter(session__first_at__gt=now)
        .select_related("session__course")
        .order_by("session__first_at", "pk")
    )
    taking = Booking.objects.filter(
        agency=agency, session__in=[row.session_id for row in rows], state__in=TAKES_A_PLACE
    )
    named: dict[int, int] = {}
    for key in taking.values_list("session_id", flat=True):
        named[key] = named.get(key, 0) + 1
    return [Held(row, named.get(row.session_id, 0)) for row in rows]


def soon(agency, now: datetime, hands) -> list[Soon]:
    """Dates of the next six weeks on which people of the agency have a place."""
    rows = mine.to_come(bookings_of(agency).filter(state__in=TAKES_A_PLACE), now)
    found: dict[int, list] = {}
    for line in mine.lines(rows.filter(session__first_at__lt=now + SOON), now, hands):
        found.setdefault(line.booking.session_id, []).append(line)
    return [_soon(lines, now) for lines in found.values()]


def _soon(lines, now) -> Soon:
    free = [
        line.booking.free_until
        for line in lines
        if line.booking.free_until and line.booking.free_until >= now
    ]
    return Soon(lines[0].session, lines, min(free, default=None))


def dates(agency, now: datetime) -> list[tuple[CourseSession, capacity.Places]]:
    """The next open dates of the offer that this agency sees; two queries more than the dates."""
    learner = Learner(None, agency.pk, agency.kind == AgencyKind.HOST, here=True)
    rows = (
        visible.sessions(learner).filter(state=SessionState.OPEN, first_at__gt=now).select_related("course")
    )
    found = list(rows.order_by("first_at", "pk")[:DATES])
    places = capacity.places([row.pk for row in found], now=now, agency=agency.pk)
    return [(row, places[row.pk]) for row in found]


@dataclass(frozen=True)
class Counted:
    booked: int
    asked: int
    waiting: int


def counted(agency, now: datetime) -> Counted:
    """Of sessions to come: booked, held or offered, waiting."""
    rows = (
        bookings_of(agency).filter(state__in=LIVE, session__last_at__gt=now).values_list("state", flat=True)
    )
    states = list(rows)
    booked, waiting = states.count(BookingState.BOOKED), states.count(BookingState.WAITING)
    return Counted(booked, len(states) - booked - waiting, waiting)

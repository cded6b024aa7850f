"""Rates that are named for what they are, of sessions whose registers are closed.

``registered``: everybody who had a place: who has it still, who cancelled on the own account or the agency's, who was
withdrawn. Not: who only waited, whom the organiser cancelled or moved, and who gave the place to a colleague, whose
own booking counts instead. ``excused``: with a place, did not come, and nobody blames them.

- of registered: attended / registered
- show-up: attended / (registered - cancelled - excused)
- fill: (attended + walk-ins) / places

People who came without a booking are in none of the first two. Of nothing there is no rate: None, "no data".
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q

from course_catalogue.charging.due import ON_OWN_ACCOUNT
from course_catalogue.enums import BookingState, Mark
from course_catalogue.models import Booking, CourseSession, RegisterClosing
from course_catalogue.register.counting import outcomes_of

TENTH = Decimal("0.1")
CANCELLED = Q(state=BookingState.CANCELLED, cancelled_by__in=ON_OWN_ACCOUNT) | Q(state=BookingState.WITHDRAWN)


@dataclass(frozen=True)
class Rates:
    """Counts of people, places and minutes; ``places`` of sessions without a limit are left out, and so their people.

    ``came_to_places``: who attended or walked in where places are limited, the numerator of fill.
    """

    sessions: int = 0
    registered: int = 0
    cancelled: int = 0
    cancelled_late: int = 0
    no_shows: int = 0
    excused: int = 0
    attended: int = 0
    walk_ins: int = 0
    places: int = 0
    came_to_places: int = 0
    minutes: int = 0

    @property
    def of_registered(self) -> Decimal | None:
        """Per cent with one decimal place, half up."""
        return per_cent(self.attended, self.registered)

    @property
    def show_up(self) -> Decimal | None:
        return per_cent(self.attended, self.registered - self.cancelled - self.excused)

    @property
    def fill(self) -> Decimal | None:
        return per_cent(self.came_to_places, self.places)

    @property
    def unused(self) -> int:
        """Places that nobody sat on."""
        return max(self.places - self.came_to_places, 0)

    @property
    def booked(self) -> int:
        """Whoever had a place when the session began."""
        return self.registered - self.cancelled

    def __add__(self, other: "Rates") -> "Rates":
        return Rates(*(getattr(self, row.name) + getattr(other, row.name) for row in fields(Rates)))


def per_cent(part: int, whole: int) -> Decimal | None:
    """None where there is nothing to count: that is no 0 and no 100."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP)


def of(session_ids: Collection[int]) -> dict[int, Rates]:
    """The counts of each closed session among them; open ones are left out. A fixed number of queries."""
    rows = RegisterClosing.objects.filter(session__in=session_ids, day__isnull=True)
    closed = set(rows.values_list("session_id", flat=True))
    places = dict(CourseSession.objects.filter(pk__in=closed).values_list("pk", "capacity"))
    ended = _ended(closed)
    came = outcomes_of(closed)
    return {key: _rates(places[key], ended.get(key, (0, 0)), came.get(key, {}).values()) for key in closed}


def total(rows: Iterable[Rates]) -> Rates:
    return sum(rows, Rates())


def _ended(session_ids) -> dict[int, tuple[int, int]]:
    """By session: who had a place and cancelled it or was withdrawn, and who of them late."""
    rows = Booking.objects.filter(CANCELLED, session__in=session_ids).order_by().values("session_id")
    counted = rows.annotate(all=Count("pk"), late_ones=Count("pk", filter=Q(late=True)))
    return {row["session_id"]: (row["all"], row["late_ones"]) for row in counted}


def _rates(capacity, ended, outcomes) -> Rates:
    booked = [row for row in outcomes if not row.walk_in]
    walk_ins = sum(row.walk_in and row.came for row in outcomes)
    attended = sum(row.came for row in booked)
    return Rates(
        sessions=1,
        registered=len(booked) + ended[0],
        cancelled=ended[0],
        cancelled_late=ended[1],
        no_shows=sum(row.mark == Mark.DID_NOT_ATTEND for row in booked),
        excused=sum(row.mark == Mark.EXCUSED for row in booked),
        attended=attended,
        walk_ins=walk_ins,
        places=capacity or 0,
        came_to_places=attended + walk_ins if capacity is not None else 0,
        minutes=sum(row.minutes for row in outcomes),
    )

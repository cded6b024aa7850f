"""The dates of one month as somebody sees them; the number of queries does not grow with the dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from course_catalogue import clearances, visible
from course_catalogue.booking.capacity import Places, places_of
from course_catalogue.booking.deadlines import closes_at
from course_catalogue.enums import LIVE, SessionState
from course_catalogue.models import Booking, SessionDay
from course_catalogue.training_calendar.choosing import Chosen
from course_catalogue.training_calendar.months import Month, of_programme

OPEN, FULL, LATER, CLOSED, CANCELLED, PAST = "open", "full", "later", "closed", "cancelled", "past"


class Day(NamedTuple):
    """One day of a session with what the calendar shows of its session and course, as ``READ`` asks for it.

    ``of_days``: how many days the session has; ``venue``: None where the day has no room.
    """

    starts_at: datetime
    ends_at: datetime
    number: int
    of_days: int
    venue: str | None
    session: int
    session_state: str
    first_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    held_closed: bool
    capacity: int | None
    keeps_list: bool
    needs_approval: bool
    online_link: str
    course: int
    title: str
    delivery: str


READ = (
    "starts_at",
    "ends_at",
    "number",
    "of_days",
    "room__venue__name",
    "session",
    "session__state",
    "session__first_at",
    "session__opens_at",
    "session__closes_at",
    "session__held_closed",
    "session__capacity",
    "session__keeps_list",
    "session__needs_approval",
    "session__online_link",
    "session__course",
    "session__course__title",
    "session__course__delivery",
)


@dataclass(frozen=True)
class Item:
    """One day of a session. ``state``: OPEN has places, FULL none, LATER and CLOSED cannot be booked now.

    ``mine``: the state of the reader's own live booking, or "".
    """

    day: Day
    state: str
    places: Places
    mine: str = ""


def of_month(learner: visible.Learner, chosen: Chosen, *, now: datetime) -> list[Item]:
    """In the order of time; three queries and those of counting places, fewer where the month is empty."""
    first, after = chosen.month.moments()
    rows = _days(learner, chosen).filter(starts_at__gte=first, starts_at__lt=after)
    days = [Day._make(row) for row in rows.annotate(of_days=_of_days()).values_list(*READ)]
    if not days:
        return []
    known = {day.session: day for day in days}
    counted = places_of({pk: day.capacity for pk, day in known.items()}, now=now, agency=learner.agency_id)
    closed = clearances.closed({day.course for day in days}, timezone.localdate(now))
    states = {pk: _state(day, counted[pk], closed, now) for pk, day in known.items()}
    mine = _mine(learner, known)
    items = [Item(day, states[day.session], counted[day.session], mine.get(day.session, "")) for day in days]
    return [item for item in items if item.state == OPEN] if chosen.with_places else items


def next_day(learner: visible.Learner, chosen: Chosen) -> date | None:
    """The first date after the month that the filters let through, if there is one; full ones count."""
    after = chosen.month.moments()[1]
    rows = _days(learner, chosen).filter(starts_at__gte=after).exclude(session__state=SessionState.CANCELLED)
    found = rows.values_list("starts_at", flat=True).first()
    return timezone.localdate(found) if found else None


def by_month(learner: visible.Learner, chosen: Chosen) -> list[tuple[Month, int]]:
    """How many days each month of the programme year has with these filters; one query."""
    year = of_programme(chosen.month.first_year)
    spans = [month.moments() for month in year]
    rows = _days(learner, chosen).filter(starts_at__gte=spans[0][0], starts_at__lt=spans[-1][1]).order_by()
    place = Case(*(When(starts_at__lt=after, then=place) for place, (_first, after) in enumerate(spans)))
    found = dict(rows.annotate(place=place).values_list("place").annotate(Count("pk")))
    return [(month, found.get(place, 0)) for place, month in enumerate(year)]


def _days(learner: visible.Learner, chosen: Chosen) -> QuerySet[SessionDay]:
    shown = visible.sessions(learner).exclude(state=SessionState.PLANNED)
    rows = SessionDay.objects.filter(Exists(shown.filter(pk=OuterRef("session"))))
    return chosen.narrow(rows).order_by("starts_at", "pk")


def _of_days() -> Subquery:
    """How many days the session of a day has."""
    same = SessionDay.objects.filter(session=OuterRef("session")).order_by().values("session")
    return Subquery(same.annotate(n=Count("pk")).values("n"))


def _state(day: Day, counted: Places, closed: dict[int, str], now: datetime) -> str:
    if day.session_state == SessionState.CANCELLED:
        return CANCELLED
    if day.first_at <= now:
        return PAST
    if day.held_closed or now >= closes_at(day) or day.course in closed:
        return CLOSED
    if day.opens_at is not None and now < day.opens_at:
        return LATER
    return FULL if counted.free == 0 else OPEN


def _mine(learner: visible.Learner, sessions: Iterable[int]) -> dict[int, str]:
    if learner.person_id is None:
        return {}
    rows = Booking.objects.filter(Q(state__in=LIVE), person=learner.person_id, session__in=list(sessions))
    return dict(rows.values_list("session_id", "state"))

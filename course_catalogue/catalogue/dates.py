"""The dates of courses that lie ahead, as far as somebody may know of them, with their places."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from course_catalogue import visible
from course_catalogue.booking import capacity
from course_catalogue.booking.capacity import Places
from course_catalogue.booking.left import places_left
from course_catalogue.enums import SessionState
from course_catalogue.models import CourseSession, SessionDay
from course_catalogue.visible import Learner


@dataclass(frozen=True)
class Coming:
    """One open date. ``days``: on how many days it is held; ``where`` is empty until a room is booked."""

    pk: int
    course_id: int
    first_at: datetime
    days: int
    where: str
    places: Places

    @property
    def is_full(self) -> bool:
        return self.places.free == 0

    @property
    def places_words(self) -> str:
        return places_left(self.places)


def coming(courses: Iterable[int], learner: Learner, now: datetime) -> dict[int, list[Coming]]:
    """Open dates that have not begun, soonest first, by course; as many queries for any number of courses."""
    days = Prefetch("days", SessionDay.objects.select_related("room__venue"))
    rows = visible.sessions(learner).filter(
        course__in=list(courses), state=SessionState.OPEN, first_at__gt=now
    )
    sessions = list(rows.prefetch_related(days).order_by("first_at", "pk"))
    left = capacity.places([session.pk for session in sessions], now=now, agency=learner.agency_id)
    found = defaultdict(list)
    for session in sessions:
        found[session.course_id].append(_coming(session, left[session.pk]))
    return dict(found)


def with_places(courses: QuerySet, learner: Learner, now: datetime) -> list[int]:
    """The keys of those of the courses that have a date with a place left; as many queries for any number."""
    ahead = coming(courses.values_list("pk", flat=True), learner, now)
    return [key for key, rows in ahead.items() if any(not row.is_full for row in rows)]


def _coming(session: CourseSession, places: Places) -> Coming:
    days = session.days.all()
    venues = dict.fromkeys(day.room.venue.name for day in days if day.room)
    where = ", ".join(venues) or (_("online") if session.online_link else "")
    return Coming(session.pk, session.course_id, session.first_at, len(days), where, places)

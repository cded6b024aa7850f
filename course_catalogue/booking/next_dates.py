"""The next date of a course that has a place: what is suggested wherever somebody cannot have the one they wanted."""

from datetime import datetime

from course_catalogue.booking import capacity
from course_catalogue.booking.deadlines import closes_at
from course_catalogue.enums import SessionState
from course_catalogue.models import CourseSession

LOOKED_AT = 30


def next_with_place(course_id: int, *, now: datetime) -> CourseSession | None:
    """The next date of the course that is open and has a place for anybody, among the first 30."""
    rows = CourseSession.objects.filter(course=course_id, state=SessionState.OPEN, first_at__gt=now)
    found = [row for row in rows.order_by("first_at", "pk")[:LOOKED_AT] if _open(row, now)]
    places = capacity.places([row.pk for row in found], now=now)
    return next((row for row in found if places[row.pk].left != 0), None)


def _open(session, now: datetime) -> bool:
    begun = session.opens_at is None or session.opens_at <= now
    return begun and not session.held_closed and now < closes_at(session)

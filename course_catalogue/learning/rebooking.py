"""After a withdrawal for patient safety: by when a new place is due, and which date is next (S0-43)."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from course_catalogue import conf
from course_catalogue.booking import capacity, refusals
from course_catalogue.enums import TAKES_A_PLACE, BookingState, CancelledBy, SessionState
from course_catalogue.models import Booking, CourseSession

LOOKED_AT = 20
AGAIN = (BookingState.LAPSED, BookingState.LET_GO, BookingState.LEFT, BookingState.NOT_RELEASED)
"""What can be asked for again on the same date."""
LOST = (*AGAIN, BookingState.WITHDRAWN)


def next_session(course, person, *, now: datetime, without: int = 0):
    """The next date of the course with a place that this person may book; None where there is none."""
    rows = CourseSession.objects.filter(course=course, state=SessionState.OPEN, first_at__gt=now)
    found = list(rows.exclude(pk=without).order_by("first_at", "pk")[:LOOKED_AT])
    places = capacity.places([row.pk for row in found], now=now, agency=person.agency_id)
    for row in found:
        left = places[row.pk].free
        if (left is None or left > 0) and not refusals.why_not(row, person, now=now):
            return row
    return None


def is_lost(booking) -> bool:
    """Whether the person is left without the course: this ended, and no place of it was made or asked for since."""
    by_us = booking.state == BookingState.CANCELLED and booking.cancelled_by == CancelledBy.ORGANISER
    if not (by_us or booking.state in LOST):
        return False
    since = Booking.objects.filter(
        person=booking.person_id, state__in=TAKES_A_PLACE, joined_at__gte=booking.ended_at
    )
    return not since.filter(session__course=booking.session.course_id).exists()


def other_dates(booking, *, now: datetime):
    """Open dates of the same course to come, other than this one."""
    rows = CourseSession.objects.filter(
        course=booking.session.course_id, state=SessionState.OPEN, first_at__gt=now
    )
    return rows.exclude(pk=booking.session_id).order_by("first_at", "pk")


def due_from(now: datetime) -> date:
    """The last day on which a place withdrawn now is made good in time."""
    return timezone.localdate(now) + timedelta(days=conf.rebook_days())

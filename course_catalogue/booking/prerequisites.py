"""Courses that are needed first: attended, or booked for an earlier date; else the manager's word (S4-13)."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.catalogue import prerequisites
from course_catalogue.catalogue.prerequisites import Missing
from course_catalogue.enums import BookingState
from course_catalogue.models import Booking


def missing(session, people: Collection[int]) -> dict[int, list[Missing]]:
    """What each person lacks on the session's day and has not booked either, in the order of the course's list.

    One query where nothing is needed, four where all have attended, else five.
    """
    lacking = prerequisites.missing([session.course_id], people, timezone.localdate(session.first_at))
    if not lacking:
        return {}
    booked = _booked(session, {row.course_id for rows in lacking.values() for row in rows}, people)
    left = {
        person: [row for row in rows if (row.course_id, person) not in booked]
        for (_course, person), rows in lacking.items()
    }
    return {person: rows for person, rows in left.items() if rows}


def to_confirm(rows: Collection[Missing]) -> str:
    """What the manager vouches for by approving; empty when nothing is missing that may be vouched for."""
    names = [f"{row.title} ({row.code})" for row in rows if row.may_confirm]
    words = _("knows already what is taught in %(courses)s") % {"courses": "; ".join(names)}
    return words[:500] if names else ""


def _booked(session, courses, people) -> set[tuple[int, int]]:
    """A place on a date that ends before this one begins."""
    rows = Booking.objects.filter(
        person__in=people,
        session__course__in=courses,
        session__last_at__lte=session.first_at,
        state=BookingState.BOOKED,
    )
    return set(rows.values_list("session__course", "person"))

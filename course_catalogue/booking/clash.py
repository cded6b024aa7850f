"""Whether somebody is booked elsewhere at the same time, on any day of both sessions."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from course_catalogue.enums import TAKES_A_PLACE
from course_catalogue.models import CourseSession, SessionDay
from kernel.lifecycle.templatetags.dates import clock, full_date


def clashes(session, people: Iterable[int], *, besides: int | None = None) -> dict[int, str]:
    """For each person who is not free, where they are booked at that time. One query where all are, else three at most.

    Days that only touch do not clash. ``besides``: a session that is left for this one.
    """
    people = list(people)
    near = _near(session, people) - {session.pk, besides}
    if not near:
        return {}
    own = [(day.starts_at, day.ends_at) for day in session.days.all()]
    days = SessionDay.objects.filter(
        session__in=near, session__bookings__person__in=people, session__bookings__state__in=TAKES_A_PLACE
    )
    rows = days.order_by("starts_at").values_list(
        "session__bookings__person", "starts_at", "ends_at", "session__course__title"
    )
    found: dict[int, str] = {}
    for person, begins, ends, title in rows:
        if any(begins < last and ends > first for first, last in own):
            found.setdefault(person, _words(title, begins, ends))
    return found


def _near(session, people: list[int]) -> set[int]:
    """Those of the sessions that one of the people has a place in which begin before this one ends, and end later."""
    mine = CourseSession.objects.filter(bookings__person__in=people, bookings__state__in=TAKES_A_PLACE)
    near = mine.filter(first_at__lt=session.last_at, last_at__gt=session.first_at)
    return set(near.order_by().values_list("pk", flat=True))


def _words(title: str, begins: datetime, ends: datetime) -> str:
    words = {"title": title, "day": full_date(begins), "from": clock(begins), "to": clock(ends)}
    return _("%(title)s, %(day)s, %(from)s to %(to)s") % words

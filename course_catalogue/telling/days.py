"""The days of a session as a mail says them."""

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from course_catalogue.feeds.events import place_of
from course_catalogue.models import Room, SessionDay
from kernel.lifecycle.templatetags.dates import clock, day_and_date


def days_of(session) -> list[str]:
    """Wednesday 6 January 2027, 9:30am to 4:30pm, Room 1, Civic Centre: a line for each day; at most two queries."""
    return [line_of(session, day) for day in rows_of(session)]


def rows_of(session) -> list[SessionDay]:
    """The days in their order with rooms and venues; what was read with the session is not read again."""
    if "days" in getattr(session, "_prefetched_objects_cache", {}):
        days = list(session.days.all())
        prefetch_related_objects(days, Prefetch("room", Room.objects.select_related("venue")), "more_rooms")
        return days
    rows = session.days.select_related("room__venue").prefetch_related("more_rooms")
    return list(rows.order_by("number"))


def line_of(session, day) -> str:
    words = {
        "day": day_and_date(day.starts_at),
        "start": clock(day.starts_at),
        "end": clock(day.ends_at),
        "place": place_of(session, day),
    }
    return _("%(day)s, %(start)s to %(end)s, %(place)s") % words

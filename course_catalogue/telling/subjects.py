"""Subjects of mails: what is so or what to do, then the thing, then the day. One short line without anybody's name."""

from datetime import datetime

from django.utils.translation import gettext as _

from course_catalogue.booking.deadlines import day_of
from kernel.lifecycle.templatetags.dates import clock, full_date

LONGEST = 60


def about(what: str, booking) -> str:
    """Booked: Safeguarding level 3, 6 January 2027"""
    return of_session(what, booking.session)


def of_session(what: str, session) -> str:
    """The same of a session; a long title is cut, never the state or the day."""
    words = _("%(what)s: %(title)s, %(day)s")
    day = full_date(session.first_at)
    room = LONGEST - len(words % {"what": what, "title": "", "day": day})
    return words % {"what": what, "title": short(session.course.title, room), "day": day}


def until(what: str, moment: datetime) -> str:
    """A place is free: answer by 5pm, 25 November 2026"""
    words = {"what": what, "time": clock(moment), "day": full_date(day_of(moment))}
    return _("%(what)s: answer by %(time)s, %(day)s") % words


def short(title: str, room: int) -> str:
    """The title on one line in so many signs; cut after a word."""
    title = " ".join(title.split())
    if len(title) <= room:
        return title
    cut = title[: room - 1]
    whole = cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:") + "…"

"""Until when a place is held or offered: working days, ending at one hour of the day."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import conf
from kernel.lifecycle.closed_days import closed_between
from kernel.lifecycle.templatetags.dates import clock, day_and_date
from kernel.lifecycle.working_days import add_working_days

REACH = timedelta(days=60)


def closes_at(session) -> datetime:
    """The moment from which nobody books: the session's own, at the latest when it begins."""
    return min(session.closes_at or session.first_at, session.first_at)


def hold_until(session, *, now: datetime) -> datetime:
    """The last moment for the line manager; never after the session has begun."""
    return min(_working(conf.hold_days(), now), session.first_at)


def offer_until(session, *, now: datetime) -> datetime:
    """The last moment for somebody from the waiting list; never after booking closes."""
    return min(_working(conf.offer_days(), now), closes_at(session))


def day_of(now: datetime):
    """The local day of a moment."""
    return timezone.localtime(now).date()


def in_words(moment: datetime) -> str:
    """5pm on Monday 30 November 2026"""
    words = {"time": clock(moment), "day": day_and_date(moment)}
    return _("%(time)s on %(day)s") % words


def _working(days: int, now: datetime) -> datetime:
    local = timezone.localtime(now)
    hour = time(conf.answer_hour())
    first = local.date() + timedelta(days=1 if local.time() >= hour else 0)
    closed = closed_between(first, first + REACH, conf.nation())
    last = add_working_days(first, days, closed, conf.nation())
    return timezone.make_aware(datetime.combine(last, hour))

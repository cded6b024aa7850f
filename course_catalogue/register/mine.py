"""Registers that somebody keeps: the own sessions of a trainer, all sessions for the training team."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from course_catalogue import permissions
from course_catalogue.enums import SessionState
from course_catalogue.models import RegisterClosing, SessionDay, Teaching
from course_catalogue.register import exporting

COMING = timedelta(days=14)
PAST = timedelta(days=92)


def teaches(today: date):
    """A fact about a login: teaches on a day of a session that is not long past."""
    since = morning_of(today - PAST)
    return Exists(Teaching.objects.filter(trainer__person__user_id=OuterRef("pk"), day__ends_at__gte=since))


def days_of(user, today: date):
    """Days whose register this person keeps: today's, past ones that are open, those of the next 14 days."""
    closed = RegisterClosing.objects.filter(day=OuterRef("pk"))
    rows = SessionDay.objects.exclude(session__state=SessionState.CANCELLED)
    others = SessionDay.objects.filter(session=OuterRef("session")).exclude(pk=OuterRef("pk"))
    rows = rows.annotate(is_closed=Exists(closed), is_of_several=Exists(others))
    rows = rows.select_related("session__course", "room__venue")
    if not permissions.administers(user, today):
        own = Teaching.objects.filter(trainer__person__user_id=user.pk)
        rows = rows.filter(session__in=own.values("day__session_id"))
    return rows.order_by("starts_at", "pk")


def lists(user, today: date) -> dict:
    """The days in groups, one query each; closed ones the newest first.

    ``files``: closed sessions without an upload, for the training team.
    """
    rows, morning, night = days_of(user, today), morning_of(today), night_of(today)
    found = {
        "now": list(rows.filter(starts_at__gte=morning, starts_at__lt=night)),
        "open": list(rows.filter(starts_at__lt=morning, is_closed=False)),
        "coming": list(rows.filter(starts_at__gte=night, starts_at__lt=morning_of(today + COMING))),
        "closed": list(
            rows.filter(
                Q(is_closed=True), starts_at__gte=morning_of(today - PAST), starts_at__lt=morning
            ).reverse()
        ),
    }
    found["files"] = list(exporting.missing()) if permissions.administers(user, today) else []
    return found


def morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def night_of(day: date) -> datetime:
    """The first moment after it."""
    return morning_of(day + timedelta(days=1))

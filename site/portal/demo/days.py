"""The days of the demo, counted from the day on which it is loaded, so that it makes sense on any day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kernel.lifecycle.review import add_months

THURSDAY = 3


def weekday_after(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def months_ago(today: date, months: int, day: int = 10) -> date:
    """A working weekday about the ``day``-th of the month that many months back."""
    return weekday_after(add_months(today.replace(day=1), -months).replace(day=day))


def meeting_day(today: date, months: int) -> date:
    """The second Thursday of the month that many months from now."""
    first = add_months(today.replace(day=1), months)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 7)


@contextmanager
def lived_on(day: date) -> Iterator[date]:
    """Let Django's clock say ten in the morning of ``day``, so that decisions of the past bear its date.

    The audit trail keeps its own clock: it says when the demo was really loaded.
    """
    real = timezone.now
    timezone.now = lambda: datetime.combine(day, time(10, 0), tzinfo=timezone.get_default_timezone())
    try:
        yield day
    finally:
        timezone.now = real

"""Dates as our screens write them: in full, the weekday when somebody must act, and how long until then."""

from datetime import date, datetime, time

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from kernel.lifecycle import review

register = template.Library()


def _day(value):
    """The day of a moment, or of a day kept as its ISO words in evidence."""
    if isinstance(value, str):
        return date.fromisoformat(value)
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def full_date(value: date | datetime | str | None) -> str:
    """12 March 2027"""
    return date_format(_day(value), "j F Y") if value else ""


@register.filter
def day_and_date(value: date | datetime | None) -> str:
    """Friday 12 March 2027"""
    return date_format(_day(value), "l j F Y") if value else ""


@register.filter
def clock(value: datetime | time) -> str:
    """9:14am; on the hour 1pm, at noon 12pm, at midnight 12am. A moment counts in local time."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def how_long(value: date | datetime | None) -> str:
    """in 3 months, 7 weeks ago, today; counted from today."""
    return review.how_long(_day(value), timezone.localdate()) if value else ""

"""Dates as our screens write them: in full, the weekday when somebody must act, and how long until then."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


def _day(value):
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def full_date(value: date | datetime | None) -> str:
    """12 March 2027"""
    return date_format(_day(value), "j F Y") if value else ""


@register.filter
def day_and_date(value: date | datetime | None) -> str:
    """Friday 12 March 2027"""
    return date_format(_day(value), "l j F Y") if value else ""


@register.filter
def how_long(value: date | datetime | None) -> str:
    """in 3 months, 7 weeks ago, today; counted from today."""
    return span(_day(value), today=timezone.localdate()) if value else ""


def span(day: date, *, today: date) -> str:
    """Rounded down: to 13 days in days, under 12 weeks in weeks, under 24 months in months, then in years."""
    if day == today:
        return _("today")
    words = _length(min(day, today), max(day, today))
    return (_("in %(span)s") if day > today else _("%(span)s ago")) % {"span": words}


def _length(first: date, last: date) -> str:
    days = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if days <= 13:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 84:
        return ngettext("%(n)d week", "%(n)d weeks", days // 7) % {"n": days // 7}
    if months < 24:
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d year", "%(n)d years", months // 12) % {"n": months // 12}

"""Arithmetic with review dates. Pure: dates in, answers out. The last valid day is inclusive."""

from calendar import monthrange
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CURRENT, DUE_SOON, OVERDUE = "current", "due soon", "overdue"


def add_months(day: date, months: int) -> date:
    """The same day of the month, or the month's last day when it is shorter: 31 January + 1 = 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day of the year; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def next_due(reviewed_on: date, months: int) -> date:
    """The last day on which the next review is in time."""
    return add_months(reviewed_on, months)


def standing(review_due: date, today: date, window_months: int = 6) -> str:
    """ "current", "due soon" from ``window_months`` before the day on, "overdue" from the day after it."""
    if today > review_due:
        return OVERDUE
    return DUE_SOON if today >= add_months(review_due, -window_months) else CURRENT


def soon_until(today: date, window_months: int = 6) -> date:
    """The last review day that ``standing`` calls "due soon" on ``today``: the same rule, for a query."""
    day = add_months(today, window_months)
    while add_months(day + timedelta(days=1), -window_months) <= today:
        day += timedelta(days=1)
    return day


def how_long(day: date, today: date) -> str:
    """ "in 3 months", "3 months ago": rounded down; to 13 days, under 12 weeks, 24 months, then years."""
    if day == today:
        return _("today")
    span = _span(min(day, today), max(day, today))
    return _("in %(span)s") % {"span": span} if day > today else _("%(span)s ago") % {"span": span}


def _span(early: date, late: date) -> str:
    days, months = (late - early).days, _whole_months(early, late)
    if days <= 13:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 12 * 7:
        return ngettext("%(n)d week", "%(n)d weeks", days // 7) % {"n": days // 7}
    if months < 24:
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d year", "%(n)d years", months // 12) % {"n": months // 12}


def _whole_months(early: date, late: date) -> int:
    months = (late.year - early.year) * 12 + late.month - early.month
    return months if add_months(early, months) <= late else months - 1

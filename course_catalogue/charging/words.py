"""How notice was counted, and what a charge is, in the words that screens, mails and the booking share."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from course_catalogue.charging.kinds import Counting, Unit
from course_catalogue.charging.notice import Notice, Rule


def no_charge_set() -> str:
    return _("Your organisation has not set a charge.")


def money(amount: Decimal) -> str:
    """£50.00; £1,250.00; -£50.00 for what is taken off."""
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"


def by(amount: str, rule: str) -> str:
    """£50.00 (Charges 2026/27): an amount with the rule that sets it, so that nobody takes it for another's."""
    return f"{amount} ({rule})" if rule else amount


def charged(agency, amount: Decimal | None, rule: str = "") -> str:
    if not amount:
        return _("nothing is charged.")
    return _("%(agency)s is charged %(amount)s.") % {"agency": agency, "amount": by(money(amount), rule)}


def cancelling(until: str, absent: str, *, late: bool, told_now: str = "") -> str:
    """What it costs not to come, for the steps of booking, the page of a booking and its mails.

    ``until``: the last free moment, empty where there is none; ``absent``: what not coming costs, empty for nothing;
    ``told_now``: what cancelling now costs, where that is something else. Only what is booked costs anything.
    """
    if not absent:
        return _("Nothing is charged if you cannot come; tell us, so that somebody else can.")
    words = {"until": until, "absent": absent, "now": told_now}
    if late and told_now:
        said = _(
            "Cancelling was free until %(until)s. Cancelling a booked place now: %(now)s Not coming: %(absent)s"
        )
    elif late:
        said = _(
            "Cancelling was free until %(until)s. Cancelling a booked place now, or not coming: %(absent)s"
        )
    elif until:
        said = _("Cancelling is free until %(until)s. Later than that, or not coming: %(absent)s")
    else:
        said = _("Cancelling, or not coming: %(absent)s")
    return said % words


def moment(value: datetime) -> str:
    """5pm on Wednesday 23 December 2026"""
    local = timezone.localtime(value)
    clock = date_format(local, "g:iA" if local.minute else "gA").lower()
    return _("%(clock)s on %(day)s") % {"clock": clock, "day": date_format(local, "l j F Y")}


def how_counted(found: Notice) -> str:
    """The whole sentence of "How we count": from which day back, which days, which were left out."""
    return _how_counted(found, get_language())


@lru_cache(maxsize=256)
def _how_counted(found: Notice, _language: str | None) -> str:
    """In the language that is active: many book the same dates."""
    if found.rule.unit == Unit.HOURS:
        words = ngettext(
            "%(n)d hour back from the start, hour by hour.",
            "%(n)d hours back from the start, hour by hour.",
            found.rule.number,
        )
        return words % {"n": found.rule.number}
    start = date_format(found.first_on, "D j F Y")
    parts = [_("Back from %(start)s: %(days)s.") % {"start": start, "days": dates(found.counted)}]
    if out := _left_out(found):
        parts.append(_("Left out: %(days)s.") % {"days": out})
    if found.rule.counting == Counting.CLEAR:
        parts.append(_("The day you tell us does not count: whole days lie between."))
    else:
        parts.append(_("The day you tell us counts."))
    return " ".join(parts)


def _left_out(found: Notice) -> str:
    parts = [_("weekends")] if found.weekends else []
    return ", ".join([*parts, *([dates(sorted(found.left_out))] if found.left_out else [])])


def dates(days: Iterable[date]) -> str:
    """5 and 4 January 2027; 31, 30 and 29 December 2026: as they come, by month."""
    months = groupby(days, key=lambda day: (day.year, day.month))
    return "; ".join(_month(list(group)) for _key, group in months)


def _month(days: list[date]) -> str:
    numbers = [str(day.day) for day in days]
    listed = numbers[0]
    if len(numbers) > 1:
        listed = _("%(first)s and %(last)s") % {"first": ", ".join(numbers[:-1]), "last": numbers[-1]}
    return f"{listed} {date_format(days[0], 'F Y')}"


def rule(given: Rule) -> str:
    """7 working days before, by 5pm; the day on which you tell us counts"""
    amount = {
        Unit.WORKING_DAYS: ngettext("%(n)d working day", "%(n)d working days", given.number),
        Unit.CALENDAR_DAYS: ngettext("%(n)d calendar day", "%(n)d calendar days", given.number),
        Unit.HOURS: ngettext("%(n)d hour", "%(n)d hours", given.number),
    }[given.unit] % {"n": given.number}
    if given.unit == Unit.HOURS:
        return _("%(amount)s before it starts") % {"amount": amount}
    clock = date_format(given.cut_off, "g:iA" if given.cut_off.minute else "gA").lower()
    parts = {"amount": amount, "clock": clock, "counting": Counting(given.counting).label}
    return _("%(amount)s before, by %(clock)s; %(counting)s") % parts


def steps(charges: Iterable[tuple[datetime, Decimal]], absent: Decimal | None) -> list[str]:
    """One line for each step of a charge, and one for not coming."""
    lines = [
        _("Later than %(moment)s: %(amount)s.") % {"moment": moment(until), "amount": money(amount)}
        for until, amount in charges
    ]
    if absent is not None:
        lines.append(_("Not coming: %(amount)s.") % {"amount": money(absent)})
    return lines

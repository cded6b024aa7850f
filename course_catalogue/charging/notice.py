"""The last moment at which a place is given back for nothing (S4-15). Pure: rule, days and closures are handed in.

Days are counted backwards from the first day of the session, which is never one of them. Inclusive: the n-th day is
the last one on which telling counts. Clear: n whole days lie between, so the last one is one further back. On that
last day telling counts up to the cut-off, the minute of the cut-off included. Hours run from moment to moment, in
real hours, also over the night in which the clocks change; neither counting nor cut-off touches them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from course_catalogue.charging.kinds import Counting, Unit
from kernel.lifecycle.enums import Nation
from kernel.lifecycle.working_days import is_working_day

LONDON = ZoneInfo("Europe/London")
FIVE = time(17, 0)
DAY = timedelta(days=1)
MOST = 366


@dataclass(frozen=True)
class Rule:
    """``number`` of ``unit``, 1 or more; ``cut_off`` is a time of day in London."""

    number: int
    unit: Unit = Unit.WORKING_DAYS
    counting: Counting = Counting.INCLUSIVE
    cut_off: time = FIVE
    nation: Nation = Nation.ENGLAND


@dataclass(frozen=True)
class Notice:
    """The last free moment and how it was reached.

    ``counted``: the days that were counted, latest first; ``left_out``: days from Monday to Friday that were passed
    over; ``weekends``: whether a weekend was. All empty for hours.
    """

    rule: Rule
    first_on: date
    moment: datetime
    counted: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()
    weekends: bool = False


def last_free_moment(starts_at: datetime, rule: Rule, closed: Collection[date] = ()) -> datetime:
    """The last moment that still counts for a session whose first day begins at ``starts_at``."""
    return counted_back(starts_at, rule, closed).moment


def counted_back(starts_at: datetime, rule: Rule, closed: Collection[date] = ()) -> Notice:
    """The notice in full. Raises ValueError for a number below 1, or a moment without a zone."""
    if rule.number < 1 or starts_at.tzinfo is None:
        raise ValueError("notice is 1 or more before a moment with a zone")
    first_on = starts_at.astimezone(LONDON).date()
    if rule.unit == Unit.HOURS:
        moment = (starts_at.astimezone(UTC) - timedelta(hours=rule.number)).astimezone(LONDON)
        return Notice(rule, first_on, moment)
    wanted = rule.number + (rule.counting == Counting.CLEAR)
    counted, passed = _back(first_on, wanted, rule, closed)
    return Notice(
        rule,
        first_on,
        at_latest(counted[-1], rule.cut_off),
        counted=tuple(counted),
        left_out=tuple(day for day in passed if day.weekday() < 5),
        weekends=any(day.weekday() > 4 for day in passed),
    )


def _back(day: date, wanted: int, rule: Rule, closed) -> tuple[list[date], list[date]]:
    """So many days before ``day``, and those that were passed over on the way, both latest first."""
    counted, passed = [], []
    while len(counted) < wanted:
        day -= DAY
        fits = rule.unit == Unit.CALENDAR_DAYS or is_working_day(day, closed, rule.nation)
        (counted if fits else passed).append(day)
    return counted, passed


def at_latest(day: date, cut_off: time) -> datetime:
    """That time of that day in London; of two in the night when clocks change, the later."""
    both = (datetime.combine(day, cut_off, LONDON).replace(fold=fold) for fold in (0, 1))
    return max(both, key=_utc).astimezone(UTC).astimezone(LONDON)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def is_late(free_until: datetime | None, now: datetime) -> bool:
    """Told after the last free minute; within that minute is in time. Never late where no notice was asked."""
    return free_until is not None and _utc(now).replace(second=0, microsecond=0) > _utc(free_until)


def reach(first_on: date) -> tuple[date, date]:
    """The days whose closures can matter to a session on that day: handed to ``closed_between``."""
    return first_on - timedelta(days=3 * MOST), first_on


def charge_at(steps: Iterable[tuple[datetime, object]], now: datetime):
    """What telling at ``now`` costs by steps of (last moment before it, amount), earliest first; None in time."""
    due = None
    for moment, amount in steps:
        if is_late(moment, now):
            due = amount
    return due

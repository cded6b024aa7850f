"""What a rule gives for days that somebody can look at: the months to come, or one day that they name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from course_catalogue.charging import notice, words
from kernel.lifecycle.closed_days import closed_between

HALF_PAST_NINE = time(9, 30)
MONTHS = 6
WEDNESDAY, FRIDAY = 2, 4


@dataclass(frozen=True)
class Example:
    """A course on ``day``, begun at 9:30am: until when cancelling is free, and how it was counted."""

    day: date
    moment: datetime
    words: str


def examples(rule: notice.Rule, days: Iterable[date]) -> list[Example]:
    """One for each day, in their order; one query."""
    days = list(days)
    if not days:
        return []
    first, last = notice.reach(min(days))[0], max(days)
    closed = closed_between(first, last, rule.nation)
    return [_example(rule, day, closed) for day in days]


def _example(rule, day, closed) -> Example:
    starts_at = datetime.combine(day, HALF_PAST_NINE, notice.LONDON)
    found = notice.counted_back(starts_at, rule, closed)
    return Example(day, found.moment, words.how_counted(found))


def coming(today: date) -> list[date]:
    """The first Wednesday and the last Friday of each of the six months after this one."""
    days = []
    for number in range(1, MONTHS + 1):
        month = today.year * 12 + today.month - 1 + number
        first = date(month // 12, month % 12 + 1, 1)
        following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
        last = following - timedelta(days=1)
        days.append(first + timedelta(days=(WEDNESDAY - first.weekday()) % 7))
        days.append(last - timedelta(days=(last.weekday() - FRIDAY) % 7))
    return days

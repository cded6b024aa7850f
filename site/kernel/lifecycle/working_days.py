"""Working days by nation. Pure: local closed days are passed in, ``closed_days`` reads them."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

import holidays

from kernel.lifecycle.enums import Nation


@lru_cache(maxsize=64)
def bank_holidays(year: int, nation: Nation) -> frozenset[date]:
    return frozenset(holiday_names(year, nation))


@lru_cache(maxsize=64)
def holiday_names(year: int, nation: Nation) -> dict[date, str]:
    """The bank holidays of a year with their names, as the law has them; to be read, not changed."""
    return dict(holidays.UnitedKingdom(subdiv=Nation(nation).value, years=year).items())


def is_working_day(day: date, closed: Collection[date], nation: Nation) -> bool:
    """Monday to Friday, no bank holiday of the nation and not closed here."""
    return day.weekday() < 5 and day not in closed and day not in bank_holidays(day.year, nation)


def add_working_days(day: date, days: int, closed: Collection[date], nation: Nation) -> date:
    """The working day that many working days after ``day``, before it when negative; 0 is ``day`` itself."""
    step = timedelta(days=1 if days >= 0 else -1)
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day, closed, nation)
    return day

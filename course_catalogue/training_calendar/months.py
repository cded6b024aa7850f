"""Months of a programme year, April to March. Pure: text and days in, days and moments out; local time."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from course_catalogue.planning.programme import name_of_year, year_of

KEY = re.compile(r"(20\d\d|21\d\d)-(0[1-9]|1[0-2])\Z")
WEEK = 7
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @property
    def key(self) -> str:
        """As it stands in an address: 2027-01."""
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.first.replace(day=monthrange(self.year, self.number)[1])

    @property
    def name(self) -> str:
        """January 2027"""
        return date_format(self.first, "F Y")

    @property
    def first_year(self) -> int:
        """The year in which its programme begins: 2026 for January 2027."""
        return year_of(self.first)

    @property
    def programme(self) -> str:
        """2026/27"""
        return name_of_year(self.first_year)

    def step(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, month + 1)

    def moments(self) -> tuple[datetime, datetime]:
        """From its first moment, included, to the first of the next month, not included."""
        return _midnight(self.first), _midnight(self.step(1).first)

    def weeks(self, busy: set[date]) -> list[list[date | None]]:
        """Monday to Friday, with Saturday and Sunday where one of ``busy`` is on them; None: of another month."""
        wide = WEEK if any(day.weekday() == SUNDAY for day in busy) else SATURDAY
        wide = max(wide, SUNDAY if any(day.weekday() == SATURDAY for day in busy) else 0)
        monday = self.first - timedelta(days=self.first.weekday())
        found = []
        while monday <= self.last:
            week = [monday + timedelta(days=place) for place in range(wide)]
            found.append([day if self.has(day) else None for day in week])
            monday += timedelta(days=WEEK)
        return [week for week in found if any(week)]

    def has(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)


def of(day: date) -> Month:
    return Month(day.year, day.month)


def read(text: str, today: date) -> Month:
    """The month of an address; this month where none stands there."""
    match = KEY.match(text)
    return Month(int(match[1]), int(match[2])) if match else of(today)


def of_programme(first_year: int) -> list[Month]:
    """April to March."""
    return [Month(first_year, 4).step(place) for place in range(12)]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

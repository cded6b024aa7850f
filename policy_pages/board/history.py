"""How many policies were in date on a day, as it was known on that day. Pure: nothing is kept, all follows from rows.

In date is whatever is in force and not overdue. An overdue text is in force, and is never counted in date (S3-04).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kernel.lifecycle import review


@dataclass(frozen=True)
class Version:
    """``withdrawn_from`` is the first day on which nobody follows it any more."""

    since: date
    review_due: date | None = None
    withdrawn_from: date | None = None


@dataclass(frozen=True)
class Round:
    """A review of the text: what it was due on at first, and each later day with the day on which it was recorded."""

    opened_on: date
    closed_on: date | None
    first_due: date
    moves: tuple[tuple[date, date], ...] = ()

    def due_as_known(self, day: date) -> date:
        known = [to_due for recorded_on, to_due in self.moves if recorded_on <= day]
        return known[-1] if known else self.first_due


@dataclass(frozen=True)
class Life:
    """One policy: its versions by number and its reviews by number, both oldest first."""

    versions: tuple[Version, ...]
    rounds: tuple[Round, ...] = ()

    def in_force(self, day: date) -> Version | None:
        """The highest number that has begun, unless it was withdrawn."""
        for version in reversed(self.versions):
            if version.since <= day:
                gone = version.withdrawn_from is not None and version.withdrawn_from <= day
                return None if gone else version
        return None

    def due(self, day: date) -> date | None:
        """The review's day as known then; of a text whose review had not begun that of the text."""
        for one in reversed(self.rounds):
            if one.opened_on <= day and (one.closed_on is None or day < one.closed_on):
                return one.due_as_known(day)
        version = self.in_force(day)
        return version.review_due if version else None


@dataclass(frozen=True)
class Count:
    """``late`` of ``all`` are overdue on ``day``; ``soon`` are within their window, ``undated`` have no review day."""

    day: date
    all: int
    soon: int
    late: int
    undated: int = 0

    @property
    def in_date(self) -> int:
        return self.all - self.late

    @property
    def current(self) -> int:
        return self.all - self.late - self.soon - self.undated

    @property
    def tenths(self) -> int | None:
        """Per cent in date times ten, rounded down: all but one is never 100. Of nothing there is no share."""
        return 1000 * self.in_date // self.all if self.all else None


def count(lives, day: date) -> Count:
    dues = [life.due(day) for life in lives if life.in_force(day) is not None]
    until, dated = review.soon_until(day), [due for due in dues if due is not None]
    late = sum(due < day for due in dated)
    soon = sum(day <= due <= until for due in dated)
    return Count(day, len(dues), soon, late, len(dues) - len(dated))


def days_back(today: date, months: int = 24) -> list[date]:
    """The last day of each of so many months before this one, then today."""
    first = today.replace(day=1)
    return [review.add_months(first, -n) - timedelta(days=1) for n in range(months - 1, -1, -1)] + [today]

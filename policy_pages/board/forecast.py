"""Which reviews come due in which month for which body, what it can take, and how to spread what is too much. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kernel.lifecycle import review

MONTHS = 24


@dataclass(frozen=True)
class Due:
    """A review that a body has before it. ``opens_on`` is the first day of its window.

    ``put_to`` is the day to which the body is asked already to bring it forward.
    """

    policy_id: int
    reference: str
    title: str
    body_id: int
    due: date
    opens_on: date
    put_to: date | None = None


@dataclass(frozen=True)
class Sitting:
    """A body with the days on which it meets; ``takes`` reviews a meeting, None where nobody said so."""

    pk: int
    name: str
    takes: int | None
    meets_on: tuple[date, ...]

    def meetings(self, month: date) -> list[date]:
        return [day for day in self.meets_on if day.replace(day=1) == month]

    def can_take(self, month: date) -> int | None:
        """Unknown where nobody said how many, and beyond the last meeting that is planned."""
        if self.takes is None or not self.meets_on or month > max(self.meets_on):
            return None
        return self.takes * len(self.meetings(month))


@dataclass(frozen=True)
class Month:
    """``late`` of the reviews are overdue; they stand in the month of today."""

    first: date
    due: tuple[Due, ...]
    late: int
    meetings: int
    can_take: int | None

    @property
    def too_many(self) -> int:
        return max(len(self.due) - self.can_take, 0) if self.can_take is not None else 0

    @property
    def room(self) -> int:
        return max(self.can_take - len(self.due), 0) if self.can_take is not None else 0


@dataclass(frozen=True)
class Move:
    """One suggestion: this review by a meeting before its day, so that its month is no longer too full."""

    due: Due
    to_due: date


def months_of(today: date) -> list[date]:
    return [review.add_months(today.replace(day=1), n) for n in range(MONTHS)]


def plan(body: Sitting, dues: Iterable[Due], today: date) -> list[Month]:
    """24 months of one body, this one first. What is overdue has to be reviewed now and counts in this month."""
    months = months_of(today)
    found: dict[date, list[Due]] = {month: [] for month in months}
    for one in sorted(dues, key=_order):
        month = max(one.due, today).replace(day=1)
        if one.body_id == body.pk and month in found:
            found[month].append(one)
    return [
        Month(
            first=month,
            due=tuple(found[month]),
            late=sum(one.due < today for one in found[month]),
            meetings=len([day for day in body.meetings(month) if day >= today]),
            can_take=body.can_take(month) if month > today else _rest(body, today),
        )
        for month in months
    ]


def _rest(body: Sitting, today: date) -> int | None:
    """What a body still takes in the month of today: meetings that are over take nothing more."""
    if body.can_take(today.replace(day=1)) is None:
        return None
    return body.takes * len([day for day in body.meetings(today.replace(day=1)) if day >= today])


def spread(body: Sitting, months: list[Month], today: date) -> list[Move]:
    """Bring what is too much forward to meetings with room, as little as it takes.

    Each new day is a meeting of the body, today or later, inside the review's window and before its old day; no
    month gets more than the body can take there, so none becomes worse.
    """
    room = {month.first: month.room for month in months}
    asked = [one for month in months for one in month.due if one.put_to]
    for one in asked:
        room[one.put_to.replace(day=1)] = room.get(one.put_to.replace(day=1), 0) - 1
    moves = []
    for month in months:
        left = month.too_many - sum(one.put_to is not None for one in month.due)
        for one in month.due:
            free = left > 0 and one.due >= today and one.put_to is None
            day = _earlier(body, one, room, today) if free else None
            if day is not None:
                room[day.replace(day=1)] -= 1
                left -= 1
                moves.append(Move(one, day))
    return moves


def _earlier(body: Sitting, one: Due, room: dict[date, int], today: date) -> date | None:
    """The last meeting with room in a month before that of the old day."""
    first = max(one.opens_on, today)
    days = [
        day
        for day in body.meets_on
        if first <= day < one.due.replace(day=1) and room.get(day.replace(day=1), 0) > 0
    ]
    return max(days, default=None)


def _order(one: Due):
    return one.due, one.reference, one.policy_id

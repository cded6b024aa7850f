"""What the marks of single days amount to: pure arithmetic over rows, and one bulk question for it.

A day counts when its mark is "attended" and the person came no later and left no earlier than the charging policy of
the booking allows. Coming later than allowed is as not coming; leaving earlier is part or as not coming, as it says.
Minutes are those of the day less what was missed; "in part" without minutes counts half the day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, CourseSession, SessionDay
from course_catalogue.register.limits import NONE, Limits, limits_of

CAME = (Mark.ATTENDED, Mark.PART)


@dataclass(frozen=True)
class DayMark:
    """One person on one day: the mark, the minutes missed, how long the day is in minutes, and what limits it."""

    mark: str
    late: int
    early: int
    length: int
    limits: Limits = NONE


@dataclass(frozen=True)
class Outcome:
    """What counts of one person for a whole session. ``days``: whole days; ``minutes``: how long altogether."""

    mark: Mark
    minutes: int
    days: int
    passed: bool
    walk_in: bool = False

    @property
    def came(self) -> bool:
        return self.mark in CAME


def of_day(row: DayMark) -> tuple[Mark, int]:
    """What a day counts as, and its minutes."""
    mark, limits = Mark(row.mark), row.limits
    if mark not in CAME:
        return mark, 0
    if limits.late is not None and row.late > limits.late:
        return Mark.DID_NOT_ATTEND, 0
    if limits.early is not None and row.early > limits.early:
        if limits.early_absent:
            return Mark.DID_NOT_ATTEND, 0
        mark = Mark.PART
    missed = row.late + row.early
    if mark == Mark.PART and not missed:
        return mark, row.length // 2
    return mark, max(row.length - missed, 0)


def of_session(rows: Iterable[DayMark], needed: int, walk_in: bool = False) -> Outcome:
    """All days of one person together; ``needed``: how many whole days pass."""
    days = [of_day(row) for row in rows]
    whole = sum(mark == Mark.ATTENDED for mark, _minutes in days)
    minutes = sum(minutes for _mark, minutes in days)
    passed = whole >= max(needed, 1)
    return Outcome(_mark_of([mark for mark, _minutes in days], passed), minutes, whole, passed, walk_in)


def _mark_of(marks: list[Mark], passed: bool) -> Mark:
    if passed:
        return Mark.ATTENDED
    if any(mark in CAME for mark in marks):
        return Mark.PART
    return Mark.EXCUSED if Mark.EXCUSED in marks else Mark.DID_NOT_ATTEND


def needed_of(session: CourseSession, days: int) -> int:
    """How many whole days pass: the session's number, else the course's, else all; never more than there are."""
    asked = session.days_needed or session.course.days_needed or days
    return min(asked, days)


def outcomes(session: CourseSession) -> dict[int, Outcome]:
    """By person, of everybody who is marked on any day of the session; four queries."""
    return outcomes_of([session.pk]).get(session.pk, {})


def outcomes_of(session_ids: Collection[int]) -> dict[int, dict[int, Outcome]]:
    """By session and person; the same number of queries for any number of sessions."""
    sessions = CourseSession.objects.filter(pk__in=session_ids).select_related("course")
    needs = {row.pk: row for row in sessions.only("days_needed", "course__days_needed", "course__title")}
    lengths: dict[int, dict[int, int]] = {}
    for day in SessionDay.objects.filter(session__in=needs):
        lengths.setdefault(day.session_id, {})[day.pk] = length_of(day)
    found: dict[int, dict[int, Outcome]] = {}
    for (session_id, person_id), rows in _marks(needs, lengths).items():
        needed = needed_of(needs[session_id], len(lengths[session_id]))
        walk_in = not any(booking for _mark, booking in rows)
        outcome = of_session([mark for mark, _booking in rows], needed, walk_in)
        found.setdefault(session_id, {})[person_id] = outcome
    return found


MARKS = ("day__session_id", "person_id", "day_id", "mark", "minutes_late", "minutes_early", "booking_id")


def _marks(session_ids, lengths) -> dict[tuple[int, int], list[tuple[DayMark, int | None]]]:
    """By session and person, the marks that count, day by day, each with the booking that it belongs to."""
    rows = Attendance.objects.standing().filter(day__session__in=session_ids).order_by("day__number")
    rows = list(rows.values_list(*MARKS, "booking__charge_policy_id"))
    limits = limits_of({policy for *_columns, policy in rows})
    found: dict[tuple[int, int], list[tuple[DayMark, int | None]]] = {}
    for session_id, person_id, day, mark, late, early, booking, policy in rows:
        one = DayMark(mark, late, early, lengths[session_id][day], limits.get(policy, NONE))
        found.setdefault((session_id, person_id), []).append((one, booking))
    return found


def length_of(day: SessionDay) -> int:
    """Whole minutes from start to end; elapsed time, also across a change of the clock."""
    return int((day.ends_at - day.starts_at).total_seconds() // 60)

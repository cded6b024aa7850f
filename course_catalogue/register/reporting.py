"""Figures of a programme year for its reports: rates and learner hours by course, share by method (S0-65, S0-67)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from course_catalogue.enums import SessionState
from course_catalogue.models import CourseMethod, CoursePage, CourseSession
from course_catalogue.planning import programme
from course_catalogue.register import rates
from course_catalogue.register.rates import Rates, per_cent


@dataclass(frozen=True)
class CourseLine:
    course_id: int
    title: str
    code: str
    rates: Rates


@dataclass(frozen=True)
class MethodLine:
    """``minutes``: of learners who were there; ``share`` of all of them, None: no data."""

    name: str
    digital: bool
    minutes: int
    share: Decimal | None


@dataclass(frozen=True)
class Year:
    """One programme year. ``open``: past sessions whose register is open, which no figure holds."""

    first_year: int
    courses: tuple[CourseLine, ...]
    open: int = 0

    @property
    def total(self) -> Rates:
        return rates.total(row.rates for row in self.courses)


def year(first_year: int, *, now) -> Year:
    """The closed sessions that began in the programme year, by course; a fixed number of queries."""
    rows = programme.sessions_of(first_year).exclude(state=SessionState.CANCELLED)
    begun = rows.filter(first_at__lte=now).order_by().values_list("pk", "course_id", "last_at")
    sessions = {pk: (course, last) for pk, course, last in begun}
    found = rates.of(sessions)
    still_open = sum(last < now for pk, (_course, last) in sessions.items() if pk not in found)
    by_course: dict[int, list[Rates]] = {}
    for key, row in found.items():
        by_course.setdefault(sessions[key][0], []).append(row)
    courses = CoursePage.objects.filter(pk__in=by_course).order_by("title", "pk")
    lines = [
        CourseLine(pk, title, code, rates.total(by_course[pk]))
        for pk, title, code in courses.values_list("pk", "title", "code")
    ]
    return Year(first_year, tuple(lines), still_open)


def by_method(lines: Iterable[CourseLine]) -> list[MethodLine]:
    """The minutes of learners, each course's divided as its methods are; what names no method stands last."""
    minutes = {row.course_id: row.rates.minutes for row in lines}
    methods = CourseMethod.objects.filter(course__in=minutes).order_by("method__place", "method__name")
    parts = list(methods.values_list("course_id", "method__name", "method__digital", "minutes"))
    whole: dict[int, int] = {}
    for course, _name, _digital, part in parts:
        whole[course] = whole.get(course, 0) + part
    sums: dict[tuple[str, bool], Decimal] = {}
    for course, name, digital, part in parts:
        share = Decimal(minutes[course] * part) / whole[course]
        sums[name, digital] = sums.get((name, digital), Decimal(0)) + share
    unsaid = sum(minutes[course] for course in minutes if course not in whole)
    total = sum(minutes.values())
    found = [_method(name, digital, value, total) for (name, digital), value in sums.items()]
    return found + ([_method("", False, Decimal(unsaid), total)] if unsaid else [])


def _method(name: str, digital: bool, value: Decimal, total: int) -> MethodLine:
    rounded = int(value.to_integral_value())
    return MethodLine(name, digital, rounded, per_cent(rounded, total))


def years() -> list[int]:
    """The programme years in which a session began, the newest first."""
    first = CourseSession.objects.order_by("first_at").values_list("first_at", flat=True).first()
    last = CourseSession.objects.order_by("-first_at").values_list("first_at", flat=True).first()
    if first is None:
        return []
    begin, end = (programme.year_of(timezone.localdate(moment)) for moment in (first, last))
    return list(range(end, begin - 1, -1))

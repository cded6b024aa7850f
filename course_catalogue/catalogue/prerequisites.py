"""What people must have attended before a course, and what of it they lack (S4-13)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, Certificate, CoursePrerequisite, SessionDay


@dataclass(frozen=True)
class Missing:
    """A course that somebody has not attended; ``may_confirm``: the manager's word that it is known counts too."""

    course_id: int
    code: str
    title: str
    url_path: str
    may_confirm: bool


def missing(
    courses: Iterable[int], people: Collection[int], today: date
) -> dict[tuple[int, int], list[Missing]]:
    """By course and person what is lacking on that day; who lacks nothing is not in it. Four queries for any number.

    A course was attended when one session has "attended" for the person on as many days as its certificate needs, or
    has a certificate of theirs that was not withdrawn.
    """
    needs = _needs(courses)
    wanted = {row.course_id for rows in needs.values() for row in rows}
    held = attended(wanted, people, today)
    found = {}
    for course, rows in needs.items():
        for person in people:
            if lacks := [row for row in rows if (row.course_id, person) not in held]:
                found[course, person] = lacks
    return found


NEEDED = ("needs", "needs__code", "needs__title", "needs__url_path", "manager_may_confirm")
PLACE = ("sort_order", "pk")


def _needs(courses) -> dict[int, list[Missing]]:
    rows = CoursePrerequisite.objects.filter(course__in=list(courses)).order_by()
    found = defaultdict(list)
    for course, *needed, _place, _pk in sorted(rows.values_list("course", *NEEDED, *PLACE), key=_in_order):
        found[course].append(Missing(*needed))
    return dict(found)


def _in_order(row: tuple) -> tuple:
    """As the editor has put them; a row without a place comes last."""
    *_needed, place, pk = row
    return place is None, place or 0, pk


def attended(courses: set[int], people: Collection[int], today: date) -> set[tuple[int, int]]:
    """Pairs of course and person who has been there by that day, whole, or holds its certificate; three queries."""
    return _marked(courses, people, today) | _certified(courses, people)


def _marked(courses: set[int], people: Collection[int], today: date) -> set[tuple[int, int]]:
    if not courses or not people:
        return set()
    counts = Attendance.objects.filter(
        day__session__course__in=courses,
        day__ends_at__date__lte=today,
        person__in=people,
        mark=Mark.ATTENDED,
        corrected_by__isnull=True,
    ).order_by()
    named = counts.values_list("day__session", "day__session__course", "person")
    rows = list(named.annotate(Count("day", distinct=True)))
    days = SessionDay.objects.filter(session__in={row[0] for row in rows}).order_by()
    counted = days.values_list("session", "session__course__days_needed").annotate(Count("pk"))
    wanted = {session: needed or number for session, needed, number in counted}
    return {(course, person) for session, course, person, number in rows if number >= wanted[session]}


def _certified(courses: set[int], people: Collection[int]) -> set[tuple[int, int]]:
    if not courses or not people:
        return set()
    rows = Certificate.objects.filter(session__course__in=courses, person__in=people, revocation=None)
    return set(rows.values_list("session__course", "person"))

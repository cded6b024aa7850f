"""Sessions as rows of the planner's lists and of the programme: a fixed number of queries, however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue.booking.capacity import Places, places_of
from course_catalogue.enums import SessionState
from course_catalogue.models import CoursePage, CourseSession, Programme, ProgrammeCourse, SessionDay
from course_catalogue.planning import programme

WHEN = (
    ("coming", gettext_lazy("coming")),
    ("running", gettext_lazy("running now")),
    ("past", gettext_lazy("past")),
)


@dataclass(frozen=True)
class Line:
    """One session in a list. ``mark`` and ``words``: its state; ``over``: its last day has ended."""

    session: CourseSession
    places: Places
    rooms: tuple[str, ...]
    trainers: tuple[str, ...]
    days: int
    mark: str
    words: str
    over: bool = False

    @property
    def short(self) -> int:
        """How many people are missing of the minimum; 0 where nobody has to decide."""
        session = self.session
        if self.over or not session.minimum or session.going_at or session.state == SessionState.CANCELLED:
            return 0
        return max(session.minimum - self.places.taken, 0)


def sessions():
    """All sessions with what a line shows."""
    rows = CourseSession.objects.select_related("course", "host")
    return rows.prefetch_related(
        "partners", "days__room__venue", "days__more_rooms__venue", "days__teaching__trainer__person"
    )


def lines(rows: Sequence[CourseSession], now: datetime) -> list[Line]:
    """The rows, fetched as ``sessions`` does, with their places; few queries beside theirs, however many rows."""
    rows = list(rows)
    places = places_of({row.pk: row.capacity for row in rows}, now=now)
    return [_line(row, places[row.pk], now) for row in rows]


def _line(row: CourseSession, places: Places, now: datetime) -> Line:
    days = list(row.days.all())
    rooms = [room for day in days for room in (day.room, *day.more_rooms.all()) if room]
    trainers = [each.trainer.person.name for day in days for each in day.teaching.all()]
    mark, words = state_of(row, now)
    return Line(
        row,
        places,
        tuple(dict.fromkeys(map(str, rooms))),
        tuple(dict.fromkeys(trainers)),
        len(days),
        mark,
        words,
        row.last_at <= now,
    )


def state_of(row: CourseSession, now: datetime) -> tuple[str, str]:
    """Mark and words: cancelled, over, running, moved, planned, open."""
    if row.state == SessionState.CANCELLED:
        return "closed", _("cancelled")
    if row.last_at <= now:
        return "closed", _("over")
    if row.first_at <= now:
        return "good", _("running now")
    if row.state == SessionState.PLANNED:
        return "none", _("planned, not open yet")
    if row.held_closed or row.closes_at and row.closes_at <= now:
        return "closed", _("booking closed")
    if row.opens_at and row.opens_at > now:
        return "waits", _("booking opens later")
    return "good", _("open for booking")


def in_time(rows, when: str, now: datetime):
    """Of the sessions those that are to come, running or past; all for any other word."""
    if when == "coming":
        return rows.filter(first_at__gt=now)
    if when == "running":
        return rows.filter(first_at__lte=now, last_at__gt=now)
    return rows.filter(last_at__lte=now) if when == "past" else rows


def in_order(rows, now: datetime):
    """What is still to come first, the next one on top; then what is over, the last one on top."""
    coming = Case(When(last_at__gt=now, then=F("first_at")))
    return rows.order_by(coming.asc(nulls_last=True), "-first_at", "-pk")


def held_by(agency, now: datetime):
    """The sessions still to come that an agency hosts or holds with others (S2-16), the next one first; one query."""
    partner = CourseSession.partners.through.objects.filter(agency=agency.pk).values("coursesession")
    rows = CourseSession.objects.filter(Q(host=agency.pk) | Q(pk__in=partner), last_at__gt=now)
    return rows.select_related("course").order_by("first_at", "pk")


def at_venue(rows, venue: int):
    days = SessionDay.objects.filter(Q(room__venue=venue) | Q(more_rooms__venue=venue))
    return rows.filter(pk__in=days.values("session_id"))


@dataclass(frozen=True)
class OfCourse:
    """A course on the programme page: why it is there, and its sessions of that year."""

    course: CoursePage
    entry: ProgrammeCourse | None
    lines: tuple[Line, ...]

    @property
    def places(self) -> int | None:
        """The places of all its sessions that are not cancelled; None where one of them has no limit."""
        sizes = [line.session.capacity for line in self.standing]
        return None if None in sizes else sum(sizes)

    @property
    def taken(self) -> int:
        return sum(line.places.taken for line in self.standing)

    @property
    def standing(self) -> list[Line]:
        return [line for line in self.lines if line.session.state != SessionState.CANCELLED]


@dataclass(frozen=True)
class Year:
    """The programme of a year as its page shows it: courses with dates, courses without one."""

    first_year: int
    programme: Programme | None
    dated: tuple[OfCourse, ...]
    undated: tuple[OfCourse, ...]
    taken_off: tuple[ProgrammeCourse, ...] = ()

    @property
    def last_year(self) -> int:
        return self.first_year + 1

    @property
    def sessions(self) -> int:
        return sum(len(row.standing) for row in self.dated)

    @property
    def added(self) -> list[OfCourse]:
        """What came after 1 April, with its need."""
        return [row for row in (*self.dated, *self.undated) if row.entry and row.entry.emerging_need]


def year(first_year: int, now: datetime) -> Year:
    """All sessions of a programme year by course, and the courses on it that have none; eight queries."""
    plan = Programme.objects.filter(first_year=first_year).first()
    rows = ProgrammeCourse.objects.filter(programme__first_year=first_year).select_related("course")
    entries = {entry.course_id: entry for entry in rows if entry.taken_off_on is None}
    by_course = defaultdict(list)
    for line in lines(programme.sessions_of(first_year, sessions()), now):
        by_course[line.session.course_id].append(line)
    courses = {entry.course_id: entry.course for entry in entries.values()}
    courses |= {key: found[0].session.course for key, found in by_course.items()}
    shown = [
        OfCourse(course, entries.get(key), tuple(by_course.get(key, ()))) for key, course in courses.items()
    ]
    shown.sort(key=lambda row: (row.course.title, row.course.pk))
    return Year(
        first_year,
        plan,
        tuple(row for row in shown if row.standing),
        tuple(row for row in shown if not row.standing),
        tuple(entry for entry in rows if entry.taken_off_on),
    )


def years(today: date) -> list[int]:
    """The programme years that have a session or a programme, and this one and the next, newest first."""
    found = set(Programme.objects.values_list("first_year", flat=True))
    days = CourseSession.objects.order_by().datetimes("first_at", "month")
    found |= {programme.year_of(timezone.localdate(day)) for day in days}
    this = programme.year_of(today)
    return sorted(found | {this, this + 1}, reverse=True)

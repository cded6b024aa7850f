"""What the register of a day shows: everybody who has or had a place, and who came without one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from course_catalogue.enums import BookingState, CancelledBy
from course_catalogue.models import Attendance, Booking, RegisterClosing, SessionDay
from course_catalogue.register import needs
from course_catalogue.register.standing import came_before
from kernel.lifecycle.templatetags.dates import full_date

# Whoever had a place and does not come any more, and says so on the register.
AWAY = (BookingState.CANCELLED, BookingState.GIVEN, BookingState.WITHDRAWN)
# Cancelled by the organiser or moved to another date: not of this register any more.
NOT_HERE = (CancelledBy.ORGANISER, CancelledBy.MOVED)


@dataclass(frozen=True)
class Line:
    """One person. ``away``: why nobody expects them, in words; ``mark``: what counts, None where not marked.

    ``walk_in``: without a booking; who so came to an earlier day is expected again.
    """

    person_id: int
    name: str
    agency: str
    needs: str = ""
    away: str = ""
    walk_in: bool = False
    mark: Attendance | None = None

    @property
    def seen(self) -> int:
        """The key of the mark on the screen: sent with every press."""
        return self.mark.pk if self.mark else 0


@dataclass(frozen=True)
class Register:
    day: SessionDay
    expected: tuple[Line, ...]
    walk_ins: tuple[Line, ...]
    away: tuple[Line, ...]
    days: tuple[SessionDay, ...]
    closing: RegisterClosing | None
    session_closing: RegisterClosing | None

    @property
    def marked(self) -> int:
        return sum(line.mark is not None for line in self.expected)

    @property
    def left(self) -> list[Line]:
        """Who is expected and not marked."""
        return [line for line in self.expected if line.mark is None]

    @property
    def saved_at(self) -> datetime | None:
        """When the newest mark was saved."""
        return max((line.mark.at for line in (*self.expected, *self.walk_ins) if line.mark), default=None)


def of(day: SessionDay, user, today: date) -> Register:
    """The register of a day for whoever keeps it; needs are empty for anybody else. A fixed number of queries."""
    session = day.session
    helps = needs.of(session, user, today)
    marks = {row.person_id: row for row in _marks(day)}
    booked = _bookings(day)
    here = [row for row in booked if row.state == BookingState.BOOKED]
    expected = [_expected(row, marks.get(row.person_id), helps) for row in here]
    known = {line.person_id for line in expected}
    came = [_walk_in(person, marks.get(person.pk)) for person in _came_without(day, known)]
    shown = known | {line.person_id for line in came}
    again = set(came_before(day).values_list("person_id", flat=True))
    expected += [line for line in came if line.person_id in again]
    closings = list(session.closings.all())
    return Register(
        day=day,
        expected=tuple(expected),
        walk_ins=tuple(line for line in came if line.person_id not in again),
        away=tuple(_away(row) for row in booked if row not in here and row.person_id not in shown),
        days=tuple(session.days.all()),
        closing=next((row for row in closings if row.day_id == day.pk), None),
        session_closing=next((row for row in closings if row.day_id is None), None),
    )


def _marks(day):
    return Attendance.objects.standing().filter(day=day).select_related("person")


def _bookings(day):
    rows = Booking.objects.filter(session=day.session_id, state__in=(BookingState.BOOKED, *AWAY))
    rows = rows.exclude(cancelled_by__in=NOT_HERE).select_related("person__agency")
    return list(rows.order_by("person__name", "-pk"))


def _came_without(day, known: set[int]):
    """People who are marked on any day of the session and have no place in it, by name."""
    rows = Attendance.objects.filter(day__session=day.session_id).exclude(person__in=known)
    people = {row.person_id: row.person for row in rows.select_related("person__agency")}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))


def _expected(row, mark, helps) -> Line:
    return Line(
        row.person_id, row.person.name, row.person.agency.short_name, helps.get(row.person_id, ""), mark=mark
    )


def _walk_in(person, mark) -> Line:
    return Line(person.pk, person.name, person.agency.short_name, walk_in=True, mark=mark)


def _away(row) -> Line:
    return Line(row.person_id, row.person.name, row.person.agency.short_name, away=away_words(row))


def away_words(row: Booking) -> str:
    """ "cancelled in time, 18 December 2026", "cancelled late", "given to a colleague" (S0-51)."""
    words = {"day": full_date(row.ended_at)}
    if row.state == BookingState.GIVEN:
        return _("given to a colleague, %(day)s") % words
    if row.state == BookingState.WITHDRAWN:
        return _("withdrawn for patient safety, %(day)s") % words
    return (_("cancelled late, %(day)s") if row.late else _("cancelled in time, %(day)s")) % words

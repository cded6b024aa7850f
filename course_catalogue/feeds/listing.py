"""What stands in each feed, asked anew each time; the number of queries does not grow with it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import TAKES_A_PLACE, BookingState, CancelledBy, SessionState
from course_catalogue.feeds.events import (
    CANCELLED,
    CONFIRMED,
    TENTATIVE,
    Entry,
    in_rooms,
    latest,
    without_room,
)
from course_catalogue.models import Booking, CourseSession, SessionDay
from kernel.organisation.models import Agency, StaffProfile

KEPT = timedelta(days=90)  # what is over stays so long: a calendar that drops it at once would look wrong
WORDS = {
    BookingState.BOOKED: _("Booked"),
    BookingState.REQUESTED: _("Place held: waiting for the line manager"),
    BookingState.OFFERED: _("A place is offered: take it or let it go"),
}


class Day(NamedTuple):
    """One day of a session with what calendars are told of its session, as ``READ`` asks for it."""

    pk: int
    session: int
    session_uid: UUID
    state: str
    cancel_reason: str
    title: str
    number: int
    starts_at: datetime
    ends_at: datetime
    room: str | None
    venue: str | None
    address: str | None
    online_link: str
    joining_words: str
    sequence: int
    changed_at: datetime | None
    moved_at: datetime | None
    cancelled_at: datetime | None

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED


READ = (
    "pk",
    "session",
    "session__uid",
    "session__state",
    "session__cancel_reason",
    "session__course__title",
    "number",
    "starts_at",
    "ends_at",
    "room__name",
    "room__venue__name",
    "room__venue__address",
    "session__online_link",
    "session__joining_words",
    "session__sequence",
    "session__changed_at",
    "session__moved_at",
    "session__cancelled_at",
)


class Days:
    """The days of some sessions, read with two queries, and the entries made of them."""

    def __init__(self, sessions: QuerySet):
        """``sessions``: a query for their keys."""
        rows = SessionDay.objects.filter(session__in=sessions)
        rows = rows.order_by("session__first_at", "session", "number").values_list(*READ)
        self.days: dict[int, list[Day]] = defaultdict(list)
        for day in map(Day._make, rows):
            self.days[day.session].append(day)
        self.rooms = _more_rooms(sessions)
        self.place: Callable[..., str] = cache(_place)

    def __iter__(self) -> Iterator[list[Day]]:
        """The days of each session, the session that begins first first."""
        return iter(self.days.values())

    def entry(self, day: Day, status: str, words: str = "", join: str = "") -> Entry:
        rooms = (day.room, *self.rooms.get(day.pk, ())) if day.room is not None else ()
        return Entry(
            session=day.session,
            session_uid=day.session_uid,
            title=day.title,
            number=day.number,
            of_days=len(self.days[day.session]),
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            place=self.place(rooms, day.venue, day.address, day.online_link),
            sequence=day.sequence,
            changed=latest(day.changed_at, day.moved_at, day.cancelled_at),
            status=status,
            words=words,
            join=join,
            why=day.cancel_reason if day.is_cancelled else "",
        )


def of_course(sessions: QuerySet[CourseSession], *, now: datetime) -> list[Entry]:
    """The dates of a course that a reader may know of, without who comes and without a link to join; two queries."""
    rows = sessions.filter(last_at__gt=now - KEPT).exclude(state=SessionState.PLANNED)
    found = Days(rows.order_by().values("pk"))
    return [found.entry(day, CANCELLED if day.is_cancelled else CONFIRMED) for days in found for day in days]


def of_person(person: StaffProfile, *, now: datetime) -> list[Entry]:
    """The places that a person has, and sessions that were cancelled for them; the link once a place is booked."""
    rows, states = _bookings(now).filter(person=person), _states()
    found = Days(rows.order_by().values("session"))
    return [
        _own(found, day, state, states[state])
        for session, state in rows.values_list("session", "state")
        for day in found.days[session]
    ]


def of_agency(agency: Agency, *, now: datetime) -> list[Entry]:
    """The sessions on which people of the agency have places, with their names; nobody else's."""
    rows, states = _bookings(now).filter(agency=agency, person__agency=agency), _states()
    people = defaultdict(list)
    for session, state, name in rows.values_list("session", "state", "person__name"):
        people[session].append((state, f"{name}: {states[state].lower()}"))
    found = Days(rows.order_by().values("session"))
    return [
        found.entry(day, _status_of(day, [state for state, _words in known]), words)
        for session, known in people.items()
        for words in ("\n".join(words for _state, words in known),)
        for day in found.days[session]
    ]


def _bookings(now: datetime) -> QuerySet[Booking]:
    by_us = Q(state=BookingState.CANCELLED, cancelled_by=CancelledBy.ORGANISER)
    gone = by_us & Q(session__state=SessionState.CANCELLED)
    rows = Booking.objects.filter(Q(state__in=TAKES_A_PLACE) | gone, session__last_at__gt=now - KEPT)
    return rows.order_by("session__first_at", "session_id", "person__name", "pk")


def _own(found: Days, day: Day, state: str, says: str) -> Entry:
    if day.is_cancelled:
        return found.entry(day, CANCELLED)
    booked = state == BookingState.BOOKED
    words = [says, *([day.joining_words] if booked and day.joining_words else [])]
    return found.entry(
        day, _status_of(day, [state]), "\n".join(words), join=day.online_link if booked else ""
    )


def _status_of(day: Day, states: Iterable[str]) -> str:
    """Cancelled with the session; certain as soon as one of the places is booked."""
    if day.is_cancelled:
        return CANCELLED
    return CONFIRMED if BookingState.BOOKED in states else TENTATIVE


def _states() -> dict[str, str]:
    """What calendars say of a booking, by its state."""
    return {state.value: str(WORDS.get(state) or str(state.label).capitalize()) for state in BookingState}


def _more_rooms(sessions: QuerySet) -> dict[int, list[str]]:
    """The names of the further rooms of each day that has some; one query."""
    rows = SessionDay.more_rooms.through.objects.filter(sessionday__session__in=sessions)
    found = defaultdict(list)
    for day, name in rows.order_by("room__venue__name", "room__name").values_list("sessionday", "room__name"):
        found[day].append(name)
    return found


def _place(rooms: tuple[str, ...], venue: str | None, address: str | None, link: str) -> str:
    return in_rooms(rooms, venue, address) if rooms else without_room(link)

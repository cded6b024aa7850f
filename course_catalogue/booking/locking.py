"""The one order of locks: sessions by key, then people by key. Whoever keeps it never waits in a circle.

``FOR NO KEY UPDATE`` is enough: rows that merely point at a session or a person are written meanwhile.
SQLite takes one writer at a time (IMMEDIATE), so that there nothing needs to be locked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from course_catalogue.booking import capacity, deadlines
from course_catalogue.booking.capacity import Row, Tally
from course_catalogue.models import Booking, CoursePage, CourseSession, SessionDay
from kernel.organisation import people as staff
from kernel.organisation.models import StaffProfile

OF_THE_COURSE = ("code", "title", "live", "open_to_partners", "agency", "days_needed")


@dataclass
class Desk:
    """One session under its lock, what takes its places, and the people whom the act may touch."""

    session: CourseSession
    now: datetime
    tally: Tally
    people: dict[int, StaffProfile]
    names: dict = field(default_factory=dict)

    @property
    def today(self) -> date:
        return deadlines.day_of(self.now)

    def name_of(self, actor) -> str:
        """Whose name is kept with what they did; asked once."""
        if actor not in self.names:
            known = (person.name for person in self.people.values() if actor and person.user_id == actor.pk)
            self.names[actor] = next(known, None) or _name(actor)
        return self.names[actor]

    def row(self, booking: Booking) -> Row:
        return next(row for row in self.tally.rows if row.pk == booking.pk)


def _name(actor) -> str:
    return str(_("the system")) if actor is None else staff.name_of(actor)


def lock_session(pk: int) -> CourseSession:
    """The session as it stands now; nobody else touches its places until the transaction ends."""
    (session,) = lock_sessions([pk])
    return session


def lock_sessions(keys: Iterable[int]) -> list[CourseSession]:
    """Several, locked in the order of their keys and given in it, with their days; of the course what acts ask."""
    rows = CourseSession.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk")
    sessions = list(rows.prefetch_related(Prefetch("days", SessionDay.objects.order_by("number"))))
    courses = CoursePage.objects.only(*OF_THE_COURSE).in_bulk({session.course_id for session in sessions})
    for session in sessions:
        session.course = courses[session.course_id]
    return sessions


def lock_people(keys: Iterable[int]) -> dict[int, StaffProfile]:
    """So that one person is not booked for two sessions at one time in the same moment. After the sessions, once."""
    rows = StaffProfile.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("agency", "user").filter(pk__in=set(keys))
    return {person.pk: person for person in rows.order_by("pk")}


def open_desk(session_pk: int, *, now: datetime, people: Iterable[int] = (), frees: bool = False) -> Desk:
    """Lock and count. ``frees``: the act gives a place back, so that those who wait are concerned too."""
    (desk,) = open_desks([session_pk], now=now, people=people, frees=frees)
    return desk


def open_desks(keys, *, now: datetime, people: Iterable[int] = (), frees: bool = False) -> list[Desk]:
    """The desks of several sessions in the order of their keys; all sessions are locked before anybody."""
    asked = set(people)
    tallies = [capacity.count(session, now=now, people=asked) for session in lock_sessions(keys)]
    concerned = set(asked)
    for tally in tallies:
        if frees or _may_offer(tally, now):
            concerned |= {row.person_id for row in tally.waiting}
    known = lock_people(concerned) if concerned else {}
    return [Desk(tally.session, now, tally, known) for tally in tallies]


def _may_offer(tally: Tally, now) -> bool:
    if not tally.waiting:
        return False
    over = tally.overdue(deadlines.closes_at(tally.session), now)
    return bool(over) or any(tally.free(row) != 0 for row in tally.waiting)

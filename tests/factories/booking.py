"""People with managers, moments, and bookings in each state, made through the services."""

from datetime import datetime, timedelta

from django.utils import timezone

from course_catalogue.booking import asking, ending
from course_catalogue.models import Booking, CourseSession
from kernel.organisation.models import StaffProfile
from tests.factories import courses as make
from tests.factories.organisation import make_agency, make_person, make_post, make_role_holder

NOW = timezone.make_aware(datetime(2026, 11, 23, 10, 0))
"""Monday 23 November 2026, 10am: sessions of the factories begin on Wednesday 6 January 2027, 9:30am."""


def later(**more) -> datetime:
    return NOW + timedelta(**more)


def make_staff(*, manager: StaffProfile | None = None, **overrides) -> StaffProfile:
    """Of the host, with a login, under a line manager."""
    person = make_person(user=True, **overrides)
    make_post(person=person, manager=manager or make_person(user=True, agency=person.agency), primary=True)
    return person


def manager_of(person: StaffProfile) -> StaffProfile:
    return person.posts.get().manager


def make_coordinator(agency):
    """The login of a coordinator of the agency, one of its people."""
    person = make_person(user=True, agency=agency)
    return make_role_holder("agency-coordinator", agency=agency, user=person.user)


def make_administrator():
    return make_role_holder("training-administrator")


def ask(session: CourseSession, *people: StaffProfile, now: datetime = NOW, **more):
    """Each asks for themselves; several are asked for by the system."""
    actor = people[0].user if len(people) == 1 else None
    return asking.ask(session, people, **{"actor": actor, "now": now, **more})


def book(session: CourseSession, person: StaffProfile | None = None, **more) -> Booking:
    """What one person gets who asks."""
    return ask(session, person or make_staff(), **more).bookings[0]


def wait(session: CourseSession, person: StaffProfile | None = None, **more) -> Booking:
    return book(session, person, **{"join_list": True, **more})


def full(*, capacity: int = 1, **overrides) -> tuple[CourseSession, list[Booking]]:
    """A session whose places are all booked."""
    session = make.make_session(capacity=capacity, **overrides)
    return session, [book(session) for _number in range(capacity)]


def offer(**overrides) -> Booking:
    """An offer that is open: one who waited, after the only place came back."""
    session, (first,) = full(**overrides)
    waiting = wait(session)
    ending.cancel(first, actor=None, now=NOW)
    waiting.refresh_from_db()
    return waiting


def make_partner(**overrides):
    return make_agency(**overrides)


def states(session: CourseSession) -> list[str]:
    return list(session.bookings.order_by("pk").values_list("state", flat=True))

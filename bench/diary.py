"""What ``bench/dates.py`` asks for: a programme year full of sessions, and the addresses that show it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench import seed
from course_catalogue.feeds import addresses
from course_catalogue.models import Booking, CourseSession, SessionDay, TrainingCalendarPage
from course_catalogue.planning import programme
from kernel.organisation.models import StaffProfile
from tests.factories import organisation
from tests.factories.booking import make_coordinator
from tests.factories.courses import make_course
from tests.factories.policies import make_home

COURSES, EACH, PEOPLE, OWN, LISTED = 40, 3, 300, 30, 200
HOST = "127.0.0.1"
COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)


@dataclass(frozen=True)
class Place:
    """``is_list``: a page that the target for lists counts for."""

    label: str
    path: str
    expect: str
    cookie: str = ""
    is_list: bool = False


def prepare(number: int) -> list[Place]:
    call_command("migrate", verbosity=0)
    seed.labels()
    seed.stock_pages(LISTED)
    make_home().add_child(instance=TrainingCalendarPage(title="Training", slug="calendar"))
    courses = [make_course() for _turn in range(COURSES)]
    sessions = _sessions(courses, number)
    agency = organisation.make_agency()
    learner = organisation.make_person(user=True, agency=agency)
    _bookings(sessions, agency, learner)
    coordinator = make_coordinator(agency)
    today = timezone.localdate()
    feeds = [
        addresses.renew(learner, actor=learner.user, today=today),
        addresses.renew(coordinator.staff_profile, actor=coordinator, today=today, agency=agency),
    ]
    own, ours = (reverse("training_feed", args=[addresses.token_of(feed)]) for feed in feeds)
    cookie = _cookie(learner.user)
    return [
        Place("plain list", "/bench/plain/stock/", "Plain 0020"),
        Place("month", "/calendar/", "<table", cookie, is_list=True),
        Place("list", "/calendar/list/", "Course", cookie, is_list=True),
        Place("agenda", "/calendar/agenda/", "Course", cookie, is_list=True),
        Place(
            "feed of a course", reverse("training_course_feed", args=[courses[0].pk]), "BEGIN:VEVENT", cookie
        ),
        Place("feed of a person", own, "BEGIN:VEVENT"),
        Place("feed of an agency", ours, "BEGIN:VEVENT"),
    ]


def queries(place: Place) -> int:
    """Of the third request: the first ones fill what a running process keeps."""
    client = Client(SERVER_NAME=HOST)
    client.cookies.load(place.cookie)
    for _warm in range(2):
        client.get(place.path)
    with CaptureQueriesContext(connection) as found:
        client.get(place.path)
    return len(found)


def _sessions(courses, number: int) -> list[CourseSession]:
    """Spread evenly over the days of the running programme year, 9:30am to 4:30pm."""
    host, first = organisation.make_host(), programme.begins(programme.year_of(timezone.localdate()))
    rows = []
    for place in range(number):
        day = first + timedelta(days=place * 365 // number)
        starts = timezone.make_aware(datetime.combine(day, time(9, 30)))
        course = courses[place % len(courses)]
        ends = starts + timedelta(hours=7)
        rows.append(
            CourseSession(course=course, host=host, state="open", first_at=starts, last_at=ends, capacity=20)
        )
    rows = CourseSession.objects.bulk_create(rows, batch_size=500)
    SessionDay.objects.bulk_create(
        [SessionDay(session=row, number=1, starts_at=row.first_at, ends_at=row.last_at) for row in rows],
        batch_size=500,
    )
    return rows


def _bookings(sessions, agency, learner) -> None:
    others = [organisation.make_host(), organisation.make_agency(), agency]
    people = StaffProfile.objects.bulk_create(
        StaffProfile(name=f"Bench person {place}", agency=others[place % 3]) for place in range(PEOPLE)
    )
    made, now = [], timezone.now()
    for place, session in enumerate(sessions):
        for turn in range(EACH):
            made.append(_booking(session, people[(place * EACH + turn) % PEOPLE], now))
    made += [_booking(session, learner, now) for session in sessions[:: max(len(sessions) // OWN, 1)]]
    Booking.objects.bulk_create(made, batch_size=500)


def _booking(session, person, now) -> Booking:
    return Booking(
        session=session,
        person=person,
        agency_id=person.agency_id,
        state="booked",
        joined_at=now,
        booked_by_name=person.name,
    )


def _cookie(user) -> str:
    client = Client(SERVER_NAME=HOST)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/")
    return "; ".join(f"{name}={client.cookies[name].value}" for name in COOKIES if name in client.cookies)

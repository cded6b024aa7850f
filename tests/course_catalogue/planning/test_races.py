"""Several people plan at once: a room, a trainer, a version belong to one of them, on both databases."""

import pytest
from django.db import connection

from course_catalogue import clash_tables
from course_catalogue.models import CourseSession, SessionDay, Teaching
from tests.factories.courses import make_booking, make_course, make_room, make_session
from tests.factories.organisation import make_host, make_person
from tests.factories.planning import make_able_trainer, make_planned
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
RACE = """
import time
from datetime import UTC, date, datetime
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from course_catalogue.booking import asking
from course_catalogue.models import CoursePage, CourseSession, Room, SessionDay, Trainer
from course_catalogue.planning import scheduling
from course_catalogue.planning.days import Day
from course_catalogue.planning.programme import Need
from kernel.organisation.models import Agency, StaffProfile
from decimal import Decimal

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRST, LAST = datetime(2027, 1, 6, 9, 30, tzinfo=UTC), datetime(2027, 1, 6, 16, 30, tzinfo=UTC)
number = int(os.environ["NUMBER"])

def room():
    return Room.objects.get()

def schedule():
    day = Day(FIRST, LAST, room(), (), tuple(Trainer.objects.select_related("person__agency", "person__user")))
    host = Agency.objects.get(kind="host")
    scheduling.schedule(CoursePage.objects.get(), days=[day], capacity=5, host=host, actor=None, now=NOW,
        need=Need(Decimal(1), "why"))

def write_row():
    with transaction.atomic():
        SessionDay.objects.filter(session_id=number).update(room=room())
        time.sleep(0.5)

def change():
    session = CourseSession.objects.get()
    scheduling.change(session, version=1, actor=None, now=NOW, capacity=20 + number)

def lower():
    session = CourseSession.objects.get()
    scheduling.change(session, version=1, actor=None, now=NOW, capacity=3)

def book():
    person = StaffProfile.objects.get(pk=number)
    asking.ask(CourseSession.objects.get(), [person], actor=None, now=NOW)

together()
try:
    {"schedule": schedule, "write_row": write_row, "change": change, "lower": lower, "book": book}[os.environ["ACT"]]()
    print("done")
except (ValidationError, IntegrityError):
    print("refused")
"""


def race(*acts):
    """Let all begin in the same moment; gives what each was told, in order."""
    return at_once(RACE, *({"ACT": act, "NUMBER": number} for act, number in acts))


def test_two_sessions_planned_at_once_share_neither_room_nor_trainer():
    make_host()
    make_course()
    make_room()
    make_able_trainer()

    answers = race(*[("schedule", 0)] * 4)

    assert sorted(answers) == ["done", "refused", "refused", "refused"]
    assert CourseSession.objects.count() == SessionDay.objects.count() == Teaching.objects.count() == 1


def test_two_rows_written_at_once_past_the_services_are_refused_by_the_database():
    make_room()
    first, second = make_session(), make_session()

    assert sorted(race(("write_row", first.pk), ("write_row", second.pk))) == ["done", "refused"]
    assert SessionDay.objects.filter(room__isnull=False).count() == 1


def test_without_the_triggers_both_rows_are_written():
    """The control: it is the database that refuses, not chance."""
    make_room()
    first, second = make_session(), make_session()
    clash_tables.run(connection, clash_tables.remove(connection.vendor))
    try:
        assert race(("write_row", first.pk), ("write_row", second.pk)) == ["done", "done"]
        assert SessionDay.objects.filter(room__isnull=False).count() == 2
    finally:
        clash_tables.run(connection, clash_tables.install(connection.vendor))


def test_two_changes_of_one_version_at_once_leave_one():
    session = make_planned()

    assert sorted(race(("change", 1), ("change", 2))) == ["done", "refused"]
    session.refresh_from_db()
    assert session.version == 2
    assert session.capacity in (21, 22)


def test_places_lowered_while_somebody_books_are_never_below_what_is_taken():
    session = make_session(capacity=10)
    for _each in range(3):
        make_booking(session=session)
    people = [make_person(user=True) for _each in range(2)]

    lowered, *booked = race(("lower", 0), *[("book", person.pk) for person in people])

    session.refresh_from_db()
    taken = session.bookings.filter(state__in=["booked", "requested", "offered"]).count()
    assert taken == 3 + booked.count("done")
    assert session.capacity == (3 if lowered == "done" else 10)
    assert taken <= session.capacity

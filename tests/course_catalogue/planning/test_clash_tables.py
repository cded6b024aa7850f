from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from course_catalogue import clash_tables
from course_catalogue.enums import SessionState
from course_catalogue.models import CourseSession, SessionDay, Teaching
from tests.factories.courses import make_booking, make_room, make_session, make_trainer
from tests.factories.planning import FIRST, NOW, at

pytestmark = pytest.mark.django_db


def refused(words):
    return pytest.raises(IntegrityError, match=words)


def days_of(number):
    """Days of different sessions at the same time, as rows."""
    return [make_session().days.get() for _each in range(number)]


def test_one_room_twice_at_a_time_is_refused_by_the_database():
    first, second = days_of(2)
    room = make_room()
    SessionDay.objects.filter(pk=first.pk).update(room=room)

    with refused("room is taken"), transaction.atomic():
        SessionDay.objects.filter(pk=second.pk).update(room=room)
    with refused("room is taken"), transaction.atomic():
        SessionDay.objects.create(
            session=second.session, number=2, starts_at=at(FIRST, 16, 29), ends_at=at(FIRST, 18), room=room
        )

    SessionDay.objects.create(
        session=second.session, number=2, starts_at=at(FIRST, 16, 30), ends_at=at(FIRST, 18), room=room
    )


def test_further_rooms_clash_with_rooms_and_with_further_rooms():
    first, second, third = days_of(3)
    room = make_room()
    first.more_rooms.add(room)

    with refused("room is taken"), transaction.atomic():
        SessionDay.objects.filter(pk=second.pk).update(room=room)
    with refused("room is taken"), transaction.atomic():
        third.more_rooms.add(room)


def test_moving_a_day_into_taken_hours_is_refused_by_the_database():
    room, first = make_room(), make_session().days.get()
    later = make_session(starts=at(date(2027, 1, 7), 9, 30)).days.get()
    SessionDay.objects.filter(pk__in=[first.pk, later.pk]).update(room=room)

    with refused("room is taken"), transaction.atomic():
        SessionDay.objects.filter(pk=later.pk).update(starts_at=at(FIRST, 10), ends_at=at(FIRST, 11))


def test_one_trainer_twice_at_a_time_is_refused_by_the_database():
    first, second = days_of(2)
    later = make_session(starts=at(date(2027, 1, 7), 9, 30)).days.get()
    trainer = make_trainer()
    for day in (first, later):
        Teaching.objects.create(day=day, trainer=trainer)

    with refused("trainer teaches"), transaction.atomic():
        Teaching.objects.create(day=second, trainer=trainer)
    with refused("trainer teaches"), transaction.atomic():
        SessionDay.objects.filter(pk=later.pk).update(starts_at=at(FIRST, 10), ends_at=at(FIRST, 11))


def test_what_is_cancelled_takes_nothing_and_stays_cancelled():
    first, second = days_of(2)
    room, trainer = make_room(), make_trainer()
    SessionDay.objects.filter(pk=first.pk).update(room=room)
    Teaching.objects.create(day=first, trainer=trainer)
    gone = CourseSession.objects.filter(pk=first.session_id)
    gone.update(state=SessionState.CANCELLED, cancelled_at=NOW, cancel_reason="snow")

    SessionDay.objects.filter(pk=second.pk).update(room=room)
    Teaching.objects.create(day=second, trainer=trainer)

    with refused("stays cancelled"), transaction.atomic():
        gone.update(state=SessionState.OPEN, cancelled_at=None, cancel_reason="")


def test_fewer_places_than_are_taken_are_refused_by_the_database():
    session = make_session()
    for _each in range(3):
        make_booking(session=session)
    row = CourseSession.objects.filter(pk=session.pk)

    with refused("fewer places"), transaction.atomic():
        row.update(capacity=2)

    row.update(capacity=3)
    row.update(capacity=2, overbooked_because="a bigger room comes")


def test_triggers_are_put_back_after_a_migration_lost_them():
    clash_tables.run(connection, clash_tables.remove(connection.vendor))
    assert not clash_tables.installed(connection)
    first, second = days_of(2)
    room = make_room()
    SessionDay.objects.filter(pk__in=[first.pk, second.pk]).update(
        room=room
    )  # the control: nothing refuses it
    SessionDay.objects.filter(pk=second.pk).update(room=None)

    clash_tables.restore()

    assert clash_tables.installed(connection)
    with refused("room is taken"), transaction.atomic():
        SessionDay.objects.filter(pk=second.pk).update(room=room)

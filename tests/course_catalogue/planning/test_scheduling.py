from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import CourseSession, ProgrammeCourse, Room
from course_catalogue.planning import clashes, scheduling
from kernel.audit.models import AuditEntry
from tests.factories.courses import make_booking, make_course, make_room, make_trainer
from tests.factories.organisation import make_agency, make_host, make_role_holder
from tests.factories.planning import (
    FIRST,
    NOW,
    at,
    make_able_trainer,
    make_check,
    make_day,
    make_days,
    make_officer,
    make_planned,
)

pytestmark = pytest.mark.django_db


def test_schedule_writes_session_days_rooms_trainers_and_programme():
    officer, trainer, room, other = make_officer(), make_able_trainer(), make_room(), make_room()
    partner = make_agency()
    days = [
        make_day(room=room, trainers=(trainer,)),
        make_day(date(2027, 1, 13), room=room, more_rooms=(other,)),
    ]

    session = make_planned(
        days=days[::-1], actor=officer, partners=[partner], online_link="https://example.org/a"
    )

    session.refresh_from_db()
    assert session.state == SessionState.PLANNED
    assert (session.first_at, session.last_at) == (at(FIRST, 9, 30), at(date(2027, 1, 13), 16, 30))
    assert list(session.partners.all()) == [partner]
    rows = list(session.days.all())
    assert [(row.number, row.starts_at, row.room) for row in rows] == [
        (1, at(FIRST, 9, 30), room),
        (2, at(date(2027, 1, 13), 9, 30), room),
    ]
    assert [list(row.more_rooms.all()) for row in rows] == [[], [other]]
    assert [row.teaching.count() for row in rows] == [1, 0]
    assert session.owner == officer.staff_profile
    assert ProgrammeCourse.objects.get().programme.first_year == 2026
    assert AuditEntry.objects.filter(action="training.schedule", refused=False).count() == 1


def test_schedule_of_a_course_off_the_programme_asks_for_the_need():
    with pytest.raises(ValidationError) as refusal:
        make_planned(need=None)

    assert sorted(refusal.value.error_dict) == ["cost", "need"]
    assert not CourseSession.objects.exists()


def test_schedule_of_a_course_on_the_programme_asks_nothing():
    course = make_course()
    make_planned(course=course)

    make_planned(course=course, days=[make_day(date(2027, 2, 3))], need=None)

    assert ProgrammeCourse.objects.count() == 1


@pytest.mark.parametrize("role", ["training-administrator", "agency-coordinator", "trainer"])
def test_schedule_by_somebody_else_is_refused_and_leaves_nothing(role):
    with pytest.raises(PermissionDenied):
        make_planned(actor=make_role_holder(role))

    assert not CourseSession.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"minimum": 11, "decide_days": 5}, "minimum"),
        ({"minimum": 5, "decide_days": 0}, "decide_days"),
        ({"minimum": 5, "decide_days": 61}, "decide_days"),
        ({"minimum": 5, "decide_days": 40}, "decide_days"),
        ({"opens_at": at(date(2027, 1, 5), 9), "closes_at": at(date(2027, 1, 5), 9)}, "closes_at"),
        ({"closes_at": at(date(2027, 1, 6), 17)}, "closes_at"),
    ],
)
def test_schedule_with_fields_that_do_not_fit_names_the_field(values, field):
    with pytest.raises(ValidationError) as refusal:
        make_planned(**values)

    assert list(refusal.value.error_dict) == [field]


def test_schedule_does_not_name_the_host_twice():
    host = make_host()
    with pytest.raises(ValidationError) as refusal:
        make_planned(host=host, partners=[host])

    assert list(refusal.value.error_dict) == ["partners"]


def test_minimum_is_decided_in_working_days_over_christmas():
    """Back from Wednesday 6 January 2027: 5, 4 January, 31, 30, 29, 24, 23 December; 25 and 28, 1 January rest."""
    assert make_planned(minimum=5, decide_days=7).decide_on == date(2026, 12, 23)
    assert make_planned(minimum=0, decide_days=7).decide_on is None


def test_room_is_taken_once():
    room = make_room()
    make_planned(days=[make_day(room=room)])

    with pytest.raises(ValidationError) as refusal:
        make_planned(days=[make_day(first=(16, 29), last=(18, 0), room=room)])

    assert list(refusal.value.error_dict) == ["room_1"]
    assert "is taken" in refusal.value.messages[0]
    assert refusal.value.error_dict["room_1"][0].code == "clash"
    make_planned(days=[make_day(first=(16, 30), last=(18, 0), room=room)])
    make_planned(days=[make_day(first=(16, 29), last=(18, 0), room=make_room())])


def test_further_room_is_taken_once_too():
    room, other = make_room(), make_room()
    make_planned(days=[make_day(room=room, more_rooms=(other,))])

    for day in (make_day(room=other), make_day(room=make_room(), more_rooms=(room,))):
        with pytest.raises(ValidationError, match="is taken"):
            make_planned(days=[day])


def test_trainer_teaches_one_session_at_a_time():
    trainer = make_able_trainer()
    make_planned(days=make_days(2, trainers=(trainer,)))

    with pytest.raises(ValidationError) as refusal:
        make_planned(days=[make_day(date(2027, 1, 5)), make_day(date(2027, 1, 7), trainers=(trainer,))])

    assert list(refusal.value.error_dict) == ["trainers_2"]
    assert "teaches then" in refusal.value.messages[0]


def test_room_of_a_cancelled_session_is_free():
    room = make_room()
    session = make_planned(days=[make_day(room=room)])
    CourseSession.objects.filter(pk=session.pk).update(
        state=SessionState.CANCELLED, cancelled_at=NOW, cancel_reason="ill"
    )

    assert make_planned(days=[make_day(room=room)]).pk


def test_trainer_who_may_not_teach_is_refused_with_every_reason():
    trainer = make_trainer()

    with pytest.raises(ValidationError) as refusal:
        make_planned(days=[make_day(trainers=(trainer,))])

    words = " ".join(refusal.value.messages)
    assert "neither safeguarding trainer" in words
    assert "not checked against the person specification" in words
    make_check(trainer)
    with pytest.raises(ValidationError, match="neither safeguarding trainer"):
        make_planned(days=[make_day(trainers=(trainer,))])


def test_seats_that_do_not_suffice_warn_and_stop_nobody():
    room = make_room(seats=8)
    day = make_day(room=room)
    assert make_planned(days=[day]).pk

    assert clashes.warnings([day], 10) == [f"Day 1: {room} has 8 seats for 10 places."]
    assert clashes.warnings([day], 8) == []
    assert clashes.warnings([make_day(room=make_room(seats=4), more_rooms=(room,))], 12) == []
    assert "not limited" in clashes.warnings([day], None)[0]
    assert "nobody has said" in clashes.warnings([make_day(room=make_room())], 10)[0]
    assert clashes.warnings([make_day()], 10) == []


def test_change_raises_version_and_keeps_who_and_when():
    officer, session = make_officer(), make_planned()

    changed = scheduling.change(
        session, version=1, actor=officer, now=NOW, capacity=12, minimum=4, decide_days=5
    )

    assert (changed.capacity, changed.version, changed.sequence) == (12, 2, 0)
    assert changed.decide_on == date(2026, 12, 29)
    assert (changed.changed_by_name, changed.changed_at) == (officer.staff_profile.name, NOW)


def test_change_of_the_link_reaches_calendars():
    session = scheduling.change(
        make_planned(), version=1, actor=None, now=NOW, online_link="https://example.org/b"
    )

    assert session.sequence == 1


def test_change_of_another_version_is_refused_and_says_who():
    officer, session = make_officer(), make_planned()
    scheduling.change(session, version=1, actor=officer, now=NOW, capacity=12)

    with pytest.raises(ValidationError) as refusal:
        scheduling.change(session, version=1, actor=make_officer(), now=NOW, capacity=3)

    assert refusal.value.code == "stale"
    name = officer.staff_profile.name
    assert refusal.value.messages == [
        f"Changed by {name} at 9am on 23 November 2026, after you opened it. Nothing was overwritten."
    ]
    session.refresh_from_db()
    assert session.capacity == 12


def test_places_below_what_is_taken_are_refused_unless_it_is_said_why():
    session = make_planned()
    states = (BookingState.BOOKED, BookingState.REQUESTED, BookingState.OFFERED, BookingState.WAITING)
    for state in states:
        answered = state in (BookingState.REQUESTED, BookingState.OFFERED)
        make_booking(session=session, state=state, answer_by=NOW + timedelta(days=1) if answered else None)

    with pytest.raises(ValidationError) as refusal:
        scheduling.change(session, version=1, actor=None, now=NOW, capacity=2)
    assert list(refusal.value.error_dict) == ["capacity"]
    assert refusal.value.error_dict["capacity"][0].code == "taken"
    assert "Enter 3 or more" in refusal.value.messages[0]

    said = scheduling.change(
        session, version=1, actor=None, now=NOW, capacity=2, overbooked_because="A bigger room comes"
    )
    assert (said.capacity, said.overbooked_because) == (2, "A bigger room comes")

    again = scheduling.change(said, version=2, actor=None, now=NOW, capacity=3)
    assert (again.capacity, again.overbooked_because) == (3, "")


def test_what_is_over_or_cancelled_is_not_changed():
    session = make_planned()
    with pytest.raises(ValidationError, match="over"):
        scheduling.change(session, version=1, actor=None, now=at(FIRST, 16, 30), capacity=3)


def test_open_booking_happens_once_and_not_after_the_start():
    session = scheduling.open_booking(make_planned(), actor=make_officer(), now=NOW)
    assert (session.state, session.version) == (SessionState.OPEN, 2)

    with pytest.raises(ValidationError, match="already"):
        scheduling.open_booking(session, actor=None, now=NOW)
    with pytest.raises(ValidationError, match="has begun"):
        scheduling.open_booking(make_planned(), actor=None, now=at(FIRST, 9, 30))
    with pytest.raises(PermissionDenied):
        scheduling.open_booking(make_planned(), actor=make_role_holder("training-administrator"), now=NOW)


def test_rooms_are_named_with_their_venue():
    assert str(Room(name="Blue room", venue=make_room().venue)).startswith("Blue room, Venue")


def test_second_press_of_a_form_gives_the_session_of_the_first():
    course, uid = make_course(), uuid4()
    session = make_planned(course=course, uid=uid)

    assert make_planned(course=course, uid=uid) == session
    assert CourseSession.objects.count() == 1
    assert make_planned(course=course, uid=uuid4()) != session

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import Booking
from course_catalogue.planning import moving, notices, scheduling
from course_catalogue.planning.days import planned_days
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxMail
from tests.factories.courses import make_booking, make_room
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.planning import (
    FIRST,
    NOW,
    at,
    make_able_trainer,
    make_day,
    make_days,
    make_officer,
    make_planned,
)

pytestmark = pytest.mark.django_db
LATER = date(2027, 2, 3)


def booked(session, **more):
    return make_booking(session=session, person=make_person(user=True), **more)


def test_move_keeps_bookings_and_their_order_and_raises_the_sequence():
    session = make_planned()
    first = booked(session)
    second = booked(session, state=BookingState.WAITING, joined_at=NOW + timedelta(minutes=1))
    third = booked(session, state=BookingState.WAITING, joined_at=NOW)
    before = list(Booking.objects.order_by("pk").values())

    moved = moving.move_session(session, days=[make_day(LATER)], actor=make_officer(), now=NOW)

    assert list(Booking.objects.order_by("pk").values()) == before
    assert [row.pk for row in notices.who(moved).bookings] == [first.pk, third.pk, second.pk]
    assert (moved.sequence, moved.version, moved.moved_at) == (1, 2, NOW)
    assert (moved.first_at, moved.last_at) == (at(LATER, 9, 30), at(LATER, 16, 30))
    assert [row.starts_at for row in moved.days.all()] == [at(LATER, 9, 30)]


def test_move_tells_everybody_who_lives_in_it_once():
    session = make_planned()
    people = [booked(session), booked(session, state=BookingState.WAITING)]
    booked(session, state=BookingState.CANCELLED, ended_at=NOW)

    moving.move_session(session, days=[make_day(LATER)], actor=None, now=NOW)

    mails = OutboxMail.objects.filter(kind__endswith="session_moved")
    assert sorted(mail.to[0] for mail in mails) == sorted(row.person.user.email for row in people)


def test_another_room_is_told_too_and_other_trainers_are_not():
    old, new, room = make_able_trainer(), make_able_trainer(), make_room()
    session = make_planned(days=[make_day(trainers=(old,))])
    booked(session)

    changed = moving.move_session(session, days=[make_day(trainers=(new,))], actor=None, now=NOW)
    assert (changed.sequence, changed.moved_at, changed.version) == (0, None, 2)
    kinds = list(OutboxMail.objects.order_by("pk").values_list("kind", "to"))
    assert kinds == [
        ("training.moved", [new.person.user.email]),
        ("training.not_teaching", [old.person.user.email]),
    ]

    changed = moving.move_session(changed, days=[make_day(room=room, trainers=(new,))], actor=None, now=NOW)
    assert changed.sequence == 1
    assert OutboxMail.objects.filter(kind__endswith="session_moved").count() == 1


def test_move_to_more_and_fewer_days():
    session = make_planned(days=make_days(2))
    keys = list(session.days.values_list("pk", flat=True))

    session = moving.move_session(session, days=make_days(3), actor=None, now=NOW)
    assert [row.number for row in session.days.all()] == [1, 2, 3]
    assert list(session.days.values_list("pk", flat=True))[:2] == keys

    session = moving.move_session(session, days=make_days(1), actor=None, now=NOW)
    assert list(session.days.values_list("pk", flat=True)) == keys[:1]


def test_session_may_move_into_the_hours_of_its_own_rooms_and_trainers():
    room, other, trainer = make_room(), make_room(), make_able_trainer()
    days = [
        make_day(room=room, trainers=(trainer,)),
        make_day(date(2027, 1, 7), room=other, trainers=(trainer,)),
    ]
    session = make_planned(days=days)
    shifted = [
        make_day(date(2027, 1, 7), room=room, trainers=(trainer,)),
        make_day(date(2027, 1, 8), room=other),
    ]

    session = moving.move_session(session, days=shifted, actor=None, now=NOW)

    assert planned_days(session) == shifted


def test_move_into_a_taken_room_is_refused_and_leaves_all_as_it_was():
    room = make_room()
    make_planned(days=[make_day(LATER, room=room)])
    session = make_planned(days=[make_day(room=room)])

    with pytest.raises(ValidationError) as refusal:
        moving.move_session(session, days=[make_day(LATER, room=room)], actor=None, now=NOW)

    assert list(refusal.value.error_dict) == ["room_1"]
    session.refresh_from_db()
    assert (session.version, session.first_at) == (1, at(FIRST, 9, 30))
    assert session.days.get().room == room
    assert AuditEntry.objects.filter(action="training.move_session", refused=True).count() == 1


def test_move_works_out_the_day_of_decision_and_the_close_anew():
    session = make_planned(minimum=3, decide_days=5, closes_at=at(date(2027, 1, 4), 12))

    session = moving.move_session(session, days=[make_day(LATER)], actor=None, now=NOW)

    assert session.decide_on == date(2027, 1, 27)
    assert session.closes_at == at(date(2027, 2, 1), 12)


def test_close_keeps_its_time_of_day_over_a_change_of_the_clocks():
    session = make_planned(closes_at=at(date(2027, 1, 5), 17))

    session = moving.move_session(session, days=[make_day(date(2027, 3, 30))], actor=None, now=NOW)

    assert session.closes_at == at(date(2027, 3, 29), 17)


@pytest.mark.parametrize(
    ("now", "code"), [(at(FIRST, 9, 30), "begun"), (at(FIRST, 16, 30), "over"), (NOW, "same")]
)
def test_move_that_cannot_be_is_refused(now, code):
    session = make_planned()
    days = [make_day()] if code == "same" else [make_day(LATER)]

    with pytest.raises(ValidationError) as refusal:
        moving.move_session(session, days=days, actor=None, now=now)

    assert refusal.value.code == code


def test_move_of_another_version_is_refused():
    session = make_planned()
    scheduling.change(session, version=1, actor=None, now=NOW, capacity=3)

    with pytest.raises(ValidationError) as refusal:
        moving.move_session(session, days=[make_day(LATER)], version=1, actor=None, now=NOW)

    assert refusal.value.code == "stale"


def test_move_by_somebody_else_is_refused():
    session = make_planned()
    assert session.state == SessionState.PLANNED
    for role in ("training-administrator", "trainer", "agency-coordinator"):
        with pytest.raises(PermissionDenied):
            moving.move_session(session, days=[make_day(LATER)], actor=make_role_holder(role), now=NOW)

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.enums import LIVE, BookingState, CancelledBy, SessionState
from course_catalogue.models import Booking
from course_catalogue.planning import cancelling, scheduling
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories.courses import make_booking, make_course, make_room
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.planning import FIRST, NOW, at, make_able_trainer, make_day, make_officer, make_planned

pytestmark = pytest.mark.django_db


def test_cancel_ends_every_booking_without_charge_and_tells_all():
    trainer = make_able_trainer()
    session = make_planned(days=[make_day(trainers=(trainer,))])
    rows = [
        make_booking(session=session, person=make_person(user=True), state=state)
        for state in (BookingState.BOOKED, BookingState.WAITING)
    ]

    done = cancelling.cancel_session(session, reason=" The trainer is ill ", actor=make_officer(), now=NOW)

    assert (done.state, done.cancel_reason, done.cancelled_at) == (
        SessionState.CANCELLED,
        "The trainer is ill",
        NOW,
    )
    assert (done.sequence, done.version) == (1, 2)
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.cancelled_by, row.late) == (
            BookingState.CANCELLED,
            CancelledBy.ORGANISER,
            False,
        )
    told = OutboxMail.objects.filter(kind__endswith="session_cancelled")
    assert sorted(mail.to[0] for mail in told) == sorted(row.person.user.email for row in rows)
    assert OutboxMail.objects.get(kind="training.cancelled", to=[trainer.person.user.email])
    assert OutboxEvent.objects.get(kind="training.session_cancelled").payload == {
        "session": session.pk,
        "course": session.course_id,
    }


def test_cancel_frees_room_and_trainer():
    room, trainer = make_room(), make_able_trainer()
    day = make_day(room=room, trainers=(trainer,))
    cancelling.cancel_session(make_planned(days=[day]), reason="snow", actor=None, now=NOW)

    assert make_planned(days=[day]).pk


def test_cancel_without_a_reason_twice_or_afterwards_is_refused():
    session = make_planned()
    with pytest.raises(ValidationError) as refusal:
        cancelling.cancel_session(session, reason=" ", actor=None, now=NOW)
    assert list(refusal.value.error_dict) == ["reason"]
    with pytest.raises(ValidationError, match="over"):
        cancelling.cancel_session(session, reason="x", actor=None, now=at(FIRST, 16, 30))

    cancelling.cancel_session(session, reason="x", actor=None, now=NOW)
    with pytest.raises(ValidationError, match="was cancelled"):
        cancelling.cancel_session(session, reason="x", actor=None, now=NOW)


def test_cancel_of_another_version_is_refused():
    session = make_planned()
    scheduling.change(session, version=1, actor=None, now=NOW, capacity=3)

    with pytest.raises(ValidationError) as refusal:
        cancelling.cancel_session(session, reason="x", version=1, actor=None, now=NOW)

    assert refusal.value.code == "stale"


def test_owner_cancels_and_nobody_else_does():
    owner = make_person(user=True)
    session = make_planned(owner=owner)
    make_booking(session=session)

    for role in ("training-administrator", "trainer", "agency-coordinator"):
        with pytest.raises(PermissionDenied):
            cancelling.cancel_session(session, reason="x", actor=make_role_holder(role), now=NOW)

    done = cancelling.cancel_session(session, reason="Too few", actor=owner.user, now=NOW)
    assert done.changed_by_name == owner.name


def test_everybody_is_moved_to_another_date_in_their_order_first():
    course = make_course()
    session = make_planned(course=course, capacity=1)
    scheduling.open_booking(session, actor=None, now=NOW)
    to = make_planned(course=course, days=[make_day(date(2027, 2, 3))], capacity=1)
    scheduling.open_booking(to, actor=None, now=NOW)
    people = [make_person(user=True) for _each in range(3)]
    states = (BookingState.BOOKED, BookingState.WAITING, BookingState.WAITING)
    for place, (person, state) in enumerate(zip(people, states, strict=True)):
        make_booking(session=session, person=person, state=state, joined_at=NOW + timedelta(minutes=place))

    cancelling.cancel_session(
        session, reason="snow", to=to, actor=make_officer(), now=NOW + timedelta(hours=1)
    )

    there = Booking.objects.filter(session=to, state__in=LIVE).order_by("-priority", "joined_at", "pk")
    assert [(row.person_id, row.state) for row in there] == [
        (person.pk, state) for person, state in zip(people, states, strict=True)
    ]
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    assert not Booking.objects.filter(session=session, state__in=LIVE).exists()


def test_if_one_cannot_come_along_nothing_is_cancelled():
    course = make_course()
    session = make_planned(course=course)
    to = make_planned(course=course, days=[make_day(date(2027, 2, 3))], capacity=1)
    for each in (session, to):
        scheduling.open_booking(each, actor=None, now=NOW)
    for _each in range(2):
        make_booking(session=session, person=make_person(user=True))

    with pytest.raises(ValidationError):
        cancelling.cancel_session(session, reason="snow", to=to, actor=make_officer(), now=NOW)

    session.refresh_from_db()
    assert session.state == SessionState.OPEN
    assert Booking.objects.filter(session=session, state=BookingState.BOOKED).count() == 2

"""The calendar file of a confirmation and what later mails do with it, read by a second library."""

from datetime import timedelta

import pytest
import vobject
from django.utils import timezone

from course_catalogue.enums import BookingState, CancelledBy, SessionState
from course_catalogue.models import CourseSession
from course_catalogue.planning import scheduling
from course_catalogue.telling import mails
from kernel.outbox.models import OutboxMail
from tests.factories.courses import MOMENT, make_booking, make_course, make_session
from tests.factories.organisation import make_person, make_role_holder

pytestmark = pytest.mark.django_db


def make_booked(**more):
    return make_booking(session=make_session(**more), person=make_person(user=True, name="Priya Nair"))


def end(booking, **values):
    booking.state, booking.ended_at = BookingState.CANCELLED, MOMENT
    for name, value in values.items():
        setattr(booking, name, value)
    booking.save()


def files(kind) -> list:
    mail = OutboxMail.objects.filter(kind=f"training.{kind}").order_by("pk").last()
    return [vobject.readOne(one["text"]) for one in mail.attachments]


def facts(made) -> tuple:
    event = made.vevent
    return made.method.value, event.uid.value[-2:], int(event.sequence.value), event.status.value


def test_a_confirmation_brings_a_file_for_each_day():
    booking = make_booked(days=2)

    mails.confirmed(booking, now=MOMENT)

    assert [facts(one) for one in files("confirmed")] == [
        ("REQUEST", "-1", 0, "CONFIRMED"),
        ("REQUEST", "-2", 0, "CONFIRMED"),
    ]


def test_a_later_date_takes_the_place_of_the_first_and_drops_its_last_day():
    booking = make_booked(days=2)
    mails.confirmed(booking, now=MOMENT)
    booking.session.days.get(number=2).delete()
    later = booking.session.first_at + timedelta(days=7)
    booking.session.days.update(starts_at=later, ends_at=later + timedelta(hours=7))
    CourseSession.objects.filter(pk=booking.session_id).update(sequence=1, moved_at=MOMENT)
    booking.session.refresh_from_db()

    mails.session_moved(booking)

    made = files("session_moved")
    assert [facts(one) for one in made] == [
        ("REQUEST", "-1", 1, "CONFIRMED"),
        ("CANCEL", "-2", 1, "CANCELLED"),
    ]
    assert made[0].vevent.dtstart.value == later


def test_a_new_link_to_join_reaches_mail_and_calendar_of_the_booked_alone():
    booked = make_booked(starts=timezone.now() + timedelta(days=20))
    make_booking(session=booked.session, person=make_person(user=True), state=BookingState.WAITING)
    mails.confirmed(booked, now=MOMENT)
    officer = make_role_holder("ld-officer")
    values = {"actor": officer, "now": timezone.now(), "online_link": "https://meet.example/new"}

    session = scheduling.change(booked.session, version=booked.session.version, **values)
    scheduling.change(session, version=session.version, actor=officer, now=timezone.now(), minimum=0)

    (mail,) = OutboxMail.objects.filter(kind="training.session_changed")
    assert mail.to == [booked.person.user.email]
    assert "https://meet.example/new" in mail.text
    assert [facts(one) for one in files("session_changed")] == [("REQUEST", "-1", 1, "CONFIRMED")]


def test_a_cancelled_booking_leaves_the_calendar_and_a_new_one_comes_back():
    booking = make_booked()
    mails.confirmed(booking, now=MOMENT)
    end(booking, cancelled_by=CancelledBy.OWN)
    mails.cancelled(booking, [])
    cancelled = files("cancelled")
    again = make_booking(session=booking.session, person=booking.person)

    mails.confirmed(again, now=MOMENT)

    assert [facts(one) for one in cancelled] == [("CANCEL", "-1", 1, "CANCELLED")]
    assert [facts(one) for one in files("confirmed")] == [("REQUEST", "-1", 2, "CONFIRMED")]


def test_a_session_that_we_cancel_leaves_the_calendars_of_the_booked_alone():
    booked = make_booked()
    waiting = make_booking(session=booked.session, person=make_person(user=True), state=BookingState.WAITING)
    mails.confirmed(booked, now=MOMENT)
    CourseSession.objects.filter(pk=booked.session_id).update(
        state=SessionState.CANCELLED, cancelled_at=MOMENT, cancel_reason="Flood.", sequence=1
    )
    for booking in (booked, waiting):
        booking.session.refresh_from_db()
        end(booking, cancelled_by=CancelledBy.ORGANISER)
        mails.session_cancelled(booking)

    first, second = OutboxMail.objects.filter(kind="training.session_cancelled").order_by("pk")
    assert [facts(vobject.readOne(one["text"])) for one in first.attachments] == [
        ("CANCEL", "-1", 1, "CANCELLED")
    ]
    assert second.attachments == []


def test_a_place_that_is_given_leaves_one_calendar_and_comes_into_another():
    old = make_booked()
    mails.confirmed(old, now=MOMENT)
    end(old)
    new = make_booking(session=old.session, person=make_person(user=True, name="Tom Birch"), in_place_of=old)

    mails.given(old, new, [])

    assert [facts(one)[0] for one in files("gave")] == ["CANCEL"]
    assert [facts(one)[0] for one in files("given")] == ["REQUEST"]
    assert "Tom Birch" not in OutboxMail.objects.get(kind="training.gave").attachments[0]["text"]


def test_another_date_takes_the_old_one_out_with_the_same_mail():
    old = make_booked()
    mails.confirmed(old, now=MOMENT)
    end(old, cancelled_by=CancelledBy.MOVED)
    new = make_booking(session=make_session(), person=old.person, in_place_of=old)

    mails.moved(old, new)

    made = files("moved")
    assert [one.method.value for one in made] == ["CANCEL", "REQUEST"]
    assert [one.vevent.uid.value for one in made] == [f"{old.session.uid}-1", f"{new.session.uid}-1"]


@pytest.mark.parametrize("tell", [mails.not_released, lambda booking: mails.cancelled(booking, [])])
def test_who_was_never_booked_gets_no_file(tell):
    booking = make_booked()
    end(booking)

    tell(booking)

    assert OutboxMail.objects.get().attachments == []


def test_the_link_and_the_joining_words_come_with_the_place_alone():
    booking = make_booked(online_link="https://meet.example/a", joining_words="Ask at the desk.")
    mails.confirmed(booking, now=MOMENT)
    booking.state, booking.answer_by = BookingState.REQUESTED, MOMENT
    mails.requested(booking, now=MOMENT)

    booked = OutboxMail.objects.get(kind="training.confirmed")
    held = OutboxMail.objects.get(kind="training.requested")
    assert "https://meet.example/a" in booked.text and "Ask at the desk." in booked.text
    assert "Wednesday 6 January 2027, 9:30am to 4:30pm" in booked.text
    assert "Wednesday 6 January 2027, 9:30am to 4:30pm" in held.text
    assert "meet.example" not in held.text and "Ask at the desk." not in held.text


def test_subjects_name_the_state_first_and_nobody_else():
    course = make_course(
        title="Safeguarding children level 3 for people who work mainly with children\nBcc: x"
    )
    booking = make_booked(course=course)
    manager = make_person(user=True, name="Una Manager")
    end(booking)
    booking.manager, booking.answer_by, booking.withdrawn_for = (
        manager,
        MOMENT,
        manager,
    )  # not saved: words alone
    other = make_booking(session=booking.session, person=make_person(user=True, name="Tom Birch"))

    for tell in (mails.requested, mails.confirmed, mails.offered):
        tell(booking, now=MOMENT)
    for tell in (mails.not_released, mails.withdrawn):
        tell(booking)
    for tell in (mails.rebook_overdue, mails.session_cancelled, mails.session_moved):
        tell(booking)
    mails.waiting(booking, 4)
    mails.lapsed(booking, "requested", MOMENT)
    mails.cancelled(booking, [manager])
    mails.given(booking, other, [manager])
    mails.moved(booking, other)

    subjects = list(OutboxMail.objects.order_by("pk").values_list("subject", flat=True))
    assert len(subjects) == 18
    assert max(map(len, subjects)) <= 60
    assert not [one for one in subjects if "Priya" in one or "Tom" in one or "Una" in one or "\n" in one]
    assert "Booked: Safeguarding children level 3 for…, 6 January 2027" in subjects
    assert "A place is free: answer by 9am, 23 November 2026" in subjects
    assert "A place in your team: answer by 9am, 23 November 2026" in subjects

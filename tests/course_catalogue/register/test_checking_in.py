"""Checking in oneself: letters of this minute, this day, this person's place; wrong ones are braked (point 6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, Tried
from course_catalogue.register import checking_in, marking
from tests.factories.courses import make_booking, make_session
from tests.factories.organisation import make_person
from tests.factories.register import at, make_administrator, make_register, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return make_session().days.get()


@pytest.fixture
def learner(day):
    return make_booking(session=day.session, person=make_person(user=True)).person


def press(day, person, *, now, code=None):
    code = code or checking_in.letters(day, now)
    return checking_in.check_in(day, code, actor=person.user, now=now)


def test_the_letters_mark_who_has_a_place(day, learner):
    row = press(day, learner, now=at(9, 20))

    assert (row.mark, row.own, row.minutes_late, row.by_name) == ("attended", True, 0, learner.name)
    assert row.booking.person_id == learner.pk


def test_who_comes_after_the_start_is_late_by_whole_minutes(day, learner):
    assert press(day, learner, now=at(9, 42) + timedelta(seconds=59)).minutes_late == 12


def test_the_letters_are_six_and_change_every_minute_and_day():
    first, second = (make_session().days.get() for _number in range(2))
    moments = [checking_in.letters(first, at(9, minute)) for minute in range(30)]

    assert all(len(code) == 6 and code.isalpha() and code.isupper() for code in moments)
    assert len(set(moments)) == 30
    assert checking_in.letters(first, at(9)) != checking_in.letters(second, at(9))
    assert checking_in.letters(first, at(9)) == checking_in.letters(first, at(9) + timedelta(seconds=59))


def test_letters_of_the_minute_before_serve_and_older_ones_do_not(day, learner):
    old = checking_in.letters(day, at(9, 18))

    with pytest.raises(ValidationError, match="wrong or too old"):
        press(day, learner, now=at(9, 20), code=old)
    assert press(day, learner, now=at(9, 19) + timedelta(seconds=59), code=f" {old.lower()} ")


def test_letters_of_another_day_are_refused(learner, day):
    session = make_session(days=2)
    make_booking(session=session, person=learner)
    first, second = session.days.all()

    with pytest.raises(ValidationError, match="wrong or too old"):
        press(second, learner, now=at(9, 20, day=7), code=checking_in.letters(first, at(9, 20, day=7)))


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (-31, "You can check in on Wednesday 6 January 2027 from 9am to 10am."),
        (31, "Checking in ended at 10am. Speak to the trainer: the trainer can mark you."),
    ],
)
def test_before_and_after_the_time_nobody_checks_in(day, learner, minutes, told):
    now = day.starts_at + timedelta(minutes=minutes)

    with pytest.raises(ValidationError, match=told):
        press(day, learner, now=now)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("minutes", [-30, 30])
def test_the_first_and_the_last_minute_serve(day, learner, minutes):
    assert press(day, learner, now=day.starts_at + timedelta(minutes=minutes))


def test_a_second_press_is_the_same_row(day, learner):
    first = press(day, learner, now=at(9, 20))

    assert press(day, learner, now=at(9, 40)).pk == first.pk
    assert Attendance.objects.count() == 1


def test_who_was_marked_by_the_trainer_is_not_overwritten(day, learner):
    marking.mark(day, learner, Mark.DID_NOT_ATTEND, actor=make_administrator(), now=at(9, 45), seen=0)

    with pytest.raises(ValidationError, match="The trainer has marked you already: did not attend"):
        press(day, learner, now=at(9, 50))
    assert Attendance.objects.count() == 1


def test_who_has_no_booking_is_not_entered(day):
    for person in (make_person(user=True), make_booking(person=make_person(user=True)).person):
        with pytest.raises(PermissionDenied, match="You have no place in this session"):
            press(day, person, now=at(9, 20))
    assert not Attendance.objects.exists()


def test_too_many_wrong_letters_shut_the_door_for_a_while(day, learner, settings):
    settings.TRAINING_CODE_TRIES = 3
    other = make_booking(session=day.session, person=make_person(user=True)).person
    for _try in range(3):
        with pytest.raises(ValidationError, match="wrong or too old"):
            press(day, learner, now=at(9, 20), code="WRONGS")

    with pytest.raises(ValidationError, match="Too many wrong codes. Wait 15 minutes"):
        press(day, learner, now=at(9, 21))
    assert press(day, other, now=at(9, 21))
    assert press(day, learner, now=at(9, 36))


def test_wrong_codes_are_forgotten_after_a_day(day, learner):
    with pytest.raises(ValidationError):
        press(day, learner, now=at(9, 20), code="WRONGS")
    other = make_session(starts=at(9, 30, day=8)).days.get()
    make_booking(session=other.session, person=learner)

    with pytest.raises(ValidationError):
        press(other, learner, now=at(9, 20, day=8), code="WRONGS")

    assert Tried.objects.count() == 1


def test_a_trainers_later_mark_stands_over_the_persons_own():
    day, (ann, _other), officer = make_register()
    ann.person.user = make_person(user=True).user
    Attendance.objects.create(
        day=day, person=ann.person, booking=ann, mark="attended", own=True, by_name="Ann", at=at(9, 20)
    )

    row = mark(day, ann, Mark.PART, actor=officer, early=200)

    assert (row.own, marking.standing(day, ann.person).pk) == (False, row.pk)

"""Marks: who may, when, of whom; one press is one row, and the second of two editors is told (S0-51, B11)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from course_catalogue.enums import BookingState, Mark, SessionState
from course_catalogue.models import Attendance
from course_catalogue.register import closing, marking
from kernel.audit.models import AuditEntry
from tests.factories.courses import make_booking
from tests.factories.organisation import make_agency, make_person
from tests.factories.register import at, close_all, make_register, make_teacher, mark

pytestmark = pytest.mark.django_db


def rows(day):
    return list(Attendance.objects.filter(day=day).values_list("mark", "minutes_late", "corrects_id"))


def test_a_press_is_one_row_with_who_and_when():
    day, (ann, _other), officer = make_register()

    row = marking.mark(day, ann.person, Mark.ATTENDED, actor=officer, now=at(9, 41), seen=0, late=11)

    assert (row.mark, row.minutes_late, row.booking_id, row.at) == ("attended", 11, ann.pk, at(9, 41))
    assert row.by_name == officer.staff_profile.name
    assert AuditEntry.objects.filter(action="training.mark", refused=False).count() == 1


@pytest.mark.parametrize("value", list(Mark))
def test_all_states_can_be_marked_after_the_day(value):
    day, (ann, _other), officer = make_register()

    assert mark(day, ann, value, actor=officer).mark == value


def test_the_same_press_again_is_one_row():
    day, (ann, _other), officer = make_register()
    first = marking.mark(day, ann.person, Mark.ATTENDED, actor=officer, now=at(9, 41), seen=0)

    again = marking.mark(day, ann.person, Mark.ATTENDED, actor=officer, now=at(9, 42), seen=0)

    assert again.pk == first.pk
    assert rows(day) == [("attended", 0, None)]


def test_another_press_takes_the_place_of_the_first_and_keeps_it():
    day, (ann, _other), officer = make_register()
    first = mark(day, ann, Mark.ATTENDED, actor=officer)

    second = mark(day, ann, Mark.PART, actor=officer, early=60)

    assert marking.standing(day, ann.person).pk == second.pk
    assert rows(day) == [("attended", 0, None), ("part", 0, first.pk)]
    assert second.reason == "changed before the register was closed"


def test_the_second_of_two_editors_is_told_and_overwrites_nothing():
    day, (ann, _other), officer = make_register()
    trainer = make_teacher(day)
    marking.mark(day, ann.person, Mark.DID_NOT_ATTEND, actor=trainer, now=at(9, 50), seen=0)

    with pytest.raises(ValidationError) as refusal:
        marking.mark(day, ann.person, Mark.ATTENDED, actor=officer, now=at(9, 51), seen=0)

    assert refusal.value.code == "changed"
    assert refusal.value.messages == [
        f"{trainer.staff_profile.name} marked {ann.person.name} “did not attend” at 9:50am. "
        "Nothing was overwritten: look at it and press again."
    ]
    assert rows(day) == [("did not attend", 0, None)]


def test_the_day_before_is_refused_and_the_morning_of_the_day_is_not():
    day, (ann, _other), officer = make_register()

    with pytest.raises(ValidationError, match="The register opens on Wednesday 6 January 2027"):
        marking.mark(day, ann.person, Mark.ATTENDED, actor=officer, now=at(23, 59, day=5), seen=0)

    assert marking.mark(day, ann.person, Mark.ATTENDED, actor=officer, now=at(0, 0), seen=0)


def test_nobody_is_missing_before_the_day_begins():
    day, (ann, _other), officer = make_register()

    with pytest.raises(ValidationError, match="The day begins at 9:30am: nobody is late yet"):
        marking.mark(day, ann.person, Mark.DID_NOT_ATTEND, actor=officer, now=at(9, 29), seen=0)

    assert marking.mark(day, ann.person, Mark.DID_NOT_ATTEND, actor=officer, now=at(9, 30), seen=0)


@pytest.mark.parametrize(("late", "early"), [(420, 0), (0, 420), (300, 120), (-1, 0)])
def test_minutes_are_fewer_than_the_day_has(late, early):
    day, (ann, _other), officer = make_register()

    with pytest.raises(ValidationError, match="Minutes must be fewer than the 420 of this day"):
        mark(day, ann, Mark.PART, actor=officer, late=late, early=early)

    assert mark(day, ann, Mark.PART, actor=officer, late=300, early=119).minutes_late == 300


def test_who_did_not_come_has_no_minutes():
    day, (ann, _other), officer = make_register()

    assert mark(day, ann, Mark.EXCUSED, actor=officer, late=10).minutes_late == 0


def test_trainers_of_the_session_mark_and_others_do_not():
    day, (ann, _other), _officer = make_register()
    other_day, _bookings, _officer = make_register()
    ours, theirs = make_teacher(day), make_teacher(other_day)

    learner = make_booking(session=day.session, person=make_person(user=True)).person.user

    for actor in (theirs, make_person(user=True).user, learner):
        with pytest.raises(PermissionDenied, match="trainers and the training team keep its register"):
            marking.mark(day, ann.person, Mark.ATTENDED, actor=actor, now=at(10), seen=0)
    assert marking.mark(day, ann.person, Mark.ATTENDED, actor=ours, now=at(10), seen=0)
    assert AuditEntry.objects.filter(action="training.mark", refused=True).count() == 3


@pytest.mark.parametrize("state", [BookingState.CANCELLED, BookingState.WAITING, BookingState.GIVEN])
def test_who_has_no_place_is_not_marked_as_booked(state):
    day, _bookings, officer = make_register()
    ended = {} if state == BookingState.WAITING else {"ended_at": at(9, day=4)}
    gone = make_booking(session=day.session, state=state, **ended)

    with pytest.raises(ValidationError, match="is not expected: enter them as somebody who came without"):
        mark(day, gone, Mark.ATTENDED, actor=officer)


def test_a_cancelled_session_has_no_register():
    day, (ann, _other), officer = make_register()
    session = day.session
    session.state, session.cancel_reason, session.cancelled_at = SessionState.CANCELLED, "snow", at(7)
    session.save()

    with pytest.raises(ValidationError, match="This session was cancelled"):
        mark(day, ann, Mark.ATTENDED, actor=officer)


def test_the_rest_is_marked_at_once_and_who_was_marked_meanwhile_stays():
    day, (ann, bob, cay), officer = make_register(booked=3)
    shown = [ann.person_id, bob.person_id, cay.person_id]
    mark(day, bob, Mark.ATTENDED, actor=officer)

    done = marking.mark_rest(day, Mark.DID_NOT_ATTEND, persons=shown, actor=officer, now=at(17))

    assert {row.person_id for row in done} == {ann.person_id, cay.person_id}
    assert marking.standing(day, bob.person).mark == "attended"
    assert not marking.unmarked(day).exists()


def test_the_rest_holds_nobody_who_was_not_shown():
    day, (ann, bob), officer = make_register()

    marking.mark_rest(day, Mark.ATTENDED, persons=[ann.person_id], actor=officer, now=at(17))

    assert [row.pk for row in marking.unmarked(day)] == [bob.person_id]


# --- people without a booking ---------------------------------------------------------------------------


def test_somebody_who_came_without_a_booking_is_entered_apart():
    day, _bookings, officer = make_register()
    person = make_person(agency=make_agency())

    row = marking.walk_in(day, person, actor=officer, now=at(9, 45), late=15)

    assert (row.mark, row.booking_id, row.minutes_late) == ("attended", None, 15)


def test_somebody_who_cancelled_and_came_all_the_same_is_entered():
    day, _bookings, officer = make_register()
    gone = make_booking(session=day.session, state=BookingState.CANCELLED, ended_at=at(9, day=4))

    assert marking.walk_in(day, gone.person, actor=officer, now=at(10)).booking is None


def test_somebody_of_no_agency_here_is_refused_with_words():
    day, _bookings, officer = make_register()
    left = make_person(name="Lee Gone", left_on=date(2027, 1, 5), active=False)
    suspended = make_person(agency=make_agency(active=False))

    for person in (left, suspended):
        with pytest.raises(ValidationError, match="has left, or belongs to no agency that takes part"):
            marking.walk_in(day, person, actor=officer, now=at(10))


def test_nobody_stands_on_a_register_twice():
    day, (ann, _other), officer = make_register()
    person = make_person()
    marking.walk_in(day, person, actor=officer, now=at(10))

    for somebody in (person, ann.person):
        with pytest.raises(ValidationError, match="is on this register already"):
            marking.walk_in(day, somebody, actor=officer, now=at(10))


def test_who_came_without_a_booking_on_the_first_day_is_marked_on_the_second():
    day, _bookings, officer = make_register(days=2)
    person, second = make_person(), day.session.days.get(number=2)
    marking.walk_in(day, person, actor=officer, now=at(10))

    row = marking.mark(second, person, Mark.PART, actor=officer, now=at(10, day=7), seen=0, early=30)

    assert (row.booking_id, row.minutes_early) == (None, 30)


# --- closed registers -----------------------------------------------------------------------------------


def test_a_closed_register_takes_no_press():
    day, (ann, _other), officer = make_register()
    trainer = make_teacher(day)
    close_all(day.session, actor=trainer)

    with pytest.raises(ValidationError, match="closed this register. The training team corrects it"):
        mark(day, ann, Mark.PART, actor=officer, early=10)
    with pytest.raises(ValidationError, match="closed this register"):
        marking.mark_rest(day, Mark.ATTENDED, persons=[], actor=officer, now=at(17))
    with pytest.raises(PermissionDenied, match="the training team corrects it"):
        marking.walk_in(day, make_person(), actor=trainer, now=at(17), reason="came")


def correct(day, booking, value, *, actor, reason="signed the sheet", **values):
    seen = marking.standing(day, booking.person).pk
    return marking.correct(
        day, booking.person, value, actor=actor, now=at(9, day=8), seen=seen, reason=reason, **values
    )


def test_a_correction_is_a_new_row_with_its_reason():
    day, (ann, _other), officer = make_register()
    close_all(day.session, actor=officer)
    before = marking.standing(day, ann.person)

    row = correct(day, ann, Mark.PART, actor=officer, early=90)

    assert (row.corrects_id, row.reason, row.minutes_early) == (before.pk, "signed the sheet", 90)
    assert Attendance.objects.filter(day=day, person=ann.person).count() == 2


def test_a_correction_without_a_reason_or_by_the_trainer_is_refused():
    day, (ann, _other), officer = make_register()
    trainer = make_teacher(day)
    close_all(day.session, actor=officer)

    with pytest.raises(ValidationError, match="Say why the mark is corrected"):
        correct(day, ann, Mark.PART, actor=officer, reason=" ")
    with pytest.raises(PermissionDenied, match="the training team corrects it"):
        correct(day, ann, Mark.PART, actor=trainer)
    with pytest.raises(ValidationError, match="The register says so already"):
        correct(day, ann, Mark.ATTENDED, actor=officer)


def test_an_open_register_is_not_corrected():
    day, (ann, _other), officer = make_register()
    mark(day, ann, Mark.ATTENDED, actor=officer)

    with pytest.raises(ValidationError, match="This register is open: change the mark itself"):
        correct(day, ann, Mark.PART, actor=officer)


def test_the_second_of_two_corrections_is_told():
    day, (ann, _other), officer = make_register()
    close_all(day.session, actor=officer)
    shown = marking.standing(day, ann.person).pk
    correct(day, ann, Mark.PART, actor=officer, early=20)

    with pytest.raises(ValidationError) as refusal:
        marking.correct(
            day, ann.person, Mark.EXCUSED, actor=officer, now=at(10, day=8), seen=shown, reason="ill"
        )

    assert refusal.value.code == "changed"


def test_the_database_keeps_one_first_mark_a_person_and_day_and_changes_none():
    day, (ann, _other), officer = make_register()
    row = mark(day, ann, Mark.ATTENDED, actor=officer)
    twin = Attendance(day=day, person=ann.person, mark=Mark.PART, by_name="x", at=at(10))

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    for change in (lambda: Attendance.objects.filter(pk=row.pk).update(mark="part"), row.delete):
        with pytest.raises(Exception, match="added and never changed"), transaction.atomic():
            change()


def test_a_day_can_be_corrected_while_another_day_is_open_and_nothing_follows_yet():
    day, (ann, bob), officer = make_register(days=2)
    for booking in (ann, bob):
        mark(day, booking, actor=officer)
    closing.close(day, actor=officer, now=day.ends_at)

    correct(day, ann, Mark.EXCUSED, actor=officer)

    assert marking.standing(day, ann.person).mark == "excused"

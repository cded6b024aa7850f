"""Closing: per day and of the session, what follows from it, once; corrections afterwards (S0-51, point 10)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from course_catalogue import events
from course_catalogue.enums import Mark
from course_catalogue.models import Certificate, LedgerEntry, RegisterClosing
from course_catalogue.register import certificates, closing, marking, what_if
from course_catalogue.register.counting import outcomes
from kernel.outbox.models import OutboxEvent
from tests.factories.organisation import make_person
from tests.factories.register import at, close_all, make_register, make_teacher, mark

pytestmark = pytest.mark.django_db


def told(kind=events.ATTENDED):
    return [row.payload for row in OutboxEvent.objects.filter(kind=kind).order_by("pk")]


def test_a_trainer_closes_the_register_and_who_and_when_is_kept():
    day, (ann, bob), _officer = make_register()
    trainer = make_teacher(day)
    mark(day, ann, actor=trainer)
    mark(day, bob, Mark.DID_NOT_ATTEND, actor=trainer)

    row = closing.close(day, actor=trainer, now=at(16, 35))

    assert (row.day_id, row.by_name, row.at) == (day.pk, trainer.staff_profile.name, at(16, 35))
    assert list(RegisterClosing.objects.values_list("session_id", "day_id")) == [
        (day.session_id, day.pk),
        (day.session_id, None),
    ]


def test_nobody_closes_while_somebody_is_not_marked():
    day, (ann, _bob), officer = make_register()
    mark(day, ann, actor=officer)

    with pytest.raises(ValidationError) as refusal:
        closing.close(day, actor=officer, now=day.ends_at)

    assert refusal.value.code == "unmarked"
    assert refusal.value.messages == ["1 person is not marked yet: mark them, then close the register."]
    assert not RegisterClosing.objects.exists()


def test_nobody_closes_before_the_day_has_ended():
    day, _bookings, officer = make_register(booked=0)

    with pytest.raises(ValidationError, match="The register opens on Wednesday 6 January 2027"):
        closing.close(day, actor=officer, now=at(12, day=5))
    for now in (at(9, 30), at(16, 29)):
        with pytest.raises(ValidationError, match="The register can be closed from 4:30pm"):
            closing.close(day, actor=officer, now=now)
    assert closing.close(day, actor=officer, now=at(16, 30))


def test_nobody_closes_a_short_day_while_people_may_check_in():
    day, _bookings, officer = make_register(booked=0, hours=0.25)

    with pytest.raises(ValidationError, match="The register can be closed from 10am"):
        closing.close(day, actor=officer, now=at(9, 59))
    assert closing.close(day, actor=officer, now=at(10))


def test_who_came_to_the_first_day_without_a_booking_is_marked_before_the_second_closes():
    day, _bookings, officer = make_register(booked=0, days=2)
    second, (cleo, dan) = day.session.days.get(number=2), (make_person(), make_person())
    for person in (cleo, dan):
        marking.walk_in(day, person, actor=officer, now=at(10))
    closing.close(day, actor=officer, now=day.ends_at)
    marking.mark(second, cleo, Mark.ATTENDED, actor=officer, now=second.ends_at, seen=0)

    with pytest.raises(ValidationError, match="1 person is not marked yet"):
        closing.close(second, actor=officer, now=second.ends_at)
    marking.mark_rest(second, Mark.DID_NOT_ATTEND, persons=[dan.pk], actor=officer, now=second.ends_at)
    closing.close(second, actor=officer, now=second.ends_at)

    found = {person: (row.mark, row.walk_in) for person, row in outcomes(day.session).items()}
    assert found == {cleo.pk: (Mark.ATTENDED, True), dan.pk: (Mark.PART, True)}


def test_who_came_to_the_second_day_without_a_booking_is_not_expected_on_the_first():
    day, _bookings, officer = make_register(booked=0, days=2)
    second = day.session.days.get(number=2)
    marking.walk_in(second, make_person(), actor=officer, now=at(10, day=7))

    assert not marking.unmarked(day).exists()
    assert closing.close(day, actor=officer, now=second.ends_at)


def test_strangers_close_nothing():
    day, _bookings, _officer = make_register(booked=0)

    with pytest.raises(PermissionDenied):
        closing.close(day, actor=make_person(user=True).user, now=day.ends_at)


def test_a_second_press_gives_the_first_row_and_tells_nothing_twice():
    day, _bookings, officer = make_register()
    close_all(day.session, actor=officer)
    first = RegisterClosing.objects.get(day=day)

    again = closing.close(day, actor=officer, now=at(18))

    assert (again.pk, again.at) == (first.pk, day.ends_at)
    assert RegisterClosing.objects.count() == 2
    assert len(told()) == 2
    assert Certificate.objects.count() == 2


def test_the_database_keeps_one_closing_of_a_day_and_of_a_session():
    day, _bookings, officer = make_register()
    close_all(day.session, actor=officer)

    for which in (day, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterClosing.objects.create(session=day.session, day=which, by_name="x", at=at(18))


def test_the_session_is_closed_with_the_last_of_its_days():
    day, (ann, bob), officer = make_register(days=2)
    second = day.session.days.get(number=2)
    for booking in (ann, bob):
        mark(day, booking, actor=officer)
    closing.close(day, actor=officer, now=day.ends_at)
    after_the_first = told(), Certificate.objects.count()
    for booking in (ann, bob):
        mark(second, booking, actor=officer)

    closing.close(second, actor=officer, now=second.ends_at)

    assert after_the_first == ([], 0)
    assert len(told()) == 2
    assert RegisterClosing.objects.filter(day__isnull=True).count() == 1


def test_attended_is_told_once_of_everybody_who_came():
    day, (ann, bob, cay, dee), officer = make_register(booked=4)
    person = make_person()
    marking.walk_in(day, person, actor=officer, now=at(10))
    marks = {
        bob.pk: (Mark.PART, {"early": 120}),
        cay.pk: Mark.DID_NOT_ATTEND,
        dee.pk: Mark.EXCUSED,
    }

    close_all(day.session, actor=officer, marks=marks)

    same = {"session": day.session_id, "course": day.session.course_id, "day_on": "2027-01-06"}
    assert told() == [
        {**same, "person": ann.person_id, "mark": "attended", "passed": True, "minutes": 420},
        {**same, "person": bob.person_id, "mark": "part", "passed": False, "minutes": 300},
        {**same, "person": person.pk, "mark": "attended", "passed": True, "minutes": 420},
    ]


def test_what_closing_does_is_known_beforehand():
    day, (ann, bob, cay), officer = make_register(booked=3)
    bob.late_charge = 50
    bob.save()
    mark(day, ann, actor=officer)
    mark(day, bob, Mark.DID_NOT_ATTEND, actor=officer)
    today = at(16).date()

    before = closing.consequences(day, today)
    mark(day, cay, Mark.DID_NOT_ATTEND, actor=officer)
    then = closing.consequences(day, today)

    assert [row.pk for row in before.unmarked] == [cay.person_id]
    assert (then.last, then.certificates, then.file) == (True, (ann.person_id,), 1)
    # nothing is charged where no charge was agreed
    assert [(row.booking.pk, row.amount) for row in then.charges] == [(bob.pk, 50)]


def test_the_first_of_two_days_says_how_many_are_left():
    day, (ann, bob), officer = make_register(days=3)
    for booking in (ann, bob):
        mark(day, booking, actor=officer)

    found = closing.consequences(day, at(16).date())

    assert (found.days_left, found.last, found.certificates) == (2, False, ())


# --- corrections after closing --------------------------------------------------------------------------


def correct(day, booking, value, *, actor, **values):
    seen = marking.standing(day, booking.person).pk
    now = at(9, day=8)
    return marking.correct(
        day, booking.person, value, actor=actor, now=now, seen=seen, reason="signed the sheet", **values
    )


def test_a_correction_takes_the_certificate_away_and_tells_it():
    day, (ann, bob), officer = make_register()
    close_all(day.session, actor=officer)

    correct(day, ann, Mark.DID_NOT_ATTEND, actor=officer)

    gone = Certificate.objects.get(person=ann.person)
    assert (gone.revocation.reason, gone.revocation.at) == ("the register was corrected", at(9, day=8))
    assert [row.person_id for row in certificates.valid()] == [bob.person_id]
    assert told(events.ATTENDANCE_CORRECTED) == [
        {
            "session": day.session_id,
            "course": day.session.course_id,
            "day_on": "2027-01-06",
            "person": ann.person_id,
            "mark": "did not attend",
            "passed": False,
            "minutes": 0,
        }
    ]
    assert len(told()) == 2


def test_a_correction_makes_a_certificate():
    day, (ann, _bob), officer = make_register()
    close_all(day.session, actor=officer, marks={ann.pk: Mark.DID_NOT_ATTEND})

    correct(day, ann, Mark.ATTENDED, actor=officer)

    assert certificates.valid().get(person=ann.person).number == 1


def test_other_minutes_make_another_certificate_and_the_first_says_so():
    day, (ann, _bob), officer = make_register()
    close_all(day.session, actor=officer)

    correct(day, ann, Mark.ATTENDED, actor=officer, late=20)

    rows = [(row.number, row.minutes, hasattr(row, "revocation")) for row in certificates.of(ann.person)]
    assert sorted(rows) == [(1, 420, True), (2, 400, False)]


def test_somebody_entered_after_closing_is_told_and_gets_a_certificate():
    day, _bookings, officer = make_register()
    close_all(day.session, actor=officer)
    person = make_person()

    with pytest.raises(ValidationError, match="Say why"):
        marking.walk_in(day, person, actor=officer, now=at(9, day=8))
    marking.walk_in(day, person, actor=officer, now=at(9, day=8), reason="stood on the sheet")

    assert [row["person"] for row in told(events.ATTENDANCE_CORRECTED)] == [person.pk]
    assert certificates.valid().filter(person=person).count() == 1


def test_a_correction_that_changes_nothing_for_the_session_tells_nothing():
    day, (ann, bob), officer = make_register()
    close_all(day.session, actor=officer, marks={ann.pk: (Mark.PART, {"late": 60})})

    correct(day, ann, Mark.PART, actor=officer, early=60)

    assert told(events.ATTENDANCE_CORRECTED) == []
    assert [row.person_id for row in certificates.valid()] == [bob.person_id]


def test_a_correction_follows_into_the_ledger():
    day, (ann, _bob), officer = make_register()
    ann.late_charge = 50
    ann.save()
    close_all(day.session, actor=officer, marks={ann.pk: Mark.DID_NOT_ATTEND})
    charged = [(row.kind, row.amount) for row in LedgerEntry.objects.all()]

    correct(day, ann, Mark.ATTENDED, actor=officer)

    assert charged == [("absent", 50)]
    assert sum(row.amount for row in LedgerEntry.objects.all()) == 0
    assert LedgerEntry.objects.count() == 2


def test_what_follows_from_a_correction_is_known_beforehand():
    day, (ann, bob), officer = make_register()
    ann.late_charge = 50
    ann.save()
    for booking in (ann, bob):
        mark(day, booking, Mark.DID_NOT_ATTEND, actor=officer)
    before = what_if.of(day, ann.person)
    closing.close(day, actor=officer, now=day.ends_at)

    found = {row.mark: (row.certificate, row.charge) for row in what_if.of(day, ann.person)}

    assert before == []
    assert found == {
        Mark.ATTENDED: ("a certificate is made", "£50.00 falls away"),
        Mark.PART: ("", "£50.00 falls away"),
        Mark.EXCUSED: ("", "£50.00 falls away"),
    }
    correct(day, ann, Mark.ATTENDED, actor=officer)
    again = {row.mark: (row.certificate, row.charge) for row in what_if.of(day, ann.person)}
    assert again[Mark.DID_NOT_ATTEND] == ("the certificate is withdrawn", "£50.00 is charged")

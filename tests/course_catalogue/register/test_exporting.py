"""The file for the learning platform, and that somebody confirms it (S0-48)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.enums import Mark
from course_catalogue.models import PlatformUpload
from course_catalogue.register import exporting, marking
from tests.factories.register import at, close_all, make_register, make_teacher, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    day, (ann, bob, cay), officer = make_register(booked=3)
    close_all(day.session, actor=officer, marks={bob.pk: Mark.DID_NOT_ATTEND, cay.pk: Mark.PART})
    return day, (ann, bob, cay), officer


def confirm(session, officer, **values):
    words = {"uploaded_on": date(2027, 1, 7), "last_mark": exporting.newest_mark(session), **values}
    return exporting.confirm_upload(session, actor=officer, now=at(9, day=8), **words)


def test_the_file_holds_who_came_after_closing_alone(closed):
    day, (ann, _bob, cay), officer = closed
    open_day, (dee, _eve), _officer = make_register()
    mark(open_day, dee, actor=officer)

    found = exporting.lines(day.session)

    assert [(row.name, row.minutes, row.result, row.day_on) for row in found] == [
        (ann.person.name, 420, "attended", date(2027, 1, 6)),
        (cay.person.name, 210, "attended in part", date(2027, 1, 6)),
    ]
    assert exporting.lines(open_day.session) == []


def test_the_upload_is_confirmed_with_its_day_once(closed):
    day, _bookings, officer = closed
    assert [row.pk for row in exporting.missing()] == [day.session_id]

    row = confirm(day.session, officer)

    assert (row.uploaded_on, row.by_name) == (date(2027, 1, 7), officer.staff_profile.name)
    assert confirm(day.session, officer).pk == row.pk
    assert list(exporting.missing()) == []


@pytest.mark.parametrize("day", [date(2027, 1, 5), date(2027, 1, 9)])
def test_the_day_lies_between_closing_and_today(closed, day):
    with pytest.raises(ValidationError, match="The day must be from 6 January 2027 to 8 January 2027"):
        confirm(closed[0].session, closed[2], uploaded_on=day)


def test_trainers_do_not_confirm_and_an_open_register_has_no_file(closed):
    day, _bookings, officer = closed
    with pytest.raises(PermissionDenied):
        confirm(day.session, make_teacher(day))
    with pytest.raises(ValidationError, match="The register is open"):
        confirm(make_register()[0].session, officer)
    assert not PlatformUpload.objects.exists()


def test_a_correction_makes_the_file_old(closed):
    day, (ann, _bob, _cay), officer = closed
    taken = exporting.newest_mark(day.session)
    confirm(day.session, officer)
    seen = marking.standing(day, ann.person).pk
    marking.correct(
        day, ann.person, Mark.PART, actor=officer, now=at(9, day=8), seen=seen, reason="left", early=90
    )

    assert [(row.pk, row.ever) for row in exporting.missing()] == [(day.session_id, True)]
    with pytest.raises(ValidationError, match="take the new file"):
        confirm(day.session, officer, last_mark=taken)
    confirm(day.session, officer)
    assert list(exporting.missing()) == []


def test_a_session_to_which_nobody_came_has_no_file():
    day, (ann, bob), officer = make_register()
    close_all(day.session, actor=officer, marks={ann.pk: Mark.EXCUSED, bob.pk: Mark.DID_NOT_ATTEND})

    assert list(exporting.missing()) == []

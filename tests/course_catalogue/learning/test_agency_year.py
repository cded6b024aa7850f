"""Attendance and contribution by agency and programme year: the figures of the register and of the days ledger."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_catalogue.enums import BookingState, CancelledBy, Mark
from course_catalogue.learning import agency_year
from course_catalogue.planning import in_kind
from course_catalogue.register import marking
from tests.factories.courses import make_booking, make_session, make_trainer
from tests.factories.organisation import make_agency, make_person
from tests.factories.register import at, close_all, make_register

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2027, 3, 1, 12, 0))


def closed(agency, *, days=1, marks=(), **overrides):
    """A closed session hosted by the agency, with a place of its people for each mark."""
    day, _none, officer = make_register(booked=0, days=days, host=agency, **overrides)
    rows = [make_booking(session=day.session, person=make_person(agency=agency)) for _mark in marks]
    return day, officer, {row.pk: mark for row, mark in zip(rows, marks, strict=True)}


def figures(line):
    row = line.people
    return (row.registered, row.attended, row.part, row.no_shows, row.excused, row.walk_ins, line.open)


def test_an_agency_s_year_is_that_of_its_closed_registers_and_of_the_ledger():
    police, school = make_agency(name="Police"), make_agency(name="School")
    day, officer, marks = closed(police, marks=[Mark.ATTENDED, Mark.PART, Mark.DID_NOT_ATTEND, Mark.EXCUSED])
    ended = {"session": day.session, "state": BookingState.CANCELLED, "ended_at": at(9)}
    for late in (True, False):
        make_booking(**ended, person=make_person(agency=police), cancelled_by=CancelledBy.AGENCY, late=late)
    make_booking(**ended, person=make_person(agency=police), cancelled_by=CancelledBy.ORGANISER)
    marking.walk_in(day, make_person(agency=school), actor=officer, now=at(10))
    close_all(day.session, actor=officer, marks=marks)
    still_open, _officer, _marks = closed(police, marks=[Mark.ATTENDED, Mark.ATTENDED])
    marking.mark(
        still_open,
        still_open.session.bookings.first().person,
        Mark.ATTENDED,
        seen=0,
        actor=officer,
        now=at(17),
    )
    trainer = make_trainer(person=make_person(agency=school))
    in_kind.give(
        trainer, given_on=date(2026, 6, 1), days=Decimal("1.5"), words="Wrote it", actor=None, now=NOW
    )

    first, second = agency_year.of([police, school], 2026, now=NOW)

    assert figures(first) == (6, 2, 1, 1, 1, 0, 2)
    assert (first.people.cancelled_late, first.people.cancelled_in_time, first.hosted) == (1, 1, 2)
    assert figures(second) == (0, 0, 0, 0, 0, 1, 0)
    assert (second.days, second.free_places, second.hosted) == (Decimal("1.5"), Decimal(0), 0)


def test_a_session_counts_in_the_year_in_which_it_begins():
    police = make_agency()
    for year, month, number in ((2027, 3, 31), (2027, 4, 1)):
        starts = timezone.make_aware(datetime(year, month, number, 9, 30))
        day, officer, marks = closed(police, marks=[Mark.ATTENDED], starts=starts)
        close_all(day.session, actor=officer, marks=marks)
    later = timezone.make_aware(datetime(2027, 6, 1, 9, 0))

    assert [agency_year.of([police], year, now=later)[0].people.attended for year in (2025, 2026, 2027)] == [
        0,
        1,
        1,
    ]


def test_queries_are_the_same_for_one_agency_and_three():
    agencies = [make_agency() for _number in range(3)]
    for agency in agencies:
        day, officer, marks = closed(agency, marks=[Mark.ATTENDED])
        close_all(day.session, actor=officer, marks=marks)
    counts = []
    for size in (1, 3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(agency_year.of(agencies[:size], 2026, now=NOW)) == size
        counts.append(len(queries))

    assert counts == [12, 12]


def test_a_session_to_come_is_in_no_figure():
    police = make_agency()
    session = make_session(host=police)
    make_booking(session=session, person=make_person(agency=police))

    (line,) = agency_year.of([police], 2026, now=timezone.make_aware(datetime(2026, 12, 1, 9, 0)))

    assert figures(line) == (0, 0, 0, 0, 0, 0, 0)
    assert line.hosted == 0
    assert agency_year.of([police], 2026, now=NOW)[0].hosted == 1

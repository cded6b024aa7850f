"""Rates: a published report gives 96 % where 84.6 % is right; each rate by its name (S0-65, S0-67)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from course_catalogue.enums import BookingState, CancelledBy, Mark
from course_catalogue.models import Attendance, Booking, CourseMethod, RegisterClosing
from course_catalogue.register import agencies, marking, rates, reporting
from course_catalogue.register.rates import Rates
from kernel.organisation.models import StaffProfile
from tests.factories.catalogue import make_method
from tests.factories.courses import MOMENT, make_booking, make_course, make_session
from tests.factories.organisation import make_agency, make_person
from tests.factories.register import at, close_all, make_register

D = Decimal


def three(row: Rates):
    return row.of_registered, row.show_up, row.fill


def test_the_published_figures_come_out_right():
    row = Rates(
        registered=318, cancelled=29, no_shows=20, attended=269, walk_ins=35, places=393, came_to_places=304
    )

    assert three(row) == (D("84.6"), D("93.1"), D("77.4"))
    assert (row.booked, row.unused) == (289, 89)


def test_of_nothing_there_is_no_rate():
    assert three(Rates()) == (None, None, None)
    assert three(Rates(registered=3, cancelled=3)) == (D("0.0"), None, None)
    assert rates.total([]) == Rates()


@pytest.mark.django_db
def test_the_published_figures_come_out_right_from_bookings_and_marks():
    session = make_session(capacity=393)
    day, agency = session.days.get(), make_agency()
    people = StaffProfile.objects.bulk_create(
        StaffProfile(name=f"Learner {number}", agency=agency) for number in range(318 + 35)
    )
    cancelled = {"state": BookingState.CANCELLED, "cancelled_by": CancelledBy.OWN, "ended_at": MOMENT}
    same = {"session": session, "agency": agency, "joined_at": MOMENT, "booked_by_name": "x"}
    bookings = Booking.objects.bulk_create(
        Booking(person=person, **same, **(cancelled if number < 29 else {"state": BookingState.BOOKED}))
        for number, person in enumerate(people[:318])
    )
    marks = [
        (row.person, row, "did not attend" if n < 20 else "attended") for n, row in enumerate(bookings[29:])
    ]
    marks += [(person, None, "attended") for person in people[318:]]
    Attendance.objects.bulk_create(
        Attendance(day=day, person=person, booking=row, mark=mark, by_name="x", at=day.ends_at)
        for person, row, mark in marks
    )
    RegisterClosing.objects.create(session=session, by_name="x", at=day.ends_at)

    row = rates.of([session.pk])[session.pk]

    assert (row.registered, row.cancelled, row.no_shows, row.attended, row.walk_ins) == (318, 29, 20, 269, 35)
    assert three(row) == (D("84.6"), D("93.1"), D("77.4"))
    assert row.minutes == 304 * 420


@pytest.mark.django_db
def test_who_counts_and_who_does_not():
    day, (ann, bob, cay, dee), officer = make_register(booked=4, capacity=None)
    ended = {"session": day.session, "ended_at": at(9, day=4)}
    cancelled = {**ended, "state": BookingState.CANCELLED}
    make_booking(**cancelled, cancelled_by=CancelledBy.OWN)
    make_booking(**cancelled, cancelled_by=CancelledBy.AGENCY, late=True)
    withdrawn = {"reason": "two nurses short", "rebook_due": date(2027, 1, 11)}
    make_booking(**ended, **withdrawn, state=BookingState.WITHDRAWN)
    for reason in (CancelledBy.MOVED, CancelledBy.ORGANISER):
        make_booking(**cancelled, cancelled_by=reason)
    for state in (BookingState.GIVEN, BookingState.LEFT, BookingState.LAPSED, BookingState.NOT_RELEASED):
        make_booking(**ended, state=state)
    make_booking(session=day.session, state=BookingState.WAITING)
    marks = {bob.pk: (Mark.PART, {"early": 60}), cay.pk: Mark.DID_NOT_ATTEND, dee.pk: Mark.EXCUSED}
    marking.walk_in(day, make_person(), actor=officer, now=at(10))
    close_all(day.session, actor=officer, marks=marks)

    row = rates.of([day.session_id])[day.session_id]

    assert row == Rates(
        sessions=1,
        registered=7,
        cancelled=3,
        cancelled_late=1,
        no_shows=1,
        excused=1,
        attended=2,
        walk_ins=1,
        places=0,
        came_to_places=0,
        minutes=420 + 360 + 420,
    )
    assert three(row) == (D("28.6"), D("66.7"), None)


@pytest.mark.django_db
def test_open_registers_are_in_no_rate():
    day, _bookings, _officer = make_register()

    assert rates.of([day.session_id]) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 3])
def test_rates_take_a_fixed_number_of_queries(size, django_assert_num_queries):
    keys = []
    for _number in range(size):
        day, _bookings, officer = make_register()
        close_all(day.session, actor=officer)
        keys.append(day.session_id)

    with django_assert_num_queries(6):
        assert rates.total(rates.of(keys).values()).attended == 2 * size
    with django_assert_num_queries(8):
        assert sum(row.attended for row in agencies.of(keys)) == 2 * size


@pytest.mark.django_db
def test_attendance_by_agency_is_that_of_the_agency_that_pays():
    police, school = make_agency(name="Police"), make_agency(name="School")
    day, _none, officer = make_register(booked=0)
    moved = make_person(agency=school)
    made = {"session": day.session}
    make_booking(**made, person=make_person(agency=police))
    gone = make_booking(**made, person=make_person(agency=police))
    make_booking(**made, person=moved, agency=police)
    ended = {**made, "state": BookingState.CANCELLED, "cancelled_by": CancelledBy.OWN, "ended_at": at(9)}
    make_booking(**ended, person=make_person(agency=school), late=True)
    make_booking(**ended, person=make_person(agency=school))
    marking.walk_in(day, make_person(agency=school), actor=officer, now=at(10))
    close_all(day.session, actor=officer, marks={gone.pk: Mark.DID_NOT_ATTEND})

    rows = agencies.of([day.session_id])

    assert [(row.name, row.booked, row.attended, row.no_shows, row.show_up) for row in rows] == [
        ("Police", 3, 2, 1, D("66.7")),
        ("School", 0, 0, 0, None),
    ]
    assert [(row.cancelled_in_time, row.cancelled_late, row.walk_ins) for row in rows] == [
        (0, 0, 0),
        (1, 1, 1),
    ]
    assert [row.name for row in agencies.of([day.session_id], school.pk)] == ["School"]


# --- a programme year -----------------------------------------------------------------------------------


def closed(*, starts, course=None, booked=2):
    day, _bookings, officer = make_register(booked=booked, starts=starts, course=course or make_course())
    close_all(day.session, actor=officer)
    return day.session


@pytest.mark.django_db
def test_learner_hours_are_by_course_and_programme_year():
    last = timezone.make_aware(datetime(2027, 3, 31, 9, 30))
    first = timezone.make_aware(datetime(2027, 4, 1, 9, 30))
    course = make_course(title="Neglect")
    closed(starts=last, course=course)
    closed(starts=last, course=course, booked=1)
    closed(starts=first, course=course)
    make_session(starts=last)
    now = timezone.make_aware(datetime(2027, 5, 1, 9, 0))

    year, after = reporting.year(2026, now=now), reporting.year(2027, now=now)

    assert [(row.title, row.rates.minutes) for row in year.courses] == [("Neglect", 3 * 420)]
    assert [(row.title, row.rates.minutes) for row in after.courses] == [("Neglect", 2 * 420)]
    assert (year.open, after.open) == (1, 0)
    assert reporting.years() == [2027, 2026]


@pytest.mark.django_db
def test_the_share_by_method_divides_the_time_of_learners():
    both, one, none = make_course(), make_course(), make_course()
    room, screen = (
        make_method("room", name="Room", place=1),
        make_method("screen", name="Screen", digital=True, place=2),
    )
    for course, method, minutes in ((both, room, 300), (both, screen, 100), (one, screen, 60)):
        CourseMethod.objects.create(course=course, method=method, minutes=minutes)
    line = reporting.CourseLine
    lines = [
        line(both.pk, "", "", Rates(minutes=800)),
        line(one.pk, "", "", Rates(minutes=100)),
        line(none.pk, "", "", Rates(minutes=100)),
    ]

    found = reporting.by_method(lines)

    assert [(row.name, row.digital, row.minutes, row.share) for row in found] == [
        ("Room", False, 600, D("60.0")),
        ("Screen", True, 300, D("30.0")),
        ("", False, 100, D("10.0")),
    ]
    assert reporting.by_method([]) == []

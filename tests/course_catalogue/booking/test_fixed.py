"""Once the register has a mark for a booking, nobody gives, cancels, moves or withdraws it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from course_catalogue.booking import ending, swapping, transferring
from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, Booking
from course_catalogue.register import checking_in
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories import register

pytestmark = pytest.mark.django_db
EARLY = register.at(9, 15)
"""A quarter of an hour before the date begins: letters serve already."""


def checked_in():
    """A booked place whose person checked in before the date began, and another date of the course."""
    row = b.book(make.make_session())
    other = make.make_session(course=row.session.course, starts=row.session.first_at + timedelta(days=7))
    day = row.session.days.get()
    checking_in.check_in(day, checking_in.letters(day, EARLY), actor=row.person.user, now=EARLY)
    return row, other


def give(row, other):
    return swapping.give(row, b.make_staff(agency=row.agency), actor=row.person.user, now=EARLY)


def cancel(row, other):
    return ending.cancel(row, actor=row.person.user, now=EARLY)


def move(row, other):
    return swapping.move(row, other, actor=row.person.user, now=EARLY)


def withdraw(row, other):
    return ending.withdraw(row, actor=b.manager_of(row.person).user, now=EARLY, note="Two nurses are ill.")


def move_all(row, other):
    return transferring.move_all(row.session, other, actor=None, now=EARLY)


ACTS = [give, cancel, move, withdraw, move_all]


@pytest.mark.parametrize("act", ACTS)
def test_who_checked_in_keeps_the_place(act):
    row, other = checked_in()

    with pytest.raises(ValidationError) as refusal:
        act(row, other)

    assert refusal.value.code == "marked"
    assert list(Booking.objects.values_list("pk", "state")) == [(row.pk, "booked")]
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("act", ACTS)
def test_before_any_mark_each_act_is_done(act):
    row = b.book(make.make_session())
    other = make.make_session(course=row.session.course, starts=row.session.first_at + timedelta(days=7))

    act(row, other)

    assert Booking.objects.get(pk=row.pk).state != "booked"


def test_a_mark_by_the_trainer_counts_as_one_by_the_person():
    row = b.book(make.make_session())
    day = row.session.days.get()
    register.mark(day, row, Mark.EXCUSED, actor=register.make_administrator(), now=EARLY)

    with pytest.raises(ValidationError) as refusal:
        cancel(row, None)

    assert refusal.value.code == "marked"


def test_the_mark_of_a_colleague_keeps_nobody_else():
    row, _other = checked_in()
    mate = b.book(row.session)

    assert cancel(mate, None).state == "cancelled"

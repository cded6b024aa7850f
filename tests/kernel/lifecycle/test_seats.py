from datetime import date

import pytest

from kernel.lifecycle import seats
from kernel.lifecycle.seats import Seat
from tests.factories.accounts import make_user
from tests.factories.organisation import make_body, make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_own_seats_come_before_delegated_ones():
    body = make_body()
    principal, own = make_seat(body=body, capacity="chair"), make_seat(body=body)
    make_delegation(principal=principal.person, delegate=own.person)

    assert seats.seats_of(own.person.user, TODAY) == [
        Seat(body.pk, "member", own.person_id, own.person.user_id, "", own.person.name),
        Seat(
            body.pk,
            "chair",
            principal.person_id,
            principal.person.user_id,
            principal.person.name,
            own.person.name,
        ),
    ]


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2026, 11, 1), 0), (date(2026, 11, 2), 1), (date(2026, 11, 29), 1), (date(2026, 11, 30), 0)],
)
def test_delegation_counts_from_its_first_to_its_last_day(day, count):
    seat = make_seat()
    row = make_delegation(principal=seat.person, from_on=date(2026, 11, 2), until_on=date(2026, 11, 29))

    assert len(seats.seats_of(row.delegate.user, day)) == count


def test_delegation_for_one_body_gives_no_other_seat():
    person, one, two = make_person(user=True), make_body(), make_body()
    make_seat(body=one, person=person), make_seat(body=two, person=person)
    row = make_delegation(principal=person, body=two)

    assert [seat.body_id for seat in seats.seats_of(row.delegate.user, TODAY)] == [two.pk]


def test_a_delegation_taken_back_or_of_a_delegate_who_left_lends_no_seat():
    taken = make_delegation(principal=make_seat().person)
    left = make_delegation(principal=make_seat().person)
    taken.withdrawn_on = TODAY
    taken.save()
    left.delegate.left_on = date(2026, 11, 22)
    left.delegate.save()

    assert [len(seats.seats_of(taken.delegate.user, day)) for day in (date(2026, 11, 22), TODAY)] == [1, 0]
    assert seats.seats_of(left.delegate.user, TODAY) == []


def test_delegates_do_not_delegate_further():
    seat = make_seat()
    first = make_delegation(principal=seat.person)
    second = make_delegation(principal=first.delegate)

    assert seats.seats_of(second.delegate.user, TODAY) == []


@pytest.mark.parametrize("values", [{"left_on": date(2026, 11, 22)}, {"user": None}])
def test_principal_who_left_lends_no_seat(values):
    person = make_person(**({"user": True} | values))
    row = make_delegation(principal=make_seat(person=person).person)

    assert len(seats.seats_of(row.delegate.user, TODAY)) == (0 if "left_on" in values else 1)


def test_login_without_person_and_login_that_is_off_have_no_seats():
    off = make_seat(person=make_person(user=make_user(is_active=False))).person.user

    assert (seats.seats_of(make_user(), TODAY), seats.seats_of(off, TODAY)) == ([], [])

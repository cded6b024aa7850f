from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kernel.lifecycle.models import ClosedDay, ReminderSent
from kernel.lifecycle.reminders import Claim, claim, claim_all, owed, unsent

DUE = date(2027, 3, 12)
MILESTONES = (90, 30, 0, -7)


@pytest.mark.parametrize(
    ("today", "milestone"),
    [
        (date(2026, 12, 11), None),
        (date(2026, 12, 12), 90),
        (date(2027, 2, 9), 90),
        (date(2027, 2, 10), 30),
        (date(2027, 3, 11), 30),
        (date(2027, 3, 12), 0),
        (date(2027, 3, 18), 0),
        (date(2027, 3, 19), -7),
        (date(2027, 9, 1), -7),
    ],
)
def test_the_newest_milestone_reached_is_owed(today, milestone):
    assert owed(DUE, MILESTONES, today) == milestone


@pytest.fixture
def thing(db):
    return ClosedDay.objects.create(day=DUE, reason="any thing")


def test_one_milestone_of_a_cycle_is_claimed_once(thing):
    days = [date(2027, 2, 10), date(2027, 2, 11)]

    assert [claim(thing, 30, DUE, today=day) for day in days] == [True, False]
    assert list(
        ReminderSent.objects.values_list("thing_type", "thing_id", "milestone", "cycle", "sent_on")
    ) == [("kernel_lifecycle.closedday", str(thing.pk), "30", "2027-03-12", date(2027, 2, 10))]


def test_another_milestone_thing_or_cycle_is_claimed_anew(thing):
    other = ClosedDay.objects.create(day=date(2027, 3, 13), reason="another thing")
    claims = [(thing, 30, DUE), (thing, 0, DUE), (other, 30, DUE), (thing, 30, date(2030, 3, 12))]

    assert [claim(*what, today=DUE) for what in claims] == [True] * 4


def test_a_claim_that_is_rolled_back_can_be_made_again(thing):
    with transaction.atomic():
        claim(thing, 30, DUE, today=DUE)
        transaction.set_rollback(True)

    assert claim(thing, 30, DUE, today=DUE) is True


def test_the_database_refuses_a_second_row_and_any_change(thing):
    claim(thing, 30, DUE, today=DUE)
    row = ReminderSent.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def claims(number):
    return [Claim("kernel_lifecycle.closedday", str(place), "30", "2027-03-12") for place in range(number)]


@pytest.mark.django_db
def test_many_are_claimed_once_and_those_that_were_new_are_told():
    assert claim_all(claims(2), today=DUE) == set(claims(2))
    assert unsent(claims(3)) == {claims(3)[2]}
    assert claim_all([*claims(3), claims(3)[2]], today=DUE) == {claims(3)[2]}
    assert claim_all(claims(3), today=DUE) == set()
    assert ReminderSent.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_many_are_claimed_in_two_queries(number, django_assert_num_queries):
    with django_assert_num_queries(2):
        claim_all(claims(number), today=DUE)

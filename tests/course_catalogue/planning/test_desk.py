"""Trainers whom nobody has watched stand on the desk of those who keep the pool, and go when somebody did (S4-62)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from course_catalogue.models import Observation, Teaching
from course_catalogue.planning import desk
from tests.factories import booking as make
from tests.factories.courses import make_session, make_trainer
from tests.factories.planning import make_officer, make_pool_rule

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 2)


def taught(on: date):
    trainer = make_trainer()
    day = make_session(starts=make.NOW.replace(year=on.year, month=on.month, day=on.day)).days.get()
    Teaching.objects.create(day=day, trainer=trainer)
    return trainer


def test_an_officer_is_asked_to_watch_who_was_not_observed_in_the_interval():
    make_pool_rule()
    late, officer = taught(date(2026, 6, 1)), make_officer()
    taught(date(2026, 6, 3))

    (row,) = desk.trainers(officer, TODAY)

    assert (row.title, row.why) == (
        f"Trainer {late.person.name}: watch a session",
        "Has taught and was never observed.",
    )
    assert (row.by, row.overdue) == (date(2027, 6, 1), True)
    assert row.url == reverse("training_trainer_record", args=[late.pk, "observation"])
    assert desk.trainers(make.make_administrator(), TODAY) == []

    Observation.objects.create(
        trainer=late, observed_on=TODAY, observer="B. Adeyemi", findings="Clear", by_name="C", at=make.NOW
    )
    assert desk.trainers(officer, TODAY) == []


def test_the_desk_of_trainers_asks_the_same_number_of_queries_for_one_and_three():
    make_pool_rule()
    officer = make_officer()
    taught(date(2026, 6, 1))
    with CaptureQueriesContext(connection) as one:
        assert len(desk.trainers(officer, TODAY)) == 1
    for _each in range(2):
        taught(date(2026, 6, 1) - timedelta(days=7))
    with CaptureQueriesContext(connection) as three:
        assert len(desk.trainers(officer, TODAY)) == 3

    assert len(three) == len(one)

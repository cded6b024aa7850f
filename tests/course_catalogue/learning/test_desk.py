"""The rows of a desk say each moment once, with its weekday and hour (S0-40)."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from course_catalogue.booking import ending
from course_catalogue.models import Teaching
from kernel.lifecycle.templatetags.dates import day_and_date
from tests.factories import booking as make
from tests.factories.courses import make_session, make_trainer
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_delegation, make_person, make_post

pytestmark = pytest.mark.django_db


def row_of(client, title) -> str:
    soup = BeautifulSoup(client.get("/desk/").content, "html.parser")
    found = next(row for row in soup.select(".wa-row") if title in row.get_text())
    return " ".join(found.get_text(" ", strip=True).split())


def test_a_held_place_says_until_when_once():
    row = make.book(soon_session(needs_approval=True), now=timezone.now())

    text = row_of(signed_in(row.manager), row.person.name)

    assert text.count(day_and_date(row.answer_by)) == 1
    assert f"Held until 5pm on {day_and_date(row.answer_by)}" in text and " By " not in text


def test_an_open_register_says_its_day_once():
    session = make_session(starts=timezone.now() - timedelta(days=3))
    day, trainer = session.days.get(), make_trainer()
    Teaching.objects.create(day=day, trainer=trainer)

    text = row_of(signed_in(trainer.person), session.course.title)

    on = day_and_date(day.starts_at)
    assert f"The register of {on} (3 days ago) is open." in text and text.count(on) == 1


def test_a_held_place_stands_on_the_desk_of_the_deputy_and_of_a_manager_who_was_not_asked():
    row, today = make.book(soon_session(needs_approval=True), now=timezone.now()), timezone.localdate()
    deputy, second = make_person(user=True), make_person(user=True)
    make_delegation(principal=row.manager, delegate=deputy, from_on=today, until_on=today)
    make_post(person=row.person, manager=second)

    assert f"for {row.manager.name}" in row_of(signed_in(deputy), row.person.name)
    assert "Held until" in row_of(signed_in(second), row.person.name)


def test_a_place_withdrawn_for_patient_safety_stands_on_the_managers_desk_until_it_is_made_good():
    row = make.book(soon_session(), now=timezone.now())
    manager = make.manager_of(row.person)
    ending.withdraw(row, actor=manager.user, now=timezone.now(), note="Two nurses for 22 beds.")

    text = row_of(signed_in(manager), row.person.name)

    assert "Withdrawn for patient safety on" in text and "See the next date" in text

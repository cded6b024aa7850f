from datetime import timedelta

import pytest
from django.utils import timezone

from course_catalogue.models import Observation, TrainerDay
from course_catalogue.planning import trainer_lists
from tests.factories.courses import make_trainer
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.planning import (
    make_able_trainer,
    make_day,
    make_officer,
    make_planned,
    make_point,
    make_pool_rule,
)

pytestmark = pytest.mark.django_db


def day(name, on) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_trainer_becomes_assignable_step_by_step(enter, words):
    person, point = make_person(), make_point()
    client = enter(make_officer())
    today = timezone.localdate()

    shown = words(client.post("/training/trainers/new/", {"person": person.pk}, follow=True))
    assert "Nothing on record: they cannot be assigned." in shown
    page = f"/training/trainers/{person.trainer.pk}/"
    ground = {"ground": "trained", "evidence": "Certificate", **day("from_on", today)}
    client.post(f"{page}record/ground/", ground)
    assert "cannot be assigned today" in words(client.get(page))

    shown = words(client.post(f"{page}record/specification/", {"met": [point.pk]}, follow=True))
    assert "can be assigned" in shown
    assert "cannot be assigned" not in shown


def test_observation_away_and_days_are_put_on_record(enter, words):
    make_pool_rule(from_on=timezone.localdate() - timedelta(days=30))
    trainer, client = make_able_trainer(), enter(make_officer())
    page, today = f"/training/trainers/{trainer.pk}/", timezone.localdate()

    seen = {"observer": "B. Adeyemi", "findings": "Clear and calm", "development": "More time for questions"}
    shown = words(
        client.post(f"{page}record/observation/", {**seen, **day("observed_on", today)}, follow=True)
    )
    assert "Clear and calm" in shown
    assert "More time for questions" in shown
    assert Observation.objects.get().observer == "B. Adeyemi"

    client.post(f"{page}record/days/", {"days": "1.5", "words": "Wrote a course", **day("given_on", today)})
    row = TrainerDay.objects.get()
    assert (str(row.days), str(row.free_places)) == ("1.50", "15.0")
    shown = words(client.post(f"{page}days/{row.pk}/", {"days": "1", "words": "It was one"}, follow=True))
    assert "<td>1.5</td><td>15</td>" in shown and "<td>1</td><td>10</td>" in shown
    assert "It was one" in shown
    assert "corrected" in shown

    shown = words(client.post(f"{page}record/away/", day("from_on", today), follow=True))
    assert "until further notice" in shown
    assert "Cannot teach on" in shown
    away = trainer.unavailable.get()
    assert "No such days." in words(client.post(page, {"act": "back", "value": away.pk}, follow=True))


def test_form_of_a_record_names_its_field(enter, words):
    trainer, client = make_able_trainer(), enter(make_officer())
    page = f"/training/trainers/{trainer.pk}/record/observation/"

    shown = words(client.post(page, {"observer": "Somebody"}))

    assert "Enter the day, the month and the year" in shown
    assert 'value="Somebody"' in shown


def test_assigned_days_while_away_are_shown(enter, words):
    trainer, client = make_able_trainer(), enter(make_officer())
    on = timezone.localdate() + timedelta(days=40)
    session = make_planned(now=timezone.now(), days=[make_day(on, trainers=(trainer,))])
    page = f"/training/trainers/{trainer.pk}/"
    assert "Somebody else is needed" not in words(client.get(page))

    shown = words(client.post(f"{page}record/away/", day("from_on", on) | day("until_on", on), follow=True))

    assert "Somebody else is needed" in shown
    assert f"/training/session/{session.pk}/plan/" in shown


def test_administrator_reads_and_writes_nothing(enter, words):
    trainer, client = make_able_trainer(), enter(make_role_holder("training-administrator"))
    page = f"/training/trainers/{trainer.pk}/"

    assert trainer.person.name in words(client.get(page))
    assert "Record an observation" not in words(client.get(page))
    assert client.post(page, {"act": "leave"}).status_code == 404
    assert client.get(f"{page}record/observation/").status_code == 404
    assert client.get("/training/trainers/new/").status_code == 404


def test_what_is_not_there_is_not_found(enter):
    trainer, other, client = make_trainer(), make_trainer(), enter(make_officer())
    ground = make_able_trainer().grounds.get()
    assert other.pk != trainer.pk

    for place in (
        "/training/trainers/999999/",
        f"/training/trainers/{trainer.pk}/record/other/",
        f"/training/trainers/{trainer.pk}/ground/{ground.pk}/",
        f"/training/trainers/{trainer.pk}/days/999999/",
    ):
        assert client.get(place).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_rows_take_a_fixed_number_of_queries(number, django_assert_num_queries):
    make_pool_rule()
    for _each in range(number):
        make_able_trainer()

    with django_assert_num_queries(9):
        assert [row.against for row in trainer_lists.rows(timezone.now())] == [()] * number

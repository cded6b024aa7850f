from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from course_catalogue.enums import TrainerGround
from course_catalogue.models import SpecificationCheck, TrainerDay
from course_catalogue.planning import assigning, cancelling, in_kind, observing, pool
from tests.factories.courses import make_session, make_trainer
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.planning import (
    FIRST,
    NOW,
    at,
    make_able_trainer,
    make_check,
    make_day,
    make_officer,
    make_planned,
    make_point,
    make_pool_rule,
)

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 6)


def why_not(trainer, day=DAY):
    return assigning.why_not([trainer], day).get(trainer.pk, [])


@pytest.mark.parametrize(
    ("ground", "from_on", "until_on", "may"),
    [
        (TrainerGround.OWN_ROLE, date(2027, 1, 6), None, True),
        (TrainerGround.OWN_ROLE, date(2027, 1, 7), None, False),
        (TrainerGround.OWN_ROLE, date(2026, 1, 1), date(2027, 1, 6), True),
        (TrainerGround.OWN_ROLE, date(2026, 1, 1), date(2027, 1, 5), False),
        (TrainerGround.TRAINED, date(2026, 11, 23), None, True),
        (TrainerGround.TRAINED, date(2024, 1, 1), date(2026, 12, 31), False),
    ],
)
def test_trainer_is_eligible_on_the_days_that_a_ground_covers(ground, from_on, until_on, may):
    trainer = make_trainer()
    make_check(trainer)
    words = {"ground": ground, "from_on": from_on, "until_on": until_on, "evidence": "file"}

    pool.add_ground(trainer, actor=make_officer(), now=NOW, **words)

    assert (why_not(trainer) == []) is may


def test_course_for_trainers_is_completed_before_it_counts():
    with pytest.raises(ValidationError) as refusal:
        pool.add_ground(
            make_trainer(),
            ground=TrainerGround.TRAINED,
            from_on=date(2026, 11, 24),
            until_on=date(2026, 11, 23),
            evidence=" ",
            actor=None,
            now=NOW,
        )

    assert sorted(refusal.value.error_dict) == ["evidence", "from_on", "until_on"]


def test_trainer_is_assignable_once_the_specification_is_met():
    officer, first, second = make_officer(), make_point(), make_point(words="Works with children")
    trainer = make_trainer()
    pool.add_ground(
        trainer,
        ground=TrainerGround.OWN_ROLE,
        from_on=date(2026, 1, 1),
        evidence="file",
        actor=officer,
        now=NOW,
    )
    assert why_not(trainer) == ["is not checked against the person specification yet"]

    failed = pool.check(trainer, met=[first.pk], words="Comes again", actor=officer, now=NOW)
    assert (failed.met, failed.checked_on) == (False, date(2026, 11, 23))
    assert failed.points == [["Has taught a group before", True], ["Works with children", False]]
    assert why_not(trainer) == ["did not meet the person specification on 23 November 2026"]

    passed = pool.check(trainer, met=[first.pk, second.pk], actor=officer, now=NOW)
    assert passed.by_name == officer.staff_profile.name
    assert why_not(trainer) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecificationCheck.objects.filter(pk=failed.pk).update(met=True)


def test_nobody_checks_their_own_self_or_without_points():
    officer = make_officer()
    with pytest.raises(ValidationError, match="no points"):
        pool.check(make_trainer(), met=[], actor=officer, now=NOW)

    point = make_point()
    with pytest.raises(ValidationError, match="Somebody else"):
        pool.check(make_trainer(person=officer.staff_profile), met=[point.pk], actor=officer, now=NOW)


def test_days_away_refuse_and_are_taken_back():
    trainer = make_able_trainer()
    row = pool.set_away(trainer, from_on=date(2027, 1, 4), until_on=DAY, actor=None, now=NOW)

    assert why_not(trainer) == ["cannot teach on 6 January 2027"]
    assert why_not(trainer, date(2027, 1, 7)) == []
    pool.end_away(row, actor=None, now=NOW)
    assert why_not(trainer) == []
    with pytest.raises(ValidationError, match="taken back already"):
        pool.end_away(row, actor=None, now=NOW)


def test_the_same_check_is_no_second_one_unless_another_came_between():
    trainer, point = make_trainer(), make_point()
    for met in ([point.pk], [], [point.pk]):
        pool.check(trainer, met=met, actor=None, now=NOW)

    with pytest.raises(ValidationError, match="on record already"):
        pool.check(trainer, met=[point.pk], actor=None, now=NOW)

    assert list(SpecificationCheck.objects.order_by("pk").values_list("met", flat=True)) == [
        True,
        False,
        True,
    ]


def test_who_left_is_assigned_to_nothing_and_leaves_only_without_sessions_to_come():
    trainer = make_able_trainer()
    session = make_planned(days=[make_day(trainers=(trainer,))])
    with pytest.raises(ValidationError, match="still teaches"):
        pool.leave(trainer, actor=None, now=NOW)
    cancelling.cancel_session(session, reason="x", actor=None, now=NOW)

    left = pool.leave(trainer, actor=None, now=NOW)
    assert why_not(left) == ["has left the training pool"]
    assert pool.join(trainer.person, actor=None, now=NOW).active
    with pytest.raises(ValidationError, match="already"):
        pool.join(trainer.person, actor=None, now=NOW)


def test_whoever_left_the_agency_is_not_assigned():
    trainer = make_able_trainer(person=make_person(left_on=date(2027, 1, 5)))

    assert why_not(trainer) == ["works for no agency of the partnership any more"]
    assert why_not(trainer, date(2027, 1, 5)) == []


def test_reasons_of_many_trainers_take_a_fixed_number_of_queries(django_assert_num_queries):
    trainers = [make_able_trainer()]
    with django_assert_num_queries(3):
        assigning.why_not(trainers, DAY)
    trainers += [make_able_trainer(), make_trainer()]
    with django_assert_num_queries(3):
        assigning.why_not(trainers, DAY)


@pytest.mark.parametrize("role", ["training-administrator", "trainer", "agency-coordinator"])
def test_pool_is_kept_by_officers_alone(role):
    user, trainer = make_role_holder(role), make_trainer()
    acts = (
        lambda: pool.join(make_person(), actor=user, now=NOW),
        lambda: pool.leave(trainer, actor=user, now=NOW),
        lambda: pool.check(trainer, met=[], actor=user, now=NOW),
        lambda: pool.set_away(trainer, from_on=DAY, until_on=None, actor=user, now=NOW),
        lambda: pool.observe(trainer, observed_on=DAY, observer="x", findings="x", actor=user, now=NOW),
        lambda: in_kind.give(trainer, given_on=DAY, days=Decimal(1), words="x", actor=user, now=NOW),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def make_taught(trainer, day=date(2026, 6, 1), hours=7, **more):
    session = make_session(starts=at(day, 9), hours=hours, **more)
    session.days.get().teaching.create(trainer=trainer)
    return session


def test_observation_is_due_so_many_months_after_the_last_or_the_first_day_taught():
    make_pool_rule()
    never, fresh, seen = make_trainer(), make_trainer(), make_trainer()
    make_taught(never, date(2026, 6, 1))
    make_taught(seen, date(2025, 1, 8))
    pool.observe(
        seen, observed_on=date(2026, 2, 10), observer="B. Adeyemi", findings="Clear", actor=None, now=NOW
    )

    found = observing.of([never.pk, fresh.pk, seen.pk], date(2027, 6, 1))

    assert (found[never.pk].due, found[never.pk].late) == (date(2027, 6, 1), False)
    assert (found[fresh.pk].due, found[fresh.pk].late) == (None, False)
    assert (found[seen.pk].last, found[seen.pk].due, found[seen.pk].late) == (
        date(2026, 2, 10),
        date(2027, 2, 10),
        True,
    )
    assert observing.not_observed(date(2027, 2, 10)) == []
    assert observing.not_observed(date(2027, 2, 11)) == [seen]
    assert set(observing.not_observed(date(2027, 6, 2))) == {never, seen}


def test_nobody_is_listed_before_a_rule_holds():
    make_taught(make_trainer(), date(2024, 6, 3))
    make_pool_rule(from_on=date(2026, 12, 1))

    assert observing.not_observed(date(2026, 11, 30)) == []
    assert len(observing.not_observed(date(2026, 12, 1))) == 1


def test_observation_names_what_is_wrong():
    with pytest.raises(ValidationError) as refusal:
        pool.observe(
            make_trainer(),
            observed_on=date(2026, 11, 24),
            observer=" ",
            findings=" ",
            day=make_session().days.get(),
            actor=None,
            now=NOW,
        )

    assert sorted(refusal.value.error_dict) == ["day", "findings", "observed_on", "observer"]


def test_taught_days_are_written_down_once_with_the_places_of_their_rule():
    make_pool_rule()
    agency = make_agency()
    trainer = make_trainer(person=make_person(agency=agency))
    make_taught(trainer, date(2026, 3, 30))
    make_taught(trainer, date(2026, 6, 1))
    make_taught(trainer, date(2026, 6, 2), hours=4)
    make_taught(trainer, date(2026, 6, 3), hours=5)
    make_taught(trainer, date(2026, 11, 23))

    assert in_kind.credit(date(2026, 11, 23)) == ["4 trainer days written down"]
    assert in_kind.credit(date(2026, 11, 23)) == ["0 trainer days written down"]
    assert in_kind.credit(date(2026, 11, 24)) == ["1 trainer day written down"]

    rows = TrainerDay.objects.order_by("given_on").values_list("given_on", "days", "free_places")
    assert list(rows) == [
        (date(2026, 3, 30), Decimal(1), Decimal(0)),
        (date(2026, 6, 1), Decimal(1), Decimal(10)),
        (date(2026, 6, 2), Decimal("0.5"), Decimal(5)),
        (date(2026, 6, 3), Decimal(1), Decimal(10)),
        (date(2026, 11, 23), Decimal(1), Decimal(10)),
    ]
    assert [(row.name, row.days, row.free_places) for row in in_kind.by_agency(2025)] == [
        (agency.name, Decimal(1), Decimal(0))
    ]
    assert [(row.name, row.days, row.free_places) for row in in_kind.by_agency(2026)] == [
        (agency.name, Decimal("3.5"), Decimal(35))
    ]


def test_days_of_a_cancelled_session_are_not_given():
    trainer = make_able_trainer()
    session = make_planned(days=[make_day(trainers=(trainer,))])
    cancelling.cancel_session(session, reason="x", actor=None, now=NOW)

    assert in_kind.credit(date(2027, 1, 7)) == ["0 trainer days written down"]


def test_credit_follows_the_rule_of_the_day_on_which_it_was_given():
    make_pool_rule()
    make_pool_rule(from_on=date(2026, 10, 1), free_places=8)
    trainer = make_trainer()

    for day, places in ((date(2026, 9, 30), 20), (date(2026, 10, 1), 16), (date(2026, 3, 31), 0)):
        row = in_kind.give(
            trainer, given_on=day, days=Decimal(2), words="Wrote a course", actor=None, now=NOW
        )
        assert row.free_places == places


def test_ledger_is_corrected_by_another_row_and_never_changed():
    make_pool_rule()
    trainer = make_trainer()
    row = in_kind.give(
        trainer, given_on=date(2026, 6, 1), days=Decimal(2), words="Wrote it", actor=None, now=NOW
    )

    new = in_kind.correct(row, days=Decimal("0.5"), words="It was half a day", actor=None, now=NOW)

    assert (new.days, new.free_places, new.corrects) == (Decimal("0.5"), Decimal(5), row)
    assert [(each.days, each.free_places) for each in in_kind.by_agency(2026)] == [
        (Decimal("0.5"), Decimal(5))
    ]
    with pytest.raises(ValidationError, match="already"):
        in_kind.correct(row, days=Decimal(1), words="x", actor=None, now=NOW)
    for change in (lambda: TrainerDay.objects.filter(pk=row.pk).update(days=9), row.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("days", [Decimal(-1), Decimal("0.3"), Decimal(32), Decimal("NaN")])
def test_days_given_have_bounds(days):
    with pytest.raises(ValidationError) as refusal:
        in_kind.give(make_trainer(), given_on=FIRST, days=days, words="x", actor=None, now=NOW)

    assert list(refusal.value.error_dict) == ["days"]


def test_second_press_writes_nothing_twice():
    trainer = make_trainer()
    ground = {"ground": TrainerGround.OWN_ROLE, "from_on": date(2026, 1, 1), "evidence": "file"}
    seen = {"observed_on": date(2026, 6, 1), "observer": "B. Adeyemi", "findings": "Clear"}
    days = {"given_on": date(2026, 6, 1), "days": Decimal(1), "words": "Wrote a course"}
    away = {"from_on": DAY, "until_on": None}
    acts = (
        lambda: pool.add_ground(trainer, actor=None, now=NOW, **ground),
        lambda: pool.observe(trainer, actor=None, now=NOW, **seen),
        lambda: pool.set_away(trainer, actor=None, now=NOW, **away),
        lambda: in_kind.give(trainer, actor=None, now=NOW, **days),
    )
    for act in acts:
        act()
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "twice"
    counts = [
        rows.count() for rows in (trainer.grounds, trainer.observations, trainer.unavailable, trainer.given)
    ]
    assert counts == [1, 1, 1, 1]

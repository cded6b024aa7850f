from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from course_catalogue.models import Programme, ProgrammeCourse
from course_catalogue.planning import programme
from course_catalogue.planning.programme import Need
from kernel.audit.models import AuditEntry
from tests.factories.courses import make_course, make_session
from tests.factories.organisation import make_role_holder
from tests.factories.planning import NOW, make_officer

pytestmark = pytest.mark.django_db


def moment(*parts):
    return timezone.make_aware(datetime(*parts))


@pytest.mark.parametrize(
    ("day", "first_year"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 3, 31), 2026),
        (date(2027, 4, 1), 2027),
    ],
)
def test_year_of_runs_from_april_to_march(day, first_year):
    assert programme.year_of(day) == first_year


def test_year_has_a_name_and_its_last_day():
    assert programme.name_of_year(2026) == "2026/27"
    assert programme.name_of_year(2099) == "2099/00"
    assert (programme.begins(2026), programme.ends(2026)) == (date(2026, 4, 1), date(2027, 3, 31))


def test_sessions_belong_to_the_year_in_which_they_begin():
    before = make_session(starts=moment(2026, 3, 31, 18, 0), hours=2)
    first = make_session(starts=moment(2026, 4, 1, 0, 30), hours=2)
    over = make_session(starts=moment(2027, 3, 31, 9, 0), days=2)

    assert list(programme.sessions_of(2025)) == [before]
    assert list(programme.sessions_of(2026)) == [first, over]


@pytest.mark.parametrize("now", [moment(2026, 2, 2, 9, 0), moment(2026, 4, 1, 23, 59)])
def test_course_put_on_up_to_1_april_needs_no_reason(now):
    row = programme.add_course(make_course(), first_year=2026, actor=make_officer(), now=now)

    assert (row.emerging_need, row.cost, row.words) == (False, None, "")
    assert row.programme.name == "2026/27"


def test_course_put_on_after_1_april_keeps_need_cost_and_words():
    course = make_course()

    row = programme.add_course(
        course,
        first_year=2026,
        actor=make_officer(),
        now=moment(2026, 4, 2, 0, 1),
        need=Need(Decimal("250.50"), " A review asks for it "),
    )

    assert (row.emerging_need, row.cost, row.words) == (True, Decimal("250.50"), "A review asks for it")
    assert AuditEntry.objects.filter(action="training.add_to_programme", refused=False).count() == 1


@pytest.mark.parametrize(
    ("need", "fields"),
    [
        (None, ["cost", "need"]),
        (Need(None, "words"), ["cost"]),
        (Need(Decimal("-1"), "words"), ["cost"]),
        (Need(Decimal("NaN"), "words"), ["cost"]),
        (Need(Decimal("1.005"), "words"), ["cost"]),
        (Need(Decimal("1e9"), "words"), ["cost"]),
        (Need(Decimal(0), "  "), ["need"]),
    ],
)
def test_course_put_on_after_1_april_without_cost_or_words_is_refused(need, fields):
    with pytest.raises(ValidationError) as refusal:
        programme.add_course(
            make_course(), first_year=2026, actor=make_officer(), now=moment(2026, 4, 2, 9, 0), need=need
        )

    assert sorted(refusal.value.error_dict) == fields
    assert not ProgrammeCourse.objects.exists()


def test_database_refuses_a_late_course_without_a_need():
    row = programme.add_course(make_course(), first_year=2026, actor=None, now=moment(2026, 3, 1, 9, 0))

    for values in (
        {"added_on": date(2026, 4, 2)},
        {"emerging_need": True},
        {"emerging_need": True, "cost": Decimal(1)},
        {"emerging_need": True, "words": "why"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProgrammeCourse.objects.filter(pk=row.pk).update(**values)


def test_course_is_put_on_once():
    course, officer = make_course(), make_officer()
    programme.add_course(course, first_year=2027, actor=officer, now=NOW)

    with pytest.raises(ValidationError, match="already"):
        programme.add_course(course, first_year=2027, actor=officer, now=NOW)

    programme.add_course(course, first_year=2028, actor=officer, now=NOW)


@pytest.mark.parametrize("role", ["training-administrator", "agency-coordinator", "trainer"])
def test_programme_is_kept_by_officers_alone(role):
    user = make_role_holder(role)

    with pytest.raises(PermissionDenied):
        programme.add_course(make_course(), first_year=2027, actor=user, now=NOW)
    with pytest.raises(PermissionDenied):
        programme.set_up(2027, review_due=date(2028, 1, 31), actor=user, now=NOW)

    assert not Programme.objects.exists()


def test_programme_has_a_review_day_that_is_checked():
    row = programme.set_up(2026, review_due=date(2027, 2, 15), words="For all", actor=make_officer(), now=NOW)
    assert (row.review_due, row.words) == (date(2027, 2, 15), "For all")

    for wrong in (date(2026, 3, 31), date(2028, 4, 1)):
        with pytest.raises(ValidationError) as refusal:
            programme.set_up(2026, review_due=wrong, actor=make_officer(), now=NOW)
        assert list(refusal.value.error_dict) == ["review_due"]


def test_review_is_kept_with_the_day_on_which_it_was_due():
    officer = make_officer()
    row = programme.set_up(2025, review_due=date(2026, 1, 31), actor=officer, now=NOW)

    kept = programme.review(
        row, held_on=date(2026, 1, 20), findings="More on neglect", actor=officer, now=NOW
    )

    assert (kept.due, kept.held_on, kept.findings) == (
        date(2026, 1, 31),
        date(2026, 1, 20),
        "More on neglect",
    )
    with pytest.raises(ValidationError) as refusal:
        programme.review(row, held_on=date(2026, 11, 24), findings="x", actor=officer, now=NOW)
    assert list(refusal.value.error_dict) == ["held_on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(kept).objects.filter(pk=kept.pk).update(findings="other")

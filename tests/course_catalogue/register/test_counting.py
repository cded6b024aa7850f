"""What marks amount to: days, minutes, and what passes."""

from dataclasses import replace

import pytest

from course_catalogue.charging.kinds import LateRule
from course_catalogue.enums import Mark
from course_catalogue.register import marking
from course_catalogue.register.counting import DayMark, of_day, of_session, outcomes_of
from course_catalogue.register.limits import Limits
from tests.factories.charging import make_policy
from tests.factories.register import close_all, make_register

NO_RULE = Limits()


@pytest.mark.parametrize(
    ("row", "limits", "expected"),
    [
        (DayMark("attended", 0, 0, 420), NO_RULE, (Mark.ATTENDED, 420)),
        (DayMark("attended", 10, 5, 420), NO_RULE, (Mark.ATTENDED, 405)),
        (DayMark("part", 60, 0, 420), NO_RULE, (Mark.PART, 360)),
        (DayMark("part", 0, 0, 420), NO_RULE, (Mark.PART, 210)),
        (DayMark("part", 0, 0, 421), NO_RULE, (Mark.PART, 210)),
        (DayMark("did not attend", 0, 0, 420), NO_RULE, (Mark.DID_NOT_ATTEND, 0)),
        (DayMark("excused", 0, 0, 420), NO_RULE, (Mark.EXCUSED, 0)),
        (DayMark("attended", 30, 0, 420), Limits(late=30), (Mark.ATTENDED, 390)),
        (DayMark("attended", 31, 0, 420), Limits(late=30), (Mark.DID_NOT_ATTEND, 0)),
        (DayMark("part", 31, 0, 420), Limits(late=30), (Mark.DID_NOT_ATTEND, 0)),
        (DayMark("attended", 0, 15, 420), Limits(early=15), (Mark.ATTENDED, 405)),
        (DayMark("attended", 0, 16, 420), Limits(early=15), (Mark.PART, 404)),
        (DayMark("attended", 0, 16, 420), Limits(early=15, early_absent=True), (Mark.DID_NOT_ATTEND, 0)),
        (DayMark("attended", 1, 0, 420), Limits(late=0), (Mark.DID_NOT_ATTEND, 0)),
    ],
)
def test_a_day_counts_by_mark_minutes_and_policy(row, limits, expected):
    assert of_day(replace(row, limits=limits)) == expected


@pytest.mark.parametrize(
    ("marks", "needed", "mark", "passed"),
    [
        ("AA", 2, Mark.ATTENDED, True),
        ("AP", 2, Mark.PART, False),
        ("AD", 2, Mark.PART, False),
        ("AD", 1, Mark.ATTENDED, True),
        ("PP", 1, Mark.PART, False),
        ("DD", 1, Mark.DID_NOT_ATTEND, False),
        ("ED", 1, Mark.EXCUSED, False),
        ("AAD", 2, Mark.ATTENDED, True),
        ("ADD", 2, Mark.PART, False),
        ("", 1, Mark.DID_NOT_ATTEND, False),
        ("DD", 0, Mark.DID_NOT_ATTEND, False),
    ],
)
def test_a_session_passes_with_all_days_or_n_of_m(marks, needed, mark, passed):
    words = {"A": "attended", "P": "part", "D": "did not attend", "E": "excused"}
    rows = [DayMark(words[sign], 0, 0, 100) for sign in marks]

    found = of_session(rows, needed)

    assert (found.mark, found.passed) == (mark, passed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("session_needs", "course_needs", "passed"),
    [(None, None, False), (None, 1, True), (2, 1, False), (1, None, True), (9, None, False)],
)
def test_the_rule_is_the_sessions_else_the_courses_else_all_days(session_needs, course_needs, passed):
    day, (ann, _bob), officer = make_register(days=2, days_needed=session_needs)
    day.session.course.days_needed = course_needs
    day.session.course.save()
    second = day.session.days.get(number=2)
    close_all(day.session, actor=officer)

    before = marking.standing(second, ann.person)
    marking.correct(
        second,
        ann.person,
        Mark.DID_NOT_ATTEND,
        actor=officer,
        now=second.ends_at,
        seen=before.pk,
        reason="was not there",
    )

    assert outcomes_of([day.session_id])[day.session_id][ann.person_id].passed is passed


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 3])
def test_outcomes_take_a_fixed_number_of_queries(size, django_assert_num_queries):
    sessions = []
    for _number in range(size):
        day, _bookings, officer = make_register()
        close_all(day.session, actor=officer)
        sessions.append(day.session_id)

    with django_assert_num_queries(3):
        found = outcomes_of(sessions)

    assert {len(rows) for rows in found.values()} == {2}
    assert len(found) == size


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "late", "mark"),
    [
        (LateRule.NOT_ATTENDED, 31, Mark.DID_NOT_ATTEND),
        (LateRule.NOT_ATTENDED, 30, Mark.ATTENDED),
        (LateRule.CHARGED, 31, Mark.ATTENDED),
    ],
)
def test_who_comes_too_late_counts_as_the_policy_of_the_booking_says(rule, late, mark):
    policy = make_policy(late_minutes=30, late_rule=rule)
    day, (ann, bob), officer = make_register()
    ann.charge_policy_id = policy.pk
    ann.save()
    marks = {row.pk: (Mark.ATTENDED, {"late": late}) for row in day.session.bookings.all()}

    close_all(day.session, actor=officer, marks=marks)

    found = outcomes_of([day.session_id])[day.session_id]
    assert found[ann.person_id].mark == mark
    assert found[bob.person_id].mark == Mark.ATTENDED  # booked under no policy

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.lifecycle.review import add_months, add_years, how_long, next_due, soon_until, standing


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), 3, date(2031, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2028, 2, 29), -1, date(2027, 2, 28)),
        (date(2027, 3, 12), 3, date(2030, 3, 12)),
        (date(2027, 2, 28), 1, date(2028, 2, 28)),
    ],
)
def test_years_from_29_february_end_on_28_february(day, years, then):
    assert add_years(day, years) == then


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 3, date(2027, 4, 30)),
        (date(2027, 12, 31), 1, date(2028, 1, 31)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 1, 15), -13, date(2025, 12, 15)),
        (date(2027, 3, 12), 0, date(2027, 3, 12)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(day, months, then):
    assert add_months(day, months) == then


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(-600, 600))
def test_months_always_land_in_the_month_that_was_meant(day, months):
    then = add_months(day, months)

    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day


def test_the_next_review_is_due_months_after_the_last():
    assert next_due(date(2026, 8, 31), 30) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 11), "current"),
        (date(2026, 9, 12), "due soon"),
        (date(2027, 3, 11), "due soon"),
        (date(2027, 3, 12), "due soon"),
        (date(2027, 3, 13), "overdue"),
    ],
)
def test_standing_turns_on_its_day_and_the_last_day_still_counts(today, expected):
    assert standing(date(2027, 3, 12), today) == expected


def test_the_window_can_be_another():
    assert standing(date(2027, 3, 12), date(2026, 12, 20), window_months=2) == "current"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 3, 12), "today"),
        (date(2027, 3, 13), "in 1 day"),
        (date(2027, 3, 25), "in 13 days"),
        (date(2027, 3, 26), "in 2 weeks"),
        (date(2027, 6, 3), "in 11 weeks"),
        (date(2027, 6, 4), "in 2 months"),
        (date(2027, 6, 11), "in 2 months"),
        (date(2027, 6, 12), "in 3 months"),
        (date(2029, 3, 11), "in 23 months"),
        (date(2029, 3, 12), "in 2 years"),
        (date(2030, 3, 11), "in 2 years"),
        (date(2030, 3, 12), "in 3 years"),
        (date(2027, 3, 11), "1 day ago"),
        (date(2027, 2, 27), "13 days ago"),
        (date(2027, 2, 26), "2 weeks ago"),
        (date(2026, 12, 12), "3 months ago"),
        (date(2025, 3, 13), "23 months ago"),
        (date(2025, 3, 12), "2 years ago"),
    ],
)
def test_how_long_is_rounded_down(day, words):
    assert how_long(day, date(2027, 3, 12)) == words


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 24), st.integers(-3, 3))
def test_the_last_day_that_is_due_soon_parts_soon_from_current(today, window, near):
    due = soon_until(today, window) + timedelta(days=near)

    assert (standing(due, today, window) == "current") == (near > 0)

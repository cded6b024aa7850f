from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from course_catalogue.planning.days import moment, require_days
from tests.factories.planning import FIRST, NOW, make_day

TWICE = [(time(1, 0), "1am"), (time(1, 30), "1:30am"), (time(1, 59), "1:59am")]


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2027, 3, 28), time(0, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(2, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2027, 10, 31), time(0, 59), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        (date(2027, 7, 1), time(9, 30), datetime(2027, 7, 1, 8, 30, tzinfo=UTC)),
    ],
)
def test_moment_is_local_time(day, at, utc):
    assert moment(day, at) == utc


@pytest.mark.parametrize(("at", "words"), TWICE)
def test_moment_that_the_clocks_skip_is_asked_again(at, words):
    with pytest.raises(ValidationError) as refusal:
        moment(date(2027, 3, 28), at)

    assert refusal.value.code == "skipped"
    assert f"28 March 2027 the clocks go forward and {words} does not exist." in refusal.value.messages[0]


@pytest.mark.parametrize(("at", "words"), TWICE)
def test_moment_that_comes_twice_is_asked_again(at, words):
    with pytest.raises(ValidationError) as refusal:
        moment(date(2027, 10, 31), at)

    assert refusal.value.code == "repeated"
    assert f"31 October 2027 the clocks go back and {words} comes twice." in refusal.value.messages[0]


def test_days_are_put_in_order():
    second, first = make_day(date(2027, 1, 7)), make_day(FIRST)

    assert require_days([second, first], NOW) == [first, second]


@pytest.mark.parametrize(
    ("days", "fields"),
    [
        ([make_day(first=(16, 0), last=(9, 0))], ["ends_1"]),
        ([make_day(first=(9, 0), last=(9, 0))], ["ends_1"]),
        ([make_day(last=(13, 0)), make_day(first=(12, 59))], ["starts_2"]),
        ([make_day(date(2026, 11, 23), first=(9, 0))], ["starts_1"]),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(days, fields):
    with pytest.raises(ValidationError) as refusal:
        require_days(days, NOW)

    assert list(refusal.value.error_dict) == fields


def test_day_may_begin_when_the_one_before_ends_and_in_the_next_minute():
    assert len(require_days([make_day(last=(13, 0)), make_day(first=(13, 0))], NOW)) == 2
    assert require_days([make_day(date(2026, 11, 23), first=(9, 1))], NOW)


@pytest.mark.parametrize("days", [[], [make_day()] * 31])
def test_number_of_days_has_bounds(days):
    with pytest.raises(ValidationError):
        require_days(days, NOW)

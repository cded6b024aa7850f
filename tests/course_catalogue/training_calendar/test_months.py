from datetime import UTC, date, datetime

import pytest

from course_catalogue.training_calendar import months
from course_catalogue.training_calendar.months import Month

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2027-01", Month(2027, 1)),
        ("", Month(2026, 11)),
        ("2027-13", Month(2026, 11)),
        ("1999-01", Month(2026, 11)),
        ("2027-1", Month(2026, 11)),
        ("2027-01\n", Month(2026, 11)),
        ("٢٠٢٧-01", Month(2026, 11)),
    ],
)
def test_the_month_of_an_address_or_this_one(text, month):
    assert months.read(text, TODAY) == month


def test_a_programme_year_is_april_to_march():
    year = months.of_programme(2026)

    assert (year[0], year[-1], len(year)) == (Month(2026, 4), Month(2027, 3), 12)
    assert [Month(2027, 3).first_year, Month(2027, 4).first_year] == [2026, 2027]
    assert Month(2027, 1).programme == "2026/27"


def test_a_month_begins_and_ends_at_local_midnight():
    assert Month(2027, 4).moments() == (
        datetime(2027, 3, 31, 23, tzinfo=UTC),
        datetime(2027, 4, 30, 23, tzinfo=UTC),
    )
    assert Month(2026, 12).moments()[1] == datetime(2027, 1, 1, tzinfo=UTC)


def test_steps_go_over_the_year():
    assert (Month(2026, 12).step(1), Month(2027, 1).step(-1)) == (Month(2027, 1), Month(2026, 12))


def test_weekends_have_columns_when_something_is_on():
    january = Month(2027, 1)

    plain = january.weeks({date(2027, 1, 6)})
    saturday = january.weeks({date(2027, 1, 9)})
    sunday = january.weeks({date(2027, 1, 10)})

    assert [len(weeks[0]) for weeks in (plain, saturday, sunday)] == [5, 6, 7]
    assert plain[0] == [None, None, None, None, date(2027, 1, 1)]
    assert plain[-1] == [date(2027, 1, day) for day in range(25, 30)]
    assert sunday[-1] == [date(2027, 1, day) for day in range(25, 32)]


def test_a_week_that_has_weekend_alone_is_left_out():
    """1 August 2026 is a Saturday."""
    assert Month(2026, 8).weeks(set())[0][0] == date(2026, 8, 3)
    assert Month(2026, 8).weeks({date(2026, 8, 1)})[0] == [None] * 5 + [date(2026, 8, 1)]

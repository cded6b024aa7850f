from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from kernel.lifecycle.templatetags.dates import clock, day_and_date, full_date, how_long


def test_dates_are_written_in_full():
    assert full_date(date(2027, 3, 12)) == "12 March 2027"
    assert day_and_date(date(2027, 3, 12)) == "Friday 12 March 2027"
    assert (full_date(None), day_and_date(None), how_long(None)) == ("", "", "")


def test_a_moment_counts_by_the_clock_of_the_reader():
    assert full_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert clock(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "12:30am"
    assert clock(datetime(2026, 12, 31, 13, 0, 59, tzinfo=UTC)) == "1pm"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "12am"),
        (time(0, 5), "12:05am"),
        (time(9, 14), "9:14am"),
        (time(11, 59), "11:59am"),
        (time(12), "12pm"),
        (time(12, 30), "12:30pm"),
        (time(13), "1pm"),
        (time(23, 10), "11:10pm"),
    ],
)
def test_a_time_of_day_has_minutes_only_beside_the_hour(at, words):
    assert clock(at) == words


def test_how_long_counts_from_today():
    today = timezone.localdate()

    assert how_long(today) == "today"
    assert how_long(today + timedelta(days=7)) == "in 7 days"
    assert how_long(today - timedelta(days=49)) == "7 weeks ago"

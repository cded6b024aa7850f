from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from kernel.lifecycle.templatetags.dates import day_and_date, full_date, how_long


def test_dates_are_written_in_full():
    assert full_date(date(2027, 3, 12)) == "12 March 2027"
    assert day_and_date(date(2027, 3, 12)) == "Friday 12 March 2027"
    assert (full_date(None), day_and_date(None), how_long(None)) == ("", "", "")


def test_a_moment_counts_by_the_clock_of_the_reader():
    assert full_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


def test_how_long_counts_from_today():
    today = timezone.localdate()

    assert how_long(today) == "today"
    assert how_long(today + timedelta(days=7)) == "in 7 days"
    assert how_long(today - timedelta(days=49)) == "7 weeks ago"

"""Tables of dates, written out: when the last free moment is, to the day and to the minute (S4-15, B9)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from course_catalogue.charging.kinds import Counting, Unit
from course_catalogue.charging.notice import (
    LONDON,
    Rule,
    at_latest,
    charge_at,
    counted_back,
    is_late,
    last_free_moment,
)
from kernel.lifecycle.enums import Nation

INCLUSIVE, CLEAR = Counting.INCLUSIVE, Counting.CLEAR


def starts(day: date, at=time(9, 30)) -> datetime:
    return datetime.combine(day, at, LONDON)


def last_day(day: date, number: int, counting=INCLUSIVE, closed=(), **more) -> date:
    return last_free_moment(starts(day), Rule(number, counting=counting, **more), closed).date()


@pytest.mark.parametrize(
    ("course", "inclusive", "clear"),
    [
        (date(2025, 4, 14), date(2025, 4, 3), date(2025, 4, 2)),
        (date(2025, 4, 22), date(2025, 4, 9), date(2025, 4, 8)),
    ],
    ids=["14 April 2025", "after Easter 2025"],
)
def test_seven_working_days_as_the_board_says(course, inclusive, clear):
    assert last_day(course, 7) == inclusive
    assert last_day(course, 7, CLEAR) == clear


TABLE = [
    (date(2026, 2, 9), 2, date(2026, 2, 5), date(2026, 2, 4)),
    (date(2026, 2, 9), 3, date(2026, 2, 4), date(2026, 2, 3)),
    (date(2026, 2, 9), 7, date(2026, 1, 29), date(2026, 1, 28)),
    (date(2026, 2, 9), 10, date(2026, 1, 26), date(2026, 1, 23)),
    (date(2026, 4, 13), 2, date(2026, 4, 9), date(2026, 4, 8)),
    (date(2026, 4, 13), 3, date(2026, 4, 8), date(2026, 4, 7)),
    (date(2026, 4, 13), 7, date(2026, 3, 31), date(2026, 3, 30)),
    (date(2026, 4, 13), 10, date(2026, 3, 26), date(2026, 3, 25)),
    (date(2026, 9, 4), 2, date(2026, 9, 2), date(2026, 9, 1)),
    (date(2026, 9, 4), 3, date(2026, 9, 1), date(2026, 8, 28)),
    (date(2026, 9, 4), 7, date(2026, 8, 25), date(2026, 8, 24)),
    (date(2026, 9, 4), 10, date(2026, 8, 20), date(2026, 8, 19)),
    (date(2027, 1, 6), 2, date(2027, 1, 4), date(2026, 12, 31)),
    (date(2027, 1, 6), 3, date(2026, 12, 31), date(2026, 12, 30)),
    (date(2027, 1, 6), 7, date(2026, 12, 23), date(2026, 12, 22)),
    (date(2027, 1, 6), 10, date(2026, 12, 18), date(2026, 12, 17)),
]


@pytest.mark.parametrize(("course", "number", "inclusive", "clear"), TABLE)
def test_the_whole_table_of_counting_rules(course, number, inclusive, clear):
    assert (last_day(course, number), last_day(course, number, CLEAR)) == (inclusive, clear)


@pytest.mark.parametrize(
    ("course", "number", "inclusive", "clear"),
    [
        (date(2027, 6, 10), 7, date(2027, 6, 3), date(2027, 6, 2)),
        (date(2025, 4, 22), 7, date(2025, 4, 15), date(2025, 4, 14)),
        (date(2026, 1, 3), 2, date(2026, 1, 1), date(2025, 12, 31)),
        (date(2028, 3, 1), 1, date(2028, 2, 29), date(2028, 2, 28)),
    ],
    ids=["7 days", "over Easter", "New Year counts", "29 February counts"],
)
def test_calendar_days_are_another_unit(course, number, inclusive, clear):
    unit = {"unit": Unit.CALENDAR_DAYS}
    assert last_day(course, number, **unit) == inclusive
    assert last_day(course, number, CLEAR, **unit) == clear


@pytest.mark.parametrize(
    ("course", "number", "nation", "last"),
    [
        (date(2026, 12, 29), 1, Nation.ENGLAND, date(2026, 12, 24)),
        (date(2026, 12, 29), 2, Nation.ENGLAND, date(2026, 12, 23)),
        (date(2027, 12, 29), 1, Nation.ENGLAND, date(2027, 12, 24)),
        (date(2027, 1, 5), 7, Nation.ENGLAND, date(2026, 12, 22)),
        (date(2027, 1, 5), 7, Nation.SCOTLAND, date(2026, 12, 21)),
        (date(2026, 4, 9), 3, Nation.SCOTLAND, date(2026, 4, 6)),
        (date(2026, 4, 9), 3, Nation.ENGLAND, date(2026, 4, 2)),
        (date(2026, 8, 4), 1, Nation.SCOTLAND, date(2026, 7, 31)),
        (date(2026, 8, 4), 1, Nation.ENGLAND, date(2026, 8, 3)),
        (date(2026, 12, 1), 1, Nation.SCOTLAND, date(2026, 11, 27)),
        (date(2026, 12, 1), 1, Nation.WALES, date(2026, 11, 30)),
        (date(2026, 3, 18), 1, Nation.NORTHERN_IRELAND, date(2026, 3, 16)),
        (date(2026, 3, 18), 1, Nation.ENGLAND, date(2026, 3, 17)),
        (date(2028, 3, 1), 1, Nation.ENGLAND, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, Nation.ENGLAND, date(2028, 2, 28)),
        (date(2027, 3, 1), 1, Nation.ENGLAND, date(2027, 2, 26)),
        (date(2022, 9, 20), 1, Nation.ENGLAND, date(2022, 9, 16)),
    ],
    ids=[
        "Christmas on a Friday, 28 December off",
        "two days before Christmas",
        "Christmas on a Saturday, two days instead",
        "New Year",
        "Scotland has no fixed Boxing Day sitting and 2 January",
        "Scotland works on Easter Monday",
        "England does not",
        "Scotland rests in early August",
        "England works then",
        "St Andrew",
        "Wales works on 30 November",
        "St Patrick",
        "not in England",
        "the day before 1 March is 29 February",
        "a course on 29 February",
        "no 29 February in 2027",
        "the bank holiday of 19 September 2022",
    ],
)
def test_days_of_rest_by_nation(course, number, nation, last):
    assert last_day(course, number, nation=nation) == last


def test_a_day_closed_here_is_passed_over():
    course, closed = date(2027, 1, 20), {date(2027, 1, 18)}
    assert last_day(course, 2) == date(2027, 1, 18)
    assert last_day(course, 2, closed=closed) == date(2027, 1, 15)


def test_a_one_off_bank_holiday_moves_the_last_day_back():
    one_off = {date(2027, 5, 12)}
    assert last_day(date(2027, 5, 14), 2, closed=one_off) == date(2027, 5, 11)


def test_what_was_counted_and_what_was_left_out():
    found = counted_back(starts(date(2027, 1, 6)), Rule(7))

    days = [(2027, 1, 5), (2027, 1, 4), (2026, 12, 31), (2026, 12, 30), (2026, 12, 29), (2026, 12, 24)]
    assert found.counted == (*(date(*day) for day in days), date(2026, 12, 23))
    assert found.left_out == (date(2027, 1, 1), date(2026, 12, 28), date(2026, 12, 25))
    assert found.weekends
    assert found.moment == datetime(2026, 12, 23, 17, 0, tzinfo=UTC)


def test_calendar_days_leave_nothing_out():
    found = counted_back(starts(date(2027, 1, 6)), Rule(7, Unit.CALENDAR_DAYS))
    assert (len(found.counted), found.left_out, found.weekends) == (7, (), False)


@pytest.mark.parametrize(
    ("course", "moment"),
    [
        (date(2026, 10, 26), datetime(2026, 10, 23, 16, 0, tzinfo=UTC)),
        (date(2026, 10, 27), datetime(2026, 10, 26, 17, 0, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 25, 17, 0, tzinfo=UTC)),
        (date(2027, 3, 31), datetime(2027, 3, 30, 16, 0, tzinfo=UTC)),
    ],
    ids=[
        "last Friday of summer time",
        "first Monday of winter",
        "last Thursday of winter",
        "first of summer",
    ],
)
def test_the_cut_off_is_told_by_the_clock_on_the_wall(course, moment):
    assert last_free_moment(starts(course), Rule(1)) == moment


@pytest.mark.parametrize(
    ("at", "hours", "moment"),
    [
        (datetime(2027, 3, 28, 12, 0, tzinfo=LONDON), 24, datetime(2027, 3, 27, 11, 0, tzinfo=LONDON)),
        (datetime(2026, 10, 25, 12, 0, tzinfo=LONDON), 24, datetime(2026, 10, 24, 13, 0, tzinfo=LONDON)),
        (datetime(2027, 1, 6, 9, 30, tzinfo=LONDON), 72, datetime(2027, 1, 3, 9, 30, tzinfo=LONDON)),
    ],
    ids=["a night of 23 hours", "a night of 25 hours", "72 hours over a weekend"],
)
def test_hours_are_real_hours(at, hours, moment):
    assert last_free_moment(at, Rule(hours, Unit.HOURS)) == moment


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
    ids=["half past one comes twice", "half past one does not come"],
)
def test_of_two_readings_of_a_cut_off_the_later_holds(day, clock, moment):
    assert at_latest(day, clock).astimezone(UTC) == moment


FREE_UNTIL = datetime(2026, 12, 23, 17, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (datetime(2026, 12, 22, 23, 59, tzinfo=LONDON), False),
        (datetime(2026, 12, 23, 16, 59, tzinfo=LONDON), False),
        (datetime(2026, 12, 23, 17, 0, 0, tzinfo=LONDON), False),
        (datetime(2026, 12, 23, 17, 0, 59, 999_999, tzinfo=LONDON), False),
        (datetime(2026, 12, 23, 17, 1, tzinfo=LONDON), True),
        (datetime(2026, 12, 24, 9, 0, tzinfo=LONDON), True),
    ],
    ids=["day before", "minute before", "on the minute", "still that minute", "minute after", "day after"],
)
def test_late_is_told_to_the_minute(now, late):
    assert is_late(FREE_UNTIL, now) is late


def test_nobody_is_late_without_a_rule():
    assert not is_late(None, datetime(2030, 1, 1, tzinfo=UTC))


def test_the_dearest_step_that_has_passed_is_charged():
    steps = [(FREE_UNTIL - timedelta(days=7), "quarter"), (FREE_UNTIL, "all")]
    told = [FREE_UNTIL + timedelta(days=days) for days in (-8, -7, -6, 0, 1)]
    assert [charge_at(steps, moment) for moment in told] == [None, None, "quarter", "quarter", "all"]


@pytest.mark.parametrize("number", [0, -1])
def test_notice_below_one_is_refused(number):
    with pytest.raises(ValueError, match="1 or more"):
        last_free_moment(starts(date(2027, 1, 6)), Rule(number))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        last_free_moment(datetime(2027, 1, 6, 9, 30), Rule(7))

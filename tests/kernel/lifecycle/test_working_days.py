from datetime import date

import pytest

from kernel.lifecycle.enums import Nation
from kernel.lifecycle.working_days import add_working_days, is_working_day

NONE = frozenset()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2027, 3, 26), set()),
        (date(2027, 3, 29), {Nation.SCOTLAND}),
        (date(2027, 3, 17), {Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND}),
        (date(2027, 11, 30), {Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND}),
        (date(2027, 3, 12), set(Nation)),
        (date(2027, 3, 13), set()),
        (date(2027, 3, 14), set()),
    ],
    ids=["Good Friday", "Easter Monday", "St Patrick", "St Andrew", "Friday", "Saturday", "Sunday"],
)
def test_working_days_differ_by_nation(day, working):
    assert {nation for nation in Nation if is_working_day(day, NONE, nation)} == working


def test_a_day_closed_here_is_no_working_day():
    assert not is_working_day(date(2027, 3, 12), {date(2027, 3, 12)}, Nation.ENGLAND)


@pytest.mark.parametrize(
    ("day", "days", "closed", "then"),
    [
        (date(2027, 3, 12), 0, NONE, date(2027, 3, 12)),
        (date(2027, 3, 12), 1, NONE, date(2027, 3, 15)),
        (date(2027, 3, 13), 1, NONE, date(2027, 3, 15)),
        (date(2027, 3, 25), 1, NONE, date(2027, 3, 30)),
        (date(2027, 3, 25), 1, {date(2027, 3, 30)}, date(2027, 3, 31)),
        (date(2027, 12, 24), 5, NONE, date(2028, 1, 5)),
        (date(2027, 3, 30), -1, NONE, date(2027, 3, 25)),
    ],
)
def test_counting_passes_over_days_of_rest(day, days, closed, then):
    assert add_working_days(day, days, closed, Nation.ENGLAND) == then

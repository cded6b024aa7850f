"""The review load: months, what a body takes, and a spread that breaks no window and makes no month worse."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.lifecycle import review
from policy_pages.board.forecast import Due, Move, Sitting, months_of, plan, spread

TODAY = date(2026, 11, 23)
GROUP = 7
MEETS = (date(2026, 12, 10), date(2027, 1, 14), date(2027, 2, 11), date(2027, 3, 4), date(2027, 3, 25))


def due(day, number=1, body=GROUP):
    return Due(number, f"P-{number:03}", f"Policy {number}", body, day, review.add_months(day, -6))


def group(takes=4, meets=MEETS):
    return Sitting(GROUP, "Policy Group", takes, meets)


def test_twelve_in_march_with_two_meetings_are_four_too_many():
    dues = [due(date(2027, 3, number), number) for number in range(1, 13)]

    months = plan(group(), dues, TODAY)

    march = months[4]
    assert (march.first, len(march.due), march.meetings, march.can_take, march.too_many) == (
        date(2027, 3, 1), 12, 2, 8, 4,
    )  # fmt: skip
    assert [len(month.due) for month in months] == [0, 0, 0, 0, 12, *[0] * 19]


def test_the_four_are_brought_forward_to_the_meeting_before():
    dues = [due(date(2027, 3, number), number) for number in range(1, 13)]

    moves = spread(group(), plan(group(), dues, TODAY), TODAY)

    assert moves == [Move(due(date(2027, 3, number), number), date(2027, 2, 11)) for number in range(1, 5)]


def test_a_fuller_month_before_sends_them_further():
    february = [due(date(2027, 2, 20), number) for number in range(20, 23)]
    march = [due(date(2027, 3, number), number) for number in range(1, 13)]

    moves = spread(group(), plan(group(), [*february, *march], TODAY), TODAY)

    assert [move.to_due for move in moves] == [date(2027, 2, 11), *[date(2027, 1, 14)] * 3]


def test_nothing_is_moved_where_nobody_said_how_many():
    dues = [due(date(2027, 3, number), number) for number in range(1, 13)]

    months = plan(group(takes=None), dues, TODAY)

    assert (months[4].can_take, months[4].too_many) == (None, 0)
    assert spread(group(takes=None), months, TODAY) == []


@pytest.mark.parametrize(
    ("month", "expected"),
    [(date(2026, 12, 1), 4), (date(2027, 3, 1), 8), (date(2027, 4, 1), None)],
)
def test_beyond_the_last_planned_meeting_nothing_is_known(month, expected):
    assert group().can_take(month) == expected


def test_a_month_without_a_meeting_takes_nothing():
    months = plan(group(meets=(date(2027, 3, 4),)), [due(date(2027, 1, 8))], TODAY)

    assert (months[2].can_take, months[2].too_many) == (0, 1)


def test_the_overdue_stand_in_this_month_and_are_not_moved():
    months = plan(group(meets=(TODAY, date(2026, 11, 2))), [due(date(2026, 9, 29))] * 5, TODAY)

    assert (months[0].late, len(months[0].due), months[0].meetings, months[0].can_take) == (5, 5, 1, 4)
    assert spread(group(), months, TODAY) == []


def test_another_bodys_reviews_are_not_counted():
    assert not any(month.due for month in plan(group(), [due(date(2027, 3, 1), body=8)], TODAY))


def test_there_are_24_months_from_this_one():
    months = months_of(TODAY)

    assert (len(months), months[0], months[-1]) == (24, date(2026, 11, 1), date(2028, 10, 1))


DAYS = st.dates(TODAY - timedelta(days=200), TODAY + timedelta(days=800))


@given(
    st.lists(DAYS, max_size=60),
    st.lists(st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=760)), unique=True, max_size=40),
    st.one_of(st.none(), st.integers(0, 6)),
)
def test_a_spread_never_leaves_a_window_and_never_makes_a_month_worse(days, meets, takes):
    body = group(takes, tuple(sorted(meets)))
    dues = [due(day, number) for number, day in enumerate(days)]
    before = plan(body, dues, TODAY)

    moves = spread(body, before, TODAY)

    moved = {move.due.policy_id: move.to_due for move in moves}
    assert len(moved) == len(moves)
    for move in moves:
        assert max(move.due.opens_on, TODAY) <= move.to_due < move.due.due
        assert move.to_due in body.meets_on
    after = plan(body, [due(moved.get(one.policy_id, one.due), one.policy_id) for one in dues], TODAY)
    assert sum(len(month.due) for month in after) == sum(len(month.due) for month in before)
    for old, new in zip(before, after, strict=True):
        assert new.too_many <= old.too_many
        assert old.can_take is not None or len(new.due) <= len(old.due)

"""In date: counted from rows, as it was known on the day."""

from datetime import date

import pytest

from policy_pages.board.history import Count, Life, Round, Version, count, days_back

TODAY = date(2026, 11, 23)
SINCE = date(2024, 1, 8)


def lives(*rounds, **values):
    return [Life((Version(SINCE, **values),), rounds)]


def counted(found, day):
    one = count(found, day)
    return one.all, one.current, one.soon, one.late


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 1, 7), (0, 0, 0, 0)),
        (date(2024, 1, 8), (1, 1, 0, 0)),
        (date(2026, 7, 7), (1, 1, 0, 0)),
        (date(2026, 7, 8), (1, 0, 1, 0)),
        (date(2027, 1, 8), (1, 0, 1, 0)),
        (date(2027, 1, 9), (1, 0, 0, 1)),
    ],
)
def test_a_text_counts_from_its_first_day_and_is_late_the_day_after(day, expected):
    assert counted(lives(review_due=date(2027, 1, 8)), day) == expected


def test_a_text_without_a_review_day_is_in_date():
    assert count(lives(), TODAY) == Count(TODAY, 1, 0, 0, undated=1)
    assert count(lives(), TODAY).tenths == 1000


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 3, 2), (1, 1, 0, 0)), (date(2026, 3, 3), (0, 0, 0, 0))]
)
def test_a_withdrawn_text_counts_until_the_day_before(day, expected):
    found = lives(review_due=date(2028, 1, 8), withdrawn_from=date(2026, 3, 3))

    assert counted(found, day) == expected


def test_a_version_issued_after_a_withdrawal_counts_again():
    life = Life((Version(SINCE, withdrawn_from=date(2025, 1, 1)), Version(date(2026, 1, 1))))

    assert [counted([life], day)[0] for day in (date(2025, 6, 1), date(2026, 1, 1))] == [0, 1]


def test_an_extension_counts_from_the_day_on_which_it_was_recorded():
    moved = Round(SINCE, None, date(2026, 1, 8), moves=((date(2026, 2, 10), date(2026, 6, 30)),))

    found = [counted(lives(moved), day)[3] for day in (date(2026, 1, 8), date(2026, 1, 9), date(2026, 2, 9))]
    assert found == [0, 1, 1]
    found = [
        counted(lives(moved), day)[3] for day in (date(2026, 2, 10), date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert found == [0, 0, 1]


def test_a_review_that_ended_late_stays_late_in_the_past():
    first = Round(SINCE, date(2026, 3, 1), date(2026, 1, 8))
    second = Round(date(2026, 3, 1), None, date(2028, 3, 1))

    assert [
        counted(lives(first, second), day)[3]
        for day in (date(2026, 1, 8), date(2026, 2, 28), date(2026, 3, 1))
    ] == [0, 1, 0]


def test_the_highest_number_that_has_begun_counts():
    life = Life(
        (
            Version(date(2024, 1, 1), review_due=date(2025, 1, 1)),
            Version(date(2026, 1, 1), review_due=date(2029, 1, 1)),
        )
    )

    assert [counted([life], day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [
        (1, 0, 0, 1),
        (1, 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("all", "late", "expected"),
    [(0, 0, None), (1, 0, 1000), (1, 1, 0), (214, 17, 920), (2000, 1, 999), (20_000, 1, 999)],
)
def test_the_share_of_nothing_is_none_and_all_but_one_is_not_all(all, late, expected):
    assert Count(TODAY, all, 0, late).tenths == expected


def test_history_has_the_last_day_of_24_months_and_today():
    found = days_back(TODAY)

    assert (len(found), found[0], found[1], found[-2], found[-1]) == (
        25,
        date(2024, 11, 30),
        date(2024, 12, 31),
        date(2026, 10, 31),
        TODAY,
    )
    assert days_back(date(2026, 3, 31), 1) == [date(2026, 2, 28), date(2026, 3, 31)]

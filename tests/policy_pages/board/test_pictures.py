"""What the board's pictures say: the finding, n of N, and never a share of nothing."""

from datetime import date

import pytest

from policy_pages.board import pictures
from policy_pages.board.forecast import Due, Sitting, plan
from policy_pages.board.history import Count

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("tenths", "words"), [(None, "no policy"), (0, "0%"), (1000, "100%"), (921, "92.1%"), (900, "90.0%")]
)
def test_a_share_in_words(tenths, words):
    assert pictures.per_cent(tenths) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(TODAY, 0, 0, 0), "No policy is in force."),
        (Count(TODAY, 1, 0, 0), "1 of 1 policy is in date (100%)."),
        (Count(TODAY, 214, 23, 17), "197 of 214 policies are in date (92.0%)."),
        (Count(TODAY, 2, 0, 2), "0 of 2 policies are in date (0%)."),
    ],
)
def test_in_date_in_words(count, words):
    assert pictures.in_date_words(count) == words


def test_in_date_has_its_finding_and_every_row_behind_it():
    picture = pictures.in_date(Count(TODAY, 214, 23, 17))

    assert picture.finding == "17 of 214 policies are overdue."
    assert picture.says == "174 current, 23 review due, 17 overdue"
    assert [[(cell.words, cell.url) for cell in row] for row in picture.rows] == [
        [("Current", ""), ("174", "/policy-register/?standing=current"), ("81.3%", "")],
        [("Review due", ""), ("23", "/policy-register/?standing=soon"), ("10.7%", "")],
        [("Overdue", ""), ("17", "/policy-register/?standing=late"), ("7.9%", "")],
    ]


def test_in_date_names_texts_without_a_day_apart():
    picture = pictures.in_date(Count(TODAY, 3, 0, 0, undated=2))

    assert picture.finding == "No policy is overdue; 3 are in force."
    assert picture.says == "1 current, 2 without a review day"
    assert [row[0].words for row in picture.rows] == [
        "Current", "Without a review day", "Review due", "Overdue",
    ]  # fmt: skip


def test_the_trend_begins_where_nothing_was_in_force():
    counts = [Count(date(2024, 11, 30), 0, 0, 0), Count(TODAY, 4, 0, 1)]

    picture = pictures.over_time(counts)

    assert picture.finding == "75.0% in date; on 30 November 2024 no policy was in force."
    assert picture.says == "Nov 2024: no policy, Nov 2026: 75.0%"
    assert [[cell.words for cell in row] for row in picture.rows] == [
        ["23 November 2026", "3", "4", "75.0%"],
        ["30 November 2024", "0", "0", "no policy"],
    ]


def test_the_load_names_the_fullest_month():
    body = Sitting(7, "Policy Group", 4, (date(2027, 3, 4), date(2027, 3, 25)))
    dues = [Due(n, f"P-{n}", f"Policy {n}", 7, date(2027, 3, n), date(2026, 9, n)) for n in range(1, 13)]

    picture = pictures.review_load([(body, plan(body, dues, TODAY))], TODAY)

    assert picture.finding == ("March 2027: 12 reviews; Policy Group has 2 meetings and takes 8: 4 too many.")
    assert [[cell.words for cell in row] for row in picture.rows] == [
        ["March 2027", "Policy Group", "12", "8", "4 too many"]
    ]
    assert picture.rows[0][2].url == "/policy-register/?ratified=7&month=2027-03"


def test_the_load_says_when_nothing_is_too_much():
    body = Sitting(7, "Policy Group", None, ())
    dues = [Due(1, "P-1", "Policy 1", 7, date(2027, 3, 1), date(2026, 9, 1))]

    picture = pictures.review_load([(body, plan(body, dues, TODAY))], TODAY)

    assert picture.finding == "No month has more reviews than its body is known to take."
    assert [cell.words for cell in picture.rows[0]] == ["March 2027", "Policy Group", "1", "not known", ""]

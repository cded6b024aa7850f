"""A time between reviews, typed as a number with its unit and kept as months."""

import pytest

from policy_pages.reviews import rules
from policy_pages.reviews.months import MonthsWidget


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ({"every_0": "3", "every_1": "12"}, 36),
        ({"every_0": "18", "every_1": "1"}, 18),
        ({"every": "36"}, "36"),
        ({"every_0": "often", "every_1": "12"}, "often"),
        ({"every_0": "", "every_1": "12"}, ""),
        ({}, None),
    ],
)
def test_what_is_typed(typed, months):
    assert MonthsWidget().value_from_datadict(typed, {}, "every") == months


@pytest.mark.parametrize(
    ("months", "shown"),
    [(36, [3, "12"]), (18, [18, "1"]), ("24", [2, "12"]), (None, [None, "12"]), ("often", ["often", "12"])],
)
def test_what_is_shown(months, shown):
    parts = MonthsWidget().get_context("every", months, {})["widget"]["subwidgets"]
    assert [parts[0]["value"], *parts[1]["value"]] == [None if shown[0] is None else str(shown[0]), shown[1]]


@pytest.mark.parametrize(
    ("months", "words"), [(1, "1 month"), (18, "18 months"), (12, "1 year"), (60, "5 years")]
)
def test_a_span_in_words(months, words):
    assert rules.span(months) == words

"""A number of an address or a form is a number, or nothing: never an error."""

import pytest

from kernel.content.whole import whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),
        ("9" * 5000, 0),
        ("0", 0),
        ("-1", 0),
        ("1.5", 0),
        ("1_000", 0),
        (" 7", 0),
        ("²", 0),
        ("٣", 0),
        ("\0", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_whole_number_of_a_text(text, number):
    assert whole(text) == number

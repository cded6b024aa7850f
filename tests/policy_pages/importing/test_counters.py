import pytest

from policy_pages.importing.counters import shown


@pytest.mark.parametrize(
    ("count", "style", "words"),
    [
        (12, "1", "12"),
        (1, "a", "a"),
        (26, "A", "Z"),
        (27, "a", "aa"),
        (28, "a", "ab"),
        (703, "a", "aaa"),
        (4, "i", "iv"),
        (1994, "I", "MCMXCIV"),
        (0, "a", "0"),
        (-1, "i", "-1"),
        (5_000, "i", "5000"),
        (1_000_000, "a", "1000000"),
    ],
)
def test_a_count_is_shown_in_its_style(count, style, words):
    assert shown(count, style) == words


@pytest.mark.parametrize(("count", "words"), [(26, "z"), (27, "aa"), (28, "bb"), (53, "aaa")])
def test_letters_are_doubled_where_a_list_says_so(count, words):
    assert shown(count, "a", doubled=True) == words

"""The points of a cell of a roles table."""

import pytest

from policy_pages.duties.reading_out import items_of


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", ["One", "Two"]),
        ("<p>You must:</p><ul><li>go</li><li>come</li></ul><p>Rest.</p>", ["You must: go", "You must: come", "Rest."]),
        ("<ul><li>See that:<ul><li>it works</li><li>it is on</li></ul></li></ul>", ["See that: it works it is on"]),
        ("<p>Alone:</p>", ["Alone:"]),
        ("<p>First:</p><p>Second:</p><ol><li>one</li></ol>", ["First:", "Second: one"]),
        ("Bare <b>words</b> &amp; signs", ["Bare words & signs"]),
        ("<ul><li>One</li></ul><ul><li>Two</li></ul>", ["One", "Two"]),
    ],
)  # fmt: skip
def test_points(html, expected):
    assert items_of(html) == expected

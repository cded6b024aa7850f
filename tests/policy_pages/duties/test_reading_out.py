"""The points of a cell of a roles table, and the words of a clause."""

import pytest

from policy_pages.duties.reading_out import duties_of, items_of


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


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        ("<p><b>At work</b><br>A nurse must go.</p>", "At work A nurse must go.", "At work: A nurse must go."),
        ("<p><strong>Day &amp; night</strong></p><p>You go.</p>", "Day & night You go.", "Day & night: You go."),
        ("<p><b>At night:</b><br>You must go.</p>", "At night: You must go.", "At night: You must go."),
        ("<p><b>You must</b> go.</p>", "You must go.", "You must go."),
        ("<p><b>You must go</b></p>", "You must go", "You must go"),
        ("<p>You must go.</p>", "You must go.", "You must go."),
    ],
)  # fmt: skip
def test_a_lead_in_of_its_own_line_is_parted_from_the_words(html, text, expected):
    block = {"type": "clause", "id": "1", "number": "1", "heading": "", "html": html, "text": text}
    (duty,) = duties_of({"blocks": [{**block, "force": "must", "roles": []}]})

    assert duty.words == expected

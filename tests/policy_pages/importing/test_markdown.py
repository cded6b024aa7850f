"""Markdown becomes what the page made of it shows."""

import io

import pytest

from policy_pages.importing import markdown
from policy_pages.importing.source import Kind, Paragraph, Refusal, Source
from tests.policy_pages.importing.reading import left_out, looks, oddities, told, unaccounted


def read(text: str) -> Source:
    source = markdown.read(io.BytesIO(text.encode()))
    assert unaccounted(source) == {}
    return source


def test_headings_paragraphs_and_looks():
    source = read(
        "Fire safety\n===========\n\n## 1.1 Scope\n\n*All* **staff**\nand\\\nvisitors, see [here](https://x.org).\n"
    )
    title, scope, text = source.parts

    assert (source.title, title.level, scope.level, scope.text) == ("Fire safety", 1, 2, "1.1 Scope")
    assert looks(text) == [
        ("All", {"italic": True}),
        (" ", {}),
        ("staff", {"bold": True}),
        (" and\nvisitors, see ", {}),
        ("here", {"href": "https://x.org"}),
        (".", {}),
    ]


def test_lists_at_depth_and_tables():
    source = read(
        "3. three\n4. four\n   - dot\n     1. deep\n\n| Role | Duty |\n|---|---|\n| Nurse | Check |\n"
    )
    items = [part for part in source.parts if isinstance(part, Paragraph)]

    assert [(part.depth, part.number, part.text) for part in items] == [
        (0, "3.", "three"),
        (0, "4.", "four"),
        (1, "", "dot"),
        (2, "1.", "deep"),
    ]
    assert told(source.parts)[-1] == [["Role", "Duty"], ["Nurse", "Check"]]
    assert source.parts[-1].rows[0][0].is_heading


def test_notes_are_numbered_by_their_first_reference_and_go_on_over_lines():
    source = read(
        "Call[^b] and ask[^a], call[^b] again[^none].\n\n"
        "[^a]: Politely\ngoing on\n\n    in a *second* paragraph\n\n"
        "[^b]: By phone[^c]\n[^c]: Not by mail\n[^d]: Never referred to\n\nEnd."
    )

    assert told(source.parts) == ["Call and ask, call again[^none].", "End.", "Never referred to"]
    assert [piece.note for piece in source.parts[0].pieces if piece.note] == ["fn-1", "fn-2", "fn-1"]
    assert {key: told(note) for key, note in source.notes.items()} == {
        "fn-1": ["By phone"],
        "fn-2": ["Politely going on", "in a second paragraph"],
        "fn-3": ["Not by mail"],
    }


def test_what_looks_like_a_note_in_code_is_code():
    source = read("Text `[^a]`\n\n    [^a]: code\n\n```\n[^b]: more\n```\n")

    assert told(source.parts) == ["Text [^a]", "[^a]: code", "[^b]: more"]


def test_markup_in_markdown_is_read_as_markup():
    source = read(
        "<div hidden>secret</div>\n\nText <ins>new</ins> [go](javascript:x) <a href='javascript:x'>run</a>\n"
    )

    assert told(source.parts) == ["Text new [go](javascript:x) run"]
    assert left_out(source) == [(Kind.HIDDEN, "secret")]
    assert oddities(source) == [
        ("hidden_text", "paragraph 1"),
        ("tracked_insertion", "paragraph 1"),
        ("script_link", "paragraph 1"),
    ]


def test_pictures_lie_elsewhere_and_are_reported():
    source = read("![A map](img/map.png)\n")

    assert (told(source.parts), oddities(source)) == ([("A map",)], [("missing_image", "paragraph 1")])


def test_lines_with_labels_stay_lines_and_others_are_one_paragraph():
    found = read("Version: 2.1\n**Owner:** Named nurse\nReview date:\n\nNote: all staff\nwash hands.\n").parts

    assert told(found) == ["Version: 2.1\nOwner: Named nurse\nReview date:", "Note: all staff wash hands."]


def test_facts_in_front_are_lines_of_the_text():
    source = read('---\ntitle: "Fire safety"\nreview date: 1 May 2027\n---\n\nAll staff.\n')

    assert source.title == "Fire safety"
    assert told(source.parts) == ['title: "Fire safety"', "review date: 1 May 2027", "All staff."]


def test_lines_in_front_that_are_no_facts_are_text():
    assert told(read("---\nAll staff.\n\n---\n").parts) == ["All staff."]


def test_line_ends_of_old_programs():
    assert told(markdown.read(io.BytesIO(b"# Fire\r\rAll staff.\r")).parts) == ["Fire", "All staff."]


def test_lists_twenty_deep_lose_no_word():
    text = "".join(f"{'  ' * depth}- level{depth}\n" for depth in range(20))

    assert [part.depth for part in read(text).parts] == list(range(20))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "> " * 60 + "deep",
            "Lists or quotations stand too deep inside each other. Take them apart, try again.",
        ),
        (
            "[a " * 20_000,
            "A paragraph of this file has 60,000 letters; the most we read is 50,000. Part it by empty lines.",
        ),
    ],
    ids=["deep", "long"],
)
def test_what_would_be_dropped_or_take_for_ever_is_refused(text, words):
    with pytest.raises(Refusal) as refused:
        markdown.read(io.BytesIO(text.encode()))

    assert refused.value.message == words


def test_a_picture_as_letters_is_no_long_paragraph():
    source = read(f"# Fire\n\n![Map][a]\n\n[a]: <data:image/png;base64,{'A' * 80_000}>\n")

    assert (told(source.parts), oddities(source)) == (["Fire", ("Map",)], [("unusable_image", "paragraph 2")])

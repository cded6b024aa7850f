"""Titles and headings: by style, by look, by blank lines; and what only looks like one."""

import pytest

from policy_pages.importing.recognising import recognise
from policy_pages.importing.source import Paragraph, Piece, Refusal
from tests.factories.sources import heading, item, make_paragraph, make_source, make_table
from tests.policy_pages.importing.recognised_as import clauses, messages, outline, receipt_for, recognised

WORDS = "Staff read this before they begin work on the ward."


def bold(text, **values):
    return make_paragraph(text, bold=True, **values)


def test_the_title_is_what_has_the_style_of_one():
    found = recognised(
        bold("Fenbrook Trust"), make_paragraph("Lifting policy", is_title=True), heading("Aim"), WORDS
    )

    assert (found.title, outline(found)) == ("Lifting policy", [(1, "", "Aim")])


@pytest.mark.parametrize(
    "front",
    [
        [bold("Fenbrook Hospitals NHS Trust", size=14), bold("Lifting policy", size=20)],
        [bold("Fenbrook Hospitals NHS Trust"), bold("Lifting policy")],
        [bold("Lifting policy"), bold("Working copy for the committee")],
        ["Lifting policy"],
        [heading("Lifting policy")],
    ],
)
def test_without_a_style_the_title_is_the_largest_or_first_that_names_a_document(front):
    found = recognised(*front, heading("Aim"), WORDS, heading("End"), WORDS)

    assert (found.title, outline(found)) == ("Lifting policy", [(1, "", "Aim"), (1, "", "End")])


def test_one_heading_above_all_others_is_the_title_and_levels_begin_at_one():
    found = recognised(heading("Lifting policy"), WORDS, heading("Aim", 2), WORDS, heading("Who", 3), WORDS)

    assert (found.title, outline(found)) == ("Lifting policy", [(1, "", "Aim"), (2, "", "Who")])


def test_a_title_of_the_file_alone_is_no_word_of_the_text():
    receipt = receipt_for(heading("1. Aim"), WORDS, title="Lifting policy")

    assert (receipt["title"], receipt["words_in"], receipt["words_out"]) == ("Lifting policy", 12, 12)


def test_a_number_or_a_line_of_control_is_no_title():
    found = recognised("Version: 2", "Author: A. Person", "1. Aim", WORDS)

    assert found.title == ""
    assert "title" in messages(found, "control_not_found")[0]


def test_document_control_may_state_the_title():
    found = recognised(
        bold("Fenbrook Trust"),
        make_table(["Policy title", "Lifting policy"], ["Version", "2"]),
        heading("Aim"),
        WORDS,
    )

    assert (found.title, found.title_place) == ("Lifting policy", "")


def test_headings_that_are_only_bold_or_in_capitals():
    found = recognised(
        make_paragraph("Lifting policy", is_title=True),
        bold("AIM"),
        WORDS,
        bold("Who it is for"),
        WORDS,
        bold("END"),
        WORDS,
    )

    assert outline(found) == [(1, "", "AIM"), (2, "", "Who it is for"), (1, "", "END")]


def test_bold_words_in_a_text_are_no_heading():
    inside = Paragraph([Piece("Never ", bold=True), Piece("lift alone.")], "paragraph 2")

    found = recognised(bold("Aim"), WORDS, inside, bold("You must never lift alone."), item("bold item"))

    assert outline(found) == []
    assert "<p><b>Never </b>lift alone.</p>" in [text for _number, text in clauses(found)]


def test_where_nearly_all_is_bold_nothing_stands_out_by_it():
    found = recognised(
        make_paragraph("Lifting policy", is_title=True), bold("Short words"), bold(WORDS), bold(WORDS)
    )

    assert outline(found) == []


def test_numbered_short_lines_are_headings_in_a_text_without_looks():
    blank = make_paragraph("")

    found = recognised(
        "Lifting policy", blank, "1. Aim", blank, "1.1 " + WORDS, "2. Ward staff", blank, "2.1 " + WORDS
    )

    assert outline(found) == [(1, "1", "Aim"), (1, "2", "Ward staff")]


def test_blank_lines_show_headings_in_a_text_without_looks():
    blank = make_paragraph("")

    found = recognised(
        "Lifting policy",
        blank,
        "Why do we have it?",
        WORDS,
        "You bring:",
        item("a belt"),
        blank,
        "What we promise:",
        item("help"),
        blank,
        "If you have a question about lifting, you can ask your manager.",
    )

    assert outline(found) == [(1, "", "Why do we have it?"), (1, "", "What we promise:")]


def test_a_long_paragraph_in_the_style_of_a_heading_is_a_clause():
    text = "Every person who lifts a patient on a ward of this hospital asks a second person to help with it first."

    found = recognised(heading("1. Aim"), heading("1.1 " + text, 2))

    assert (outline(found), clauses(found)) == ([(1, "1", "Aim")], [("1.1", f"<p>{text}</p>")])


def test_skipped_levels_are_kept_and_told_with_the_paragraph():
    found = recognised(
        heading("Aim"),
        WORDS,
        heading("Deep", 3, place="paragraph 41"),
        WORDS,
        heading("End"),
        WORDS,
        heading("6", 2),
    )

    assert outline(found)[:3] == [(1, "", "Aim"), (3, "", "Deep"), (1, "", "End")]
    assert [(o.where, str(o.message)) for o in found.oddities if o.code == "skipped_level"] == [
        ("paragraph 41", "“Deep” is of level 3 and stands under level 1. It is kept as it is.")
    ]


def test_more_levels_than_a_page_has_are_told_and_the_receipt_keeps_them():
    parts = [part for level in range(1, 8) for part in (heading(f"Level {level}", level), WORDS)]

    source = make_source(make_paragraph("Lifting policy", is_title=True), *parts)
    found = recognise(source)

    assert [level for level, _number, _title in outline(found)] == [1, 2, 3, 4, 5, 6, 7]
    assert [block.value["level"] for block in found.blocks if block.type == "section"] == list("1234555")
    assert len(messages(found, "level_too_deep")) == 2


def test_lines_of_a_title_page_head_nothing():
    found = recognised(
        make_paragraph("Lifting policy", is_title=True),
        bold("Fenbrook Trust"),
        bold("Estates"),
        "Version: 3",
        bold("Aim"),
        WORDS,
    )

    assert outline(found) == [(1, "", "Aim")]


def test_a_document_without_words_is_refused():
    with pytest.raises(Refusal, match="no text"):
        recognise(make_source(make_paragraph("")))

"""Shapes in which real documents differ from tidy ones; each was once read wrongly."""

import pytest

from policy_pages.importing.source import Kind, LeftOut, Paragraph, Piece
from tests.factories.sources import heading, item, make_paragraph, make_table
from tests.policy_pages.importing.recognised_as import blocks, clauses, outline, receipt_for, recognised

TITLE = make_paragraph("Lifting policy", is_title=True)
LONG = "Staff read this before they begin any work on the ward, and ask the matron where they are not sure of it."


def bold(text):
    return make_paragraph(text, bold=True)


def test_steps_counted_under_one_heading_are_a_list():
    found = recognised(
        TITLE,
        heading("Scope"),
        LONG,
        heading("Steps"),
        "Do it so.",
        item("Wet", 0, "1."),
        item("Dry", 0, "2."),
        heading("End"),
        LONG,
    )

    assert clauses(found)[1] == ("", "<p>Do it so.</p><ol><li>Wet</li><li>Dry</li></ol>")


def test_a_heading_that_begins_like_a_measure_keeps_its_number():
    found = recognised(
        TITLE, heading("2. Rules"), heading("2.1 Times", 2), LONG, heading("2.2 Hours of work", 2), LONG
    )

    assert outline(found)[1:] == [(2, "2.1", "Times"), (2, "2.2", "Hours of work")]


@pytest.mark.parametrize(
    "line",
    [
        "Version: 3 Author: A. Person Review date: May 2028",
        "Version: 3\nAuthor: A. Person\nReview date: May 2028",
    ],
)
def test_several_labels_in_one_line(line):
    receipt = receipt_for(TITLE, line, heading("Aim"), LONG)

    assert receipt["document_control"] == {"Version": "3", "Author": "A. Person", "Review date": "May 2028"}
    assert receipt["words_in"] == receipt["words_out"]


def test_clauses_in_one_cell_are_clauses_of_their_own():
    cell = [make_paragraph("1.2 Look."), make_paragraph("It helps."), make_paragraph("1.3 Lift.")]

    found = recognised(TITLE, make_table(["1.0", "AIM"], ["1.1", "Ask."], ["", cell]))

    assert clauses(found) == [
        ("1.1", "<p>Ask.</p>"),
        ("1.2", "<p>Look.</p><p>It helps.</p>"),
        ("1.3", "<p>Lift.</p>"),
    ]


def test_a_section_and_its_words_in_one_row():
    found = recognised(TITLE, make_table(["1.0", [bold("AIM"), make_paragraph(LONG)]], ["1.1", "Ask."]))

    assert blocks(found) == [
        ("section", "1.0", "AIM", 1),
        ("clause", "", "", f"<p>{LONG}</p>"),
        ("clause", "1.1", "", "<p>Ask.</p>"),
    ]


def test_a_third_column_in_which_nothing_stands_does_not_matter():
    found = recognised(TITLE, make_table(["1.0", "AIM", ""], ["1.1", "Ask.", ""]))

    assert blocks(found) == [("section", "1.0", "AIM", 1), ("clause", "1.1", "", "<p>Ask.</p>")]


def test_a_head_with_a_blank_corner():
    (block,) = recognised(
        TITLE, make_table(["", "North", "South"], ["Monday", "A", "B"], ["Tuesday", "C", "D"])
    ).blocks

    assert [column["heading"] for column in block.value["table"]["columns"]] == ["", "North", "South"]


def test_tabbed_lines_of_control_are_no_contents_list():
    lines = ["Version\t3", "Policy number\t12", "Review period\t36"]
    receipt = receipt_for(TITLE, *lines, heading("Aim"), LONG)

    assert receipt["document_control"] == {"Version": "3", "Policy number": "12", "Review period": "36"}


def test_a_heading_left_over_from_a_contents_list_goes_with_it():
    left = [LeftOut(Kind.CONTENTS, "Aim 2", "paragraph 3")]
    words = [*"Lifting policy Contents Aim".split(), *LONG.split(), "Aim", "2"]
    receipt = receipt_for(TITLE, "Contents", heading("Aim"), LONG, words=words, left_out=left)

    assert ([row["title"] for row in receipt["sections"]], receipt["words_in"]) == (
        ["Aim"],
        receipt["words_out"],
    )


def test_what_stands_after_the_appendices_is_of_the_first_level_again():
    found = recognised(
        bold("LIFTING POLICY"),
        bold("1. AIM"),
        LONG,
        bold("Appendix 1"),
        bold("Form"),
        LONG,
        bold("REFERENCES"),
        LONG,
        bold("Document control"),
        "Version: 3",
        "Author: A. Person",
    )

    assert outline(found) == [(1, "1", "AIM"), (1, "", "REFERENCES"), (1, "", "Document control")]


def test_the_end_of_a_text_without_looks_is_a_section_of_its_own():
    blank = make_paragraph("")
    found = recognised(
        "LIFTING POLICY",
        blank,
        "1. AIM",
        blank,
        "1.1 " + LONG,
        blank,
        "REFERENCES",
        blank,
        "Lifting Act 1971",
        blank,
    )

    assert outline(found) == [(1, "1", "AIM"), (1, "", "REFERENCES")]


def test_signs_that_no_database_keeps_are_dropped():
    receipt = receipt_for(
        TITLE, heading("Ai\x00m"), "Lift\x0bwell\x07.", make_table(["Version", "\x003"], ["Author", "A"])
    )

    assert receipt["text"].split("\n") == ["Lifting policy", "Aim", "Lift well.", "Version: 3", "Author: A"]
    assert receipt["words_in"] == receipt["words_out"]


def test_a_title_page_in_a_box_is_read_like_one_without():
    box = make_table([[bold("Fenbrook Hospitals NHS Trust"), bold("Lifting policy")]])

    assert recognised(box, heading("Aim"), LONG).title == "Lifting policy"


def test_lists_without_numbers_that_count_are_ordered():
    found = recognised(
        TITLE,
        "Do:",
        make_paragraph("Wet", depth=0, ordered=True),
        make_paragraph("Dry", depth=0, ordered=True),
    )

    assert clauses(found) == [("", "<p>Do:</p><ol><li>Wet</li><li>Dry</li></ol>")]


def test_a_list_beside_the_number_of_its_clause_keeps_its_own_numbers():
    cell = [make_paragraph("(a) Ask."), make_paragraph("(b) Look.")]
    receipt = receipt_for(TITLE, make_table(["1.0", "AIM"], ["1.1", cell]))

    assert receipt["text"].split("\n")[1:] == ["1.0 AIM", "1.1", "(a) Ask.", "(b) Look."]
    assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])


def test_a_mark_that_runs_over_the_place_of_a_note():
    pieces = [Piece("[bookmark: _a", note="n1"), Piece("b]Lift well.", bold=True)]
    receipt = receipt_for(TITLE, Paragraph(pieces, "paragraph 2"), notes={"n1": [make_paragraph("Said so.")]})

    assert receipt["text"].split("\n") == ["Lifting policy", "1Lift well.", "Notes", "1. Said so."]
    assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])


def test_numbers_behind_tabs_that_do_not_rise_are_no_pages():
    receipt = receipt_for(TITLE, heading("Beds"), "North\t12", "South\t3", "East\t7")

    assert (receipt["left_out"], receipt["text"].split("\n")[2:]) == ({}, ["North 12", "South 3", "East 7"])

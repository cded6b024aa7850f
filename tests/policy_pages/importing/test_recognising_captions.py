"""Captions above and below tables and pictures, and sentences that only speak of them."""

import pytest

from policy_pages.importing.source import Paragraph, Picture, Piece
from tests.factories.sources import heading, make_paragraph, make_table
from tests.policy_pages.importing.recognised_as import clauses, codes, receipt_for, recognised

TITLE = make_paragraph("Lifting policy", is_title=True)


def desks(*rows):
    return make_table(["Day", "Desk"], ["Monday", "North"], *rows)


def hoist():
    return Picture("paragraph 9", b"png", alt="A hoist")


def captions(found):
    return [block.value["caption"] for block in found.blocks if block.type in ("table", "figure")]


@pytest.mark.parametrize(
    "caption",
    [
        "Table 1: five moments",
        "Table 1 Five moments",
        "TABLE 1",
        "Table 2.1 – Five moments",
        "Box A. Moments.",
    ],
)
def test_a_caption_above_a_table_is_taken_out_of_the_clause_before_it(caption):
    found = recognised(TITLE, heading("1. Aim"), "1.1 Look at the table.", caption, desks())

    assert (clauses(found), captions(found)) == ([("1.1", "<p>Look at the table.</p>")], [caption])
    assert "table_without_caption" not in codes(found)


@pytest.mark.parametrize(
    "said",
    [
        "Table 1 shows the five moments.",
        "Table 1 below",
        "Figure 1 and Table 2",
        "Table 1 Five moments: " + "wash hands and " * 20,
        "Tables are read from the left:",
    ],
)
def test_a_sentence_about_a_table_stays_in_its_clause(said):
    receipt = receipt_for(TITLE, heading("1. Aim"), "1.1 Wash.", said, desks())

    assert " ".join(said.split()) in receipt["text"]
    assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])
    assert "table_without_caption" in [row["code"] for row in receipt["warnings"]]


def test_a_caption_above_or_below_a_picture():
    above = recognised(TITLE, "1.1 Look.", "Figure 1: a hoist", hoist(), "1.2 Lift.")
    below = recognised(TITLE, "1.1 Look.", hoist(), "Figure 1 A hoist", "1.2 Lift.")

    assert (captions(above), captions(below)) == (["Figure 1: a hoist"], ["Figure 1 A hoist"])
    for found in (above, below):
        assert clauses(found) == [("1.1", "<p>Look.</p>"), ("1.2", "<p>Lift.</p>")]


@pytest.mark.parametrize(
    "parts",
    [
        ["Table 1 First", desks(), "Table 2 Second", desks()],
        [desks(), "Table 1 First", desks(), "Table 2 Second"],
        ["Table 1 First", desks(), hoist(), "Figure 2 Second"],
        ["Table 1 First", desks(), "Figure 2 Second", hoist()],
        ["Figure 1 First", hoist(), "Figure 2 Second", hoist()],
    ],
)
def test_neighbours_have_each_their_own_caption(parts):
    assert [text.split()[-1] for text in captions(recognised(TITLE, "1.1 Look.", *parts))] == [
        "First",
        "Second",
    ]


def test_between_two_the_caption_of_a_table_is_above_and_of_a_picture_below():
    tables = recognised(TITLE, "1.1 Look.", desks(), "Table 1 Second", desks())
    pictures = recognised(TITLE, "1.1 Look.", hoist(), "Figure 1 First", hoist())

    assert (captions(tables), captions(pictures)) == (["", "Table 1 Second"], ["Figure 1 First", ""])


def test_elsewhere_in_the_document_captions_show_on_which_side_they_stand():
    found = recognised(
        TITLE, "1.1 Look.", desks(), "Table 1 First", desks(), "1.2 Lift.", desks(), "Table 3 Last", "1.3 Go."
    )

    assert captions(found) == ["Table 1 First", "", "Table 3 Last"]


def test_a_table_of_roles_leaves_the_caption_to_one_of_data():
    roles = make_table(["Role", "Duties"], ["Matron", "Keeps belts."])
    found = recognised(TITLE, "1.1 Look.", desks(), "Table 1 Desks", roles)

    assert captions(found) == ["Table 1 Desks"]


def test_a_caption_in_the_style_of_a_heading_and_one_above_a_table_of_roles():
    roles = make_table(["Role", "Duties"], ["Matron", "Keeps belts."])
    found = recognised(TITLE, heading("Aim"), heading("Table 1: who does what", 2), roles)

    assert [block.value.get("heading") for block in found.blocks] == [None, "Table 1: who does what"]


def test_a_caption_with_a_note_or_of_a_missing_picture_stays_in_the_text():
    noted = Paragraph([Piece("Table 1: desks", note="n1")], "paragraph 2")
    receipt = receipt_for(
        TITLE,
        noted,
        desks(),
        Picture("paragraph 9", alt="plan"),
        "Figure 1: a plan",
        notes={"n1": [make_paragraph("Of last year.")]},
    )

    assert receipt["text"].split("\n")[1] == "Table 1: desks1"
    assert "Figure 1: a plan" in receipt["text"].split("\n")
    assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])

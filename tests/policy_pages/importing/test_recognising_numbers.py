"""Numbers in front of lines: typed, counted by the program, and both; what is none."""

import pytest

from policy_pages.importing import numbering
from tests.factories.sources import heading, item, make_paragraph, make_table
from tests.policy_pages.importing.recognised_as import (
    blocks,
    clauses,
    codes,
    messages,
    outline,
    receipt_for,
    recognised,
)


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1. Aim", "1", "Aim"),
        ("1.0 AIM", "1.0", "AIM"),
        ("1.1 Words go here.", "1.1", "Words go here."),
        ("1.1.1\tWords", "1.1.1", "Words"),
        ("1.1.Words", "1.1", "Words"),
        ("4.2(a) Words", "4.2(a)", "Words"),
        ("B.1 Matron", "B.1", "Matron"),
        ("(a) first", "(a)", "first"),
        ("(iv) fourth", "(iv)", "fourth"),
        ("a) first", "a", "first"),
        ("IV. Aim", "IV", "Aim"),
        ("Section 3: Duties", "Section 3", "Duties"),
        ("SECTION 3 DUTIES", "SECTION 3", "DUTIES"),
        ("Article 12. Appeals", "Article 12", "Appeals"),
    ],
)
def test_a_number_is_split_from_the_words(text, number, rest):
    found = numbering.typed(text)

    assert (found.number, text[len(found.written) :]) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "2.5 mg of morphine",
        "9.30 am is the hour",
        "12.03.2026 was a Thursday",
        "3 days after the event",
        "1.5 million people",
        "2019 was the year",
        "Section 3 of the Act applies to all.",
        "Part of the ward is shut.",
        "i.e. the ward",
        "e.g. a bed",
        "1st hand accounts",
        "I am a nurse",
        "A bed is made.",
        "24/7 cover",
    ],
)
def test_a_measure_or_a_word_is_no_number(text):
    assert numbering.typed(text) is None


def test_counted_typed_and_both_in_one_document():
    found = recognised(
        heading("Aim", number="1."),
        make_paragraph("Counted by Word.", number="1.1"),
        "1.2 Typed by hand.",
        heading("2. Duties"),
        "2.1 Typed.",
        make_paragraph("Counted.", number="2.2"),
    )

    assert blocks(found) == [
        ("section", "1", "Aim", 1),
        ("clause", "1.1", "", "<p>Counted by Word.</p>"),
        ("clause", "1.2", "", "<p>Typed by hand.</p>"),
        ("section", "2", "Duties", 1),
        ("clause", "2.1", "", "<p>Typed.</p>"),
        ("clause", "2.2", "", "<p>Counted.</p>"),
    ]


def test_typed_numbers_are_words_and_counted_ones_are_not():
    receipt = receipt_for(
        heading("Aim", number="1."),
        make_paragraph("Counted by Word:", number="1.1"),
        item("first", number="(a)"),
        item("second", number="(b)"),
        "1.2.Glued words.",
    )

    assert (receipt["words_in"], receipt["words_out"], receipt["lost"]) == (8, 8, [])
    assert receipt["text"].split("\n") == [
        "1 Aim",
        "1.1 Counted by Word:",
        "(a) first",
        "(b) second",
        "1.2 Glued words.",
    ]


def test_numbers_stay_as_written_where_they_repeat_or_stand_elsewhere():
    found = recognised("1.0 AIM", "1.1 One.", "2.0 END", "1.1 Two.", "2.2 Three.", "2.2 Four.", "2.5 Five.")

    assert [number for number, _text in clauses(found)] == ["1.1", "1.1", "2.2", "2.2", "2.5"]
    assert messages(found, "number_out_of_place") == [
        "2.0 contains 1.1 (duplicate of 1.1 in 1.0). Both are kept as written."
    ]
    assert messages(found, "duplicate_number") == [
        "2.2 stands twice; the first is in 2.0. Both are kept as written."
    ]
    assert messages(found, "number_gap") == ["2.3 is missing before 2.5. Nothing was renumbered."]


def test_missing_sections_are_told_as_their_neighbours_are_written():
    found = recognised("1.0 AIM", "1.1 One.", "3.0 END", "3.1 Two.")

    assert messages(found, "number_gap") == ["2.0 is missing before 3.0. Nothing was renumbered."]


def test_the_map_of_numbers_keeps_what_stands_twice():
    receipt = receipt_for("1.0 AIM", "1.1 One.", "2.0 END", "1.1 Two.")

    assert list(receipt["numbering_map"]) == ["1.0", "1.1", "2.0", "1.1 (2)"]
    assert len(set(receipt["numbering_map"].values())) == 4


def test_paragraphs_counted_through_a_document_are_clauses():
    found = recognised(
        make_paragraph("Aim", bold=True),
        "1. Every ward has a plan.",
        "2. The plan is read each year.",
        make_paragraph("Duties", bold=True),
        "3. Matrons read it first.",
    )

    assert [number for number, _text in clauses(found)] == ["1", "2", "3"]


def test_a_list_that_a_sentence_leads_to_is_no_row_of_clauses():
    found = recognised(
        "1.0 AIM", "1.1 Bring these:", "1. a pen", "2. paper", "a) white", "b) blue", "1.2 Go."
    )

    assert clauses(found) == [
        (
            "1.1",
            "<p>Bring these:</p><ol><li>a pen</li><li>paper<br>a) white<br>b) blue</li></ol>",
        ),
        ("1.2", "<p>Go.</p>"),
    ]


def test_a_clause_without_a_number_stays_without_and_is_told():
    found = recognised("1.0 AIM", "1.1 One.", "2.0 CARE", "Words alone.", "3.0 END", "3.1 Two.")

    assert clauses(found) == [("1.1", "<p>One.</p>"), ("", "<p>Words alone.</p>"), ("3.1", "<p>Two.</p>")]
    assert messages(found, "clause_without_number") == [
        "2.0 CARE has a clause without a number. It stays without."
    ]


def test_a_number_alone_in_its_cell_counts_as_that_of_the_text_beside_it():
    table = make_table(["1.0", "AIM"], ["1.1", "Words."], ["", ""], ["1.2", "More words."])

    found = recognised(table)

    assert blocks(found) == [
        ("section", "1.0", "AIM", 1),
        ("clause", "1.1", "", "<p>Words.</p>"),
        ("clause", "1.2", "", "<p>More words.</p>"),
    ]
    assert codes(found) == []


def test_a_counted_number_in_an_empty_cell_counts_too():
    rows = [[[make_paragraph("", number="1.")], "AIM"], [[make_paragraph("", number="1.1")], "Words."]]

    assert outline(recognised(make_table(*rows))) == [(1, "1", "AIM")]


def test_nested_numbers_in_a_clause_keep_what_a_person_sees():
    found = recognised(
        "1.0 AIM",
        "1.1 Bring:",
        item("paper", 1, "(c)"),
        item("white", 2, "(i)"),
        item("pens", 1, "(d)"),
    )

    assert clauses(found) == [("1.1", "<p>Bring:</p><p>(c) paper</p><p>(i) white</p><p>(d) pens</p>")]


@pytest.mark.parametrize(
    ("items", "html"),
    [
        ([("a", 0, "i."), ("b", 0, "ii.")], "<p>i. a</p><p>ii. b</p>"),
        ([("a", 0, "3."), ("b", 0, "4.")], "<p>3. a</p><p>4. b</p>"),
        ([("a", 0, "1."), ("b", 0, "2.")], "<ol><li>a</li><li>b</li></ol>"),
        (
            [("a", 0, "(a)"), ("x", 1, ""), ("b", 0, "(b)")],
            "<p>(a) a</p><ul><li>x</li></ul><p>(b) b</p>",
        ),
        (
            [("x", 0, ""), ("a", 1, "(a)"), ("i", 2, "(i)"), ("y", 0, "")],
            "<ul><li>x<br>(a) a<br>(i) i</li><li>y</li></ul>",
        ),
        (
            [("x", 0, ""), ("a", 1, "(a)"), ("z", 2, ""), ("b", 1, "(b)")],
            "<ul><li>x<ul><li>(a) a<ul><li>z</li></ul></li><li>(b) b</li></ul></li></ul>",
        ),
    ],
)
def test_signs_of_the_source_stand_without_a_bullet_of_ours(items, html):
    parts = ["1.0 AIM", "1.1 Bring:", *(item(text, depth, number) for text, depth, number in items)]
    receipt = receipt_for(*parts)

    assert clauses(recognised(*parts)) == [("1.1", f"<p>Bring:</p>{html}")]
    assert (receipt["words_in"], receipt["lost"], "words_added" in str(receipt["warnings"])) == (
        receipt["words_out"],
        [],
        False,
    )

"""Plain text: conversions of Word files, and what people type."""

from io import BytesIO

import pytest

from policy_pages.importing import plain
from policy_pages.importing.source import Paragraph, Refusal, Table


def read(text, encoding="utf-8"):
    return plain.read(BytesIO(text.encode(encoding)))


def seen(text):
    """(depth, text) of the paragraphs, rows of the tables as lists; blank lines left out."""
    return [shown for part in read(text).parts if (shown := _shown(part))]


def _shown(part):
    if isinstance(part, Table):
        return [[cell.text.strip() for cell in row] for row in part.rows]
    return (part.depth, part.text) if part.text else None


def test_cells_begin_with_tabs_and_columns_come_from_the_first_row():
    text = "\tRole\n\tDuty\n\tTasks\n\n\tWard clerk\n\n\tFiles notes\nAnswers calls\n\t· rings\n\n"

    assert seen(text + "\tPorter\n\tLifts\n\t\n") == [
        [
            ["Role", "Duty", "Tasks"],
            ["Ward clerk", "Files notes\nAnswers calls", "rings"],
            ["Porter", "Lifts", ""],
        ]
    ]


def test_a_number_beside_its_text_keeps_paragraphs_parted_by_blank_lines():
    text = "\t1.0\n\tAIM\n\n\t\n\t\n\n\t1.1\n\tFirst words.\n\nMore words.\n· a point\n\n"
    text += "\t2.0\n\tEND\n\n\t\n\t\n\n\n\nAfter it.\n"

    table, after = seen(text)

    assert [row for row in table if any(row)] == [
        ["1.0", "AIM"],
        ["1.1", "First words.\n\nMore words.\na point"],
        ["2.0", "END"],
    ]
    assert after == (None, "After it.")


def test_a_heading_alone_after_a_wider_gap_begins_another_table():
    text = "\tFirst list\n\n\tIs it so?\n\t\n\n\tIs it not?\n\t\n\n\n\tSecond list\n\n\tAnd now?\n\t\n\n\tAnd then?\n"

    first, second = seen(text)

    assert first == [["First list"], ["Is it so?", ""], ["Is it not?", ""]]
    assert second == [["Second list"], ["And now?", ""], ["And then?", ""]]


def test_inner_tables_begin_with_two_tabs():
    text = (
        "\t\tName:\n\n\t\tA. Person\n\n\n\n\t\tDay:\n\n\t\tMonday\n\n\n\n\n\n\n"
        "Between them.\n\n\t\tPoint\n\n\t\tAnswer\n\n\n\n\t\tIs it safe?\n\n\t\tYes\t\t\n\n\n Outside.\n"
    )

    assert seen(text) == [
        [["Name:", "A. Person"], ["Day:", "Monday"]],
        (None, "Between them."),
        [["Point", "Answer"], ["Is it safe?", "Yes"]],
        (None, "Outside."),
    ]


def test_lines_parted_by_tabs_are_a_table():
    assert seen("Day\tDesk\nMonday\tNorth\nTuesday\tSouth\n") == [
        [["Day", "Desk"], ["Monday", "North"], ["Tuesday", "South"]]
    ]


def test_a_tab_that_only_indents_makes_no_table():
    assert seen("\tOne paragraph with an indent.\n\n\tAnother one.\n") == [
        (None, "One paragraph with an indent."),
        (None, "Another one."),
    ]


@pytest.mark.parametrize("sign", ["·", "•", "-", "*", "o", "–"])
def test_bullets_of_each_kind(sign):
    assert seen(f"Bring:\n{sign} a pen\n{sign} paper\n") == [(None, "Bring:"), (0, "a pen"), (0, "paper")]
    assert read(f"Bring:\n{sign} a pen\n").words == ["Bring:", "a", "pen"]


def test_bullets_stand_deeper_by_indent_or_by_sign():
    assert [depth for depth, _text in seen("• a\n   - b\n   - c\n• d\no e\n")] == [0, 1, 1, 0, 1]


def test_a_bullet_before_a_number_of_a_clause_is_dropped():
    assert seen("- 4.2 Doors are shut.\n") == [(None, "4.2 Doors are shut.")]


WRAPPED = """\
1. Purpose

This procedure tells everybody who works in the stores how the things that
arrive are looked at, counted and put away before the end of the same day,
so that nothing is left in the yard over night.

   * boxes that are torn are put on one side and the driver signs for
     them before he goes;
   * others go in.

2. Scope
It is for the stores alone and does not reach any of the wards or clinics.
"""


def test_wrapped_lines_are_one_paragraph():
    lines = seen(WRAPPED)

    assert lines[1][1].startswith("This procedure tells") and lines[1][1].endswith("over night.")
    assert lines[2:4] == [
        (0, "boxes that are torn are put on one side and the driver signs for them before he goes;"),
        (0, "others go in."),
    ]
    assert lines[4:] == [
        (None, "2. Scope"),
        (None, "It is for the stores alone and does not reach any of the wards or clinics."),
    ]


def test_a_sentence_broken_by_blank_lines_is_mended():
    text = "Talk to the person who was on the ward at that \n\n\ntime of day.\n\n\nThen write it down.\n"

    assert [text for _depth, text in seen(text)] == [
        "Talk to the person who was on the ward at that time of day.",
        "Then write it down.",
    ]


def test_underlined_lines_are_headings():
    parts = [part for part in read("Stores\n======\n\nIn short\n--------\nWords.\n").parts if part.text]

    assert [(part.level, part.text) for part in parts] == [(1, "Stores"), (2, "In short"), (0, "Words.")]


def test_links_count_by_their_words_and_keep_their_address():
    source = read("See [the rota](#) and [our page](https://trust.example/a).\n")

    assert [(piece.text, piece.href) for piece in source.parts[0].pieces] == [
        ("See ", ""),
        ("the rota", "#"),
        (" and ", ""),
        ("our page", "https://trust.example/a"),
        (".", ""),
    ]
    assert source.words == ["See", "the", "rota", "and", "our", "page."]


def test_page_numbers_beside_form_feeds_are_left_out_by_name():
    source = read("First page.\n\nPage 1 of 2\n\fSecond page.\n")

    assert (source.words, [one.words for one in source.left_out]) == (
        ["First", "page.", "Second", "page."],
        ["Page 1 of 2"],
    )


def test_two_lines_glued_to_one_word_are_parted_and_told():
    source = read(
        "Appendix 1: Words for wardsOpening words\n· greet\n\nOpening words\n· greet again\n\nA toolAPPENDIX 2\n"
    )

    texts = [part.text for part in source.parts if part.text]
    assert texts == [
        "Appendix 1: Words for wards",
        "Opening words",
        "greet",
        "Opening words",
        "greet again",
        "A tool\tAPPENDIX 2",
    ]
    assert [oddity.code for oddity in source.oddities] == ["glued_words", "glued_words"]


def test_a_word_with_a_capital_inside_stays_whole():
    source = read("Appendix 1: Working with PowerPoint\n\nWords.\n")

    assert source.parts[0].text == "Appendix 1: Working with PowerPoint"
    assert source.oddities == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    assert read("The patient’s café\n", encoding).words == ["The", "patient’s", "café"]


def test_what_is_no_text_is_refused():
    with pytest.raises(Refusal, match="damaged"):
        plain.read(BytesIO(b"\xff\xfe\x00"))


def test_every_word_of_the_parts_is_counted_on_its_own_way():
    for text in (WRAPPED, "\t1.0\n\tAIM\n\n\t1.1\n\tWords [with](#) it.\n"):
        source = read(text)
        shown = [
            word for part in source.parts if isinstance(part, Paragraph | Table) for word in part.text.split()
        ]
        assert sorted(shown) == sorted(word for word in source.words)

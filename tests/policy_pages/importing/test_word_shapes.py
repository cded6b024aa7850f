"""Word documents in the shapes of real policies, each read as a person sees it."""

from io import BytesIO

import pytest

from policy_pages.importing.source import Kind, Paragraph, Picture
from policy_pages.importing.word import read
from tests.factories import word
from tests.factories.files import png
from tests.policy_pages.importing.seen import codes, grid, left, numbers, opened, tables, texts, words_lost

SHAPES = (
    "auto_numbered",
    "typed_numbers",
    "mixed_numbers",
    "bold_headings",
    "capital_headings",
    "layout_table",
    "data_table_merged",
    "roles_table",
    "nested_lists",
    "notes",
    "pictures",
    "text_boxes",
    "tracked_and_commented",
    "headers_with_control",
    "control_table",
    "control_labels",
    "appendices",
    "with_placeholders",
    "contents_list",
    "mixed_levels",
    "whole_policy",
)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_word_of_any_shape_is_lost(shape):
    source = opened(getattr(word, shape)())

    assert source.words and words_lost(source) == {}


def test_numbers_that_word_counts():
    source = opened(word.auto_numbered())

    assert source.title == "Lone working policy"
    assert [(part.number, part.level, part.depth, part.ordered) for part in source.parts] == [
        ("", 0, None, False),
        ("1.", 1, None, True),
        ("1.1", 0, 1, True),
        ("1.2", 0, 1, True),
        ("(a)", 0, 2, True),
        ("(b)", 0, 2, True),
        ("2.", 1, None, True),
        ("2.1", 0, 1, True),
        ("", 0, None, False),
        ("2.2", 0, 1, True),
        ("(a)", 0, 2, True),
        ("(b)", 0, 2, True),
        ("(i)", 0, 3, True),
    ]
    assert [part.place for part in source.parts[:2]] == ["paragraph 1", "paragraph 2"]
    assert [part.is_title for part in source.parts[:2]] == [True, False]


def test_numbers_that_are_typed_stay_in_the_text():
    source = opened(word.typed_numbers())

    assert {part.number for part in source.parts} == {""}
    assert texts(source.parts)[1:4] == [
        "1.0\tINTRODUCTION",
        "1.1\tKeys of the Birch House clinic are held by the nurse in charge.",
        "1.2  A key is never lent to a visitor.",
    ]
    first = source.parts[0]
    assert (first.is_bold, first.size, first.centred) == (True, 18, True)


def test_counted_and_typed_numbers_side_by_side():
    assert [(number, text[:12]) for number, text in numbers(opened(word.mixed_numbers()))] == [
        ("", "Visitors pol"),
        ("1.0", "INTRODUCTION"),
        ("", "1.1 Visitors"),
        ("", "1.2 Two visi"),
        ("2.0", "CHILDREN"),
        ("", "2.1 Children"),
        ("", "A sister may"),
        ("3.0", "MONITORING"),
        ("", "2.1 The matr"),
    ]


def test_lines_in_bold():
    parts = opened(word.bold_headings()).parts

    assert [part.is_bold for part in parts] == [True, True, False, True, False, True, False, False]
    assert [(piece.text, piece.bold) for piece in parts[-1].pieces] == [
        ("Note:", True),
        (" money goes to the cashier.", False),
    ]


def test_capitals_typed_or_by_their_look():
    parts = opened(word.capital_headings()).parts

    assert [part.text for part in parts if part.is_capitals] == [
        "WINDOW SAFETY POLICY",
        "INTRODUCTION",
        "INSPECTION",
        "REPORTING",
    ]


def test_a_table_for_layout_has_no_borders():
    (table,) = tables(opened(word.layout_table()))

    assert not table.has_borders
    assert grid(table)[:3] == [
        ["1.0", "INTRODUCTION"],
        ["", ""],
        ["1.1", "This policy is about safe discharge at night.\nIt is for wards and for the site team."],
    ]


def test_merged_cells_reach_across_and_down():
    (table,) = tables(opened(word.data_table_merged()))

    assert table.has_borders and table.place == "table 1"
    assert [[(cell.text, cell.across, cell.down) for cell in row] for row in table.rows] == [
        [("Reading", 1, 1), ("First action", 1, 1), ("Within", 1, 1)],
        [("Below 2 degrees", 1, 2), ("Move the vaccines", 1, 1), ("15 minutes", 1, 1)],
        [("Ring the pharmacy", 1, 1), ("30 minutes", 1, 1)],
        [("Above 8 degrees, both wards", 2, 1), ("15 minutes", 1, 1)],
    ]
    assert [[cell.is_heading for cell in row] for row in table.rows[:2]] == [[True] * 3, [False] * 3]


def test_a_table_of_roles():
    (table,) = tables(opened(word.roles_table()))

    assert grid(table)[0] == ["Role", "Responsibility"]
    assert texts(table.rows[2][1].parts) == [
        "Gives advice to staff.",
        "Reads every referral within one working day.",
    ]
    assert table.rows[2][1].parts[0].place == "table 1, row 3, column 2"


def test_lists_in_lists():
    parts = opened(word.nested_lists()).parts
    items = [part for part in parts if part.depth is not None]

    assert [(part.text, part.depth, part.ordered, part.number) for part in items] == [
        ("before touching", 0, False, ""),
        ("a patient", 1, False, ""),
        ("or a bed", 2, False, ""),
        ("after touching", 0, False, ""),
        ("Wet the hands.", 0, True, "1."),
        ("Rub:", 0, True, "2."),
        ("palms", 1, True, "a)"),
        ("backs", 1, True, "b)"),
        ("Dry.", 0, True, "3."),
        ("At the sink.", 0, True, "1."),
        ("At the bed.", 0, True, "2."),
    ]


def test_notes_and_what_refers_to_them():
    source = opened(word.notes())

    assert {key: texts(note) for key, note in source.notes.items()} == {
        "footnote 1": ["Fernleigh guideline of 2025, page 4."],
        "footnote 2": ["A target may be lower."],
        "endnote 1": ["Letter of the medical director, May 2026."],
    }
    assert [(piece.text, piece.note, piece.raised) for piece in source.parts[2].pieces] == [
        ("Target saturation (SpO", "", ""),
        ("2", "", "sub"),
        (") is written on the chart", "", ""),
        ("", "endnote 1", ""),
        (".", "", ""),
    ]


def test_pictures_there_and_not_there():
    source = opened(word.pictures())

    assert [part for part in source.parts if isinstance(part, Picture)] == [
        Picture("paragraph 3", png(), "plan.png", "image/png", "Plan of the ground floor with two exits"),
        Picture("paragraph 5", b"", "ward.png", "", "Plan of the ward"),
        Picture("paragraph 6"),
        Picture("paragraph 7", b"", "sketch.emf"),
    ]
    assert codes(source) == [
        ("missing_image", "paragraph 5"),
        ("missing_image", "paragraph 6"),
        ("unusable_image", "paragraph 7"),
    ]


def test_boxes_come_once_after_their_paragraph():
    assert [(part.text, part.boxed, part.place) for part in opened(word.text_boxes()).parts] == [
        ("Sepsis guide", False, "paragraph 1"),
        ("Think of sepsis when a patient looks ill.", False, "paragraph 2"),
        ("Call 2222", True, "text box 1"),
        ("Do not wait for a result.", True, "text box 1"),
        ("Give antibiotics within an hour.", False, "paragraph 3"),
        ("Framed advice stays beside the text.", True, "paragraph 4"),
    ]


def test_changes_and_comments_are_reported_and_never_text():
    source = opened(word.tracked_and_commented())

    assert texts(source.parts) == [
        "Badge policy",
        "Staff must always wear a badge.",
        "A lost badge is reported to security.",
        "Students wear a badge too.",
        "Badges are returned on the last day.",
        "Shown to all.",
    ]
    assert grid(tables(source)[0]) == [["Colour", "Group"], ["Blue", "Staff"]]
    assert left(source, Kind.DELETED) == [
        "never",
        "This whole line goes.",
        "Badges are returned on the last day.",
        "Red\nVisitors",
    ]
    assert left(source, Kind.COMMENTS) == ["Which number do they ring?"]
    assert left(source, Kind.HIDDEN) == ["secret note"]
    assert sorted(codes(source)) == [
        ("comment", "paragraph 3"),
        ("hidden_text", "paragraph 6"),
        ("tracked_deletion", "paragraph 2"),
        ("tracked_deletion", "paragraph 4"),
        ("tracked_deletion", "paragraph 4"),
        ("tracked_deletion", "table 1, row 3"),
        ("tracked_insertion", "paragraph 2"),
        ("tracked_insertion", "paragraph 5"),
    ]


def test_what_runs_on_every_page_is_kept_apart():
    source = opened(word.headers_with_control())

    assert texts(source.running) == [
        "Reference: FCT 114\tVersion: 2.1",
        "Fernleigh Community Trust",
        "Page  of ",
    ]
    assert left(source, Kind.RUNNING) == [
        "Reference: FCT 114 Version: 2.1",
        "Fernleigh Community Trust",
        "Page of",
    ]
    assert texts(source.parts) == ["Waste policy", "Introduction", "Waste is parted where it arises."]


def test_control_data_in_a_table_or_in_lines():
    (table,) = tables(opened(word.control_table()))

    assert grid(table) == [list(row) for row in word.CONTROL]
    assert texts(opened(word.control_labels()).parts)[1:5] == [
        "Document reference: FCT 114",
        "Version: 2.1",
        "Policy owner: Head of Facilities",
        "Approved by: Estates Committee",
    ]


def test_appendices_counted_and_typed():
    parts = [part for part in opened(word.appendices()).parts if isinstance(part, Paragraph)]

    assert [(part.number, part.text) for part in parts if part.level or part.is_bold] == [
        ("", "Introduction"),
        ("", "Appendix 1: Checklist for wards"),
        ("Appendix A", "Signs of heat stroke"),
        ("Appendix B", "Telephone numbers"),
        ("", "APPENDIX 1 – EQUALITY IMPACT"),
    ]
    assert [part.text for part in parts if part.new_page] == ["Appendix 1: Checklist for wards"]


def test_gaps_stay_as_they_stand():
    assert texts(opened(word.with_placeholders()).parts)[1:] == [
        "[bookmark: _Hlk1]1.1 Ring [insert telephone number] or write to [name of guardian].",
        "The guardian is [name of guardian]. See also [1].",
        "[image: Diagram of the steps",
        "In force from Click to enter a date.",
    ]


def test_a_contents_list_is_left_out_whole():
    source = opened(word.contents_list())

    assert left(source, Kind.CONTENTS) == ["Contents\n1.\tPurpose\t2\n2.\tDuties\t3"]
    assert texts(source.parts) == [
        "Falls policy",
        "1.\tPurpose",
        "Falls are reported the same day.",
        "2.\tDuties",
        "The physiotherapist visits within two days.",
    ]


def test_levels_of_headings_in_any_order():
    assert [part.level for part in opened(word.mixed_levels()).parts if part.level] == [1, 3, 1, 2, 3, 1, 4]


def test_a_whole_policy():
    source = opened(word.whole_policy())
    headings = [(part.number, part.text) for part in source.parts if getattr(part, "level", 0)]

    assert headings == [
        ("1.", "Purpose"),
        ("2.", "Duties"),
        ("3.", "Roles"),
        ("4.", "Assessing a visit"),
        ("5.", "Lost contact"),
        ("6.", "Vehicles"),
        ("7.", "Aggression"),
        ("8.", "Monitoring"),
        ("", "Appendix A: Form for a first visit"),
    ]
    assert [len(table.rows) for table in tables(source)] == [7, 5, 3]
    assert codes(source) == [("tracked_deletion", "paragraph 51"), ("tracked_insertion", "paragraph 51")]


def test_a_long_policy_tells_how_far_it_is():
    told = []
    source = read(BytesIO(word.long_policy()), lambda *step: told.append(step))

    assert len(source.words) > 30_000 and words_lost(source) == {} and len(tables(source)) == 25
    assert told[0] == (0, told[0][1], "Reading the document") and told[-1][0] == told[-1][1]
    assert [done for done, _of, _doing in told[:3]] == [0, 100, 200]

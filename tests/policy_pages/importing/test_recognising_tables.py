"""Tables that lay out a page, and those that hold data, roles, definitions or a checklist."""

import pytest

from policy_pages.importing.source import Cell, Picture
from tests.factories.sources import heading, item, make_paragraph, make_table
from tests.policy_pages.importing.recognised_as import (
    blocks,
    clauses,
    codes,
    outline,
    receipt_for,
    recognised,
)

LONG = "Staff read this before they begin any work on the ward, and ask the matron where they are not sure of it."
TITLE = make_paragraph("Lifting policy", is_title=True)


def types(found):
    return [block.type for block in found.blocks]


def test_a_seed_shaped_layout_table_becomes_sections_and_clauses():
    """S3-15: number beside text is layout, whatever the borders; a short first line heads its clause."""
    table = make_table(
        ["1.0", "AIM"],
        ["", ""],
        ["1.1", [make_paragraph("Matrons"), make_paragraph(LONG), item("a point")]],
        ["2.0", "CARE"],
        ["", LONG],
    )
    receipt = receipt_for(TITLE, table)

    assert [(row["kind"], row["level"], row["number"], row["title"]) for row in receipt["sections"]] == [
        ("section", 1, "1.0", "AIM"),
        ("clause", 2, "1.1", "Matrons"),
        ("section", 1, "2.0", "CARE"),
    ]
    assert receipt["text"].split("\n")[1:] == ["1.0 AIM", "1.1 Matrons", LONG, "· a point", "2.0 CARE", LONG]
    assert (receipt["tables"], receipt["words_in"]) == (0, receipt["words_out"])


@pytest.mark.parametrize(
    "table",
    [
        make_table([[make_paragraph("Aim", bold=True), make_paragraph(LONG)]]),
        make_table([LONG], [LONG]),
        make_table([LONG, [Picture("cell", b"x", alt="logo")]], borders=False),
        make_table([[heading("Aim"), make_paragraph(LONG)], LONG]),
    ],
)
def test_boxes_and_columns_are_layout(table):
    found = recognised(TITLE, table)

    assert "table" not in types(found)
    assert LONG in " ".join(text for _number, text in clauses(found))


def test_a_data_table_keeps_head_rows_and_caption():
    table = make_table(
        ["Day", "Desk"], ["Monday", [make_paragraph("North"), item("till six"), item("or later")]]
    )

    found = recognised(TITLE, heading("Desks"), "Table 1: who sits where", table)

    assert found.blocks[1].value == {
        "caption": "Table 1: who sits where",
        "table": {
            "columns": [{"type": "text", "heading": "Day"}, {"type": "text", "heading": "Desk"}],
            "rows": [
                {"values": ["<p>Monday</p>", "<p>North</p><ul><li>till six</li><li>or later</li></ul>"]},
            ],
            "caption": "",
        },
    }
    assert codes(found) == []


def test_a_caption_may_stand_below():
    found = recognised(TITLE, make_table(["Day", "Desk"], ["Monday", "North"]), "Table 1 Desks", LONG)

    assert [block.value.get("caption") for block in found.blocks] == ["Table 1 Desks", None]


def test_a_table_without_borders_and_looks_is_data_all_the_same():
    found = recognised(
        TITLE, make_table(["Day", "Desk"], ["Monday", "North"], ["Tuesday", "South"], borders=False)
    )

    assert types(found) == ["table"]


def test_a_column_of_plain_numbers_is_data_beside_a_head():
    found = recognised(TITLE, make_table(["No", "Step"], ["1", "Look"], ["2", "Lift"]))

    assert types(found) == ["table"]


def test_merged_cells_stand_once_and_are_told():
    wide = Cell([make_paragraph("Both")], across=2)
    tall = Cell([make_paragraph("Monday")], down=2)
    table = make_table(["Day", "Desk", "Hour"], [tall, "North", "9"], ["South", "10"], ["Tuesday", wide])
    receipt = receipt_for(TITLE, make_paragraph("Table 1: desks"), table)

    assert receipt["words_in"] == receipt["words_out"]
    assert [row["code"] for row in receipt["warnings"]] == ["merged_cells", "control_not_found"]
    (block,) = [one for one in recognised(TITLE, table).blocks if one.type == "table"]
    assert [row["values"] for row in block.value["table"]["rows"]] == [
        ["<p>Monday</p>", "<p>North</p>", "<p>9</p>"],
        ["", "<p>South</p>", "<p>10</p>"],
        ["<p>Tuesday</p>", "<p>Both</p>", ""],
    ]


def test_a_table_in_a_cell_keeps_its_words():
    inner = make_table(["a", "b"], ["c", "d"])
    receipt = receipt_for(TITLE, make_table(["Day", "Desk"], ["Monday", [inner]]))

    assert receipt["words_in"] == receipt["words_out"]
    assert "nested_table" in [row["code"] for row in receipt["warnings"]]


@pytest.mark.parametrize(
    "head",
    [
        ["Role(s)", "Responsibilities", "Related Tasks"],
        ["Post", "Duties", "Tasks"],
        ["Job title", "Key responsibilities", "Actions"],
    ],
)
def test_a_roles_table_has_its_lists_inside(head):
    """S0-06: rows with two lists each."""
    duties = [item("Keeps the belts", number="1."), item("Counts them", number="2.")]
    table = make_table(head, ["B.1 Matron", duties, [item("Signs")]], ["B.2 Porter", "Lifts.", ""])
    receipt = receipt_for(TITLE, heading("Who does what"), table)

    assert receipt["roles"] == [
        {
            "role": "B.1 Matron",
            "responsibilities": ["1. Keeps the belts", "2. Counts them"],
            "tasks": ["Signs"],
        },
        {"role": "B.2 Porter", "responsibilities": ["Lifts."], "tasks": []},
    ]
    assert (receipt["tables"], receipt["words_in"], receipt["lost"]) == (1, receipt["words_out"], [])


def test_a_roles_table_in_another_order_and_with_a_row_that_goes_on():
    table = make_table(["Responsibilities", "Role"], ["Keeps belts.", "Matron"], ["Counts them.", ""])
    receipt = receipt_for(TITLE, table)

    assert receipt["roles"] == [
        {"role": "Matron", "responsibilities": ["Keeps belts.", "Counts them."], "tasks": []}
    ]


def test_definitions_by_their_head_or_by_the_heading_above():
    named = make_table(["Term", "Meaning"], ["Belt", "What holds a patient."], ["Hoist", "What lifts one."])
    bare = make_table(["Belt", "What holds a patient."], ["Hoist", "What lifts one."])
    rows = [("Belt", "<p>What holds a patient.</p>"), ("Hoist", "<p>What lifts one.</p>")]

    for parts in ([named], [heading("Glossary"), bare]):
        block = recognised(TITLE, *parts).blocks[-1]
        assert block.type == "definitions"
        assert [(row["value"]["term"], row["value"]["meaning"]) for row in block.value["rows"]] == rows
        receipt = receipt_for(TITLE, *parts)
        assert receipt["words_in"] == receipt["words_out"]


def test_a_checklist_is_a_table_and_a_list_of_its_points():
    title = Cell([make_paragraph("Before a lift")], across=2)
    table = make_table(
        [title], ["Is the belt whole?", ""], ["Is the floor dry?", "Yes"], ["Is help near?", "[ ]"]
    )
    receipt = receipt_for(TITLE, table)

    assert receipt["lists"] == [
        {"heading": "Before a lift", "items": ["Is the belt whole?", "Is the floor dry?", "Is help near?"]}
    ]
    assert receipt["tables"] == 1


def test_a_column_of_standards_is_a_list_too():
    table = make_table(
        ["Standard", "Evidence"], ["Belts are counted.", "The book"], ["Staff are taught.", "The register"]
    )

    assert receipt_for(TITLE, heading("Standards"), table)["lists"] == [
        {"heading": "Standards", "items": ["Belts are counted.", "Staff are taught."]}
    ]


def test_words_go_on_after_a_table_in_reading_order():
    table = make_table(["Day", "Desk"], ["Monday", "North"])

    found = recognised(TITLE, "1.0 AIM", "1.1 See this.", table, "It goes on.")

    assert types(found) == ["section", "clause", "table", "clause"]
    assert clauses(found) == [("1.1", "<p>See this.</p>"), ("", "<p>It goes on.</p>")]
    assert outline(found) == [(1, "1.0", "AIM")]
    assert blocks(found)[3] == ("clause", "", "", "<p>It goes on.</p>")


def test_lists_in_cells_are_named_by_row_and_column():
    """S0-06, issue 3: rows of a roles table are kept as lists too."""
    duties = [item("Keeps belts"), item("Counts them")]
    roles = make_table(["Role", "Duties"], ["Matron", duties])
    data = make_table(["Day", "Jobs"], ["Monday", duties])

    assert receipt_for(TITLE, roles, "Between.", data)["lists"] == [
        {"heading": "Matron: Duties", "items": ["Keeps belts", "Counts them"]},
        {"heading": "Monday: Jobs", "items": ["Keeps belts", "Counts them"]},
    ]


def test_a_caption_of_the_file_is_kept_by_every_kind_of_table():
    layout, control, data = (
        make_table(["1.0", "AIM"], ["1.1", "Ask."]),
        make_table(["Version", "3"], ["Author", "A. Person"]),
        make_table(["Day", "Desk"], ["Monday", "North"]),
    )
    for table in (layout, control, data):
        table.caption = "What this holds"
        receipt = receipt_for(
            TITLE, table, words=["Lifting", "policy", "What", "this", "holds", *table.text.split()]
        )
        assert "What this holds" in receipt["text"].split("\n")
        assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])


def test_ragged_rows_lose_nothing():
    tall = Cell([make_paragraph("Monday")], down=2)
    receipt = receipt_for(
        TITLE, make_table(["Day", "Desk"], [tall, "North"], ["East", "South", "West"], ["Tuesday"])
    )

    assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])


def test_a_picture_in_a_table_in_a_table_is_not_lost():
    inner = make_table([[Picture("cell", b"png", alt="Plan")]])
    receipt = receipt_for(TITLE, make_table([[inner], ""], ["", ""]))

    assert receipt["images"] == 1


PEOPLE = [
    ["No", "Statement", "Responsible"],
    ["1.0", "CARE", ""],
    ["1.1", "Ask the patient first.", "Ward nurse"],
    ["1.2", [make_paragraph("Look at the belt."), make_paragraph("Count it.")], "Matron"],
    ["1.3", "Sign the book", ""],
]


@pytest.mark.parametrize("borders", [True, False])
def test_number_text_and_who_is_responsible_become_clauses(borders):
    receipt = receipt_for(TITLE, make_table(*PEOPLE, borders=borders))
    found = recognised(TITLE, make_table(*PEOPLE, borders=borders))

    assert blocks(found) == [
        ("clause", "", "", "<p>No | Statement | Responsible</p>"),
        ("section", "1.0", "CARE", 1),
        ("clause", "1.1", "", "<p>Ask the patient first.</p><p>Ward nurse</p>"),
        ("clause", "1.2", "", "<p>Look at the belt.</p><p>Count it.</p><p>Matron</p>"),
        ("clause", "1.3", "", "<p>Sign the book</p>"),
    ]
    assert (receipt["words_in"], receipt["lost"], receipt["tables"]) == (receipt["words_out"], [], 0)


def test_without_a_head_sentences_show_that_they_are_clauses():
    found = recognised(TITLE, make_table(*PEOPLE[1:4]))

    assert types(found) == ["section", "clause", "clause"]


@pytest.mark.parametrize(
    "rows",
    [
        [["No", "Step", "Responsible"], ["1", "Look at it.", "Nurse"], ["2", "Lift it.", "Porter"]],
        [["1", "Look at it.", "Nurse"], ["2", "Lift it.", "Porter"], ["3", "Rest.", "All"]],
        [["Ref", "Standard", "Evidence"], ["1.1", "Belts are counted.", "The book"], ["1.2", "So.", "It"]],
        [["No", "Question", "Answer"], ["1.1", "Is it dry?", "Yes"], ["1.2", "Is it whole?", "No"]],
        [["1.1", "Is the floor dry?", "Yes"], ["1.2", "Is it whole?", "No"], ["1.3", "Is help near?", ""]],
        [["Band", "From", "To"], ["1.1", "20.5", "30"], ["1.2", "30.5", "40"]],
        [["1.1", "North", "Monday"], ["1.2", "South", "Friday"]],
    ],
)
def test_three_columns_that_hold_data_stay_a_table(rows):
    assert types(recognised(TITLE, make_table(*rows))) == ["table"]


def test_a_head_over_number_and_text_is_kept_in_front_of_the_clauses():
    receipt = receipt_for(TITLE, make_table(["Ref", "Statement"], ["1.0", "CARE"], ["1.1", "Ask."]))

    assert receipt["text"].split("\n")[1:] == ["Ref | Statement", "1.0 CARE", "1.1 Ask."]
    assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])

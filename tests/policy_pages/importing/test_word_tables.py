"""Tables of a Word document as tables of a page."""

import pytest

from policy_pages.importing.source import Kind, Table
from tests.factories.word_writing import level, numbered, paragraph
from tests.policy_pages.importing.seen import codes, grid, left, source_of, tables, texts, words_lost


def cell(inside="", properties="") -> str:
    content = inside if inside.startswith("<") else paragraph(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells, properties="") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows, properties="") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def only(markup, **parts) -> Table:
    source = source_of(markup, **parts)
    assert words_lost(source) == {}
    (found,) = tables(source)
    return found


def reach(found) -> list[list[tuple]]:
    return [[(one.text, one.across, one.down) for one in cells] for cells in found.rows]


BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_over_rows_and_columns_at_once():
    found = only(
        table(
            row(cell("a", f'<w:gridSpan w:val="2"/>{BEGINS}'), cell("b")),
            row(cell("", f'<w:gridSpan w:val="2"/>{GOES_ON}'), cell("c", BEGINS)),
            row(cell("d"), cell("e"), cell("", GOES_ON)),
            row(cell("f"), cell("g"), cell("h", BEGINS)),
        )
    )

    assert reach(found) == [
        [("a", 2, 2), ("b", 1, 1)],
        [("c", 1, 2)],
        [("d", 1, 1), ("e", 1, 1)],
        [("f", 1, 1), ("g", 1, 1), ("h", 1, 1)],
    ]


def test_words_in_a_covered_cell_are_kept_in_the_one_that_covers():
    found = only(table(row(cell("above", BEGINS)), row(cell("covered", GOES_ON))))

    assert reach(found) == [[("above\ncovered", 1, 2)], []]


def test_a_cell_that_goes_on_from_nothing_is_a_cell():
    found = only(table(row(cell("a", GOES_ON), cell("b")), row(cell("c"), cell("d", GOES_ON))))

    assert reach(found) == [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]]


def test_the_old_way_to_merge_cells_of_a_row():
    found = only(table(row(cell("a", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("b"))))

    assert reach(found) == [[("a", 2, 1), ("b", 1, 1)]]


def test_a_row_that_begins_further_in():
    found = only(
        table(
            row(cell("a"), cell("b", BEGINS)), row(cell("", GOES_ON), properties='<w:gridBefore w:val="1"/>')
        )
    )

    assert reach(found) == [[("a", 1, 1), ("b", 1, 2)], [("", 1, 1)]]


def test_senseless_spans_do_no_harm():
    found = only(
        table(row(cell("a", '<w:gridSpan w:val="999999999"/>'), cell("b", '<w:gridSpan w:val="-3"/>')))
    )

    assert reach(found) == [[("a", 63, 1), ("b", 1, 1)]]


def line(side="top", kind="single", colour="auto") -> str:
    return f'<w:{side} w:val="{kind}" w:color="{colour}"/>'


GRID = f'<w:style w:type="table" w:styleId="Grid"><w:tblPr><w:tblBorders>{line()}</w:tblBorders></w:tblPr></w:style>'
CHILD = '<w:style w:type="table" w:styleId="Child"><w:basedOn w:val="Grid"/></w:style>'
STRIPE = (
    '<w:style w:type="table" w:styleId="Stripe"><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    f"{line('bottom')}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)


@pytest.mark.parametrize(
    ("properties", "cells", "has_borders"),
    [
        ("", "", False),
        (f"<w:tblBorders>{line()}</w:tblBorders>", "", True),
        (f"<w:tblBorders>{line(kind='nil')}{line('left', 'none')}</w:tblBorders>", "", False),
        (f"<w:tblBorders>{line(colour='FFFFFF')}</w:tblBorders>", "", False),
        ('<w:tblStyle w:val="Grid"/>', "", True),
        ('<w:tblStyle w:val="Child"/>', "", True),
        ('<w:tblStyle w:val="Stripe"/>', "", True),
        ('<w:tblStyle w:val="Nowhere"/>', "", False),
        (f'<w:tblStyle w:val="Grid"/><w:tblBorders>{line(kind="nil")}</w:tblBorders>', "", False),
        ("", f"<w:tcBorders>{line('bottom')}</w:tcBorders>", True),
        ("", f"<w:tcBorders>{line('bottom', 'nil')}</w:tcBorders>", False),
    ],
)
def test_lines_that_are_seen(properties, cells, has_borders):
    markup = table(row(cell("a", cells)), properties=properties)

    assert only(markup, styles=GRID + CHILD + STRIPE).has_borders is has_borders


def test_a_table_in_a_table():
    inner = table(row(cell("inner")))
    found = only(table(row(cell(paragraph("before") + inner + paragraph("after")))))
    before, nested, after = found.rows[0][0].parts

    assert (found.place, nested.place) == ("table 1", "table 2")
    assert (before.text, grid(nested), after.text) == ("before", [["inner"]], "after")
    assert nested.rows[0][0].parts[0].place == "table 2, row 1, column 1"


def test_rows_and_cells_inside_controls():
    held = f"<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>"
    repeated = f"<w:sdt><w:sdtContent>{row(cell('c'), cell('d'))}</w:sdtContent></w:sdt>"

    assert grid(only(table(row(cell("a"), held), repeated))) == [["a", "b"], ["c", "d"]]


def test_a_row_added_and_a_row_taken_away():
    markup = table(
        row(cell("kept")),
        row(cell("new"), properties='<w:ins w:id="1"/>'),
        row(cell("old"), properties='<w:del w:id="2"/>'),
    )
    source = source_of(markup)

    assert grid(tables(source)[0]) == [["kept"], ["new"]]
    assert codes(source) == [
        ("tracked_insertion", "table 1, row 2"),
        ("tracked_deletion", "table 1, row 3"),
    ]
    assert left(source, Kind.DELETED) == ["old"] and words_lost(source) == {}


def test_a_table_that_is_taken_away_whole_is_none():
    source = source_of(table(row(cell("old"), properties="<w:del/>")) + paragraph("after"))

    assert (tables(source), texts(source.parts)) == ([], ["after"])


def test_numbers_go_on_through_cells():
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.0")}{level(1, "decimal", "%1.%2")}'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    alone = [cell(paragraph("<w:r/>", numbered(5, depth))) for depth in (0, 1, 1)]
    found = only(table(*(row(one, cell("words")) for one in alone)), numbering=numbering)

    assert [cells[0].parts[0].number for cells in found.rows] == ["1.0", "1.1", "1.2"]


def test_a_contents_list_in_a_table_leaves_no_table():
    toc = '<w:pStyle w:val="TOC1"/>'
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inside = table(row(cell(paragraph("Scope", toc)), cell(paragraph("2", toc))))
    body = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    source = source_of(body + paragraph("Scope"))

    assert (tables(source), left(source, Kind.CONTENTS)) == ([], ["Scope\n2"])


def test_an_empty_table_is_a_form_to_fill_in():
    assert grid(only(table(row(cell(), cell()), row(cell(), cell())))) == [["", ""], ["", ""]]


STRONG = (
    '<w:style w:type="table" w:styleId="Strong"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
)


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ('<w:tblLook w:firstRow="1" w:firstColumn="0"/>', [[True, True], [False, False]]),
        ('<w:tblLook w:val="0080"/>', [[True, False], [True, False]]),
        ('<w:tblLook w:val="00A0"/>', [[True, True], [True, False]]),
        ('<w:tblLook w:val="broken"/>', [[False, False], [False, False]]),
        ("", [[False, False], [False, False]]),
    ],
)
def test_a_style_makes_the_first_row_or_column_bold(look, expected):
    rows = [row(cell("a"), cell("b")), row(cell("c"), cell("d"))]
    found = only(table(*rows, properties='<w:tblStyle w:val="Strong"/>' + look), styles=STRONG)

    assert [[one.parts[0].is_bold for one in cells] for cells in found.rows] == expected


def test_a_wide_cell_ends_the_tall_one_above_it():
    found = only(
        table(
            row(cell("a"), cell("b", BEGINS)),
            row(cell("wide", '<w:gridSpan w:val="2"/>')),
            row(cell("c"), cell("d", GOES_ON)),
        )
    )

    assert reach(found) == [[("a", 1, 1), ("b", 1, 1)], [("wide", 2, 1)], [("c", 1, 1), ("d", 1, 1)]]


def test_an_empty_line_in_a_covered_cell_has_no_number():
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    counted = cell(paragraph("<w:r/>", numbered(5)), GOES_ON)
    rows = (
        row(cell(paragraph("one", numbered(5)), BEGINS)),
        row(counted),
        row(cell(paragraph("two", numbered(5)))),
    )
    found = only(table(*rows), numbering=numbering)

    assert [one.parts[0].number for cells in found.rows for one in cells] == ["1.", "2."]

"""OpenDocument texts as a person sees them: looks, tables, notes, boxes and pictures."""

import io

import pytest

from policy_pages.importing import odt
from policy_pages.importing.source import Paragraph, Picture, Refusal, Source
from tests.factories.files import png
from tests.factories.odt import (
    NOTE,
    cell,
    document,
    frame,
    h,
    letters,
    lines,
    make_odt,
    p,
    row,
    span,
    style,
    table,
)
from tests.policy_pages.importing.reading import looks, oddities, told, unaccounted


def read(body: str, **more) -> Source:
    source = odt.read(make_odt(body, **more))
    assert unaccounted(source) == {}
    return source


# --- paragraphs -------------------------------------------------------------------------------------------


def test_headings_title_and_text_in_order():
    source = read(
        p("Fire safety", "Title") + h("Scope") + p("") + p("All staff.") + h("Ward", 2), title="Fire"
    )
    found = [part for part in source.parts if isinstance(part, Paragraph)]

    assert source.title == "Fire"
    assert [(part.text, part.level, part.is_title, part.place) for part in found] == [
        ("Fire safety", 0, True, "paragraph 1"),
        ("Scope", 1, False, "paragraph 2"),
        ("", 0, False, "paragraph 3"),
        ("All staff.", 0, False, "paragraph 3"),
        ("Ward", 2, False, "paragraph 4"),
    ]


def test_a_paragraph_in_a_style_that_comes_from_a_heading_is_one():
    automatic = style("P1", parent_style_name="Heading_20_2")
    (found,) = read(p("Scope", "P1"), automatic=automatic, common=style("Heading_20_2")).parts

    assert found.level == 2


def test_looks_come_from_automatic_styles_and_from_those_that_they_inherit():
    automatic = (
        style("T1", "text", letters(fo__font_weight="bold"))
        + style("T2", "text", letters(fo__font_style="italic"), parent_style_name="Strong")
        + style("T3", "text", letters(fo__font_weight="normal"))
        + style("T4", "text", letters(style__text_position="super 58%"))
        + style("T5", "text", letters(style__text_position="-33% 58%"))
        + style("T6", "text", letters(style__text_position="0% 100%"))
    )
    common = style("Strong", "text", letters(fo__font_weight="700")) + style(
        "Quote", "paragraph", letters(fo__font_style="italic")
    )
    (found,) = read(
        p(
            f"a{span('b', 'T1')}{span('c' + span('d', 'T3'), 'T2')}{span('2', 'T4')}{span('3', 'T5')}{span('e', 'T6')}",
            "Quote",
        ),
        automatic=automatic,
        common=common,
    ).parts

    assert looks(found) == [
        ("a", {"italic": True}),
        ("bc", {"italic": True, "bold": True}),
        ("d", {"italic": True}),
        ("2", {"italic": True, "raised": "sup"}),
        ("3", {"italic": True, "raised": "sub"}),
        ("e", {"italic": True}),
    ]


def test_a_style_that_inherits_from_itself_ends():
    automatic = style("T1", "text", letters(fo__font_weight="bold"), parent_style_name="T1")
    (found,) = read(p(span("a", "T1")), automatic=automatic).parts

    assert looks(found) == [("a", {"bold": True})]


def test_the_look_of_a_paragraph():
    automatic = style(
        "P1",
        "paragraph",
        lines(fo__text_align="center", fo__margin_left="1.27cm", fo__break_before="page")
        + letters(fo__font_size="14pt"),
    ) + style("P2", "paragraph", master_page_name="Landscape")
    one, two = read(p("a", "P1") + p("b", "P2"), automatic=automatic).parts

    assert (one.centred, one.indent, one.new_page, one.size) == (True, 720, True, 14)
    assert (two.centred, two.indent, two.new_page, two.size) == (False, 0, True, 0)


def test_spaces_tabs_breaks_and_fields():
    (found,) = read(
        p(
            'a  \n b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e <text:date>1 May</text:date>'
            "<text:soft-page-break/><text:bookmark/>f<text:placeholder>[name]</text:placeholder>"
        )
    ).parts

    assert found.text == "a b   c\td\ne 1 Mayf[name]"


def test_links_keep_their_address_and_those_that_run_a_script_lose_it():
    source = read(
        p(
            '<text:a xlink:href="https://x.org">out</text:a> <text:a xlink:href="vnd.sun.star.script:x">bad</text:a>'
        )
    )

    assert looks(source.parts[0]) == [("out", {"href": "https://x.org"}), (" bad", {})]
    assert oddities(source) == [("script_link", "paragraph 1")]


# --- tables, notes, boxes, pictures -----------------------------------------------------------------------


def test_a_table_with_spans_heading_rows_and_a_table_inside():
    covered = "<table:covered-table-cell/>"
    who = row(cell("Who", table__number_columns_spanned=2), covered)
    head = f"<table:table-header-rows>{who}</table:table-header-rows>"
    body = row(
        cell("Ward", table__number_rows_spanned=2), cell(p("a") + p("") + table(row(cell("in"))) + p("b"))
    )
    (found,) = read(table(head, body, row(covered, cell("end")))).parts

    assert [[(c.text, c.across, c.down, c.is_heading) for c in r] for r in found.rows] == [
        [("Who", 2, 1, True)],
        [("Ward", 1, 2, False), ("a\nin\nb", 1, 1, False)],
        [("end", 1, 1, False)],
    ]
    assert [part.place for part in found.rows[1][1].parts] == [
        "table 1, row 2, column 2",
        "table 2",
        "table 1, row 2, column 2",
    ]
    assert [part.place for part in found.rows[2][0].parts] == ["table 1, row 3, column 2"]


@pytest.mark.parametrize(
    ("border", "has"),
    [("0.5pt solid #000000", True), ("none", False), ("", False)],
    ids=["line", "none", "unsaid"],
)
def test_a_table_has_borders_where_one_of_its_cells_has(border, has):
    automatic = style("C1", "table-cell", f'<style:table-cell-properties fo:border-top="{border}"/>')
    (found,) = read(table(row(cell("a"), cell("b", table__style_name="C1"))), automatic=automatic).parts

    assert found.has_borders == has


def test_rows_that_the_file_says_once_are_shown_as_often_as_they_stand():
    repeated = row(cell("a", table__number_columns_repeated=2), table__number_rows_repeated=2)
    empty = row(cell(""), table__number_rows_repeated=1_000_000)

    source = read(table(repeated, empty))

    assert told(source.parts) == [[["a", "a"], ["a", "a"], [""]]]
    assert source.words == ["a"] * 4


def test_a_row_that_stands_a_million_times_is_refused():
    with pytest.raises(Refusal, match="repeat rows 2,999,997 parts long; the most we read is 200,000"):
        odt.read(make_odt(table(row(cell("a"), table__number_rows_repeated=1_000_000))))


def test_a_table_without_words_is_none():
    assert read(table(row(cell(""), cell("")))).parts == []


def test_notes_stand_apart_and_are_referred_to():
    source = read(p(f"Call{NOTE.format(p('By phone') + p('or come'))} now"))

    assert [(piece.text, piece.note) for piece in source.parts[0].pieces] == [
        ("Call", ""),
        ("", "ftn1"),
        (" now", ""),
    ]
    assert {key: [(part.text, part.place) for part in note] for key, note in source.notes.items()} == {
        "ftn1": [("By phone", "footnote 1"), ("or come", "footnote 1")]
    }
    assert source.words == ["Call", "now", "By", "phone", "or", "come"]


def test_boxes_and_shapes_come_after_the_line_that_they_hang_on():
    box = frame(f"<draw:text-box>{p('In a box') + table(row(cell('with a table')))}</draw:text-box>")
    shape = f"<draw:custom-shape>{p('In a shape')}<draw:enhanced-geometry/></draw:custom-shape>"
    source = read(p(f"Be{box}fore <draw:g>{shape}<draw:line/></draw:g>") + shape + p("After"))
    found = [part for part in source.parts if isinstance(part, Paragraph)]

    assert told(source.parts) == [
        "Before",
        "In a box",
        [["with a table"]],
        "In a shape",
        "In a shape",
        "After",
    ]
    assert [(part.boxed, part.place) for part in found] == [
        (False, "paragraph 1"),
        (True, "text box 1"),
        (True, "text box 2"),
        (True, "text box 3"),
        (False, "paragraph 2"),
    ]
    assert source.words[0] == "Before"


def test_pictures_are_taken_with_their_words_and_missing_ones_are_reported():
    inside = (
        '<draw:image xlink:href="./Pictures/a.svm"/><draw:image xlink:href="Pictures/a.png"/>'
        "<svg:title>A map</svg:title>"
    )
    source = read(
        p(frame(inside) + frame('<draw:image xlink:href="https://x.org/b.png"/><svg:desc>Plan</svg:desc>'))
        + p(frame('<draw:object xlink:href="./Object 1"/>', draw__name="Formula 1")),
        **{"Pictures/a.png": png(), "Pictures/a.svm": "vector"},
    )
    pictures = [part for part in source.parts if isinstance(part, Picture)]

    assert [(part.alt, part.name, part.content_type, part.data) for part in pictures] == [
        ("A map", "a.png", "image/png", png()),
        ("Plan", "b.png", "", b""),
        ("", "Formula 1", "", b""),
    ]
    assert oddities(source) == [("missing_image", "paragraph 1"), ("missing_image", "paragraph 1")]


# --- the file ---------------------------------------------------------------------------------------------


def test_progress_is_told_as_the_text_is_read():
    heard = []
    odt.read(make_odt(p("x") * 450), lambda done, of, doing: heard.append((done, of, doing)))

    assert heard == [
        (200, 450, "Reading paragraphs"),
        (400, 450, "Reading paragraphs"),
        (1, 1, "Counting words"),
    ]


def test_a_text_without_styles_and_properties_is_read():
    stream = make_odt(
        p("x"), **{"styles.xml": document("document-styles", ""), "meta.xml": document("document-meta", "")}
    )

    assert told(odt.read(stream).parts) == ["x"]


@pytest.mark.parametrize(
    "content", [document("document-content", ""), "<a/>"], ids=["no body", "another document"]
)
def test_a_file_without_a_text_is_damaged(content):
    with pytest.raises(Refusal, match="damaged"):
        odt.read(make_odt(**{"content.xml": content}))


def test_an_entity_is_never_filled_in():
    secret = io.BytesIO(make_odt(p("x")).getvalue())
    content = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + document("document-content", p("&a;"))[38:]
    )

    with pytest.raises(Refusal, match="damaged"):
        odt.read(make_odt(**{"content.xml": content}))
    assert told(odt.read(secret).parts) == ["x"]

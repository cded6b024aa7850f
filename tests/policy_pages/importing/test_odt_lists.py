"""Numbers of OpenDocument texts as Writer shows them."""

import pytest

from policy_pages.importing import odt
from policy_pages.importing.source import Paragraph
from tests.factories.odt import cell, counted, h, list_style, listed, make_odt, p, row, style, table
from tests.policy_pages.importing.reading import unaccounted

POLICY = list_style(
    "L1",
    counted(1, after=""),
    counted(2, after="", shows=2),
    counted(3, "a", "(", ")"),
    '<text:list-level-style-bullet text:level="4" text:bullet-char="•"/>',
)
OUTLINE = (
    '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" '
    'style:num-suffix=".0"/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    '<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>'
)


def items(body: str, **more) -> list[tuple]:
    source = odt.read(make_odt(body, **more))
    assert unaccounted(source) == {}
    found = [part for part in source.parts if isinstance(part, Paragraph) and (part.text or part.number)]
    return [(part.depth, part.number, part.ordered, part.text) for part in found]


def numbers(body: str, **more) -> list[str]:
    return [number for _depth, number, _ordered, _text in items(body, **more)]


def test_lists_in_lists_join_their_numbers_as_their_style_says():
    deepest = listed("L1", p("dot"))
    deeper = listed("L1", p("a") + deepest, p("b"))
    body = listed("L1", p("Scope") + listed("L1", p("Staff") + deeper, p("Visitors")), p("Duties"))

    assert items(body, automatic=POLICY) == [
        (0, "1", True, "Scope"),
        (1, "1.1", True, "Staff"),
        (2, "(a)", True, "a"),
        (3, "", False, "dot"),
        (2, "(b)", True, "b"),
        (1, "1.2", True, "Visitors"),
        (0, "2", True, "Duties"),
    ]


def test_a_list_begins_anew_unless_it_goes_on_from_another():
    body = (
        listed("L1", p("a"), p("b"), xml__id="one")
        + p("text")
        + listed("L1", p("c"))
        + listed("L1", p("d"), text__continue_numbering="true")
        + listed("L1", p("e"), text__continue_list="one")
        + listed("L1", listed("L1", p("f")), text__continue_list="one")
    )

    assert numbers(body, automatic=POLICY) == ["1", "2", "", "1", "2", "3", "3.1"]


def test_an_item_that_only_holds_a_deeper_list_has_no_number_of_its_own():
    body = listed("L1", listed("L1", p("a"), p("b")), p("c"))

    assert items(body, automatic=POLICY) == [
        (1, "1.1", True, "a"),
        (1, "1.2", True, "b"),
        (0, "2", True, "c"),
    ]


def test_start_values_of_styles_and_items():
    automatic = list_style("L1", counted(1, "I", "Part ", ":", text__start_value=3))
    body = (
        '<text:list text:style-name="L1"><text:list-item>'
        + p("a")
        + '</text:list-item><text:list-item text:start-value="7">'
        + p("b")
        + "</text:list-item><text:list-item>"
        + p("c")
        + "</text:list-item></text:list>"
    )

    assert numbers(body, automatic=automatic) == ["Part III:", "Part VII:", "Part VIII:"]


def test_later_paragraphs_and_headers_of_lists_have_no_number():
    body = (
        '<text:list text:style-name="L1"><text:list-header>'
        + p("head")
        + "</text:list-header><text:list-item>"
        + p("a")
        + p("later")
        + "</text:list-item></text:list>"
    )

    assert items(body, automatic=POLICY) == [
        (0, "", False, "head"),
        (0, "1", True, "a"),
        (None, "", False, "later"),
    ]


def test_an_item_without_words_counts_and_shows_its_number():
    assert items(listed("L1", p("a"), p(""), p("c")), automatic=POLICY) == [
        (0, "1", True, "a"),
        (0, "2", True, ""),
        (0, "3", True, "c"),
    ]


@pytest.mark.parametrize(
    ("level", "count", "number"),
    [
        (counted(1, "a", after=")"), 27, "aa)"),
        (counted(1, "a", after=")", style__num_letter_sync="true"), 28, "bb)"),
        (counted(1, loext__num_list_format="[%1%]", before="x", after="y"), 2, "[2]"),
        (counted(1, "", before="Note"), 2, ""),
    ],
    ids=["letters", "doubled letters", "whole format", "uncounted"],
)
def test_how_a_level_looks(level, count, number):
    body = listed("L1", *[p("a")] * count)

    assert numbers(body, automatic=list_style("L1", level))[-1] == number


def test_the_number_that_the_file_has_ready_goes_before_ours():
    assert numbers(listed("L1", "<text:number>4.2</text:number>" + p("a")), automatic=POLICY) == ["4.2"]


def test_headings_are_counted_by_the_outline():
    body = (
        h("Scope")
        + h("Staff", 2)
        + h("Visitors", 2)
        + h("Small", 3)
        + h("Duties")
        + h("Nurses", 2)
        + '<text:h text:outline-level="1" text:restart-numbering="true" text:start-value="9">Later</text:h>'
        + '<text:h text:outline-level="1" text:is-list-header="true">Bare</text:h>'
        + h("Annex", 1, "P1")
    )
    automatic = style("P1", list_style_name="")

    assert items(body, common=OUTLINE, automatic=automatic) == [
        (None, "1.0", False, "Scope"),
        (None, "1.1", False, "Staff"),
        (None, "1.2", False, "Visitors"),
        (None, "", False, "Small"),
        (None, "2.0", False, "Duties"),
        (None, "2.1", False, "Nurses"),
        (None, "9.0", False, "Later"),
        (None, "", False, "Bare"),
        (None, "", False, "Annex"),
    ]


def test_headings_in_lists_have_the_numbers_of_the_list():
    body = listed("L1", h("Scope") + listed("L1", h("Staff", 2)), h("Duties"))
    found = [part for part in odt.read(make_odt(body, automatic=POLICY, common=OUTLINE)).parts]

    assert [(part.level, part.number, part.depth, part.text) for part in found] == [
        (1, "1", None, "Scope"),
        (2, "1.1", None, "Staff"),
        (1, "2", None, "Duties"),
    ]


def test_a_list_in_the_style_of_the_outline_counts_with_the_headings():
    body = h("Scope") + listed("Outline", h("Duties")) + h("Training")

    assert numbers(body, common=OUTLINE) == ["1.0", "2.0", "3.0"]


def test_numbered_paragraphs_are_lists_of_one():
    def numbered(words: str, level: int) -> str:
        attributes = f'text:list-id="x" text:level="{level}" text:style-name="L1"'
        return f"<text:numbered-paragraph {attributes}>{p(words)}</text:numbered-paragraph>"

    body = numbered("a", 1) + numbered("b", 2) + p("between") + numbered("c", 1)

    assert items(body, automatic=POLICY) == [
        (0, "1", True, "a"),
        (1, "1.1", True, "b"),
        (None, "", False, "between"),
        (0, "2", True, "c"),
    ]


def test_a_list_in_a_cell_begins_anew():
    inside = table(row(cell(listed("L1", p("in")))))
    source = odt.read(make_odt(listed("L1", p("a") + inside, p("b")), automatic=POLICY))
    (found,) = source.parts[1].rows[0]

    assert [(part.depth, part.number) for part in found.parts] == [(0, "1")]
    assert source.parts[2].number == "2"

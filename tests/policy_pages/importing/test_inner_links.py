"""Links from one place of a document to another lead to the block that holds the bookmark."""

import re
from io import BytesIO

import pytest

from policy_pages.importing import markup, odt
from policy_pages.importing.recognising import recognise
from policy_pages.importing.source import Paragraph, Piece, Source
from tests.factories.odt import NOTE, make_odt
from tests.factories.sources import heading, make_paragraph, make_table
from tests.factories.word_writing import paragraph, run
from tests.policy_pages.importing.recognised_as import codes, recognised
from tests.policy_pages.importing.seen import source_of

TITLE = make_paragraph("Lifting policy", is_title=True)
LEADS = re.compile(r'href="#([^"]*)"')


def linked(address: str, words: str = "see there") -> Paragraph:
    return Paragraph([Piece("Look, "), Piece(words, href=address), Piece(".")], "paragraph 2")


def targets(found) -> list[str]:
    """The first words of the block to which each link leads, or the address where it is none of ours."""
    words = {
        block.id: str(block.value.get("title") or block.value.get("text") or block.type)
        for block in found.blocks
    }
    return [words.get(name, f"#{name}") for block in found.blocks for name in LEADS.findall(str(block.value))]


@pytest.mark.parametrize("address", ["#_Ref7", "#_REF7"])
def test_a_link_leads_to_the_block_that_holds_the_bookmark(address):
    found = recognised(TITLE, linked(address), heading("2. Aim", anchors=["_Ref7"]))

    assert (targets(found), codes(found)) == (["Aim"], [])


def test_a_name_with_spaces_and_signs_is_found():
    found = recognised(
        TITLE,
        linked("#Section%204"),
        linked("#Who & why"),
        heading("Aim", anchors=["Section 4", "Who & why"]),
    )

    assert (targets(found), codes(found)) == (["Aim", "Aim"], [])


def test_only_a_name_that_is_nowhere_is_a_dead_link():
    found = recognised(TITLE, linked("#gone"), heading("2. Aim", anchors=["_Ref7"]))

    assert (targets(found), codes(found)) == (["#gone"], ["dead_link"])


@pytest.mark.parametrize("name", ["_top", "of_title", "of_fact"])
def test_a_place_in_front_of_the_text_is_its_beginning(name):
    title = make_paragraph("Lifting policy", is_title=True, anchors=["of_title"])
    fact = make_paragraph("Version: 3", anchors=["of_fact"])
    found = recognised(title, fact, "Author: A. Person", heading("Aim"), linked(f"#{name}"))

    assert (targets(found), codes(found)) == (["Aim"], [])


def test_a_bookmark_in_a_cell_a_caption_or_the_title_of_an_appendix():
    table = make_table(["Day", "Desk"], ["Monday", [make_paragraph("North", anchors=["cell"])]])
    found = recognised(
        TITLE,
        linked("#cell"),
        linked("#above"),
        linked("#form"),
        make_paragraph("Table 1: desks", anchors=["above"]),
        table,
        make_paragraph("Appendix 1", bold=True),
        make_paragraph("Form", bold=True, anchors=["form"]),
        "Name.",
    )

    assert (targets(found), codes(found)) == (["table", "table", "Form"], [])


def test_a_bookmark_beside_the_number_of_a_clause():
    number = [make_paragraph("1.2", anchors=["beside"])]
    rows = [["1.0", "AIM"], ["1.1", [linked("#beside")]], [number, "Lift."]]

    assert targets(recognised(TITLE, make_table(*rows))) == ["<p>Lift.</p>"]


def mark(name):
    return f'<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>'


def test_bookmarks_of_word_in_a_line_between_lines_and_round_a_table():
    link = "".join(
        f'<w:hyperlink w:anchor="{name}">{run("there")}</w:hyperlink> ' for name in ("a", "b", "c", "d", "e")
    )
    cell = f"<w:tc>{paragraph('Monday')}</w:tc>"
    source = source_of(
        paragraph(run("1.1 Look ") + link)
        + paragraph(run("1.2 Lift ") + mark("a") + run("well."))
        + mark("b")
        + paragraph(mark("c"))
        + paragraph("1.3 Rest.")
        + f"<w:tbl>{mark('d')}<w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>"
        + paragraph("1.4 End.")
        + mark("e")
    )
    found = recognise(source)

    assert targets(found) == ["<p>Lift well.</p>", "<p>Rest.</p>", "<p>Rest.</p>", "table", "<p>End.</p>"]
    assert codes(found) == ["table_without_caption"]


def test_a_hyperlink_field_of_word_leads_there_too():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK \\l "_Ref7"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("there")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    found = recognise(
        source_of(paragraph(run("1.1 Look ") + field) + paragraph(mark("_Ref7") + run("1.2 Lift.")))
    )

    assert (targets(found), codes(found)) == (["<p>Lift.</p>"], [])


def page(body) -> Source:
    return markup.read(BytesIO(f"<html><body>{body}</body></html>".encode()))


def test_names_of_a_page():
    found = recognise(
        page(
            "<h1>Lifting policy</h1><p>1.1 Look <a href='#aim'>a</a> <a href='#old'>b</a> <a href='#w'>c</a>"
            " <a href='#end'>d</a>.</p>"
            "<h2 id='aim'>Aim</h2><p><a name='old'></a>1.2 Lift.</p>"
            "<table id='w'><tr><th>Day</th><th>Desk</th></tr><tr><td>Monday</td><td>North</td></tr></table>"
            "<p>1.3 Rest.</p><a id='end'></a>"
        )
    )

    assert targets(found) == ["Aim", "<p>Lift.</p>", "table", "<p>Rest.</p>"]
    assert codes(found) == ["table_without_caption"]


def test_bookmarks_of_an_open_document():
    links = "".join(f'<text:a xlink:href="#{name}">there</text:a> ' for name in "abc")
    note = NOTE.format("<text:p>Of last year.</text:p>")
    body = (
        '<text:h text:outline-level="1"><text:bookmark text:name="a"/>Aim</text:h>'
        f'<text:p>Look {links}now.</text:p><text:p><text:bookmark text:name="b"/></text:p>'
        f'<text:p><text:bookmark-start text:name="c"/>Lift{note} well.<text:bookmark-end text:name="c"/></text:p>'
    )
    found = recognise(odt.read(make_odt(body)))

    assert [words[:7] for words in targets(found)[:3]] == ["Aim", "<p>Lift", "<p>Lift"]
    assert codes(found) == []

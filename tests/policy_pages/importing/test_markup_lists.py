"""Lists of web pages with the numbers that a browser, Word or Google Docs shows."""

import io

from policy_pages.importing import markup
from policy_pages.importing.source import Paragraph, Table
from tests.policy_pages.importing.reading import unaccounted


def paragraphs(html: str) -> list[Paragraph]:
    source = markup.read(io.BytesIO(html.encode()))
    assert unaccounted(source) == {}
    return [part for part in source.parts if isinstance(part, Paragraph)]


def items(html: str) -> list[tuple]:
    return [(part.depth, part.number, part.ordered, part.text) for part in paragraphs(html)]


def test_lists_count_as_a_browser_does():
    assert items(
        "<ol start=3 type=a><li>c<li value=7>g<li>h</ol><ol type=I reversed><li>two<li>one</ol>"
        "<ol style='list-style-type:lower-roman'><li>i</ol><ol style='list-style:none'><li>none</ol>"
    ) == [
        (0, "c.", True, "c"),
        (0, "g.", True, "g"),
        (0, "h.", True, "h"),
        (0, "II.", True, "two"),
        (0, "I.", True, "one"),
        (0, "i.", True, "i"),
        (0, "", False, "none"),
    ]


def test_lists_in_lists_have_their_depth_and_later_paragraphs_an_indent():
    found = paragraphs("<ol><li>one<ul><li>a<ol><li>deep</ol><li>b</ul>later<p>more</p><li><p>two</p></ol>")

    assert [(part.depth, part.number, part.text, part.indent) for part in found] == [
        (0, "1.", "one", 0),
        (1, "", "a", 0),
        (2, "1.", "deep", 0),
        (1, "", "b", 0),
        (None, "", "later", 720),
        (None, "", "more", 720),
        (0, "2.", "two", 0),
    ]


def test_an_item_without_words_counts_and_shows_its_number():
    assert items("<ol><li>one<li><li>three</ol>") == [
        (0, "1.", True, "one"),
        (0, "2.", True, ""),
        (0, "3.", True, "three"),
    ]


def test_a_heading_in_a_list_has_its_number_and_no_depth():
    (found,) = paragraphs("<ol><li><h2>Scope</h2></ol>")

    assert (found.level, found.number, found.depth) == (2, "1.", None)


def test_a_list_in_a_cell_begins_anew():
    source = markup.source_of("<ul><li><table><tr><td><ol><li>one</ol></table></ul>")
    (part,) = next(part for part in source.parts if isinstance(part, Table)).rows[0][0].parts

    assert (part.depth, part.number) == (0, "1.")


def word_paragraph(level: int, mark: str, words: str, font="Arial") -> str:
    return (
        f"<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='font-family:\"{font}\"'><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times\"'>"
        f"&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{words}<o:p></o:p></p>"
    )


def test_lists_saved_by_word_have_the_numbers_that_word_wrote():
    assert items(
        word_paragraph(1, "1.1", "Scope")
        + word_paragraph(2, "(a)", "Staff")
        + word_paragraph(2, "o", "ring", "Courier New")
        + word_paragraph(1, "·", "dot", "Symbol")
    ) == [(0, "1.1", True, "Scope"), (1, "(a)", True, "Staff"), (1, "", False, "ring"), (0, "", False, "dot")]


def test_a_numbered_heading_saved_by_word():
    (found,) = paragraphs(word_paragraph(1, "1", "Scope").replace("<p ", "<h1 ").replace("</p>", "</h1>"))

    assert (found.level, found.number, found.text, found.depth) == (1, "1", "Scope", None)


GOOGLE = (
    '<style>.lst-kix_a-1>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) "." counter(lst-ctn-kix_a-1,'
    'lower-latin) ") "}.lst-kix_a-0>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) ". "}'
    "ol.lst-kix_a-1.start{counter-reset:lst-ctn-kix_a-1 0}ol.lst-kix_a-0.start{counter-reset:lst-ctn-kix_a-0 2}"
    '.lst-kix_b-0>li:before{content:"\\0025cf   "}.c1{font-weight:700}</style>'
)


def test_lists_of_google_docs_go_on_over_several_lists_and_join_their_numbers():
    assert items(
        GOOGLE
        + "<ol class='c4 lst-kix_a-0 start' start=3><li>three</ol><ol class='lst-kix_a-1 start'><li>a<li>b</ol>"
        "<p>between</p><ol class='lst-kix_a-0' start=4><li>four</ol><ol class='lst-kix_a-1 start'><li>a</ol>"
        "<ul class='lst-kix_b-0 start'><li>dot</ul>"
    ) == [
        (0, "3.", True, "three"),
        (1, "3.a)", True, "a"),
        (1, "3.b)", True, "b"),
        (None, "", False, "between"),
        (0, "4.", True, "four"),
        (1, "4.a)", True, "a"),
        (0, "", False, "dot"),
    ]

"""Web pages as a person sees them: paragraphs, tables, links, notes, and what is left out."""

import io
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_pages.importing import markup
from policy_pages.importing.source import Kind, Paragraph, Picture, Refusal, Source, Table
from tests.factories.files import png
from tests.policy_pages.importing.reading import left_out, looks, oddities, told, unaccounted


def read(html: str) -> Source:
    source = markup.read(io.BytesIO(html.encode()))
    assert unaccounted(source) == {}
    return source


def paragraphs(html: str) -> list[Paragraph]:
    return [part for part in read(html).parts if isinstance(part, Paragraph)]


def table(html: str) -> Table:
    (found,) = [part for part in read(html).parts if isinstance(part, Table)]
    return found


# --- paragraphs -------------------------------------------------------------------------------------------


def test_headings_have_their_level_and_their_place():
    found = paragraphs(
        "<h1>Fire</h1><h2>1. Scope</h2><p>All staff.</p><div role=heading aria-level=3>Duties</div>"
    )

    assert [(part.level, part.text, part.place) for part in found] == [
        (1, "Fire", "paragraph 1"),
        (2, "1. Scope", "paragraph 2"),
        (0, "All staff.", "paragraph 3"),
        (3, "Duties", "paragraph 4"),
    ]


def test_soup_without_paragraphs_becomes_paragraphs():
    found = read(
        "loose<div>one<div>two <span>and</span>\n more</div>three</div>tail<p>left open<p>four"
    ).parts

    assert told(found) == ["loose", "one", "two and more", "three", "tail", "left open", "four"]


def test_one_break_is_a_line_and_two_are_a_new_paragraph_with_an_empty_one_between():
    found = read("<p>first<br>line<br> <br>second</p>").parts

    assert [part.text for part in found] == ["first\nline", "", "second"]


def test_typed_spaces_stay_where_they_count():
    assert told(read("<p>a  b\n c</p><pre>a  b\n c</pre><p style='white-space:pre-wrap'>d  e</p>").parts) == [
        "a b c",
        "a  b\n c",
        "d  e",
    ]


def test_looks_come_from_tags_from_styles_and_from_the_sheet():
    style = "<style>/* x{} */ .c1{font-weight:700} p.c2, .c3 {font-style:italic} </style>"
    (found,) = paragraphs(
        style + "<p class=c2>a<b>b</b><span style='font-weight:normal'>c</span><span class=c1>d</span>"
        "<i style='font-style:normal'>e</i>x<sup>2</sup>h<sub>3</sub><span style='vertical-align:super'>f</span></p>"
    )

    assert looks(found) == [
        ("a", {"italic": True}),
        ("b", {"bold": True, "italic": True}),
        ("c", {"italic": True}),
        ("d", {"bold": True, "italic": True}),
        ("e", {}),
        ("x", {"italic": True}),
        ("2", {"italic": True, "raised": "sup"}),
        ("h", {"italic": True}),
        ("3", {"italic": True, "raised": "sub"}),
        ("f", {"italic": True, "raised": "sup"}),
    ]


def test_the_look_of_a_block():
    (found,) = paragraphs(
        "<p class=MsoTitle align=center style='margin-left:36.0pt;font-size:14.0pt;page-break-before:always'>Fire</p>"
    )

    assert (found.is_title, found.centred, found.indent, found.size, found.new_page) == (
        True,
        True,
        720,
        14,
        True,
    )


def test_quotations_definitions_details_and_figures_are_paragraphs():
    found = read(
        "<blockquote>quoted</blockquote><dl><dt>Term<dd>Meaning</dl><details><summary>More</summary>inside</details>"
        "<address>Ward 3</address><figcaption>Figure 1</figcaption><select><option>a<option>b</select>"
    ).parts

    assert told(found) == ["quoted", "Term", "Meaning", "More", "inside", "Ward 3", "Figure 1", "a", "b"]
    assert [part.indent for part in found[:3]] == [720, 0, 720]


# --- tables -----------------------------------------------------------------------------------------------


def test_a_table_with_spans_heading_cells_caption_and_a_table_inside():
    found = table(
        "<table border=1><caption>Who <b>does</b> what</caption><thead><tr><td>Role<th>Duty</thead>"
        "<tr><td rowspan=2>Ward manager<td><p>Check</p><ul><li>gel</ul><tr><td colspan=9999>x<table><tr><td>in</table>"
        "<tr><td rowspan=0>end</table>"
    )

    assert (found.caption, found.place, found.has_borders) == ("Who does what", "table 1", True)
    assert [[(cell.text, cell.across, cell.down, cell.is_heading) for cell in row] for row in found.rows] == [
        [("Role", 1, 1, True), ("Duty", 1, 1, True)],
        [("Ward manager", 1, 2, False), ("Check\ngel", 1, 1, False)],
        [("x\nin", 1000, 1, False)],
        [("end", 1, 1, False)],
    ]
    assert [part.place for part in found.rows[1][1].parts] == ["table 1, row 2, column 2"] * 2
    assert found.rows[2][0].parts[1].place == "table 2"


def test_words_between_cells_come_before_their_table():
    found = read("<p>a</p><table>stray<tr>words<td>cell</td>here</tr></table>").parts

    assert told(found) == ["a", "stray", "words", "here", [["cell"]]]


@pytest.mark.parametrize(
    ("attributes", "cell", "borders"),
    [
        ("", "", True),
        ("border=1", "", True),
        ("border=0", "", False),
        ("role=presentation border=1", "", False),
        ("border=0", "style='border:solid windowtext 1.0pt'", True),
        ("style='border:none'", "", False),
        ("style='border-collapse:collapse' border=0", "", False),
    ],
)
def test_a_table_without_lines_is_one_that_says_so(attributes, cell, borders):
    assert table(f"<table {attributes}><tr><td {cell}>x</table>").has_borders == borders


# --- links, notes, pictures -------------------------------------------------------------------------------


def test_links_keep_their_address_and_those_that_run_a_script_lose_it():
    source = read(
        "<p><a href=' https://x.org/a '>out</a> <a href='#b'>in</a> <a href='java\tscript:alert(1)'>bad</a>"
        " <a name=c>none</a></p>"
    )

    assert looks(source.parts[0]) == [
        ("out", {"href": "https://x.org/a"}),
        (" ", {}),
        ("in", {"href": "#b"}),
        (" bad none", {}),
    ]
    assert oddities(source) == [("script_link", "paragraph 1")]


WORD_NOTE = (
    "<p>Call<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>"
    "<span class=MsoFootnoteReference>[1]</span></a> now</p>"
    "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
    "<p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>[1]</a> By phone</p></div></div>"
)
GOOGLE_NOTE = (
    "<p>Call<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup> now</p><hr>"
    "<div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a><span>&nbsp;By phone</span></p></div>"
)
PANDOC_NOTE = (
    "<p>Call<a href='#fn1' class='footnote-ref' id='fnref1'><sup>1</sup></a> now</p><section class=footnotes><ol>"
    "<li id=fn1><p>By phone<a href='#fnref1'>↩</a></p></li></ol></section>"
)


@pytest.mark.parametrize("html", [WORD_NOTE, GOOGLE_NOTE, PANDOC_NOTE], ids=["Word", "Google Docs", "pandoc"])
def test_notes_stand_apart_and_are_referred_to(html):
    source = read(html)
    ((key, note),) = source.notes.items()

    assert told(source.parts) == ["Call now"]
    assert [(piece.text, piece.note) for piece in source.parts[0].pieces] == [
        ("Call", ""),
        ("", key),
        (" now", ""),
    ]
    assert [(part.text, part.place) for part in note] == [("By phone", "footnote 1")]
    assert source.words == ["Call", "now", "By", "phone"]


def test_headings_and_contents_that_lead_to_each_other_are_no_notes():
    source = read("<p><a href='#s1' id=c1>1</a></p><h2 id=s1><a href='#c1'>1 Scope</a></h2>")

    assert (told(source.parts), source.notes) == (["1", "1 Scope"], {})


def test_pictures_inside_are_taken_and_others_are_reported_as_missing():
    inside = f"data:image/png;base64,{b64encode(png()).decode()}"
    source = read(
        f"<p>see <img src='{inside}' alt='A map'> here</p><img src='../img/plan%20b.png?x=1' alt='Plan'>"
        "<img src='data:image/svg+xml,<svg/>' alt='Drawn'><img src='dot.gif' width=1 height=1>"
        "<img src='data:image/png;base64,!!!'>"
    )
    pictures = [part for part in source.parts if isinstance(part, Picture)]

    assert told(source.parts) == ["see here", ("A map",), ("Plan",), ("Drawn",), ("",)]
    assert [(part.data, part.content_type, part.name) for part in pictures] == [
        (png(), "image/png", ""),
        (b"", "", "plan%20b.png"),
        (b"", "", ""),
        (b"", "", ""),
    ]
    assert oddities(source) == [
        ("missing_image", "paragraph 2"),
        ("unusable_image", "paragraph 2"),
        ("missing_image", "paragraph 2"),
    ]
    assert source.oddities[0].message == (
        "The picture plan%20b.png is not in the file. Add it by hand, or leave it out."
    )


# --- what is left out -------------------------------------------------------------------------------------


def test_programs_have_no_words_and_hidden_ones_are_reported():
    source = read(
        "<style>.x{display:none}</style><script>var words</script><template>no</template><noscript>no</noscript>"
        "<p>seen<!-- remark --></p><p hidden>one</p><div class=x>two<p>three</p></div><iframe src=y>frame</iframe>"
        "<span style='display: none'></span>"
    )

    assert told(source.parts) == ["seen"]
    assert left_out(source) == [(Kind.HIDDEN, "one"), (Kind.HIDDEN, "two three")]
    assert oddities(source) == [
        ("hidden_text", "paragraph 2"),
        ("hidden_text", "paragraph 2"),
        ("embedded_object", "paragraph 2"),
    ]
    assert source.words == ["seen"]


def test_what_only_paper_hides_is_seen():
    sheet = (
        "@import url(x.css); @media print{.a{display:none} .b{color:red}} @font-face{font-family:x} p{margin:0}"
        "@media screen and (min-width:1px){.b{display:none}} .c{display:none"
    )
    source = read(f"<style>{sheet}</style><p class=a>one</p><p class=b>two</p><p class=c>three</p>")

    assert told(source.parts) == ["one", "three"]
    assert left_out(source) == [(Kind.HIDDEN, "two")]


def test_tracked_changes_are_kept_or_left_out_and_both_are_reported():
    source = read("<p>Check <del>weekly</del><ins>each shift</ins></p>")

    assert told(source.parts) == ["Check each shift"]
    assert left_out(source) == [(Kind.DELETED, "weekly")]
    assert [(oddity.code, oddity.message) for oddity in source.oddities] == [
        ("tracked_deletion", "Taken out by a tracked change, and left out: weekly"),
        ("tracked_insertion", "Put in by a tracked change, and kept: each shift"),
    ]


def test_comments_of_word_and_of_google_docs_are_left_out_and_reported():
    source = read(
        "<p>Text<span class=MsoCommentReference><a href='#_msocom_1'>[A1]</a></span> goes"
        "<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup> on</p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Is this so?</p></div></div>"
        "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>And this?</span></p></div>"
    )

    assert told(source.parts) == ["Text goes on"]
    assert left_out(source) == [
        (Kind.COMMENTS, "Is this so?"),
        (Kind.COMMENTS, "And this?"),
    ]


CONTENTS = [
    "<nav><h2>Contents</h2><ol><li><a href='#a'>Scope</a> 2<li><a href='#b'>Duties</a> 3</ol></nav>",
    "<h2>Contents</h2><ul><li><a href='#a'>Scope</a><ul><li><a href='#b'>Duties</a></ul></ul>",
    "<h2>Contents</h2><p class=MsoToc1><a href='#a'>Scope 2</a></p><p class=MsoToc2><a href='#b'>Duties 3</a></p>",
    "<p>Table of contents:</p><p><a href='#a'>Scope</a></p><p><a href='#b'>Duties</a></p>",
    "<div id=toc><p>Contents</p><p><a href='#a'>Scope</a></p><p><a href='#b'>Duties</a></p></div>",
]


@pytest.mark.parametrize("html", CONTENTS, ids=["nav", "list", "Word", "paragraphs", "div"])
def test_a_list_of_contents_goes_with_its_heading(html):
    source = read(f"{html}<h2 id=a>Scope</h2><p>All staff.</p><h2 id=b>Duties</h2>")
    words = " ".join(row for _kind, row in left_out(source))

    assert told(source.parts) == ["Scope", "All staff.", "Duties"]
    assert {kind for kind, _words in left_out(source)} == {Kind.CONTENTS}
    assert [word for word in ("Scope", "Duties") if word in words] == ["Scope", "Duties"]
    assert "ontents" in words


def test_a_list_of_links_to_other_pages_or_with_words_of_its_own_is_text():
    source = read(
        "<ul><li><a href='https://x.org'>One</a><li><a href='#gone'>Two</a></ul>"
        "<ul><li><a href='#a'>Scope</a> tells who must act<li><a href='#b'>Duties</a> tells how</ul>"
        "<p id=a>x</p><p><a href='#b'>See duties</a></p><p id=b>y</p>"
    )

    assert told(source.parts) == [
        "One",
        "Two",
        "Scope tells who must act",
        "Duties tells how",
        "x",
        "See duties",
        "y",
    ]
    assert left_out(source) == []


# --- the page ---------------------------------------------------------------------------------------------


def test_the_title_is_the_pages_own_or_its_first_heading():
    assert read("<title> Fire\n safety </title><h1>Other</h1>").title == "Fire safety"
    assert read("<title></title><h1></h1><h1>Fire <i>safety</i></h1>").title == "Fire safety"
    assert read("<p>x</p>").title == ""


def test_old_references_to_letters_and_control_signs_are_read_as_browsers_do():
    assert told(read("<p>&#146;a&#x2019; &nbsp;&half;\x0b\x1fb &copy 5 < 6</p>").parts) == [
        "’a’ \xa0½b © 5 < 6"
    ]


def test_words_that_only_look_joined_or_parted_count_as_they_stand():
    assert read("<p>safe<b>guard</b>ing<br>now</p>then<div>and</div>there").words == [
        "safeguarding",
        "now",
        "then",
        "and",
        "there",
    ]


def test_progress_is_told_as_the_page_is_read():
    heard = []
    markup.source_of("<p>x</p>" * 450, lambda done, of, doing: heard.append((done, of, doing)))

    assert heard == [
        (200, 452, "Reading paragraphs"),
        (400, 452, "Reading paragraphs"),
        (1, 1, "Counting words"),
    ]


def test_a_page_of_remarks_alone_is_damaged():
    with pytest.raises(Refusal, match="damaged"):
        markup.source_of("<!-- nothing -->")


PLACES = "p div span b li ul ol td tr table blockquote h2 br sup pre option ins section".split()
MARKS = ["", " hidden", " id=a", " href='#a'", " style='mso-list:Ignore'", " start=4 type=a"]
WORDS = st.sampled_from(["fire", " fire", "fire ", " ", "\n", "1.", "&nbsp;", "[1]"])


def _element(inside):
    made = st.tuples(st.sampled_from(PLACES), st.sampled_from(MARKS), st.lists(inside, max_size=4))
    return made.map(lambda parts: f"<{parts[0]}{parts[1]}>{''.join(parts[2])}</{parts[0]}>")


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(st.recursive(WORDS, _element, max_leaves=25), min_size=1, max_size=5).map("".join))
def test_no_word_of_any_page_is_lost_or_made(html):
    assert unaccounted(markup.source_of(f"<p>{html}</p>")) == {}

"""Fields, links, controls, signs and formulas inside a line."""

import pytest

from policy_pages.importing.source import Kind
from tests.factories.word_writing import field, paragraph, run
from tests.policy_pages.importing.seen import codes, left, source_of, texts, words_lost

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


HEADING = '<w:pStyle w:val="Heading1"/>'


def code(words) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


def line(inside, **parts) -> str:
    """The text of the only paragraph, of which no word may be lost."""
    source = source_of(paragraph(inside), **parts)
    assert words_lost(source) == {}
    return "\n".join(texts(source.parts))


def links(inside, **parts) -> list[tuple[str, str]]:
    return [(piece.text, piece.href) for piece in source_of(paragraph(inside), **parts).parts[0].pieces]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("See page ") + field("PAGEREF _Ref1 \\h", "7") + run("."), "See page 7."),
        (run("See ") + field("REF _Ref1 \\h", "section 4"), "See section 4"),
        (f'<w:fldSimple w:instr=" REF x ">{run("part two")}</w:fldSimple>', "part two"),
        (BEGIN + code(" IF ") + field("PAGE", "hidden in a code") + SEPARATE + run("shown") + END, "shown"),
        (BEGIN + code(" DATE ") + END + run("after"), "after"),
        (END + SEPARATE + run("no field was open"), "no field was open"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f"<w:smartTag><w:customXml>{run('wrapped')}</w:customXml></w:smartTag>", "wrapped"),
        (f"<w:bdo>{run('either way')}</w:bdo>", "either way"),
        ("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r>", "e-mail"),
        ("<w:r><w:t>hand</w:t><w:softHyphen/><w:t>book</w:t></w:r>", "handbook"),
        ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:cr/><w:t>four</w:t></w:r>",
         "one\ttwo\nthree\nfour"),
        ("<w:r><w:t> kept apart </w:t></w:r><w:r><w:t xml:space='preserve'> by Word</w:t></w:r>",
         "kept apart by Word"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" done"), "✓ done"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 5"), "≥ 5"),
        ('<w:r><w:sym w:font="Arial" w:char="00B5"/></w:r>' + run("g"), "µg"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_of_a_line(inside, expected):
    assert line(inside) == expected


def test_either_branch_of_alternatives_comes_once():
    both = f"<mc:Choice Requires='x'>{run('new')}</mc:Choice><mc:Fallback>{run('old')}</mc:Fallback>"
    last = f"<mc:Fallback>{run('old')}</mc:Fallback>"

    assert line(f"<mc:AlternateContent>{both}</mc:AlternateContent>") == "new"
    assert line(f"<mc:AlternateContent>{last}</mc:AlternateContent>") == "old"


def test_a_sign_that_only_its_font_knows_is_named():
    source = source_of(paragraph('<w:r><w:sym w:font="House Logo" w:char="F041"/></w:r>' + run("x")))

    assert texts(source.parts) == ["\N{REPLACEMENT CHARACTER}x"]
    assert codes(source) == [("unknown_sign", "paragraph 1")]


def test_links_of_every_kind():
    inside = (
        f'<w:hyperlink r:id="web">{run("site")}</w:hyperlink>'
        f'<w:hyperlink r:id="web" w:anchor="top">{run("place")}</w:hyperlink>'
        f'<w:hyperlink w:anchor="_Ref5">{run("here")}</w:hyperlink>'
        f'<w:hyperlink r:id="gone">{run("lost")}</w:hyperlink>'
    )
    targets = {"web": ("hyperlink", "https://fernleigh.example/a")}

    assert links(inside, targets=targets) == [
        ("site", "https://fernleigh.example/a"),
        ("place", "https://fernleigh.example/a#top"),
        ("here", "#_Ref5"),
        ("lost", "#"),
    ]


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ('HYPERLINK "https://fernleigh.example/b"', "https://fernleigh.example/b"),
        (
            'HYPERLINK "https://fernleigh.example/b" \\l "part" \\o "A tip"',
            "https://fernleigh.example/b#part",
        ),
        ('HYPERLINK \\l "_Toc9"', "#_Toc9"),
        ('HYPERLINK \\t "_blank" "mailto:desk@fernleigh.example"', "mailto:desk@fernleigh.example"),
        ('HYPERLINK "C:\\\\Shared\\\\form.docx"', "C:\\Shared\\form.docx"),
        ("HYPERLINK", ""),
    ],
)
def test_links_by_field(words, address):
    assert links(field(words, "shown")) == [("shown", address)]


def form(inside, result="") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar></w:r>'
    return f"{begin}{code(' FORM ')}{SEPARATE}{result}{END}"


def test_form_fields_show_their_state():
    lines = '<w:listEntry w:val="Ward A"/><w:listEntry w:val="Ward B"/>'
    text = form("<w:textInput/>", run("typed in"))
    ticked = form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    empty = form('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    chosen = form(f'<w:ddList><w:result w:val="1"/>{lines}</w:ddList>')

    assert line(text + run(" ") + ticked + run(" ") + empty + run(" ") + chosen) == "typed in ☒ ☐ Ward B"


def test_a_field_that_keeps_nothing_is_named():
    source = source_of(paragraph(BEGIN + code(" LISTNUM ") + END + run("Clause")))

    assert codes(source) == [("field_without_text", "paragraph 1")]
    assert codes(source_of(paragraph(field("EQ \\f(1,2)", "1/2")))) == []


def test_small_letters_above_others_follow_in_brackets():
    ruby = f"<w:r><w:ruby><w:rt>{run('reading')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>"

    assert line(ruby) == "base (reading) "


def math(inside) -> str:
    return f"<m:oMath>{inside}</m:oMath>"


def letters(words) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (letters("x=1"), "x=1"),
        (f"<m:f><m:num>{letters('a+b')}</m:num><m:den>{letters('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:sSup><m:e>{letters('m')}</m:e><m:sup>{letters('2')}</m:sup></m:sSup>", "m^2"),
        (f"<m:sSub><m:e>{letters('P')}</m:e><m:sub>{letters('max')}</m:sub></m:sSub>", "P_max"),
        (f"<m:rad><m:deg/><m:e>{letters('w×h')}</m:e></m:rad>", "√(w×h)"),
        (f"<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e>{letters('a')}</m:e></m:d>", "[a)"),
        (f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{letters('i')}</m:sub><m:sup/>"
         f"<m:e>{letters('x')}</m:e></m:nary>", "∑_i x"),
    ],
)  # fmt: skip
def test_formulas_in_one_line(inside, expected):
    assert line(math(inside)) == expected


def test_a_contents_field_without_a_control_takes_its_heading_along():
    first = BEGIN + code(' TOC \\o "1-2" ') + SEPARATE + run("1 Scope") + field("PAGEREF a", "2")
    body = paragraph("Policy") + paragraph("CONTENTS") + "<w:p/>" + paragraph(first)
    body += paragraph(run("2 Duties") + END) + paragraph("Scope")
    source = source_of(body)

    assert left(source, Kind.CONTENTS) == ["CONTENTS\n1 Scope2\n2 Duties"]
    assert texts(source.parts) == ["Policy", "Scope"] and words_lost(source) == {}


def test_contents_made_by_hand_in_contents_styles():
    toc = '<w:pStyle w:val="TOC1"/>'
    body = paragraph("Table of contents") + paragraph("Scope 2", toc) + paragraph("Duties 3", toc)
    source = source_of(body + paragraph("Scope"))

    assert left(source, Kind.CONTENTS) == ["Table of contents\nScope 2\nDuties 3"]
    assert texts(source.parts) == ["Scope"]


def test_two_contents_lists_are_two():
    toc = '<w:pStyle w:val="TOC1"/>'
    body = (
        paragraph("Scope 2", toc)
        + paragraph("List of tables")
        + paragraph("Limits 4", toc)
        + paragraph("Scope")
    )

    assert left(source_of(body), Kind.CONTENTS) == ["Scope 2", "List of tables\nLimits 4"]


def test_a_paragraph_called_contents_is_text_where_no_list_follows():
    assert texts(source_of(paragraph("Contents") + paragraph("The box holds gloves.")).parts) == [
        "Contents",
        "The box holds gloves.",
    ]


def test_controls_round_paragraphs_and_one_that_shows_its_hint():
    hint = f"<w:sdtContent>{paragraph('Enter a name.')}</w:sdtContent>"
    inner = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{hint}</w:sdt>"
    body = f"<w:sdt><w:sdtContent>{paragraph('Owner:')}{inner}</w:sdtContent></w:sdt>{paragraph('After.')}"

    assert [(part.text, part.place) for part in source_of(body).parts] == [
        ("Owner:", "paragraph 1"),
        ("Enter a name.", "paragraph 2"),
        ("After.", "paragraph 3"),
    ]


def test_a_control_round_a_contents_list_that_goes_on_too_long():
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inside = paragraph("Contents", HEADING) + paragraph(field("TOC", "Scope 2")) + paragraph("Scope", HEADING)
    body = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inside}{paragraph('Text.')}</w:sdtContent></w:sdt>"
    source = source_of(body + paragraph("After."))

    assert left(source, Kind.CONTENTS) == ["Contents\nScope 2"]
    assert texts(source.parts) == ["Scope", "Text.", "After."] and words_lost(source) == {}


def test_a_cross_reference_that_leads_nowhere_is_named():
    source = source_of(
        paragraph(run("See ") + field("REF x", "Error! Reference source not found.") + run(" too."))
    )

    assert texts(source.parts) == ["See Error! Reference source not found. too."]
    assert codes(source) == [("broken_reference", "paragraph 1")]


@pytest.mark.parametrize(
    ("font", "letters", "expected"),
    [
        ("Symbol", "mg", "μγ"),
        ("Symbol", "\uf0b3 5", "≥ 5"),
        ("Wingdings", "\u00fc", "✓"),
        ("Wingdings", "Q", "\N{REPLACEMENT CHARACTER}"),
        ("Arial", "\uf0b7 item", "• item"),
        ("Arial", "plain", "plain"),
    ],
)
def test_letters_in_a_font_for_symbols_are_what_they_look_like(font, letters, expected):
    assert line(run(letters, f'<w:rFonts w:ascii="{font}"/>')) == expected


def test_a_contents_list_that_begins_in_a_line_of_text():
    source = source_of(paragraph(run("Contents") + field("TOC", "Scope 2")) + paragraph("Scope"))

    assert left(source, Kind.CONTENTS) == ["Scope 2"] and words_lost(source) == {}

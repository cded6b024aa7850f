"""What styles make of a paragraph and of letters."""

import pytest

from tests.factories.word_writing import paragraph, run
from tests.policy_pages.importing.seen import source_of


def style(name, properties="", *, letters="", based_on="", called="", kind="paragraph", default="") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}" {default}><w:name w:val="{called or name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def one(inside, properties="", styles=""):
    """The only paragraph of a document."""
    (part,) = source_of(paragraph(inside, properties), styles=styles).parts
    return part


def of(name) -> str:
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("properties", "styles", "level"),
    [
        (of("Heading2"), "", 2),
        (of("berschrift1"), style("berschrift1", called="heading 1"), 1),
        (of("Titre3"), style("Titre3", '<w:outlineLvl w:val="2"/>'), 3),
        (of("Mine"), style("Mine", based_on="H") + style("H", called="heading 4"), 4),
        ('<w:outlineLvl w:val="1"/>', "", 2),
        (of("Heading1") + '<w:outlineLvl w:val="9"/>', "", 0),
        (of("Mine"), style("Mine", based_on="Mine"), 0),
        (of("A"), style("A", based_on="B") + style("B", based_on="A"), 0),
        (of("Headings"), style("Headings"), 0),
        ("", style("Any", '<w:outlineLvl w:val="0"/>', default='w:default="1"'), 1),
    ],
)
def test_levels_of_headings(properties, styles, level):
    assert one("Words", properties, styles).level == level


def test_a_title_by_the_name_of_its_style():
    assert one("Words", of("Titel"), style("Titel", called="Title")).is_title
    assert not one("Words", of("Untertitel"), style("Untertitel", called="Subtitle")).is_title


BOLD = "<w:b/>"


@pytest.mark.parametrize(
    ("letters", "styles", "is_bold"),
    [
        ("", style("P", letters=BOLD), True),
        ("", style("P", based_on="Q") + style("Q", letters=BOLD), True),
        ("", style("P", letters='<w:b w:val="0"/>', based_on="Q") + style("Q", letters=BOLD), False),
        ('<w:b w:val="false"/>', style("P", letters=BOLD), False),
        ('<w:rStyle w:val="C"/>', style("C", letters=BOLD, kind="character"), True),
        (
            '<w:rStyle w:val="C"/>',
            style("P", letters=BOLD) + style("C", letters=BOLD, kind="character"),
            False,
        ),
        (BOLD, style("P", letters=BOLD), True),
        ("", "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>", True),
    ],
)
def test_bold_by_run_style_and_what_they_are_based_on(letters, styles, is_bold):
    assert one(run("Words", letters), of("P"), styles).is_bold is is_bold


def test_capitals_by_style_are_capitals_in_the_text():
    part = one("Straße of Fernleigh", of("P"), style("P", letters="<w:caps/>"))

    assert (part.text, part.is_capitals) == ("STRASSE OF FERNLEIGH", True)


def test_letters_raised_slanted_and_their_size():
    raised = '<w:i/><w:vertAlign w:val="superscript"/><w:sz w:val="40"/>'
    part = one(run("  ") + run("2", raised) + run("nd"), of("P"), style("P", letters='<w:sz w:val="23"/>'))

    assert [(piece.text, piece.italic, piece.raised) for piece in part.pieces] == [
        ("  ", False, ""),
        ("2", True, "sup"),
        ("nd", False, ""),
    ]
    assert part.size == 20


def test_place_on_the_page():
    styles = style("P", '<w:jc w:val="center"/><w:ind w:left="720"/>') + style("Q", "<w:pageBreakBefore/>")
    part = one("Words", of("P"), styles)
    own = one("Words", of("P") + '<w:jc w:val="left"/><w:ind w:start="36pt"/>', styles)

    assert (part.centred, part.indent, part.new_page) == (True, 720, False)
    assert (own.centred, own.indent) == (False, 720)
    assert one("Words", of("Q"), styles).new_page
    assert not one("Words", of("Q") + '<w:pageBreakBefore w:val="0"/>', styles).new_page


def test_a_page_that_ends_before_within_and_after():
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = paragraph(run("First") + page) + paragraph("Second") + paragraph(page) + paragraph("Third")
    body += (
        paragraph(run("One") + page + run("two"))
        + paragraph("Last", "<w:sectPr/>")
        + paragraph("New section")
    )
    same = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    body += paragraph("Same page", same) + paragraph("Still the same")

    assert [(part.text, part.new_page) for part in source_of(body).parts] == [
        ("First", False),
        ("Second", True),
        ("Third", True),
        ("One\ntwo", False),
        ("Last", False),
        ("New section", True),
        ("Same page", False),
        ("Still the same", False),
    ]


def test_empty_lines_are_nobodys_paragraph():
    parts = source_of(paragraph("One") + "<w:p/>" + paragraph(" ") + paragraph("Two")).parts

    assert [(part.text, part.place) for part in parts] == [("One", "paragraph 1"), ("Two", "paragraph 2")]


def test_a_big_first_letter_belongs_to_its_word():
    cap = paragraph("S", '<w:framePr w:dropCap="drop" w:lines="3"/>')
    source = source_of(cap + paragraph("taff must wash their hands."))

    assert [part.text for part in source.parts] == ["Staff must wash their hands."]
    assert source.words[0] == "Staff"

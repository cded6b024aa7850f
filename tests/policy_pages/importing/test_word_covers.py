"""Cover pages, footers and watermarks of real Word policies: nothing is lost and nothing made up."""

from io import BytesIO

import pytest
from docx.shared import Inches

from policy_pages.importing.receipt import receipt_of
from policy_pages.importing.recognising import recognise
from tests.factories.files import png
from tests.factories.word_writing import Paper, field, paragraph, run, text_box
from tests.policy_pages.importing.seen import opened

PRINTED = "This is a controlled document. Printed copies are uncontrolled."
WATERMARK = (
    "<w:r><w:pict><v:shape id='PowerPlusWaterMarkObject1' type='#_x0000_t136'>"
    "<v:textpath string='DRAFT'/></v:shape></w:pict></w:r>"
)


def receipt(paper: Paper) -> dict:
    source = opened(paper.bytes())
    found = receipt_of(source, recognise(source))
    assert (found["words_in"], found["lost"]) == (found["words_out"], [])
    return found


def policy(*cover: str) -> Paper:
    """A logo, these lines of a cover, and a clause."""
    paper = Paper()
    paper.document.add_picture(BytesIO(png()), width=Inches(1))
    paper.line("Fenbrook Hospitals NHS Foundation Trust", bold=True, size=16)
    paper.line("Lone working policy", bold=True, size=28)
    paper.lines(*cover)
    paper.line("Aim", "Heading 1")
    paper.line("Staff who work alone are found early.")
    return paper


def test_the_title_stands_below_the_logo():
    assert receipt(policy())["title"] == "Lone working policy"


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Version 3.2", "Version", "3.2"),
        ("VERSION NO. v4", "VERSION NO.", "v4"),
        ("Version: 3", "Version", "3"),
    ],
)
def test_a_version_on_the_cover_is_a_fact_with_and_without_a_colon(line, label, value):
    assert receipt(policy(line))["document_control"] == {label: value}


@pytest.mark.parametrize(
    "line", ["Version 3.2 replaces version 3.1.", "Version control", "3.2", "Page 1 of 9"]
)
def test_what_only_looks_like_a_version_stays_in_the_text(line):
    found = receipt(policy(line))

    assert (found["document_control"], line in found["text"]) == ({}, True)


@pytest.mark.parametrize(
    "line", [PRINTED, "CONTROLLED DOCUMENT - UNCONTROLLED WHEN PRINTED", "Printed copies are uncontrolled"]
)
def test_a_line_on_printed_copies_is_text_and_no_section(line):
    found = receipt(policy(line))

    assert [row["title"] for row in found["sections"]] == ["Aim"]
    assert (found["title"], found["document_control"], line in found["text"]) == (
        "Lone working policy",
        {},
        True,
    )


@pytest.mark.parametrize("between", [" ", "\t", "   "])
def test_a_footer_of_version_and_pages_tells_the_version_and_no_more(between):
    paper = policy()
    footer = paper.document.sections[0].footer.paragraphs[0]
    footer.text = between.join(["Lone working policy", "Version 3.2", "Page "])
    paper.inside(footer, field("PAGE", "1") + run(" of ") + field("NUMPAGES", "9"))

    found = receipt(paper)

    assert found["document_control"] == {"Version": "3.2"}
    assert found["left_out"]["running headers and footers"] == "Lone working policy Version 3.2 Page of"


def test_a_footer_on_printed_copies_is_left_out_and_told():
    paper = policy()
    paper.document.sections[0].footer.paragraphs[0].text = PRINTED

    found = receipt(paper)

    assert (found["left_out"], found["document_control"]) == ({"running headers and footers": PRINTED}, {})


def test_watermarks_in_a_header_are_left_out_and_in_a_box_of_the_text_kept():
    paper = policy()
    paper.inside(paper.document.sections[0].header.paragraphs[0], WATERMARK)
    paper.inside(paper.line(), text_box(paragraph("Not for use")))

    found = receipt(paper)

    assert found["left_out"] == {"running headers and footers": "DRAFT"}
    assert found["text"].count("Not for use") == 1
    assert "DRAFT" not in found["text"]


def test_captions_that_word_counts_are_captions():
    paper = policy()
    caption = paper.line("Table ", "Caption")
    paper.inside(caption, field("SEQ Table \\* ARABIC", "1") + run(": five moments"))
    paper.table([["Day", "Desk"], ["Monday", "North"]], heading=True)
    paper.line("Figure 1 The way in", "Caption")
    paper.document.add_picture(BytesIO(png(colour="red")), width=Inches(1))

    found = recognise(opened(paper.bytes()))

    assert [b.value["caption"] for b in found.blocks if b.type in ("table", "figure")] == [
        "",
        "Table 1: five moments",
        "Figure 1 The way in",
    ]
    receipt(paper)

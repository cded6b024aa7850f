"""Document control, appendices, lists, notes, pictures, contents lists, marks of conversions, boxes."""

from hashlib import sha256

import pytest

from policy_pages.importing.source import Cell, Kind, LeftOut, Paragraph, Picture, Piece
from tests.factories.sources import heading, item, make_paragraph, make_table
from tests.policy_pages.importing.recognised_as import (
    blocks,
    clauses,
    codes,
    messages,
    outline,
    receipt_for,
    recognised,
)

TITLE = make_paragraph("Lifting policy", is_title=True)
LONG = "Staff read this before they begin any work on the ward, and ask the matron where they are not sure of it."
CONTROL = {
    "Version": "3.1",
    "Ratified by": "Quality Committee",
    "Date ratified": "12 March 2026",
    "Name of originator/author": "A. Person, Lead Nurse",
    "Review date": "",
    "Target audience": "All staff",
}


def same(receipt):
    return (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])


@pytest.mark.parametrize(
    "parts",
    [
        [make_table(*([f"{label}:", value] for label, value in CONTROL.items()))],
        [
            make_table(
                [Cell([make_paragraph("Policy details")], across=2)], *(list(row) for row in CONTROL.items())
            )
        ],
        [f"{label}: {value}".strip() for label, value in CONTROL.items()],
        [make_paragraph("\n".join(f"{label}:\t{value}" for label, value in CONTROL.items()))],
        [
            make_table(
                *(
                    [a, CONTROL[a], b, CONTROL[b]]
                    for a, b in zip(list(CONTROL)[::2], list(CONTROL)[1::2], strict=True)
                )
            )
        ],
    ],
)
@pytest.mark.parametrize("at_the_end", [False, True])
def test_document_control_is_found_wherever_it_stands(parts, at_the_end):
    text = [heading("Aim"), LONG]
    receipt = receipt_for(TITLE, *(text + parts if at_the_end else parts + text))

    assert receipt["document_control"] == CONTROL
    assert same(receipt)
    assert "Ratified by: Quality Committee" in receipt["text"].split("\n")
    assert "Review date: not stated." in [row["message"] for row in receipt["warnings"]]


def test_control_in_a_header_is_found_and_is_no_word_of_the_body():
    header = make_paragraph("Ref: SG 12\tVersion 3.1\tReview date: May 2028")

    receipt = receipt_for(TITLE, heading("Aim"), LONG, running=[header])

    assert receipt["document_control"] == {"Ref": "SG 12", "Version": "3.1", "Review date": "May 2028"}
    assert same(receipt)


def test_a_header_that_says_something_else_than_the_body_is_told():
    receipt = receipt_for(
        TITLE,
        "Version: 3.1",
        "Author: A. Person",
        heading("Aim"),
        LONG,
        running=[make_paragraph("Version: 3.0")],
    )

    assert receipt["document_control"] == {"Version": "3.1", "Author": "A. Person", "Version (2)": "3.0"}
    assert "Version is stated twice: “3.1” and “3.0”." in [row["message"] for row in receipt["warnings"]]


def test_a_history_of_versions_stays_a_table():
    table = make_table(
        ["Version", "Date", "Author", "Changes"], ["1.0", "May 2020", "A. Person", "First issue"]
    )
    receipt = receipt_for(TITLE, heading("Version history"), table)

    assert (receipt["document_control"], receipt["tables"]) == ({}, 1)


def test_names_and_dates_of_a_form_are_no_document_control():
    table = make_table(["Name:", "A. Person"], ["Job role:", "Nurse"], ["Date:", "July 2023"])

    assert receipt_for(TITLE, heading("Form"), table)["document_control"] == {}


def test_a_sentence_with_a_colon_is_no_document_control():
    receipt = receipt_for(TITLE, heading("Aim"), "Review: managers read the book each month.", LONG)

    assert receipt["document_control"] == {}


def test_what_control_lacks_is_named():
    found = recognised(TITLE, "Version: 2", "Policy owner: A. Person", heading("Aim"), LONG)

    assert messages(found, "control_not_found") == ["The document does not state: ratified by, review date."]


@pytest.mark.parametrize(
    ("parts", "label", "title"),
    [
        (["Appendix 1: Form for a lift"], "Appendix 1", "Form for a lift"),
        ([heading("APPENDIX A – FORM")], "APPENDIX A", "FORM"),
        (
            [make_paragraph("Annex B", bold=True), make_paragraph("Form for a lift", bold=True)],
            "Annex B",
            "Form for a lift",
        ),
        ([heading("Form for a lift", number="Appendix 2")], "Appendix 2", "Form for a lift"),
        (["A form for lifts\tAPPENDIX 3"], "APPENDIX 3", "A form for lifts"),
        (
            [make_table(["1.0", "AIM"], ["", "APPENDIX 4"], ["", "Form for a lift"])],
            "APPENDIX 4",
            "Form for a lift",
        ),
    ],
)
def test_appendices_keep_their_label_and_find_their_title(parts, label, title):
    receipt = receipt_for(TITLE, heading("Aim"), LONG, *parts, LONG)

    assert receipt["appendices"] == [{"number": label, "title": title}]
    assert same(receipt)


def test_headings_in_an_appendix_stand_beneath_it():
    found = recognised(
        TITLE,
        heading("Aim"),
        LONG,
        heading("Appendix A: Form"),
        LONG,
        make_paragraph("Top half", bold=True),
        LONG,
    )

    assert outline(found) == [(1, "", "Aim"), (2, "", "Top half")]


def test_a_sentence_about_an_appendix_is_none():
    receipt = receipt_for(TITLE, heading("Aim"), "Appendix B holds the form that staff fill in.")

    assert receipt["appendices"] == []
    assert [row["message"] for row in receipt["warnings"] if row["code"] == "missing_appendix"] == [
        "Appendix B is referred to and not present: “Appendix B holds the form that staff fill in.”"
    ]


def test_two_appendices_of_one_name_are_told_and_both_kept():
    receipt = receipt_for(
        TITLE, heading("Aim"), LONG, heading("Appendix 1: Form"), LONG, heading("APPENDIX 1: List"), LONG
    )

    assert [row["title"] for row in receipt["appendices"]] == ["Form", "List"]
    assert [row["code"] for row in receipt["warnings"]] == ["duplicate_label", "control_not_found"]


def test_lists_stand_under_their_sentence_or_heading():
    receipt = receipt_for(
        TITLE,
        heading("Aim"),
        "We lift well. Bring these with you:",
        item("a belt"),
        item("white", 1),
        item("a friend"),
        heading("Rules"),
        item("Look."),
        item("Lift."),
        "• Slowly • Together • With care",
    )

    assert receipt["lists"] == [
        {"heading": "Bring these with you:", "items": ["a belt", "white", "a friend"]},
        {"heading": "Rules", "items": ["Look.", "Lift.", "Slowly", "Together", "With care"]},
    ]
    assert same(receipt)


def test_lists_nest_and_change_their_kind():
    found = recognised(
        TITLE,
        "Bring:",
        item("one", 0, "1."),
        item("a", 1),
        item("two", 0, "2."),
        item("dot"),
        item("again", 0, "1."),
    )

    assert clauses(found) == [
        (
            "",
            "<p>Bring:</p><ol><li>one<ul><li>a</li></ul></li><li>two</li></ol>"
            "<ul><li>dot</li></ul><ol><li>again</li></ol>",
        )
    ]


def test_looks_and_links_of_words_are_kept_and_nothing_else():
    paragraph = Paragraph(
        [
            Piece("Lift 5 m"),
            Piece("2", raised="sup"),
            Piece(" <now>", bold=True),
            Piece(" see ", italic=True),
            Piece("us", href="https://trust.example/?a=1&b=2"),
            Piece(" or "),
            Piece("them", href="javascript:alert(1)"),
        ],
        "paragraph 2",
    )

    ((_number, text),) = clauses(recognised(TITLE, paragraph))

    assert text == (
        "<p>Lift 5 m<sup>2</sup><b> &lt;now&gt;</b><i> see </i>"
        '<a href="https://trust.example/?a=1&amp;b=2" rel="noopener noreferrer">us</a> or '
        '<a rel="noopener noreferrer">them</a></p>'
    )


def test_notes_are_marked_in_the_text_and_stand_at_the_end():
    first = Paragraph(
        [Piece("It is safe", note="f2"), Piece(" and kind."), Piece("", note="f1")], "paragraph 2"
    )
    notes = {
        "f1": [make_paragraph("Second said.")],
        "f2": [make_paragraph("First said.")],
        "f3": [make_paragraph("Lost.")],
    }
    receipt = receipt_for(TITLE, first, notes=notes)
    found = recognised(TITLE, first, notes=notes)

    assert blocks(found)[-2:] == [
        ("section", "", "Notes", 1),
        ("clause", "", "", "<ol><li>First said.</li><li>Second said.</li><li>Lost.</li></ol>"),
    ]
    assert f'safe<sup><a href="#{found.notes}"' in clauses(found)[0][1]
    assert same(receipt)
    assert (receipt["sections"], codes(found)) == ([], [])


def test_pictures_become_figures_with_their_caption():
    picture = Picture("paragraph 3", b"png", "plan.png", "image/png", "Plan of the ward")
    found = recognised(
        TITLE, heading("Aim"), picture, "Figure 1: the ward", Picture("paragraph 5", b"gif"), LONG
    )

    assert blocks(found)[1:3] == [
        (
            "figure",
            {"image": sha256(b"png").hexdigest(), "alt": "Plan of the ward", "caption": "Figure 1: the ward"},
        ),
        ("figure", {"image": sha256(b"gif").hexdigest(), "alt": "", "caption": ""}),
    ]
    assert (found.pictures[sha256(b"png").hexdigest()], codes(found)) == (picture, ["image_without_alt"])


def test_a_picture_that_is_not_in_the_file_is_told_with_its_clause():
    found = recognised(TITLE, "1.0 AIM", "1.1 See this.", Picture("paragraph 3", alt="Plan"))

    assert [(one.code, one.where) for one in found.oddities][0] == ("missing_image", "1.1, paragraph 3")


CONTENTS = {
    "dots": ["Contents", "1. Aim ........ 2", "2. Care ....... 3"],
    "tabs": ["Table of Contents", "1.\tAim\t2", "2.\tCare\t3"],
    "without a heading": ["1 Aim....2", "2 Care.....3", "Appendix A: Form......4"],
    "without pages": ["CONTENTS", "Aim", "Care", "Appendix A: Form"],
}


@pytest.mark.parametrize("lines", CONTENTS.values(), ids=CONTENTS)
def test_a_list_of_contents_is_dropped_and_listed(lines):
    receipt = receipt_for(
        TITLE, *lines, heading("1. Aim"), LONG, heading("2. Care"), LONG, heading("Appendix A: Form"), LONG
    )
    if lines[0] == "CONTENTS":
        receipt = receipt_for(
            TITLE, *lines, heading("Aim"), LONG, heading("Care"), LONG, heading("Appendix A: Form"), LONG
        )

    assert [row["title"] for row in receipt["sections"]] == ["Aim", "Care", "Form"]
    assert receipt["left_out"][Kind.CONTENTS].split()[-1] == lines[-1].split()[-1]
    assert same(receipt)


def test_a_table_of_contents_in_a_table_is_dropped():
    table = make_table(["Section", "Page"], ["1 Aim", "2"], ["2 Care", "3"], ["3 End", "4"])
    receipt = receipt_for(TITLE, make_paragraph("Contents", bold=True), table, heading("1 Aim"), LONG)

    assert (receipt["tables"], [row["title"] for row in receipt["sections"]]) == (0, ["Aim"])
    assert same(receipt)


@pytest.mark.parametrize(
    ("text", "left", "marks"),
    [
        ("[bookmark: _Toc1]Lift well.", "Lift well.", "[bookmark: _Toc1]"),
        ("Lift[bookmark: _a] well.", "Lift well.", "[bookmark: _a]"),
        ("Lift well. [image: A chart]", "Lift well.", "[image: A chart]"),
        ("[bookmark: _a][bookmark: _b]Lift well.", "Lift well.", "[bookmark: _a]\n[bookmark: _b]"),
    ],
)
def test_marks_of_conversions_go_and_are_listed(text, left, marks):
    """S3-13, in every format: a mark may be glued to a word."""
    receipt = receipt_for(TITLE, text)

    assert (receipt["text"].split("\n")[1:], receipt["left_out"]) == ([left], {Kind.MARKS: marks})
    assert same(receipt)


def test_a_mark_without_its_bracket_ends_with_its_line():
    receipt = receipt_for(TITLE, "1.0 AIM", "1.1 See this.", "[image: A chart of falls", "It goes on.")

    assert receipt["text"].split("\n")[2:] == ["1.1 See this.", "It goes on."]
    assert [(row["code"], row["where"][:3]) for row in receipt["warnings"]][0] == ("missing_image", "1.1")
    assert same(receipt)


def test_what_the_reader_left_out_is_listed_and_only_the_body_is_taken_off():
    left = [
        LeftOut(Kind.COMMENTS, "Is it?", "p"),
        LeftOut(Kind.RUNNING, "Page", "p"),
        LeftOut(Kind.CONTENTS, "Aim 2", "p"),
    ]
    receipt = receipt_for(
        TITLE, LONG, words=[*"Lifting policy".split(), *LONG.split(), "Aim", "2"], left_out=left
    )

    assert receipt["left_out"] == {Kind.COMMENTS: "Is it?", Kind.RUNNING: "Page", Kind.CONTENTS: "Aim 2"}
    assert same(receipt)


def test_a_box_stays_in_its_place_and_heads_nothing():
    box = make_paragraph("STOP AND THINK", bold=True, boxed=True)

    found = recognised(TITLE, "1.0 AIM", "1.1 Look.", box, "1.2 Lift.")

    assert clauses(found) == [("1.1", "<p>Look.</p><p><b>STOP AND THINK</b></p>"), ("1.2", "<p>Lift.</p>")]

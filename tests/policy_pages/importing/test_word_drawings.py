"""Pictures, boxes, shapes, diagrams and charts in a Word document."""

import pytest

from policy_pages.importing.source import Paragraph, Picture
from tests.factories.files import png
from tests.factories.word_writing import NAMESPACES, field, numbered, paragraph, picture, run, text_box
from tests.policy_pages.importing.seen import codes, source_of, texts, words_lost

IMAGE = {"pic": ("image", "media/one.png")}
FILES = {"media/one.png": png()}


def pictures(source) -> list[Picture]:
    return [part for part in source.parts if isinstance(part, Picture)]


def drawing(inside, name="shape") -> str:
    data = f"<a:graphic><a:graphicData uri='{name}'>{inside}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{data}</wp:inline></w:drawing></w:r>"


def test_a_picture_of_old_programs():
    markup = "<w:r><w:pict><v:shape alt='A plan'><v:imagedata r:id='pic'/></v:shape></w:pict></w:r>"
    source = source_of(paragraph(markup), targets=IMAGE, parts=FILES)

    assert pictures(source) == [Picture("paragraph 1", png(), "one.png", "image/png", "A plan")]


def test_a_picture_after_the_words_of_its_paragraph():
    source = source_of(
        paragraph(run("Before ") + picture("pic", "A plan") + run("after")), targets=IMAGE, parts=FILES
    )

    assert [getattr(part, "text", "picture") for part in source.parts] == ["Before after", "picture"]


def test_grouped_pictures_have_their_own_words():
    one = (
        "<pic:pic><pic:nvPicPr><pic:cNvPr id='1' name='x' descr='{}'/></pic:nvPicPr>"
        "<pic:blipFill><a:blip r:embed='pic'/></pic:blipFill></pic:pic>"
    )
    source = source_of(
        paragraph(drawing(one.format("left") + one.format("right"))), targets=IMAGE, parts=FILES
    )

    assert [one.alt for one in pictures(source)] == ["left", "right"]


def test_a_picture_whose_content_is_something_else_is_not_usable():
    files = {"media/one.png": b"<svg onload='alert(1)'/>"}
    source = source_of(paragraph(picture("pic", "A plan")), targets=IMAGE, parts=files)

    assert pictures(source) == [Picture("paragraph 1", b"", "one.png", "", "A plan")]
    assert codes(source) == [("unusable_image", "paragraph 1")]


def test_a_picture_outside_the_package_is_never_fetched():
    targets = {"pic": ("image", "http://127.0.0.1:9/secret.png")}
    source = source_of(paragraph(picture("pic", kind="link")), targets=targets)

    assert (pictures(source)[0].data, codes(source)) == (b"", [("missing_image", "paragraph 1")])


def test_a_picture_that_points_out_of_the_package_is_missing():
    targets = {"pic": ("image", "../../../../etc/passwd")}

    assert codes(source_of(paragraph(picture("pic")), targets=targets)) == [("missing_image", "paragraph 1")]


def test_boxes_in_a_box_and_a_table_in_one():
    inner = text_box(paragraph("inner"))
    table = f"<w:tbl><w:tr><w:tc>{paragraph('cell')}</w:tc></w:tr></w:tbl>"
    source = source_of(paragraph(run("anchor") + text_box(paragraph(run("outer") + inner), table)))

    assert [getattr(part, "place", "") for part in source.parts] == [
        "paragraph 1",
        "text box 1",
        "text box 2",
        "table 1",
    ]
    assert [part.boxed for part in source.parts if isinstance(part, Paragraph)] == [False, True, True]
    assert words_lost(source) == {}


def test_a_box_for_old_programs_only():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('boxed')}</w:txbxContent></v:textbox></w:pict></w:r>"
    source = source_of(paragraph(box))

    assert [(part.text, part.boxed) for part in source.parts] == [("boxed", True)]
    assert words_lost(source) == {}


def test_a_box_parts_no_word_and_takes_no_look():
    body = paragraph("<w:r><w:t>out</w:t></w:r>" + text_box(paragraph("box")) + "<w:r><w:t>side</w:t></w:r>")
    source = source_of(body)

    assert texts(source.parts) == ["outside", "box"] and source.words == ["outside", "box"]


def test_letters_drawn_as_a_shape():
    word_art = "<w:r><w:pict><v:shape><v:textpath string='Keep calm'/></v:shape></w:pict></w:r>"
    canvas = drawing(
        "<a:txBody><a:p><a:r><a:t>On a </a:t></a:r><a:r><a:t>canvas</a:t></a:r></a:p></a:txBody>"
    )
    source = source_of(paragraph(word_art) + paragraph(canvas))

    assert [(part.text, part.boxed) for part in source.parts] == [("Keep calm", True), ("On a canvas", True)]
    assert words_lost(source) == {}


def test_the_words_of_a_diagram():
    data = (
        f"<dgm:dataModel {NAMESPACES}><dgm:ptLst>"
        + "".join(
            f"<dgm:pt><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>"
            for words in ("Ask", "Listen twice", "")
        )
        + "</dgm:ptLst></dgm:dataModel>"
    )
    body = paragraph(drawing("<dgm:relIds r:dm='data'/>")) + paragraph(drawing("<dgm:relIds r:dm='gone'/>"))
    targets = {"data": ("diagramData", "diagrams/data1.xml")}
    source = source_of(body, targets=targets, parts={"diagrams/data1.xml": data})

    assert [(part.text, part.place) for part in source.parts] == [
        ("Ask", "text box 1"),
        ("Listen twice", "text box 1"),
    ]
    assert codes(source) == [("missing_diagram", "paragraph 2")] and words_lost(source) == {}


def test_charts_and_objects_are_named():
    chart = drawing("<c:chart r:id='c'/>")
    ole = (
        "<w:r><w:object><v:shape><v:imagedata r:id='pic'/></v:shape>"
        "<o:OLEObject ProgID='Excel.Sheet.12' r:id='o'/></w:object></w:r>"
    )
    source = source_of(paragraph(chart) + paragraph(run("Words ") + ole), parts={})

    assert codes(source) == [("chart", "paragraph 1"), ("embedded_object", "paragraph 2")]
    assert pictures(source) == []


def test_drawings_that_nobody_sees():
    hidden = picture("pic").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    coded = field("IF 1", "").replace("<w:instrText", picture("pic")[5:-6] + "<w:instrText")
    source = source_of(paragraph(hidden) + paragraph(coded), targets=IMAGE, parts=FILES)

    assert source.parts == []


def test_a_box_taken_away_is_reported():
    source = source_of(
        paragraph(run("Text") + f"<w:del w:id='1'>{text_box(paragraph('boxed words'))}</w:del>")
    )

    assert texts(source.parts) == ["Text"] and words_lost(source) == {}
    assert codes(source) == [("tracked_deletion", "paragraph 1")]


def test_a_list_in_a_box_counts_on():
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    boxes = text_box(paragraph("one", numbered(5)), paragraph("two", numbered(5)))
    source = source_of(paragraph(run("Steps") + boxes), numbering=numbering)

    assert [part.number for part in source.parts] == ["", "1.", "2."]


def test_ink_is_read_by_its_picture():
    ink = (
        "<mc:AlternateContent><mc:Choice Requires='wpi'><w:drawing><w14:contentPart/></w:drawing></mc:Choice>"
    )
    inside = picture("pic", "A signature")[5:-6]
    source = source_of(
        paragraph(f"<w:r>{ink}<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r>"),
        targets=IMAGE,
        parts=FILES,
    )

    assert [one.alt for one in pictures(source)] == ["A signature"]


@pytest.mark.parametrize(
    ("written", "alt"),
    [
        ("A map of the site", "A map of the site"),
        ("A close up of a map\n\nDescription automatically generated", "A close up of a map"),
        ("A map&#10;&#10;AI-generated content may be incorrect.", "A map"),
        ("C:\\Pictures\\scan 12.JPG", ""),
        ("logo.png", ""),
    ],
)
def test_words_for_a_picture_are_those_of_an_author(written, alt):
    markup = picture("pic", "@").replace("@", written)
    source = source_of(paragraph(markup), targets=IMAGE, parts=FILES)

    assert [one.alt.replace("\n", " ") for one in pictures(source)] == [alt]

"""Broken, odd and hostile Word documents: read as far as they make sense, or refused in plain words."""

import re
import zipfile
from io import BytesIO
from time import process_time

import pytest

from policy_pages.importing.source import DAMAGED, Kind, Refusal
from tests.factories import word
from tests.factories.word_writing import (
    NAMESPACES,
    Paper,
    field,
    note,
    package,
    paragraph,
    run,
    zipped,
)
from tests.policy_pages.importing.seen import left, opened, source_of, tables, texts, words_lost


def members(content) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content, **parts) -> bytes:
    """The same package with other parts; None takes one away. Names are below word/, without .xml."""
    files = members(content)
    for name, inside in parts.items():
        files.pop(f"word/{name}.xml")
        if inside is not None:
            files[f"word/{name}.xml"] = inside
    return zipped(files)


def refusal(content) -> Refusal:
    with pytest.raises(Refusal) as refused:
        opened(content)
    return refused.value


def test_an_empty_body_is_an_empty_source():
    source = source_of("")

    assert (source.parts, source.words, source.title, source.oddities) == ([], [], "", [])


@pytest.mark.parametrize("part", ["styles", "numbering", "settings"])
def test_without_a_part_that_word_can_do_without(part):
    source = opened(changed(word.auto_numbered(), **{part: None}))

    assert "This policy protects staff who visit homes alone." in texts(source.parts)
    assert words_lost(source) == {}


@pytest.mark.parametrize("part", ["document", "styles", "numbering"])
@pytest.mark.parametrize("inside", [b"", b"no markup", b"<w:document", b"\xff\xfe<"])
def test_a_broken_part_is_refused(part, inside):
    assert refusal(changed(word.auto_numbered(), **{part: inside})).message == DAMAGED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"no package",
        word.notes()[:9000],
        zipped({}),
        zipped({"word/document.xml": "<a/>"}),
    ],
)
def test_what_is_no_document_is_refused(content):
    assert refusal(content).code == "damaged"


def test_a_member_that_does_not_unpack_is_refused():
    content = bytearray(package(paragraph("Text " * 200)))
    start = content.index(b"word/document.xml") + len(b"word/document.xml")
    content[start + 5 : start + 40] = b"\x00" * 35

    assert refusal(bytes(content)).code == "damaged"


def test_entities_are_refused_and_never_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of this machine")
    declared = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    document = f"{declared}<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    refused = refusal(changed(package(""), document=document.encode()))

    assert refused.code == "entities" and "secret" not in refused.message


def test_entities_that_swell_are_refused():
    swelling = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 9))
    document = f'<!DOCTYPE d [<!ENTITY e0 "ha">{swelling}]><d>&e8;</d>'

    assert refusal(changed(package(""), document=document.encode())).code in ("entities", "damaged")


def nested(depth) -> str:
    inside = paragraph("deep")
    for _number in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    return inside


def test_tables_in_tables_are_read_to_a_depth_and_then_refused():
    assert len(tables(source_of(nested(20)))) == 1
    assert refusal(package(paragraph("Before") + nested(21))).code == "too_deep"
    assert refusal(package(nested(200))).message == (
        "Tables or boxes stand too deep inside each other. Take them apart and try again."
    )


def test_boxes_in_boxes_are_refused():
    inside = paragraph("deep")
    for _number in range(25):
        box = f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
        inside = paragraph(f"<w:r><w:pict>{box}</w:pict></w:r>")

    assert refusal(package(inside)).code == "too_deep"


def test_wrappers_in_wrappers_are_read():
    inside = run("deep")
    for number in range(200):
        inside = f"<w:ins w:id='{number}'>{inside}</w:ins>"

    assert texts(source_of(paragraph(inside)).parts) == ["deep"]


def test_links_in_a_circle_end():
    row = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    styles = row.format("A", "B") + row.format("B", "A")
    source = source_of(paragraph("Text", '<w:pStyle w:val="A"/>'), styles=styles)

    assert texts(source.parts) == ["Text"]


def test_a_note_that_refers_to_itself_ends():
    footnotes = f'<w:footnote w:id="2">{paragraph(run("Round") + note("footnote", 2))}</w:footnote>'
    source = source_of(paragraph(run("Text") + note("footnote", 2)), footnotes=footnotes)

    assert texts(source.notes["footnote 1"]) == ["Round"] and words_lost(source) == {}


@pytest.mark.parametrize("name", ["altChunk", "subDoc"])
def test_text_that_stands_in_another_file_is_refused_with_its_place(name):
    refused = refusal(package(paragraph("One") + paragraph("Two") + f'<w:{name} r:id="x"/>'))

    assert refused.code == "foreign_text" and "paragraph 3" in refused.message


def strict(content) -> bytes:
    rename = re.compile(
        rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/"
    )
    return zipped(
        {
            name: rename.sub(rb"http://purl.oclc.org/ooxml/\1/", inside)
            for name, inside in members(content).items()
        }
    )


@pytest.mark.parametrize("shape", ["auto_numbered", "notes", "pictures", "data_table_merged"])
def test_a_strict_document_is_read_like_any_other(shape):
    content = getattr(word, shape)()

    assert b"purl.oclc.org" in members(strict(content))["word/document.xml"]
    assert opened(strict(content)) == opened(content)


def test_the_document_may_have_another_name():
    files = members(word.bold_headings())
    files["word/document2.xml"] = files.pop("word/document.xml")
    files["word/_rels/document2.xml.rels"] = files.pop("word/_rels/document.xml.rels")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")

    assert opened(zipped(files)) == opened(word.bold_headings())


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Falls  policy\n2026", "Falls policy 2026"),
        ("Word Document", ""),
        ("Document1", ""),
        ("Microsoft Word - falls_v3.doc", ""),
        ("[Type the document title]", ""),
        ("untitled", ""),
        ("", ""),
        ("Documentation policy", "Documentation policy"),
        ("Titles and forms of address", "Titles and forms of address"),
    ],
)
def test_titles_that_programs_write_are_none(title, read):
    paper = Paper(title)
    paper.line("Text")

    assert opened(paper.bytes()).title == read


def endless(code, result) -> str:
    return field(code, result).rsplit("<w:r>", 1)[0]


def test_fields_that_never_end_hide_nothing():
    body = paragraph(run("Page ") + endless("PAGE", "4")) + paragraph("Next.")
    body += paragraph(endless("IF", "a").replace("separate", "other")) + paragraph("Last.")
    source = source_of(body)

    assert texts(source.parts) == ["Page 4", "Next.", "a", "Last."] and words_lost(source) == {}


def test_a_contents_field_that_never_ends_takes_no_text():
    source = source_of(paragraph(endless("TOC", "Scope 2")) + paragraph("Scope") + paragraph("Text."))

    assert left(source, Kind.CONTENTS) == [] and texts(source.parts) == ["Scope 2", "Scope", "Text."]


def test_a_contents_field_that_ends_too_late_stops_at_the_first_heading():
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = paragraph(endless("TOC", "Scope 2")) + paragraph("Scope", '<w:pStyle w:val="Heading1"/>')
    source = source_of(body + paragraph("Text.") + paragraph(run("End.") + end) + paragraph("After."))

    assert left(source, Kind.CONTENTS) == ["Scope 2"] and words_lost(source) == {}
    assert texts(source.parts) == ["Scope", "Text.", "End.", "After."]


def test_names_of_parts_in_another_case():
    files = {
        name.replace("word/styles.xml", "word/Styles.XML"): inside
        for name, inside in members(word.notes()).items()
    }

    assert opened(zipped(files)) == opened(word.notes())


def test_a_long_chain_of_styles_and_many_small_runs_take_no_time():
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:basedOn w:val="s{number + 1}"/></w:style>'
        for number in range(3_000)
    )
    many = (
        paragraph(run("a") * 30_000, '<w:pStyle w:val="s0"/>')
        + paragraph("b", '<w:pStyle w:val="s0"/>') * 3_000
    )
    before = process_time()
    source = source_of(many, styles=chain)

    assert len(source.parts[0].pieces) == 1 and len(source.parts) == 3_001
    assert process_time() - before < 10

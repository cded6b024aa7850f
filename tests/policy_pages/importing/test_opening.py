"""G6, G9: what is read, and what is not: named for what it is, with what to do."""

import io

import pytest

from policy_pages.importing import opening
from policy_pages.importing.source import Refusal
from tests.factories.documents import COMPOUND, WORD, compound, odt, package
from tests.factories.files import png
from tests.factories.odt import make_odt, p

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
RTF = b"{\\rtf1\\ansi Fire safety}"
TEXT = b"1. Scope\nAll staff."
AS_WORD = "Open it in Word, save it as .docx, bring that."
PDF_ADVICE = "A PDF does not tell us where clauses begin. Open it in Word, save as .docx, bring that."
LISTED = "These are: .docx, .odt, .html, .htm, .md, .txt."
MACROS = "This is a document with macros. Macros are never taken in. Save it in Word as .docx, bring that."
WORKBOOK = "A policy is text and has clauses. Copy the text into a Word document, save as .docx, bring that."


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        opening.read(io.BytesIO(content), name)
    return refused.value.message


BY_NAME = [
    ("fire.pdf", f"This is a PDF. {PDF_ADVICE}"),
    ("fire.DOC", f"This is a document of Word 2003 or older. {AS_WORD}"),
    ("fire.rtf", f"This is a rich text file. {AS_WORD}"),
    ("fire.pages", "This is a Pages document. In Pages choose File, Export To, Word, and bring that."),
    (
        "scan.jpeg",
        "This is a picture. The words in a picture cannot be read. Bring the document that it was made from.",
    ),
    (
        "all.zip",
        "This is an archive. Unpack it and bring the documents that are inside, each by itself.",
    ),
    ("list.xlsx", f"This is a workbook. {WORKBOOK}"),
    ("talk.pptx", f"This is a set of slides. {WORKBOOK}"),
    ("fire.docm", MACROS),
    ("fire.dotx", "This is a template. Make a document from it, save that as .docx, bring that."),
    (
        "fire.eml",
        "This is a mail, or a web page kept as one. Save the document that hangs on it, or its text, as .docx.",
    ),
    (
        "fire.gdoc",
        "This is a link to a document that lies elsewhere. "
        "Open the document there, download it as .docx, bring that.",
    ),
    ("fire.docx.exe", "This is a program. Programs are never taken in. Bring the document itself."),
    ("fire.xyz", f"Files that end in .xyz are not read. {LISTED}"),
    (
        "fire",
        "The name of this file has no end that tells what it is. "
        "These are read: .docx, .odt, .html, .htm, .md, .txt.",
    ),
    (
        "",
        "The name of this file has no end that tells what it is. These are read: .docx, .odt, .html, .htm, .md, .txt.",
    ),
    (
        "../../etc/passwd\x00.docx/x",
        "The name of this file has no end that tells what it is. These are read: .docx, .odt, .html, .htm, .md, .txt.",
    ),
]
IS_PDF = f"This is a PDF, whatever its name says. {PDF_ADVICE}"
IS_RTF = f"This is a rich text file, whatever its name says. {AS_WORD}"
IS_DOC = f"This is a document of Word 2003 or older, whatever its name says. {AS_WORD}"
IS_LOCKED = (
    "This is a file locked with a password, whatever its name says. "
    "Open it in Word, take the password off, save it, bring it again."
)
IS_WORD = (
    "This is a Word document, whatever its name says. Change the end of its name to .docx and bring it again."
)
IS_ODT = "This is an OpenDocument text, whatever its name says. Change the end of its name to .odt and bring it again."
IS_PAGE = (
    "This is a web page, whatever its name says. Change the end of its name to .html and bring it again."
)
IS_PICTURE = (
    "This is a picture, whatever its name says. "
    "The words in a picture cannot be read. Bring the document that it was made from."
)
IS_ARCHIVE = (
    "This is an archive, whatever its name says. "
    "Unpack it and bring the documents that are inside, each by itself."
)
LIES = {
    "a PDF as a page": ("fire.html", PDF, IS_PDF),
    "a PDF as Word": ("fire.docx", PDF, IS_PDF),
    "a PDF with two ends": ("fire.pdf.txt", b"\xef\xbb\xbf" + PDF, IS_PDF),
    "old Word as new": ("fire.docx", compound("WordDocument"), IS_DOC),
    "a locked file": ("fire.docx", compound("EncryptedPackage"), IS_LOCKED),
    "an old workbook": (
        "fire.docx",
        compound("Workbook"),
        f"This is a workbook, whatever its name says. {WORKBOOK}",
    ),
    "some old file": (
        "fire.txt",
        COMPOUND,
        f"This is a file of an old Office program, whatever its name says. {AS_WORD}",
    ),
    "rich text as text": ("fire.txt", RTF, IS_RTF),
    "rich text as Word": ("fire.docx", RTF, IS_RTF),
    "a page as Word": ("fire.docx", b"\n<!-- made --> <!DOCTYPE html><p>x</p>", IS_PAGE),
    "a page as text": ("fire.txt", "<html><p>x</p>".encode("utf-16"), IS_PAGE),
    "a page as Markdown": ("fire.md", b"<!doctype html><p>x</p>", IS_PAGE),
    "a drawing as a page": ("fire.html", b"<svg onload='x()'></svg>", IS_PICTURE),
    "a declared drawing": ("fire.htm", b"<?xml version='1.0'?><!DOCTYPE svg><svg/>", IS_PICTURE),
    "a picture as Word": ("fire.docx", png(), IS_PICTURE),
    "a picture as text": ("fire.md", png(), IS_PICTURE),
    "an archive as Word": ("fire.docx", package({"a.txt": b"x"}), IS_ARCHIVE),
    "an archive as text": ("fire.txt", package({"a.txt": b"x"}), IS_ARCHIVE),
    "an archive in an archive": ("fire.docx", package({"fire.docx": package(WORD)}), IS_ARCHIVE),
    "packed text": ("fire.txt", b"\x1f\x8b\x08\x00" + b"\x00" * 40, IS_ARCHIVE),
    "a workbook as Word": (
        "fire.docx",
        package({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}),
        f"This is a workbook, whatever its name says. {WORKBOOK}",
    ),
    "slides as odt": (
        "fire.odt",
        odt(mimetype="application/vnd.oasis.opendocument.presentation"),
        f"This is a set of slides, whatever its name says. {WORKBOOK}",
    ),
    "Pages as Word": (
        "fire.docx",
        package({"Index/Document.iwa": b"x"}),
        "This is a Pages document, whatever its name says. In Pages choose File, Export To, Word, and bring that.",
    ),
    "Word as odt": ("fire.odt", package(WORD), IS_WORD),
    "Word as a page": ("fire.html", package(WORD), IS_WORD),
    "odt as Word": ("fire.docx", odt(), IS_ODT),
    "Word as XML": (
        "fire.html",
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        f"This is a document saved as XML, whatever its name says. {AS_WORD}",
    ),
    "a page kept as a mail": (
        "fire.html",
        b"MIME-Version: 1.0\n\n<html>",
        "This is a mail, or a web page kept as one, whatever its name says. "
        "Save the document that hangs on it, or its text, as .docx.",
    ),
    "a program as text": (
        "fire.txt",
        b"MZ\x90\x00\x03" + b"\x00" * 60,
        "This is a program, whatever its name says. Programs are never taken in. Bring the document itself.",
    ),
}


@pytest.mark.parametrize(("name", "words"), BY_NAME, ids=[name or "none" for name, _words in BY_NAME])
def test_a_kind_that_is_not_read_says_what_to_do(name, words):
    assert refusal(name, TEXT) == words


@pytest.mark.parametrize(("name", "content", "words"), LIES.values(), ids=LIES)
def test_what_is_not_what_its_name_says_is_named_and_refused(name, content, words):
    assert refusal(name, content) == words


def test_a_refusal_has_a_code_for_programs():
    with pytest.raises(Refusal) as refused:
        opening.read(io.BytesIO(TEXT), "fire.pdf")

    assert refused.value.code == "pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fire.html", "<p>Siân – £5</p>".encode()),
        ("fire.htm", "<meta charset=windows-1252><p>Siân – £5</p>".encode("cp1252")),
        (
            "fire.html",
            (
                '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
                '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html><body><p>Siân – £5</p></body></html>'
            ).encode(),
        ),
        ("fire.html", "<p>Siân – £5</p>".encode("utf-16")),
        (
            "fire.html",
            '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Siân – £5</p>'.encode(
                "cp1252"
            ),
        ),
        ("fire.md", "Siân – £5".encode("utf-8-sig")),
        ("fire.md", "Siân – £5".encode("cp1252")),
        ("FIRE.MD ", "Siân – £5".encode("utf-16-le")),
        ("C:\\policies\\fire.v2.odt", make_odt(p("Siân – £5")).getvalue()),
    ],
    ids=["utf-8", "declared", "xhtml", "utf-16", "western", "marked", "windows", "unmarked utf-16", "odt"],
)
def test_what_is_what_it_says_is_read_whatever_its_alphabet(name, content):
    source = opening.read(io.BytesIO(content), name)

    assert [part.text for part in source.parts] == ["Siân – £5"]
    assert source.words == ["Siân", "£5"]


def test_a_drawing_without_a_script_does_not_stop_a_document():
    source = opening.read(
        io.BytesIO(odt(Pictures__a_svg="", **{"Pictures/a.svg": "<svg><path d='M0 0'/></svg>"})), "fire.odt"
    )

    assert source.words == ["Fire", "safety"]

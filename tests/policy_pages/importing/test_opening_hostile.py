"""G6 to G8: documents made to do harm, cut ones and ones too large; refused with nothing of them unpacked."""

import io

import pytest

from policy_pages.importing import opening
from policy_pages.importing.source import Refusal
from tests.factories.documents import WORD, odt, package, promising, with_first_bit

TEXT = b"1. Scope\nAll staff."
DAMAGED = "This file is damaged, or it is not what its name says. Open it, save it again, try again."
LOCKED = (
    "This is a file locked with a password. Open it in Word, take the password off, save it, bring it again."
)
MACROS = "This is a document with macros. Macros are never taken in. Save it in Word as .docx, bring that."
ENTITIES = (
    "This file declares entities of its own, which may reach into other files. "
    "Save it in Word as .docx, bring that."
)
SWOLLEN = "This file unpacks to far more than a text needs. Open it in its own program, save it, try again."
NESTED = (
    "This file carries programs, archives or scripts inside. Take out what was put in it as an object, "
    "save it, try again."
)
NOT_TEXT = (
    "This file is not text, whatever its name says. Open it in its own program, save as .docx, bring that."
)
EMPTY = "This file is empty. See that it opens in its own program, and bring it again."
NO_WORDS = "There are no words in this file. See that it is the right one."
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        opening.read(io.BytesIO(content), name)
    return refused.value.message


HOSTILE = {
    "empty Word": ("fire.docx", b"", EMPTY),
    "empty text": ("fire.txt", b"", EMPTY),
    "blank text": ("fire.md", b"\xef\xbb\xbf \n\t\n", NO_WORDS),
    "cut": ("fire.docx", package(WORD)[:-30], DAMAGED),
    "cut in the middle": ("fire.odt", odt()[:200], DAMAGED),
    "no archive": ("fire.docx", TEXT, DAMAGED),
    "no document part": ("fire.docx", package({"[Content_Types].xml": b"<Types/>"}), DAMAGED),
    "no text in odt": (
        "fire.odt",
        package({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        DAMAGED,
    ),
    "cut XML": ("fire.odt", odt(**{"content.xml": "<office:document-content"}), DAMAGED),
    "content that is no text": ("fire.odt", odt(**{"content.xml": "<a/>"}), DAMAGED),
    "macros": ("fire.docx", package(WORD | {"word/vbaProject.bin": b"x"}), MACROS),
    "a renamed docm": (
        "fire.docx",
        package(
            WORD | {"[Content_Types].xml": b'<Types a="application/vnd.ms-word.document.macroEnabled"/>'}
        ),
        MACROS,
    ),
    "macros in odt": ("fire.odt", odt(Basic__Standard__Module1="<x/>"), MACROS),
    "a locked archive": ("fire.docx", with_first_bit(package(WORD)), LOCKED),
    "a locked odt": (
        "fire.odt",
        odt(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        LOCKED,
    ),
    "an archive inside": ("fire.docx", package(WORD | {"word/inner.zip": package(WORD)}), NESTED),
    "a program inside": ("fire.docx", package(WORD | {"word/embeddings/run.exe": b"x"}), NESTED),
    "a drawing with a script": (
        "fire.docx",
        package(WORD | {"word/media/a.svg": b"<svg><script>x()</script></svg>"}),
        NESTED,
    ),
    "a name that climbs": (
        "fire.docx",
        package(WORD | {"../../etc/cron.d/x": b"x"}),
        DAMAGED,
    ),
    "a bomb": ("fire.docx", package(WORD | {"word/a.xml": b"0" * 50_000_000}), SWOLLEN),
    "a large bomb": (
        "fire.docx",
        promising(package(WORD | {"word/a.xml": b"0"}), 3_328_599_655),
        "This file would unpack to 3.1 GB; the most we read is 200 MB.",
    ),
    "a bomb that denies it": (
        "fire.docx",
        promising(package(WORD | {"word/a.xml": b"0" * 500_000}), 10),
        DAMAGED,
    ),
    "a bomb as text": (
        "fire.txt",
        promising(package(WORD), 3_328_599_655),
        "This file would unpack to 3.1 GB; the most we read is 200 MB.",
    ),
    "20,000 members": (
        "fire.docx",
        package(WORD | {f"word/{n}.xml": b"" for n in range(20_000)}),
        "This file is made of 20,002 parts; the most we read is 2,000.",
    ),
    "60,000 members": ("fire.docx", package(WORD | {f"word/{n}.xml": b"" for n in range(60_000)}), SWOLLEN),
    "a DTD in Word": ("fire.docx", package(WORD | {"word/styles.xml": DTD}), ENTITIES),
    "a DTD in UTF-16": (
        "fire.docx",
        package(WORD | {"word/styles.XML": DTD.decode().encode("utf-16")}),
        ENTITIES,
    ),
    "a DTD in odt": ("fire.odt", odt(**{"content.xml": DTD}), ENTITIES),
    "a DTD in a page": (
        "fire.html",
        b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>&a;</p></html>',
        ENTITIES,
    ),
    "binary as text": ("fire.txt", bytes(range(256)) * 4, NOT_TEXT),
    "binary as Markdown": ("fire.md", b"# Fire\n" + b"\x01\x02\x03\x04" * 20, NOT_TEXT),
    "a page that nests": (
        "fire.html",
        b"<div>" * 3_000 + b"x",
        "This page holds one thing inside another 150 deep and more. Open it in Word, save as .docx.",
    ),
}


@pytest.mark.parametrize(("name", "content", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_plain_words(name, content, words):
    assert refusal(name, content) == words


@pytest.mark.parametrize(
    ("limit", "name", "content", "words"),
    [
        (
            "MOST_PACKED",
            "fire.docx",
            package(WORD),
            f"This file holds {len(package(WORD))} bytes; the most we read is 100 bytes.",
        ),
        ("MOST_TEXT", "fire.txt", b"x" * 2_048, "This file holds 2 KB; the most we read is 100 bytes."),
        (
            "MOST_XML",
            "fire.docx",
            package(WORD | {"word/document.xml": b"<x>" + b"a" * 2_557}),
            "The text of this file would unpack to 2.5 KB; the most we read is 100 bytes.",
        ),
        (
            "MOST_PAGE_MARKS",
            "fire.html",
            b"<b>x</b>" * 600,
            "This file is made of 1,200 marks; the most we read is 100. Bring it in parts.",
        ),
        (
            "MOST_MARKS",
            "fire.docx",
            package(WORD | {"word/document.xml": b"<b></b>" * 600}),
            "This file is made of 1,201 marks; the most we read is 100. Bring it in parts.",
        ),
    ],
    ids=["packed", "text", "xml", "marks of a page", "marks of Word"],
)
def test_what_is_too_large_is_told_with_both_figures(monkeypatch, limit, name, content, words):
    monkeypatch.setattr(opening, limit, 100)

    assert refusal(name, content) == words

"""The door for documents: what a file is, is settled before anything of it is unpacked or parsed (G6 to G9)."""

import logging
import re
import zipfile
import zlib
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from kernel.content import uploads
from kernel.content.decoding import decoded
from policy_pages.importing import kinds, markdown, markup, odt, plain, word
from policy_pages.importing.source import DAMAGED, Progress, Refusal, Source, quietly

log = logging.getLogger("import")

MOST_PACKED = 100 * 1024 * 1024  # of a whole file
MOST_UNPACKED = uploads.MOST_UNPACKED
MOST_PAGE = 20 * 1024 * 1024  # of a web page or Markdown, which may hold their pictures
MOST_TEXT = 5 * 1024 * 1024  # of a text file
MOST_XML = 50 * 1024 * 1024  # of one part of a document that is parsed as a whole
MOST_MARKS = 1_500_000  # opening and closing ones of a document, because each takes room when it is parsed
MOST_PAGE_MARKS = 400_000
MOST_CONTROL = 0.005  # of all letters: a few stand in texts that came a long way, many in no text
PIECE = 65_536
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^<>\[]{0,1000}\[", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroEnabled", re.IGNORECASE)
MANIFEST = "META-INF/manifest.xml"
CONTENT_TYPES = "[Content_Types].xml"

READERS = {"docx": word.read, "odt": odt.read, "html": markup.read, "md": markdown.read, "txt": plain.read}
PACKAGES = {"docx", "odt"}
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    RecursionError,
    EOFError,
    LookupError,
    ValueError,
    NotImplementedError,
)


def read(file: BinaryIO, name: str, progress: Progress = quietly) -> Source:
    """The document in ``file``, of which ``name`` is what its bringer called it. Raises ``Refusal``."""
    kind = _kind_named(name)
    _check_length(file, kind)
    _check_kind(file, kind)
    if kind in PACKAGES:
        _check_package(file, kind)
    else:
        _check_text(file, kind)
    file.seek(0)
    try:
        return READERS[kind](file, progress)
    except UNREADABLE as error:
        log.exception("a %s file could not be read", kind)
        raise Refusal(str(DAMAGED), "damaged") from error


def _kind_named(name: str) -> str:
    end = kinds.end_of(name)
    if end in kinds.TAKEN:
        return kinds.TAKEN[end]
    if end in kinds.KIND_OF_END:
        raise _as_kind(kinds.KIND_OF_END[end])
    if end:
        message = _("Files that end in .%(end)s are not read. These are: %(listed)s.")
    else:
        message = _("The name of this file has no end that tells what it is. These are read: %(listed)s.")
    raise Refusal(message % {"end": end[:20], "listed": kinds.LISTED}, "unknown")


def _check_length(file: BinaryIO, kind: str) -> None:
    length, most = file.seek(0, 2), _most(kind)
    if not length:
        raise Refusal(
            _("This file is empty. See that it opens in its own program, and bring it again."), "empty"
        )
    if length > most:
        message = _("This file holds %(found)s; the most we read is %(most)s.")
        raise Refusal(message % {"found": size(length), "most": size(most)}, "too_big")


def _most(kind: str) -> int:
    if kind in PACKAGES:
        return MOST_PACKED
    return MOST_PAGE if kind in ("html", "md") else MOST_TEXT


def _check_kind(file: BinaryIO, kind: str) -> None:
    """Refuse what is something else than its name says, with what it is."""
    if kinds.is_archive(file):
        members = _asked(uploads.members_of, file)
        _check_unpacked(members)
        found = kinds.kind_of_archive(file, members)
    else:
        found = kinds.kind_of(file)
    if found and found != kind:
        called, advice = kinds.ADVICE[found]
        message = _("This is %(kind)s, whatever its name says. %(advice)s")
        raise Refusal(message % {"kind": called, "advice": advice}, found)


def _check_unpacked(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > uploads.MOST_MEMBERS:
        message = _("This file is made of %(found)s parts; the most we read is %(most)s.")
        figures = {"found": f"{len(members):,}", "most": f"{uploads.MOST_MEMBERS:,}"}
        raise Refusal(message % figures, "bomb")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        message = _("This file would unpack to %(found)s; the most we read is %(most)s.")
        raise Refusal(message % {"found": size(unpacked), "most": size(MOST_UNPACKED)}, "bomb")


def _check_package(file: BinaryIO, kind: str) -> None:
    members = _asked(uploads.members_of, file)
    if any(member.flag_bits & 1 for member in members):
        raise _as_kind("locked")
    _asked(uploads.check_document, file, kind, drawings=True)
    with zipfile.ZipFile(file) as package:
        _check_marks(package)
        names = package.namelist()
        if CONTENT_TYPES in names and MACRO_TYPE.search(package.read(CONTENT_TYPES)):
            raise _as_kind("macros")
        if MANIFEST in names and b"encryption-data" in package.read(MANIFEST):
            raise _as_kind("locked")


def _check_marks(package: zipfile.ZipFile) -> None:
    """Parsing takes many times the room of the text: what is parsed as a whole has limits of its own."""
    marks = 0
    for member in package.infolist():
        if not member.filename.lower().endswith(".xml"):
            continue
        _check_long(member.file_size, MOST_XML)
        with package.open(member) as part:
            while piece := part.read(PIECE):
                marks += piece.count(b"<")
    _check_many(marks, MOST_MARKS)


def _check_text(file: BinaryIO, kind: str) -> None:
    file.seek(0)
    text = decoded(file.read(MOST_PAGE))
    if "\x00" in text or len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise Refusal(
            _(
                "This file is not text, whatever its name says. Open it in its own program, save as .docx, bring that."
            ),
            "not_text",
        )
    if not text.strip():
        raise Refusal(_("There are no words in this file. See that it is the right one."), "empty")
    if kind == "html" and DECLARES.search(text):
        raise _entities()
    _check_many(text.count("<") if kind != "txt" else 0, MOST_PAGE_MARKS)


def _check_long(length: int, most: int) -> None:
    if length > most:
        message = _("The text of this file would unpack to %(found)s; the most we read is %(most)s.")
        raise Refusal(message % {"found": size(length), "most": size(most)}, "bomb")


def _check_many(marks: int, most: int) -> None:
    if marks > most:
        message = _("This file is made of %(found)s marks; the most we read is %(most)s. Bring it in parts.")
        raise Refusal(message % {"found": f"{marks:,}", "most": f"{most:,}"}, "too_big")


def _asked(check, *args, **options):
    """What ``check`` answers; its refusal in the words of this door, which say what to do."""
    try:
        return check(*args, **options)
    except ValidationError as error:
        raise _in_our_words(error) from error


def _in_our_words(error: ValidationError) -> Refusal:
    words = {
        "damaged": str(DAMAGED),
        "locked": str(DAMAGED),  # a password has been seen before: what is left are names that lead out of it
        "bomb": _(
            "This file unpacks to far more than a text needs. Open it in its own program, save it, try again."
        ),
        "nested": _(
            "This file carries programs, archives or scripts inside. Take out what was put in it as an object, "
            "save it, try again."
        ),
    }
    if error.code == "macros":
        return _as_kind("macros")
    if error.code == "entities":
        return _entities()
    return Refusal(words.get(error.code, error.message), error.code or "refused")


def _as_kind(kind: str) -> Refusal:
    called, advice = kinds.ADVICE[kind]
    return Refusal(_("This is %(kind)s. %(advice)s") % {"kind": called, "advice": advice}, kind)


def _entities() -> Refusal:
    return Refusal(
        _(
            "This file declares entities of its own, which may reach into other files. "
            "Save it in Word as .docx, bring that."
        ),
        "entities",
    )


def size(length: int) -> str:
    """A number of bytes as people say it: "3.1 GB"."""
    number, unit = float(length), "bytes"
    for larger in ("KB", "MB", "GB", "TB"):
        if number < 1024:
            break
        number, unit = number / 1024, larger
    return f"{number:.1f}".removesuffix(".0") + f" {unit}"

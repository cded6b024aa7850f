"""What kinds of file people bring, how each is told by its first bytes, and what to do with those not taken."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from kernel.content import uploads

#: What is read, by the end of the file's name.
TAKEN = {"docx": "docx", "odt": "odt", "html": "html", "htm": "html", "md": "md", "txt": "txt"}
LISTED = ".docx, .odt, .html, .htm, .md, .txt"
AS_WORD = _("Open it in Word, save it as .docx, bring that.")

#: Kind to what it is called and what to do with it.
ADVICE = {
    "docx": (_("a Word document"), _("Change the end of its name to .docx and bring it again.")),
    "odt": (_("an OpenDocument text"), _("Change the end of its name to .odt and bring it again.")),
    "html": (_("a web page"), _("Change the end of its name to .html and bring it again.")),
    "pdf": (
        _("a PDF"),
        _("A PDF does not tell us where clauses begin. Open it in Word, save as .docx, bring that."),
    ),
    "doc": (_("a document of Word 2003 or older"), AS_WORD),
    "old": (_("a file of an old Office program"), AS_WORD),
    "xml": (_("a document saved as XML"), AS_WORD),
    "rtf": (_("a rich text file"), AS_WORD),
    "template": (_("a template"), _("Make a document from it, save that as .docx, bring that.")),
    "macros": (
        _("a document with macros"),
        _("Macros are never taken in. Save it in Word as .docx, bring that."),
    ),
    "locked": (
        _("a file locked with a password"),
        _("Open it in Word, take the password off, save it, bring it again."),
    ),
    "pages": (_("a Pages document"), _("In Pages choose File, Export To, Word, and bring that.")),
    "other_writer": (_("a document of another program"), _("Save it there as .docx or .odt, bring that.")),
    "picture": (
        _("a picture"),
        _("The words in a picture cannot be read. Bring the document that it was made from."),
    ),
    "archive": (_("an archive"), _("Unpack it and bring the documents that are inside, each by itself.")),
    "workbook": (
        _("a workbook"),
        _("A policy is text and has clauses. Copy the text into a Word document, save as .docx, bring that."),
    ),
    "slides": (
        _("a set of slides"),
        _("A policy is text and has clauses. Copy the text into a Word document, save as .docx, bring that."),
    ),
    "mail": (
        _("a mail, or a web page kept as one"),
        _("Save the document that hangs on it, or its text, as .docx."),
    ),
    "book": (_("an electronic book"), _("Bring the document that it was made from.")),
    "shortcut": (
        _("a link to a document that lies elsewhere"),
        _("Open the document there, download it as .docx, bring that."),
    ),
    "program": (_("a program"), _("Programs are never taken in. Bring the document itself.")),
}

#: Kind to the ends of names that are refused for it.
REFUSED = {
    "pdf": "pdf",
    "doc": "doc",
    "rtf": "rtf",
    "template": "dot dotx ott",
    "macros": "docm dotm xlsm pptm",
    "pages": "pages",
    "other_writer": "wpd wps wri sxw fodt abw hwp lwp tex rst adoc org",
    "picture": "png jpg jpeg jpe gif bmp tif tiff webp heic heif svg emf wmf ico psd eps",
    "archive": "zip 7z rar gz tgz tar bz2 xz cab iso dmg",
    "workbook": "xlsx xls xlsb xltx ods csv tsv numbers",
    "slides": "pptx ppt pps ppsx odp key",
    "mail": "eml msg mht mhtml",
    "book": "epub mobi azw",
    "shortcut": "gdoc url lnk webloc",
    "xml": "xml",
    "program": "exe com bat cmd msi js vbs ps1 jar sh app scr",
}
KIND_OF_END = {end: kind for kind, ends in REFUSED.items() for end in ends.split()}

COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office wrote before 2007, and still writes around a password
)
#: Names in the directory of such a file, and the kind they tell. A password hides all others.
STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "workbook"),
    ("PowerPoint Document", "slides"),
    ("__substg1.0_", "mail"),
)
STARTS = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!\x1a", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ\x90\x00", "program"),
    (b"\x7fELF", "program"),
    (b"MIME-Version:", "mail"),
)
ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
#: First mark of a text, and the kind it tells; what may stand in front is a declaration, comments and spaces.
IN_FRONT = rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+"
FIRST_MARKS = (
    (re.compile(IN_FRONT + rb"(<!doctype\s+svg|<svg[\s>])", re.IGNORECASE | re.DOTALL), "picture"),
    (re.compile(IN_FRONT + rb"(<w:worddocument|<pkg:package)", re.IGNORECASE | re.DOTALL), "xml"),
    (re.compile(IN_FRONT + rb"<office:document", re.IGNORECASE | re.DOTALL), "other_writer"),
    (re.compile(IN_FRONT + rb"(<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL), "html"),
)
#: Kind of a package by what its member "mimetype" says, and by the names of its members.
MIMETYPES = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "workbook"),
    (b"application/vnd.oasis.opendocument.presentation", "slides"),
    (b"application/epub+zip", "book"),
)
MEMBERS = (
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"xl/workbook\.(xml|bin)"), "workbook"),
    (re.compile(r"ppt/presentation\.xml"), "slides"),
    (re.compile(r"Index/.*\.iwa|Index\.zip"), "pages"),
)
OFFICE_MEMBERS = {"[Content_Types].xml", "mimetype", "content.xml", "_rels/.rels"}
PROBE, PIECE, LONGEST_MIMETYPE = 4_096, 1024 * 1024, 100


def end_of(name: str) -> str:
    """The end of a file's name in small letters, without its dot: "docx"."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    return last.rpartition(".")[2].lower() if "." in last else ""


def kind_of(file: BinaryIO) -> str:
    """What the content is, judged by its first bytes; empty where nothing tells. Never for an archive."""
    file.seek(0)
    start = file.read(PROBE)
    if start.startswith(COMPOUND):
        return next((kind for name, kind in STREAMS if _holds(file, name.encode("utf-16-le"))), "old")
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        bare = start[2:].replace(b"\x00", b"").lstrip()
    by_start = (kind for mark, kind in STARTS if start.startswith(mark) or bare.startswith(mark))
    by_mark = (kind for mark, kind in FIRST_MARKS if mark.match(bare))
    return next(by_start, "") or next(by_mark, "")


def is_archive(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(len(ARCHIVE_STARTS[0])) in ARCHIVE_STARTS


def kind_of_archive(file: BinaryIO, members: list[zipfile.ZipInfo]) -> str:
    """Empty for what wants to be a document and has no text in it."""
    names = [member.filename for member in members]
    said = _mimetype(file, members)
    by_mimetype = (kind for start, kind in MIMETYPES if said.startswith(start) and "content.xml" in names)
    by_member = (kind for pattern, kind in MEMBERS if any(pattern.fullmatch(name) for name in names))
    if said.startswith(b"application/epub+zip"):
        return "book"
    return next(by_mimetype, "") or next(by_member, "") or ("" if OFFICE_MEMBERS & set(names) else "archive")


def _mimetype(file: BinaryIO, members: list[zipfile.ZipInfo]) -> bytes:
    member = next((member for member in members if member.filename == "mimetype"), None)
    if member is None or member.flag_bits & 1:
        return b""
    try:
        with zipfile.ZipFile(file) as package, package.open(member) as part:
            return part.read(LONGEST_MIMETYPE)
    except uploads.UNREADABLE:
        return b""


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    file.seek(0)
    tail = b""
    while piece := file.read(PIECE):
        if wanted in tail + piece:
            return True
        tail = piece[-len(wanted) :]
    return False

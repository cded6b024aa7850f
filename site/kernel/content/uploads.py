"""What comes in as a file is opened and checked before it is stored; its name is made ours (G6 to G11).

Wagtail looks at the extension and the size; here the content has to be what the extension says.
"""

import re
import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from kernel.content.decoding import decoded

MOST_MEMBERS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200  # unpacked to packed, for members worth counting
RATIO_COUNTS_FROM = 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_FRAMES = 200
LONGEST_NAME = 80
MOST_BYTES = 200  # of 255 that a disk takes: an extension and a suffix for a taken name come after
LONGEST_DIRECTORY = 2 * 1024 * 1024  # of an archive, in bytes
LAST_RECORD, LAST_RECORD_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
LOCATOR, LOCATOR_LENGTH = b"PK\x06\x07", 20  # of the record of archives larger than 4 GB
PIECE = 65_536
LONGEST_DECLARATION = 32
DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
SCRIPTED = re.compile(rb"<script|javascript:|\son[a-z]+\s*=", re.IGNORECASE)
# A package of an office program has these parts, by the extension of the file.
PARTS = {
    "docx": (r"\[Content_Types\]\.xml", r"word/document\d*\.xml"),
    "odt": (r"mimetype", r"content\.xml"),
    "xlsx": (r"\[Content_Types\]\.xml", r"xl/workbook\.xml"),
}
MACROS = re.compile(r"(^|/)(vbaProject[^/]*\.bin|vbaData\.xml|Basic/|Scripts/)|^macros/", re.IGNORECASE)
NESTED = (".zip", ".jar", ".7z", ".rar", ".gz", ".exe", ".js", ".vbs", ".html", ".htm")
DRAWN = ".svg"
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
)


def own_name(name: str) -> str:
    """The last part of a file's name with letters, digits, dots and hyphens alone, short enough for a disk."""
    last = unicodedata.normalize("NFKC", name).replace("\\", "/").rsplit("/", 1)[-1]
    path = PurePosixPath(re.sub(r"[^\w.\-]+", "-", last).strip(".-") or "file")
    extension = re.sub(r"[^a-z0-9]", "", path.suffix.lower())[:10]
    stem = path.stem.replace(".", "-").strip("-_") or "file"
    if RESERVED.fullmatch(stem):
        stem = f"file-{stem}"
    stem = stem[:LONGEST_NAME].encode()[:MOST_BYTES].decode(errors="ignore")
    return f"{stem}.{extension}" if extension else stem


def check_document(file, extension: str, *, drawings: bool = False) -> None:
    """Refuse a file whose content is not what ``extension`` says. Leaves it at its start.

    ``drawings`` in SVG inside a package are for those who read it and never hand it out.
    """
    try:
        if extension in PARTS:
            _check_package(file, extension, drawings)
        elif extension == "pdf":
            _check_pdf(file)
        elif extension in ("csv", "txt"):
            _check_text(file)
        else:
            raise ValidationError(_("Files of this kind are not taken."))
    finally:
        file.seek(0)


def check_image(file) -> None:
    """Refuse a picture that cannot be drawn, or is too big to draw. Leaves it at its start."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            if picture.width * picture.height > MOST_PIXELS or getattr(picture, "n_frames", 1) > MOST_FRAMES:
                raise ValidationError(_("This picture is too big. Make it smaller and try again."))
            picture.load()
    except ValidationError:
        raise
    # every decoder of Pillow has errors of its own; whatever it says, the picture cannot be drawn
    except Exception as error:
        raise ValidationError(_("This picture cannot be opened. Save it again as PNG or JPEG.")) from error
    finally:
        file.seek(0)


class CheckedImageField(WagtailImageField):
    """Looks before Wagtail does, whose own look at a broken picture ends in a fault."""

    def to_python(self, data):
        if data:
            check_image(data)
        return super().to_python(data)


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_document(file, PurePosixPath(file.name).suffix.lower().lstrip("."))
            file.name = own_name(file.name)
        return file


class ImageForm(BaseImageForm):
    file = CheckedImageField(label=gettext_lazy("File"), widget=BaseImageForm.Meta.widgets["file"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            file.name = own_name(file.name)
        return file


def members_of(file) -> list[zipfile.ZipInfo]:
    """The directory of an archive; one that is too long is refused before it is read. Nothing is unpacked."""
    try:
        _check_directory(file)
        with zipfile.ZipFile(file) as package:
            return package.infolist()
    except UNREADABLE as error:
        raise _damaged() from error
    finally:
        file.seek(0)


def _check_directory(file) -> None:
    """Its length stands in the last record of the archive, which is found as ``zipfile`` finds it."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - LAST_RECORD_LENGTH - LONGEST_COMMENT - LOCATOR_LENGTH))
    end = file.read()
    at_end = len(end) - LAST_RECORD_LENGTH
    is_plain = end[max(0, at_end) :].startswith(LAST_RECORD) and end.endswith(b"\x00\x00")
    place = at_end if is_plain else end.rfind(LAST_RECORD)
    if place < 0:
        raise zipfile.BadZipFile
    (length,) = struct.unpack_from("<I", end, place + 12)
    is_giant = end[max(0, place - LOCATOR_LENGTH) : place].startswith(LOCATOR)
    if length > LONGEST_DIRECTORY or is_giant:
        raise _too_much()


def _check_package(file, extension, drawings) -> None:
    """Judged by the directory of the archive first: nothing is unpacked that it says is too much."""
    members = members_of(file)
    _check_size(members)
    _check_members(members, extension, drawings)
    try:
        with zipfile.ZipFile(file) as package:
            _read_through(package, members)
    except UNREADABLE as error:
        raise _damaged() from error


def _check_size(members) -> None:
    unpacked = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > RATIO_COUNTS_FROM and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or swollen:
        raise _too_much()


def _check_members(members, extension, drawings) -> None:
    names = [member.filename for member in members]
    if not all(any(re.fullmatch(part, name) for name in names) for part in PARTS[extension]):
        raise _damaged()
    if any(MACROS.search(name) for name in names):
        raise ValidationError(
            _("This file carries macros. Save it without them and try again."), code="macros"
        )
    if any(name.lower().endswith(NESTED if drawings else (*NESTED, DRAWN)) for name in names):
        raise _nested()
    if any(
        name.startswith("/") or ".." in name.split("/") or member.flag_bits & 1
        for name, member in zip(names, members, strict=True)
    ):
        raise ValidationError(
            _("This file is locked or damaged. Save it without a password and try again."), code="locked"
        )


def _read_through(package, members) -> None:
    """Reads every part in pieces, never more than the directory promised, and looks for declarations in XML."""
    for member in members:
        is_xml = member.filename.lower().endswith((".xml", ".rels"))
        is_drawn = member.filename.lower().endswith(DRAWN)
        with package.open(member) as part:
            read, tail = 0, b""
            while piece := part.read(PIECE):
                read += len(piece)
                if read > member.file_size:
                    raise zipfile.BadZipFile(member.filename)
                seen = (tail + piece).replace(b"\x00", b"")
                if is_xml and DECLARES.search(seen):
                    raise ValidationError(
                        _("This file declares entities of its own, so it is not taken."), code="entities"
                    )
                if is_drawn and SCRIPTED.search(seen):
                    raise _nested()
                tail = piece[-LONGEST_DECLARATION:]


def _damaged() -> ValidationError:
    return ValidationError(_("This file is damaged, or it is not what its name says."), code="damaged")


def _too_much() -> ValidationError:
    return ValidationError(
        _("This file unpacks to far more than it seems to hold, so it is not taken."), code="bomb"
    )


def _nested() -> ValidationError:
    return ValidationError(
        _("This file carries other programs or archives inside, so it is not taken."), code="nested"
    )


def _check_pdf(file) -> None:
    file.seek(0)
    start = file.read(1024)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 2048))
    if not start.startswith(b"%PDF-") or b"%%EOF" not in file.read():
        raise _damaged()


def _check_text(file) -> None:
    """UTF-8, UTF-16 with its mark, or the Western alphabet of old Windows programs; no binary content."""
    file.seek(0)
    content = file.read()
    if NOT_TEXT.search(decoded(content)):
        raise ValidationError(_("This file is not plain text."))

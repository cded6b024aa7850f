"""Documents as people bring them, and as people with bad intent do."""

import io
import struct
import zipfile

from tests.factories.odt import make_odt, p

WORD = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def package(parts, **more) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (parts | more).items():
            made.writestr(name, content)
    return stream.getvalue()


def odt(**parts) -> bytes:
    return make_odt(p("Fire safety"), **parts).getvalue()


def compound(stream: str) -> bytes:
    return COMPOUND + stream.encode("utf-16-le") + b"\x00" * 512


def with_first_bit(content: bytes) -> bytes:
    """Every member says that it is encrypted."""
    raw = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + place] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


def promising(content: bytes, length: int) -> bytes:
    """The directory says of its last member that it unpacks to ``length``."""
    raw = bytearray(content)
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", length)
    return bytes(raw)

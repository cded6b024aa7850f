"""Bytes into letters: by the mark at their start, by what is declared, as UTF-8, as old Windows programs wrote."""

import re
from collections.abc import Iterator

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Codings that a text may declare. Others (UTF-7 above all) are ways to hide something.
DECLARABLE = re.compile(
    r"utf-?8|(windows|cp)-?125\d|iso-?8859-?\d+|latin-?1|macintosh|mac-roman|koi8-[ru]|shift_jis|euc-(jp|kr)"
    r"|gb(2312|k|18030)|big5",
    re.IGNORECASE,
)
# Browsers read these as the old Windows alphabet, which has more letters.
WESTERN = re.compile(r"iso-?8859-?1|latin-?1", re.IGNORECASE)
PROBE = 2_000


def decoded(content: bytes, declared: str = "") -> str:
    """The letters of ``content``. ``declared`` is what the text itself says its coding is; a mark goes before it."""
    for coding in _codings(content, declared):
        try:
            return content.decode(coding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def _codings(content: bytes, declared: str) -> Iterator[str]:
    yield from (coding for mark, coding in MARKS if content.startswith(mark))
    yield from _unmarked_utf_16(content[:PROBE])
    if DECLARABLE.fullmatch(declared):
        yield "cp1252" if WESTERN.fullmatch(declared) else declared
    yield "utf-8"


def _unmarked_utf_16(start: bytes) -> Iterator[str]:
    """Western text in UTF-16 has a zero in nearly every second place, and in no other."""
    first, second = start[::2], start[1::2]
    most = len(second) * 0.7
    if first.count(0) == 0 and second.count(0) > most:
        yield "utf-16-le"
    elif second.count(0) == 0 and first.count(0) > most:
        yield "utf-16-be"

"""Plain text: what is left of a Word file saved as text, or what somebody typed, read line by line.

A line that begins with a tab begins a cell of a table; the cell goes on until the next tab. Two tabs stand in an
inner table. Blank lines become empty paragraphs: they are all that shows where a heading stands.
"""

from typing import BinaryIO

from django.utils.translation import gettext as _

from policy_pages.importing.plain.paragraphs import Numbering, paragraphs_of
from policy_pages.importing.plain.tables import TAB, Tables, separated
from policy_pages.importing.plain.words import plain_words, unglued, without_page_lines
from policy_pages.importing.source import (
    DAMAGED,
    Part,
    Progress,
    Refusal,
    Source,
    quietly,
)

ENCODINGS = ("utf-8-sig", "cp1252")


def read(file: BinaryIO, progress: Progress = quietly) -> Source:
    text = decoded(file.read()).replace("\r\n", "\n").replace("\r", "\n")
    text, running = without_page_lines(text)
    text, oddities = unglued(text)
    lines = text.split("\n")
    progress(0, len(lines), _("Reading the document"))
    parts = _Reading(lines).parts()
    progress(len(lines), len(lines), _("Reading the document"))
    return Source(parts=parts, words=plain_words(text), left_out=running, oddities=oddities)


def decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, "utf-16")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(DAMAGED)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Refusal(DAMAGED) from fault


class _Reading:
    """The lines, part by part: tables where lines begin with tabs or are parted by them, paragraphs elsewhere."""

    def __init__(self, lines: list[str]):
        self.lines = lines
        self.numbering = Numbering()

    def parts(self) -> list[Part]:
        found: list[Part] = []
        place, free = 0, []
        tables = Tables(self.lines, self.numbering)
        while place < len(self.lines):
            taken, end = self._table(tables, place)
            if taken is None:
                free.append(self.lines[place])
                place += 1
                continue
            found += paragraphs_of(free, self.numbering) + taken
            place, free = end, []
        return found + paragraphs_of(free, self.numbering)

    def _table(self, tables: Tables, place: int) -> tuple[list[Part] | None, int]:
        if TAB.match(self.lines[place]):
            return tables.read(place)
        return separated(self.lines, place)

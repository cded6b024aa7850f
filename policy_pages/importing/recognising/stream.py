"""The parts of a source as lines, tables and pictures in reading order; tables that only lay out a page dissolve."""

import re
from dataclasses import replace
from itertools import count

from policy_pages.importing import numbering
from policy_pages.importing.recognising import grids
from policy_pages.importing.recognising.leading import names_in
from policy_pages.importing.recognising.lines import BAR, Grid, Item, Line, cut, split_at
from policy_pages.importing.source import Cell, Paragraph, Part, Picture, Piece, Table

BULLET = re.compile(r"\s*[•·‣▪◦●○■*–-]\s+|\s*[•·‣▪●](?=\S)")
INLINE = re.compile(r"(?<=\s)[•·▪●](?=\s)")
SHORT, LONGEST_CAPTION = 120, 200
CAPTIONED = (grids.DATA, grids.CHECKLIST, grids.ROLES, grids.DEFINITIONS)


class Stream:
    """Goes through the parts once; ``items`` is what it found."""

    def __init__(self, parts: list[Part]):
        self.items: list[Item] = []
        self._gap = True
        self._row = 0
        self._rows = count(1)
        self._walk(parts)

    def _walk(self, parts: list[Part]) -> None:
        for part in parts:
            if isinstance(part, Table):
                self._table(part)
            elif isinstance(part, Picture):
                self._add(part)
            elif part.text.strip() or part.number and not part.ordered and part.depth is None:
                self._paragraph(part)
            else:
                self._blank()

    def _blank(self) -> None:
        self._gap = True
        if self.items and isinstance(self.items[-1], Line):
            self.items[-1].gap_after = True

    def _add(self, item: Item) -> None:
        if isinstance(item, Line):
            item.gap_before, item.row = self._gap, self._row
        elif self.items and isinstance(self.items[-1], Line):
            self.items[-1].before_table = isinstance(item, Grid)
        self._gap = not isinstance(item, Line)
        self.items.append(item)

    def _paragraph(self, part: Paragraph) -> None:
        for pieces in _lines_in(part):
            self._add(line_of(part, pieces))

    def _table(self, table: Table) -> None:
        kind = grids.kind_of(table, self._above())
        if table.caption and (kind not in CAPTIONED or len(table.caption) > LONGEST_CAPTION):
            self._paragraph(Paragraph([Piece(table.caption)], table.place))
            table = replace(table, caption="")
        if kind == grids.LAYOUT:
            self._dissolve(table)
        elif kind != grids.EMPTY:
            self._add(Grid(table, kind))

    def _above(self) -> str:
        last = next((item for item in reversed(self.items) if isinstance(item, Line)), None)
        return last.text if last and len(last.text) <= SHORT else ""

    def _dissolve(self, table: Table) -> None:
        rows = grids.trimmed(table.rows)
        numbered = grids.width(rows) > 1 and grids.is_numbered(rows, table.has_borders)
        if numbered and grids.names_numbers(rows):
            self._add(_head(rows.pop(0)))
        for row in rows:
            self._gap = True
            if numbered and len(row) > 1:
                self._numbered(row)
            else:
                self._cells(row)
        self._gap = True

    def _cells(self, row: list[Cell]) -> None:
        for cell in row:
            self._walk(cell.parts)
            self._blank()

    def _numbered(self, row: list[Cell]) -> None:
        """Number | text: the number goes in front of the first line of the text, and more columns come after it."""
        shown, outer, start = grids.shown_number(row[0]), self._row, len(self.items)
        self._row = next(self._rows)
        self._walk(row[1].parts)
        first = self.items[start] if len(self.items) > start else None
        if shown and (not isinstance(first, Line) or first.number):
            place = next((part.place for part in row[0].parts if isinstance(part, Paragraph)), "")
            self.items.insert(start, Line(Paragraph([], place), [], row=self._row))
        if shown:
            self._number(self.items[start], shown, row[0])
        for cell in row[2:]:
            self._beside(cell)
        self._row = outer

    def _beside(self, cell: Cell) -> None:
        start = len(self.items)
        self._walk(cell.parts)
        for item in self.items[start:]:
            if isinstance(item, Line):
                item.beside = True

    def _number(self, line: Line, shown: str, cell: Cell) -> None:
        typed = bool(cell.text.strip())
        anchors = [*names_in(cell.parts), *line.paragraph.anchors]
        line.paragraph = replace(line.paragraph, anchors=anchors)
        line.number, line.shown = numbering.without_signs(shown), shown
        line.written = f"{shown}\n" if typed else ""
        line.depth, line.ordered = None, False


def _head(row: list[Cell]) -> Line:
    """The names of the columns, as one line in front of the clauses."""
    paragraphs = [part for cell in row for part in cell.parts if isinstance(part, Paragraph)]
    pieces: list[Piece] = []
    for place, cell in enumerate(row):
        between = BAR if place else ""
        for part in cell.parts:
            pieces += [Piece(between), *part.pieces]
            between = " "
    anchors = [name for one in paragraphs for name in one.anchors]
    return Line(Paragraph(pieces, paragraphs[0].place, anchors=anchors), pieces)


def line_of(part: Paragraph, pieces: list | None = None) -> Line:
    """The line that a paragraph is, its bullet dropped and a typed number split from its words."""
    pieces = part.pieces if pieces is None else pieces
    text = "".join(piece.text for piece in pieces)
    line = Line(part, pieces, depth=part.depth, ordered=part.ordered)
    if part.number:
        line.number, line.shown = numbering.without_signs(part.number), part.number
        return line
    bullet = BULLET.match(text)
    if bullet and text[bullet.end() :].strip():
        line.pieces = cut(pieces, bullet.end())
        line.depth = line.depth or 0
        text = text[bullet.end() :]
    found = numbering.typed(text)
    if (
        found
        and (bullet is None or numbering.is_dotted(found.number))
        and not _is_whole_number(found, text, part)
    ):
        line.number, line.shown, line.written = found.number, found.written.strip(), found.written
        line.pieces = cut(line.pieces, len(found.written))
        line.depth = None if bullet or part.depth is None else part.depth
    return line


def _is_whole_number(found: numbering.Typed, text: str, part: Paragraph) -> bool:
    """An item of a bulleted list that is nothing but a number, or a bullet's words that happen to begin with one."""
    return (
        part.depth is not None
        and not numbering.is_dotted(found.number)
        or not text[len(found.written) :].strip()
    )


def _lines_in(part: Paragraph) -> list[list]:
    """The pieces of the lines that one paragraph shows as a list: "• a • b", or bullets behind line breaks."""
    text = part.text
    if len(INLINE.findall(text)) >= 1 and BULLET.match(text) or len(INLINE.findall(text)) >= 3:
        return _split(part.pieces, [found.start() for found in INLINE.finditer(text)])
    breaks = [found.end() for found in re.finditer(r"\n", text)]
    if any(BULLET.match(text[place:]) for place in breaks):
        return _split(part.pieces, breaks)
    return [part.pieces]


def _split(pieces: list, places: list[int]) -> list[list]:
    found, done = [], 0
    for place in places:
        head, pieces = split_at(pieces, place - done)
        found.append(head)
        done = place
    return [one for one in [*found, pieces] if "".join(piece.text for piece in one).strip()]


def merged(first: Line, second: Line) -> Line:
    """Two lines as one, the way they stand: a label and its title."""
    pieces = [*first.pieces, replace(second.pieces[0], text="\n" + second.pieces[0].text), *second.pieces[1:]]
    return replace(first, pieces=pieces)

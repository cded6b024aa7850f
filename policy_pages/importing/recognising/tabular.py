"""Tables as values of blocks: data tables, roles, definitions."""

import re
from dataclasses import dataclass, field
from uuid import uuid4

from policy_pages.importing.recognising import grids, lists
from policy_pages.importing.recognising.lines import Line
from policy_pages.importing.recognising.richtext import Marker, Written, written
from policy_pages.importing.recognising.stream import line_of
from policy_pages.importing.source import Cell, Paragraph, Picture, Piece, Table
from policy_pages.importing.wording import plain

LONGEST_CAPTION = 200
LISTED = re.compile(
    r"(the )?(minimum |quality )?(standards?|criteri(on|a)|questions?|requirements?|checks?|principles?|points?)",
    re.I,
)


@dataclass
class Made:
    """The value of a block made of a table, and what has to be told about it."""

    type: str
    value: dict
    written: Written = field(default_factory=Written)
    pictures: list[Picture] = field(default_factory=list)
    merged: bool = False
    nested: bool = False
    points: list[str] = field(default_factory=list)
    lists: list[tuple[str, list[str]]] = field(default_factory=list)  # in cells, with what names the cell


class Maker:
    """Makes the value of one table; ``marker`` refers to notes."""

    def __init__(self, table: Table, marker: Marker):
        self.rows = [row for row in table.rows if not all(grids.is_empty(cell) for cell in row)]
        self.table = table
        self.marker = marker
        self.made = Made("table", {})

    def make(self, kind: str) -> Made:
        if kind == grids.ROLES:
            self._roles()
        elif kind == grids.DEFINITIONS:
            self._definitions()
        else:
            self._data(kind)
        return self.made

    def _title(self) -> str:
        """A first row of one cell is the title of the table."""
        first, columns = self.rows[0], grids.width(self.rows)
        text = " ".join(first[0].text.split())
        caption = " ".join(f"{self.table.caption} {text}".split())
        whole = len(self.rows) > 1 and columns > 1 and len(first) == 1 and grids.has_only_words(first[0])
        if not whole or not text or len(caption) > LONGEST_CAPTION:
            return " ".join(self.table.caption.split())
        self.rows = self.rows[1:]
        return caption

    def _data(self, kind: str) -> None:
        caption = self._title()
        headed = grids.has_head(self.rows) and not (
            kind == grids.CHECKLIST and grids.is_answered(self.rows[0])
        )
        grid = self._grid()
        head = [self._plain(cell) for cell in (grid[0] if headed else [None] * len(grid[0]))]
        body = grid[1:] if headed else grid
        if kind == grids.CHECKLIST:
            self.made.points = [grids.point(row) for row in self.rows[1 if headed else 0 :] if len(row) > 1]
        elif headed:
            self._points(head, body)
        values = [{"values": self._row(row, head)} for row in body]
        columns_raw = [{"type": "text", "heading": heading} for heading in head]
        self.made.value = {
            "caption": caption,
            "table": {"columns": columns_raw, "rows": values, "caption": ""},
        }

    def _row(self, row: list[Cell | None], head: list[str]) -> list[str]:
        name = grids.words(row[0]) if row[0] is not None else ""
        names = [name if column else "" for column in range(len(row))]
        return [
            self._html(cell, _named(*both))
            for cell, both in zip(row, zip(names, head, strict=True), strict=True)
        ]

    def _points(self, head: list[str], body: list[list[Cell | None]]) -> None:
        column = next((n for n, text in enumerate(head) if LISTED.fullmatch(text.strip(" :"))), None)
        if column is not None:
            cells = [row[column] for row in body if row[column] is not None]
            self.made.points = [cell.text.strip() for cell in cells if cell.text.strip()]

    def _grid(self) -> list[list[Cell | None]]:
        """Every row with a place for each column: a wide or tall cell stands in its first, the others are None."""
        covered: set[tuple[int, int]] = set()
        rows: list[dict[int, Cell]] = []
        for number, row in enumerate(self.rows):
            rows.append({})
            column = 0
            for cell in row:
                while (number, column) in covered:
                    column += 1
                rows[-1][column] = cell
                covered |= {(number + n, column + m) for n in range(cell.down) for m in range(cell.across)}
                self.made.merged |= cell.across > 1 or cell.down > 1
                column += cell.across
        columns = 1 + max(column for number, column in covered if number < len(rows))
        return [[row.get(column) for column in range(columns)] for row in rows]

    def _roles(self) -> None:
        heading = self._title()
        columns = grids.role_columns(self.rows)
        grid = self._grid()
        heads = [self._plain(cell) for cell in grid[0]]
        self.made.type = "roles_table"
        self.made.written.typed += heads
        rows: list[dict] = []
        for row in grid[1:]:
            role = self._plain(row[columns["role"]])
            html = {
                name: self._html(row[place], _named(role, heads[place]))
                for name, place in columns.items()
                if name != "role"
            }
            if not role and rows:
                for name, more in html.items():
                    rows[-1][name] += more
            else:
                rows.append({"role": role, "responsibilities": "", "tasks": "", **html})
        self.made.value = {"heading": heading, "rows": [_item(row) for row in rows]}

    def _definitions(self) -> None:
        heading = self._title()
        if grids.has_definition_head(self.rows):
            self.made.written.typed += [self._plain(cell) for cell in self.rows[0]]
            self.rows = self.rows[1:]
        self.made.type = "definitions"
        rows = [{"term": self._plain(row[0]), "meaning": self._html(row[1])} for row in self.rows]
        self.made.value = {"heading": heading, "rows": [_item(row) for row in rows]}

    def _plain(self, cell: Cell | None) -> str:
        """Words alone: a reference to a note has no place in them, but counts."""
        return " ".join(plain(self._html(cell, marker=self._unmarked)).split())

    def _unmarked(self, key: str) -> str:
        self.marker(key)
        return ""

    def _html(self, cell: Cell | None, name: str = "", marker: Marker | None = None) -> str:
        if cell is None:
            return ""
        lines = self._lines(cell.parts)
        lists.settle_in_cell(lines)
        items = [line.text for line in lines if line.is_item]
        if name and len(items) > 1:
            self.made.lists.append((name, items))
        found = written(lines, marker or self.marker)
        self.made.written.added += found.added
        self.made.written.typed += found.typed
        return found.html

    def _lines(self, parts: list) -> list[Line]:
        lines: list[Line] = []
        for part in parts:
            if isinstance(part, Picture):
                self.made.pictures.append(part)
            elif isinstance(part, Table):
                self.made.nested = True
                lines += self._lines([Paragraph([Piece(part.caption)], part.place)])
                lines += [line for row in part.rows for cell in row for line in self._lines(cell.parts)]
            elif part.text.strip() or part.number:
                lines.append(line_of(part))
        return lines


def _named(row: str, column: str) -> str:
    """What names a cell: the first of its row, and the heading of its column."""
    return ": ".join(one for one in (row, column) if one)


def _item(value: dict) -> dict:
    return {"type": "item", "value": value, "id": str(uuid4())}

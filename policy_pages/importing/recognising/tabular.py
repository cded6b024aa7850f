"""Tables as values of blocks: data tables, roles, definitions."""

import re
from dataclasses import dataclass, field
from uuid import uuid4

from policy_pages.importing.recognising import grids, lists
from policy_pages.importing.recognising.lines import Line
from policy_pages.importing.recognising.richtext import Marker, Written, written
from policy_pages.importing.recognising.stream import line_of
from policy_pages.importing.source import Cell, Picture, Table
from policy_pages.importing.wording import plain

LONGEST_CAPTION, LONGEST_ROLE = 200, 200
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


class Maker:
    """Makes the value of one table; ``marker`` refers to notes."""

    def __init__(self, table: Table, marker: Marker):
        self.rows = [row for row in table.rows if any(cell.text.strip() or cell.parts for cell in row)]
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
        if len(self.rows) < 2 or columns < 2 or len(first) != 1 or not 0 < len(text) <= LONGEST_CAPTION:
            return " ".join(self.table.caption.split())[:LONGEST_CAPTION] if self.table.caption else ""
        self.rows = self.rows[1:]
        return f"{self.table.caption} {text}".strip() if self.table.caption else text

    def _data(self, kind: str) -> None:
        caption = self._title()
        columns = grids.width(self.rows)
        headed = grids.has_head(self.rows) and not (
            kind == grids.CHECKLIST and grids.is_answered(self.rows[0])
        )
        grid = self._grid(columns)
        head = [self._plain(cell) for cell in grid[0]] if headed else [""] * columns
        body = grid[1:] if headed else grid
        if kind == grids.CHECKLIST:
            self.made.points = [grids.point(row) for row in self.rows[1 if headed else 0 :] if len(row) > 1]
        elif headed:
            self._points(head, body)
        values = [{"values": [self._html(cell) for cell in row]} for row in body]
        columns_raw = [{"type": "text", "heading": heading} for heading in head]
        self.made.value = {
            "caption": caption,
            "table": {"columns": columns_raw, "rows": values, "caption": ""},
        }

    def _points(self, head: list[str], body: list[list[Cell | None]]) -> None:
        column = next((n for n, text in enumerate(head) if LISTED.fullmatch(text.strip(" :"))), None)
        if column is not None:
            cells = [row[column] for row in body if row[column] is not None]
            self.made.points = [cell.text.strip() for cell in cells if cell.text.strip()]

    def _grid(self, columns: int) -> list[list[Cell | None]]:
        """Every row with a place for each column: a wide or tall cell stands in its first, the others are None."""
        covered: dict[tuple[int, int], bool] = {}
        grid: list[list[Cell | None]] = []
        for number, row in enumerate(self.rows):
            places: list[Cell | None] = [None] * columns
            column = 0
            for cell in row:
                while (number, column) in covered:
                    column += 1
                if column >= columns:
                    break
                places[column] = cell
                for across in range(cell.across):
                    covered |= {(number + down, column + across): True for down in range(cell.down)}
                self.made.merged |= cell.across > 1 or cell.down > 1
                column += cell.across
            grid.append(places)
        return grid

    def _roles(self) -> None:
        heading = self._title()
        columns = grids.role_columns(self.rows)
        grid = self._grid(grids.width(self.rows))
        self.made.type = "roles_table"
        self.made.written.typed += [self._plain(cell) for cell in grid[0]]
        rows: list[dict] = []
        for row in grid[1:]:
            role = self._plain(row[columns["role"]])
            html = {name: self._html(row[place]) for name, place in columns.items() if name != "role"}
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
        return " ".join(plain(self._html(cell)).split())

    def _html(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        lines = self._lines(cell.parts)
        lists.settle_in_cell(lines)
        found = written(lines, self.marker)
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
                lines += [line for row in part.rows for cell in row for line in self._lines(cell.parts)]
            elif part.text.strip() or part.number:
                lines.append(line_of(part))
        return lines


def _item(value: dict) -> dict:
    return {"type": "item", "value": value, "id": str(uuid4())}

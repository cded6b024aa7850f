"""Tables in plain text: cells that begin with a tab, or lines that tabs part into columns."""

import re
from dataclasses import dataclass
from statistics import median_low, multimode

from django.utils.translation import gettext as _

from policy_pages.importing.numbering import is_alone
from policy_pages.importing.plain.paragraphs import BULLET, Numbering, inline, paragraphs_of
from policy_pages.importing.source import Cell, Paragraph, Part, Table

TAB = re.compile(r" ?(\t+)")
INNER = "\t\t"
TABS, GAPS = re.compile(r"\t"), re.compile(r"[ \t]{3,}")
ROW_GAP, TABLE_GAP = 2, 5  # blank lines between the rows, and between the tables, of an inner table


@dataclass
class Raw:
    """A cell as lines, with the blank lines before it."""

    lines: list[str]
    gap: int

    @property
    def is_empty(self) -> bool:
        return not any(line.strip() for line in self.lines)


class Tables:
    """Reads the tables of a file, one after the other."""

    def __init__(self, lines: list[str], numbering: Numbering):
        self.lines = lines
        self.numbering = numbering
        self.count = 0

    def read(self, place: int) -> tuple[list[Part] | None, int]:
        """The tables that begin at ``place`` and where they end; None where the tab only indents a paragraph."""
        inner = TAB.match(self.lines[place])[1].startswith(INNER)
        cells, end = _cells(self.lines, place, inner)
        groups = _groups(cells, inner)
        if not inner and all(len(group) == 1 for group in groups) and not _is_box(groups):
            return None, place + 1
        return [self._table(rows) for rows in _tables(groups, inner)], end

    def _table(self, groups: list[list[Raw]]) -> Table:
        self.count += 1
        place = _("table %d") % self.count
        columns = _columns(groups)
        rows = _rows(groups, columns)
        cells = [self._row(row, columns, f"{place}, {_('row')} {n}") for n, row in enumerate(rows, 1)]
        if len(rows) == 1 or len(rows[-1]) > 1:
            return Table(cells, place)
        return Table([*cells[:-1], _whole(cells[-1], columns)], place)

    def _row(self, row: list[Raw], columns: int, place: str) -> list[Cell]:
        cells = [Cell(self._parts(raw, f"{place}, {_('column')} {n}")) for n, raw in enumerate(row, 1)]
        if len(cells) == 1 and columns > 1:
            cells[0].across = columns
            return cells
        return cells + [Cell([]) for _missing in range(columns - len(cells))]

    def _parts(self, raw: Raw, place: str) -> list[Paragraph]:
        parts = paragraphs_of(raw.lines, Numbering())
        while parts and not parts[-1].text:
            parts.pop()
        for part in parts:
            part.place = place
        return parts


def _whole(row: list[Cell], columns: int) -> list[Cell]:
    """The last row of a file that ends in it lacks its blank cells; it is no heading across the table."""
    row[0].across = 1
    return row + [Cell([]) for _missing in range(columns - 1)]


def separated(lines: list[str], place: int) -> tuple[list[Part] | None, int]:
    """Neighbouring lines that tabs, or wide gaps, part into the same number of columns are rows of a table."""
    for mark, least in ((TABS, 2), (GAPS, 3)):
        columns = len(mark.split(lines[place].strip()))
        end = place
        while end < len(lines) and columns > 1 and len(mark.split(lines[end].strip())) == columns:
            end += 1
        if end - place >= least and not any(_is_no_row(line) for line in lines[place:end]):
            where = _("lines %(first)d to %(last)d") % {"first": place + 1, "last": end}
            rows = [[_cell(words, where) for words in mark.split(line.strip())] for line in lines[place:end]]
            return [Table(rows, where)], end
    return None, place


def _is_no_row(line: str) -> bool:
    """A line of a list of contents, or of a list of points."""
    return "...." in line or BULLET.match(line) is not None


def _cell(words: str, where: str) -> Cell:
    return Cell([Paragraph(inline(words.strip()), where)] if words.strip() else [])


def _cells(lines: list[str], place: int, inner: bool) -> tuple[list[Raw], int]:
    """The cells from ``place`` on, and the line at which the table ends."""
    cells: list[Raw] = []
    number_first = False
    while place < len(lines):
        line = lines[place]
        if TAB.match(line):
            if TAB.match(line)[1].startswith(INNER) != inner:
                break
            cells += _opened(line, _gap(lines, place, cells), inner)
            number_first = number_first or is_alone(cells[0].lines[0])
        elif _ends(lines, place, cells[-1], inner, number_first):
            break
        else:
            cells[-1].lines.append(line)
        place += 1
    return cells, place


def _opened(line: str, gap: int, inner: bool) -> list[Raw]:
    mark = INNER if inner else "\t"
    words = line[TAB.match(line).end() :].split(mark)
    return [Raw([part], gap if index == 0 else 0) for index, part in enumerate(words)]


def _gap(lines: list[str], place: int, cells: list[Raw]) -> int:
    gap = 0
    while (
        cells and place > gap and not lines[place - gap - 1].strip(" ") and "\t" not in lines[place - gap - 1]
    ):
        gap += 1
    return gap


def _ends(lines: list[str], place: int, cell: Raw, inner: bool, number_first: bool) -> bool:
    """The line at ``place`` stands in no cell any more."""
    if not lines[place].strip():
        return False
    gap = _gap(lines, place, [cell])
    if inner:
        return gap >= ROW_GAP or lines[place].startswith(" ")
    if gap == 0:
        return False
    return cell.is_empty or not number_first or not _goes_on(lines, place)


def _goes_on(lines: list[str], place: int) -> bool:
    """Another cell of the same table follows: a number, or nothing."""
    later = next((line for line in lines[place:] if TAB.match(line)), "")
    return bool(later) and not TAB.match(later)[1].startswith(INNER) and _is_number_or_nothing(later)


def _is_number_or_nothing(line: str) -> bool:
    words = re.sub(r"\[bookmark:[^\]]*\]", "", line).strip()
    return not words or is_alone(words)


def _groups(cells: list[Raw], inner: bool) -> list[list[Raw]]:
    """Cells that stand together: on neighbouring lines, or in an inner table with a blank line at most."""
    groups: list[list[Raw]] = []
    for cell in cells:
        if groups and cell.gap < (ROW_GAP if inner else 1):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return groups


def _is_box(groups: list[list[Raw]]) -> bool:
    """One cell with several lines is a box; single lines behind a tab are paragraphs with an indent."""
    return len(groups) == 1 and len(groups[0][0].lines) > 2


def _tables(groups: list[list[Raw]], inner: bool) -> list[list[list[Raw]]]:
    """A single cell after a wider gap than usual begins another table."""
    gaps = [group[0].gap for group in groups[1:]]
    usual = TABLE_GAP - 1 if inner else max(median_low(gaps), 1) if gaps else 0
    columns = _columns(groups)
    tables = [[groups[0]]]
    for group in groups[1:]:
        if group[0].gap > usual and (
            inner or (len(group) == 1 and columns > 1 and _is_full(tables[-1], columns))
        ):
            tables.append([group])
        else:
            tables[-1].append(group)
    return tables


def _is_full(groups: list[list[Raw]], columns: int) -> bool:
    return len(groups[-1]) == columns


def _columns(groups: list[list[Raw]]) -> int:
    """As many as the first group has, if it has more than one; otherwise as most groups have."""
    sizes = [len(group) for group in groups]
    return sizes[0] if sizes[0] > 1 else max(multimode([size for size in sizes if size > 1] or [1]))


def _rows(groups: list[list[Raw]], columns: int) -> list[list[Raw]]:
    """Rows of ``columns`` cells. A group that is too short goes together with those that make it whole."""
    rows: list[list[Raw]] = []
    open_row: list[Raw] = []
    for group in groups:
        if open_row and len(open_row) + len(group) > columns:
            rows.append(open_row)
            open_row = []
        open_row = open_row + group
        while len(open_row) > columns:
            rows.append(open_row[:columns])
            open_row = open_row[columns:]
        if len(open_row) == columns:
            rows.append(open_row)
            open_row = []
    return rows + [open_row] if any(not cell.is_empty for cell in open_row) else rows

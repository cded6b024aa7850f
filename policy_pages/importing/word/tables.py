"""Tables as in HTML: a cell says how far it reaches, and what it covers has no cell."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from policy_pages.importing.source import Cell, Part, Table
from policy_pages.importing.word.names import MC, OFF, VAL, M, W, chosen, has, is_on, spelled, value, whole
from policy_pages.importing.word.stories import Story

HELD = {f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}sdtContent"}
SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
NO_LINE = ("nil", "none")
LOOKS = {"firstRow": ("firstRow", 0x20), "firstCol": ("firstColumn", 0x80)}
SEEN = (
    *(f"{W}{name}" for name in ("t", "delText", "sym", "drawing", "pict", "object", "fldChar")),
    f"{W}footnoteReference",
    f"{W}endnoteReference",
    f"{M}t",
)
WHITE = "ffffff"
WIDEST = 63  # columns that Word allows

Inside = Callable[[object, str], list[Part]]


class TableReader:
    def __init__(self, story: Story, inside: Inside):
        self.story = story
        self.place = story.next_table()
        self._inside = inside
        self._bold: dict[str, bool] = {}
        self._tall: dict[int, Cell] = {}  # by column: the cell that reaches down to the row being read

    def read(self, element) -> Table | None:
        """None for a table that holds nothing but a contents list, or has no rows left."""
        self._bold = self._bold_parts(element)
        rows = [
            self._row(row, place)
            for place, row in enumerate(_flat(element, f"{W}tr"), 1)
            if not self._is_taken_away(row, place)
        ]
        if not any(rows) or (self.story.in_contents and not any(cell.parts for row in rows for cell in row)):
            return None
        return Table(rows, self.place, has_borders=self._has_borders(element))

    def _is_taken_away(self, row, place) -> bool:
        properties = row.find(f"{W}trPr")
        if not has(properties, "del"):
            return False
        words = "\n".join(_words_of_row(row))
        self.story.record.deleted(words or _("[empty row]"), self._place(place))
        return True

    def _row(self, row, place) -> list[Cell]:
        properties = row.find(f"{W}trPr")
        if has(properties, "ins"):
            self.story.record.inserted(_("[row of a table]"), self._place(place))
        is_heading = properties is not None and is_on(properties.find(f"{W}tblHeader"))
        column = whole(value(properties, "gridBefore"))
        cells = [Cell([], across=min(column, WIDEST))] if column > 0 else []
        for number, element in enumerate(_flat(row, f"{W}tc"), 1):
            self.story.bold_cell, before = self._is_bold(place, number), self.story.bold_cell
            column += self._cell(element, column, cells, self._place(place, number), is_heading)
            self.story.bold_cell = before
        return cells

    def _bold_parts(self, element) -> dict[str, bool]:
        """What the table's style makes bold, of the parts that the table wants to look different."""
        properties = element.find(f"{W}tblPr")
        wanted = None if properties is None else properties.find(f"{W}tblLook")
        found = self.story.styles.bold_cells(value(properties, "tblStyle"))
        return {name: bold for name, bold in found.items() if not name or _wants(wanted, name)}

    def _is_bold(self, row, column) -> bool:
        parts = ["firstRow"] * (row == 1) + ["firstCol"] * (column == 1) + [""]
        return next((self._bold[part] for part in parts if part in self._bold), False)

    def _cell(self, element, column, cells, place, is_heading) -> int:
        """Adds the cell, or lengthens the one that covers it. Answers with the columns that it takes."""
        properties = element.find(f"{W}tcPr")
        across = min(max(whole(value(properties, "gridSpan"), 1), 1), WIDEST)
        above = self._tall.get(column)
        if _goes_on(properties, "vMerge") and above is not None and above.across == across:
            above.down += 1
            above.parts += self._covered(element, place)
        elif _goes_on(properties, "hMerge") and cells:
            cells[-1].across += across
            cells[-1].parts += self._covered(element, place)
        else:
            cells.append(Cell(self._inside(element, place), across, is_heading=is_heading))
            self._stand(cells[-1], column, is_tall=has(properties, "vMerge"))
        return across

    def _covered(self, element, place) -> list[Part]:
        """What a covered cell holds is kept with the one that covers it. An empty line in it is nowhere seen."""
        is_empty = next(element.iter(*SEEN), None) is None
        return [] if is_empty else self._inside(element, place)

    def _stand(self, cell, column, *, is_tall) -> None:
        for covered in range(column, column + cell.across):
            self._tall.pop(covered, None)
        if is_tall:
            self._tall[column] = cell

    def _place(self, row, column=None) -> str:
        values = {"table": self.place, "row": row, "column": column}
        if column is None:
            return _("%(table)s, row %(row)s") % values
        return _("%(table)s, row %(row)s, column %(column)s") % values

    def _has_borders(self, element) -> bool:
        """Lines as seen: the table's own word on a side counts before its style's, a cell's before both."""
        properties = element.find(f"{W}tblPr")
        style = value(properties, "tblStyle")
        sides: dict[str, bool] = {}
        for _id, row in reversed(self.story.styles.chain(style)):
            sides |= _lines(row.find(f"{W}tblPr/{W}tblBorders"))
            if any(any(_lines(one).values()) for one in row.iterfind(f"{W}tblStylePr/{W}tcPr/{W}tcBorders")):
                sides["part"] = True
        if properties is not None:
            sides |= _lines(properties.find(f"{W}tblBorders"))
        cells = element.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")
        return any(sides.values()) or any(any(_lines(one).values()) for one in cells)


def _flat(element, tag) -> Iterator:
    """Rows of a table or cells of a row, also those inside controls and other wrappers."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in HELD or child.tag == f"{W}sdt":
            yield from _flat(child, tag)
        elif child.tag == f"{MC}AlternateContent":
            yield from _flat(chosen(child), tag)


def _wants(look, part) -> bool:
    """A table says which parts look different, each by name or all in one number."""
    if look is None or part not in LOOKS:
        return False
    named = look.get(f"{W}{LOOKS[part][0]}")
    if named is not None:
        return named.lower() not in OFF
    return bool(_bits(look.get(VAL)) & LOOKS[part][1])


def _bits(words) -> int:
    try:
        return int(words or "0", 16)
    except ValueError:
        return 0


def _goes_on(properties, name) -> bool:
    """The cell is covered by the one above (vMerge) or before it (hMerge)."""
    row = None if properties is None else properties.find(W + name)
    return row is not None and row.get(f"{W}val", "continue") == "continue"


def _lines(borders) -> dict[str, bool]:
    """By side, whether a line is drawn that can be told from paper."""
    found = {}
    for side in SIDES if borders is not None else ():
        row = borders.find(W + side)
        if row is not None:
            is_white = row.get(f"{W}color", "").lower() == WHITE
            found[side] = row.get(f"{W}val", "nil") not in NO_LINE and not is_white
    return found


def _words_of_row(row) -> Iterator[str]:
    for paragraph in row.iter(f"{W}p"):
        words = "".join(spelled(one) for one in paragraph.iter(f"{W}t", f"{W}delText"))
        if words:
            yield words

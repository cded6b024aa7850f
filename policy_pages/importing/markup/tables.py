"""Tables of a page: rows of cells, each with parts of its own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from policy_pages.importing.line import in_a_line
from policy_pages.importing.markup.lists import whole
from policy_pages.importing.markup.words import letters
from policy_pages.importing.source import Cell, Table

GROUPS = {"thead", "tbody", "tfoot"}
PARTS = {*GROUPS, "tr", "td", "th", "caption"}
MOST_SPAN = 1_000
UNBORDERED = {"none", "0", "0pt", "0px", "hidden"}


@dataclass
class Row:
    element: object
    is_head: bool


def read(element, builder, look) -> None:
    """Put the table into the parts of ``builder``. Words between its cells come before it, as in a browser."""
    number = builder.next_table()
    captions, rows = [], []
    builder.words(element.text, look)
    for child in _parted(element, builder):
        if child.tag == "caption" and not builder.leaves_out(child):
            captions.append(in_a_line(letters(child, builder.leaving)))
        elif child.tag == "tr":
            rows.append(Row(child, False))
        elif child.tag in GROUPS and not builder.leaves_out(child):
            rows += _rows(child, builder, look)
        elif child.tag not in (*GROUPS, "caption"):
            builder.visit(child, look)
        builder.words(child.tail, look)
    caption = " ".join(filter(None, captions))
    builder.flush()
    table = Table([], _("table %d") % number, _has_borders(element, builder.sheet), caption)
    for row in rows:
        if not builder.leaves_out(row.element):
            table.rows.append(_cells(row, builder, look, number, len(table.rows) + 1, len(rows)))
    builder.flush()
    table.rows = [row for row in table.rows if row]
    if table.rows or caption:
        builder.parts.append(table)


def _parted(parent, builder):
    """The children; words before and after a cell or row are no one paragraph."""
    for child in parent:
        if child.tag in PARTS:
            builder.flush()
        yield child


def _rows(group, builder, look) -> list[Row]:
    found = []
    builder.words(group.text, look)
    for child in _parted(group, builder):
        if child.tag == "tr":
            found.append(Row(child, group.tag == "thead"))
        else:
            builder.visit(child, look)
        builder.words(child.tail, look)
    builder.flush()
    return found


def _cells(row: Row, builder, look, table: int, number: int, of: int) -> list[Cell]:
    found: list[Cell] = []
    builder.words(row.element.text, look)
    for child in _parted(row.element, builder):
        if child.tag not in ("td", "th"):
            builder.visit(child, look)
        elif not builder.leaves_out(child):
            place = _("table %(table)d, row %(row)d, column %(column)d")
            place %= {"table": table, "row": number, "column": sum(cell.across for cell in found) + 1}
            found.append(_cell(child, builder, look, place, row.is_head, of - number + 1))
        builder.words(child.tail, look)
    return found


def _cell(element, builder, look, place: str, in_head: bool, rows_left: int) -> Cell:
    with builder.apart(place) as parts:
        builder.inside(element, builder.sheet.look(element, look))
        builder.flush()
    down = whole(element.get("rowspan"), 1)
    return Cell(
        parts,
        across=_span(whole(element.get("colspan"), 1)),
        down=min(_span(down) if down else rows_left, rows_left),
        is_heading=element.tag == "th" or in_head,
    )


def _span(count: int) -> int:
    return max(1, min(count, MOST_SPAN))


def _has_borders(element, sheet) -> bool:
    """A table that lays out a page says so, or says that it has no lines and has none at its cells."""
    if element.get("role") in ("presentation", "none"):
        return False
    stated = element.get("border")
    if stated is not None and stated != "0":
        return True
    lined = [element, *element.iter("td", "th")]
    drawn = any(_draws(sheet.of(part)) for part in lined)
    return drawn or (stated is None and not _denies(sheet.of(element)))


def _draws(style: dict[str, str]) -> bool:
    return any(
        name.startswith("border")
        and name not in ("border-collapse", "border-spacing", "border-color")
        and value.split()[0] not in UNBORDERED
        for name, value in style.items()
        if value
    )


def _denies(style: dict[str, str]) -> bool:
    return style.get("border", "x").split()[0] in UNBORDERED

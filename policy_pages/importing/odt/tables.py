"""Tables of an OpenDocument text: rows of cells, each with parts of its own."""

from copy import deepcopy

from django.utils.translation import gettext as _

from policy_pages.importing.odt.names import get, long, short, whole
from policy_pages.importing.source import Cell, Refusal, Table

GROUPS = ("table:table-rows", "table:table-row-group", "table:table-header-rows")
HEADED = "table:table-header-rows"
CELLS = ("table:table-cell", "table:covered-table-cell")
REPEATS = (
    ("table:table-row", "table:number-rows-repeated"),
    *((c, "table:number-columns-repeated") for c in CELLS),
)
MOST_SPAN = 1_000
MOST_REPEATED = 200_000  # parts of rows and cells, all tables together
LETTERS_LIKE_ONE_PART = 50


def unroll(body) -> None:
    """Write out rows and cells that the file says once and shows several times; empty ones stay single."""
    made = 0
    for name, repeated in REPEATS:
        for element in list(body.iter(long(name))):
            times = whole(get(element, repeated))
            element.attrib.pop(long(repeated), None)
            if times > 1 and "".join(element.itertext()).strip():
                made += (times - 1) * _weight(element)
                _check_made(made)
                for _time in range(times - 1):
                    element.addnext(_copy(element))


def _weight(element) -> int:
    return sum(1 for _part in element.iter()) + len("".join(element.itertext())) // LETTERS_LIKE_ONE_PART


def _copy(element):
    copied = deepcopy(element)
    copied.tail = None
    return copied


def _check_made(made: int) -> None:
    if made > MOST_REPEATED:
        message = _("The tables of this file repeat rows %(found)s parts long; the most we read is %(most)s.")
        raise Refusal(message % {"found": f"{made:,}", "most": f"{MOST_REPEATED:,}"}, "too_big")


def read(element, builder, number: int) -> None:
    """Put the table into the parts of ``builder``."""
    table = Table([], _("table %d") % number, _has_borders(element, builder.styles))
    for row, is_head in _rows(element, False):
        if not builder.leaves_out(row):
            cells = _cells(row, builder, number, len(table.rows) + 1, is_head)
            table.rows += [cells] if cells else []
    if any(cell.parts for row in table.rows for cell in row):
        builder.parts.append(table)


def _rows(parent, is_head: bool):
    for child in parent:
        if short(child) in GROUPS:
            yield from _rows(child, is_head or short(child) == HEADED)
        elif short(child) == "table:table-row":
            yield child, is_head


def _cells(row, builder, table: int, number: int, is_head: bool) -> list[Cell]:
    found: list[Cell] = []
    column = 0
    for child in row:
        if short(child) not in CELLS:
            continue
        column += 1
        if builder.leaves_out(child) or short(child) != "table:table-cell":
            continue
        place = _("table %(table)d, row %(row)d, column %(column)d")
        with builder.apart(place % {"table": table, "row": number, "column": column}) as parts:
            builder.flow(child)
        across = _span(get(child, "table:number-columns-spanned"))
        down = _span(get(child, "table:number-rows-spanned"))
        found.append(Cell(parts, across, down, is_head))
    return found


def _span(stated: str) -> int:
    return max(1, min(whole(stated), MOST_SPAN))


def _has_borders(element, styles) -> bool:
    names = {get(cell, "table:style-name") for cell in element.iter(long("table:table-cell"))}
    return any(styles.has_border(name) for name in names)

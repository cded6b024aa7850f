"""Sources as the readers of formats hand them on, from a few strings."""

from itertools import count

from policy_pages.importing.source import Cell, Paragraph, Piece, Source, Table, words_of


def make_paragraph(text: str, *, place: str = "", bold: bool = False, **values) -> Paragraph:
    pieces = [Piece(text, bold=bold)] if text else []
    return Paragraph(pieces, place or f"paragraph {next(_places)}", **values)


_places = count(1)


def heading(text: str, level: int = 1, **values) -> Paragraph:
    return make_paragraph(text, level=level, **values)


def item(text: str, depth: int = 0, number: str = "", **values) -> Paragraph:
    return make_paragraph(text, depth=depth, number=number, ordered=bool(number), **values)


def make_table(*rows, place: str = "table 1", borders: bool = True, head: bool = False) -> Table:
    """A cell is a string, a list of parts or a ``Cell``."""
    cells = [
        [_cell(cell, head and n == 1, f"{place}, row {n}, column {m}") for m, cell in enumerate(row, 1)]
        for n, row in enumerate(rows, 1)
    ]
    return Table(cells, place, borders)


def _cell(cell, is_heading: bool, place: str) -> Cell:
    if isinstance(cell, Cell):
        return cell
    if isinstance(cell, str):
        cell = [make_paragraph(cell)] if cell else []
    for part in cell:
        part.place = place
    return Cell(cell, is_heading=is_heading)


def make_source(*parts, words=None, **values) -> Source:
    """A string is a paragraph. ``words`` are those of the parts, as a reader would count them."""
    parts = [make_paragraph(part) if isinstance(part, str) else part for part in parts]
    notes = values.get("notes", {})
    texts = [*_texts(parts), *(one.text for several in notes.values() for one in several)]
    counted = [word for text in texts for word in words_of(text)]
    return Source(parts=parts, words=counted if words is None else words, **values)


def _texts(parts):
    for part in parts:
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Table):
            yield part.caption
            yield from (text for row in part.rows for cell in row for text in _texts(cell.parts))

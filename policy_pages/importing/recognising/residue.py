"""What conversions leave in a text: "[bookmark: _Toc1]", "[image: a chart]". It goes, and the receipt lists it.

An image mark becomes a picture that is missing. A mark without its closing bracket goes to the end of its line.
"""

import re
from dataclasses import dataclass, field, replace

from policy_pages.importing.recognising.lines import cut, split_at
from policy_pages.importing.source import Cell, Kind, LeftOut, Paragraph, Part, Picture, Piece, Table

MARK = re.compile(r"\[(?P<kind>bookmark|image):(?P<name>[^\]\n]*)(?:\]|(?=\n)|$)", re.IGNORECASE)


#: Signs that steer printers and terminals. No database keeps a NUL.
SIGNS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass
class Residue:
    """What was taken out. ``mended`` are texts before and after: a mark may be glued to a word."""

    left_out: list[LeftOut] = field(default_factory=list)
    mended: list[tuple[str, str]] = field(default_factory=list)

    def clean(self, parts: list[Part]) -> list[Part]:
        return [cleaned for part in parts for cleaned in self._part(part)]

    def _part(self, part: Part) -> list[Part]:
        if isinstance(part, Table):
            rows = [[self._cell(cell) for cell in row] for row in part.rows]
            return [replace(part, rows=rows)]
        if not isinstance(part, Paragraph):
            return [part]
        if SIGNS.search(part.text):
            part = _paragraph(
                part, [replace(piece, text=_without_signs(piece.text)) for piece in part.pieces]
            )
        return self._paragraph(part) if MARK.search(part.text) else [part]

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, parts=self.clean(cell.parts))

    def _paragraph(self, part: Paragraph) -> list[Part]:
        """The paragraph without its marks; pictures stand where their marks stood, between what is left of it."""
        found, pieces, kept = [], part.pieces, []
        while match := MARK.search("".join(piece.text for piece in pieces)):
            before, rest = split_at(pieces, match.start())
            pieces = cut(rest, len(match[0]))
            kept += before
            self.left_out.append(LeftOut(Kind.MARKS, match[0].strip(), part.place))
            if match["kind"].lower() == "image":
                found += [_paragraph(part, kept), Picture(part.place, alt=match["name"].strip())]
                kept = []
        found.append(_paragraph(part, kept + pieces))
        self._mend(part.text, found)
        return [one for one in found if isinstance(one, Picture) or one.text.strip() or one.number]

    def _mend(self, before: str, found: list[Part]) -> None:
        after = "\n".join(one.text for one in found if isinstance(one, Paragraph))
        self.mended.append((before, after))


def _without_signs(text: str) -> str:
    """Those that part words become a space."""
    return SIGNS.sub(lambda sign: " " if sign[0].isspace() else "", text)


def _paragraph(part: Paragraph, pieces: list[Piece]) -> Paragraph:
    return replace(part, pieces=pieces)

"""The document as one stream of lines, tables and pictures, in reading order."""

from dataclasses import dataclass, replace

from policy_pages.importing.source import (
    Paragraph,
    Picture,
    Piece,
    Table,
    all_bold,
    all_capitals,
    words_of,
)

BAR = " | "  # between the names of columns


@dataclass
class Line:
    """A paragraph on its way to become a heading, a clause or a part of one."""

    paragraph: Paragraph
    pieces: list[Piece]  # the words without a typed number
    number: str = ""  # without its signs; the signs stand in ``shown``
    shown: str = ""
    written: str = ""  # the number as typed with the space behind it; empty where the program counts
    row: int = 0  # the row of a layout table in which it stands; 0 is none
    beside: bool = False  # in a further column of that row: who is responsible
    gap_before: bool = False
    gap_after: bool = False
    before_table: bool = False
    depth: int | None = None  # of a list
    ordered: bool = False
    heading: int = 0  # its level
    label: str = ""  # of an appendix
    heads_clause: bool = False  # a short title in the style of a heading, with a clause beneath it
    counted: str = ""  # the number that the program shows in front of the label

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces).strip()

    @property
    def place(self) -> str:
        return self.paragraph.place

    @property
    def count(self) -> int:
        return len(words_of(self.text))

    @property
    def is_item(self) -> bool:
        return self.depth is not None

    @property
    def is_bold(self) -> bool:
        return all_bold(self.pieces)

    @property
    def is_capitals(self) -> bool:
        return all_capitals(self.text)

    @property
    def is_numbered(self) -> bool:
        """Counts as a clause or section number, and not as that of an item in a list."""
        return bool(self.number) and not self.is_item


@dataclass
class Grid:
    """A table that holds data, with what it turned out to be."""

    table: Table
    kind: str  # table, roles, definitions, control, checklist

    @property
    def place(self) -> str:
        return self.table.place


Item = Line | Grid | Picture


def cut(pieces: list[Piece], signs: int) -> list[Piece]:
    """``pieces`` without the first ``signs`` signs of their text; a note whose words go keeps its place."""
    kept = []
    for piece in pieces:
        taken = min(signs, len(piece.text))
        signs -= taken
        if taken < len(piece.text) or piece.note:
            kept.append(_with_text(piece, piece.text[taken:]) if taken else piece)
    return kept


def split_at(pieces: list[Piece], signs: int) -> tuple[list[Piece], list[Piece]]:
    """``pieces`` in two, the first with ``signs`` signs of text. A note stays behind the last of its words."""
    head, rest, left = [], [], signs
    for piece in pieces:
        taken = min(left, len(piece.text))
        left -= taken
        if taken == len(piece.text) and (taken or left):
            head.append(piece)
        elif taken:
            head.append(replace(piece, text=piece.text[:taken], note=""))
            rest.append(_with_text(piece, piece.text[taken:]))
        else:
            rest.append(piece)
    return head, rest


def _with_text(piece: Piece, text: str) -> Piece:
    return replace(piece, text=text)

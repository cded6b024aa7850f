"""The words of one paragraph while it is read: pieces of one look, with neighbouring spaces drawn together."""

import re
from dataclasses import dataclass, field

from policy_pages.importing.source import Piece

SHOWN = 80  # letters of a long text, in a message
SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class Look:
    """Of letters."""

    bold: bool = False
    italic: bool = False
    raised: str = ""
    href: str = ""
    size: float = 0
    as_typed: bool = False  # spaces and line breaks count


@dataclass
class Line:
    runs: list[tuple[Look, str, str]] = field(default_factory=list)  # look, words, key of a note

    @property
    def has_words(self) -> bool:
        return any(words.strip() or note for _look, words, note in self.runs)

    @property
    def ends_with_break(self) -> bool:
        return bool(self.runs) and self.runs[-1][1].endswith("\n")

    @property
    def size(self) -> float:
        return next((look.size for look, words, _note in self.runs if words.strip()), 0)

    def add(self, words: str, look: Look) -> None:
        if not look.as_typed:
            words = SPACES.sub(" ", words)
            if not self.runs or self.runs[-1][1].endswith((" ", "\n")):
                words = words.removeprefix(" ")
        if words:
            self.runs.append((look, words, ""))

    def end_line(self, look: Look) -> None:
        if self.has_words:
            self.runs.append((look, "\n", ""))

    def refer(self, note: str, look: Look) -> None:
        self.runs.append((look, "", note))

    def pieces(self) -> list[Piece]:
        """Neighbours of one look as one piece, without spaces at either end of the line."""
        found: list[Piece] = []
        for look, words, note in self.runs:
            piece = Piece(words, look.bold, look.italic, look.raised, look.href, note)
            if found and not note and not found[-1].note and _alike(found[-1], piece):
                found[-1] = _with(found[-1], found[-1].text + words)
            else:
                found.append(piece)
        return _trimmed(found)


def in_a_line(words: str) -> str:
    return " ".join(words.split())


def shortened(words: str) -> str:
    """The beginning of ``words``, for a message."""
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " ..."


def _alike(one: Piece, other: Piece) -> bool:
    return _with(one, "") == _with(other, "")


def _with(piece: Piece, words: str) -> Piece:
    return Piece(words, piece.bold, piece.italic, piece.raised, piece.href, piece.note)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    while pieces and not pieces[-1].note and not pieces[-1].text.strip():
        pieces.pop()
    while pieces and not pieces[0].note and not pieces[0].text.strip():
        pieces.pop(0)
    if pieces:
        pieces[0] = _with(pieces[0], pieces[0].text.lstrip())
        pieces[-1] = _with(pieces[-1], pieces[-1].text.rstrip())
    return [piece for piece in pieces if piece.text or piece.note]

"""What a picture is made of. Whole pixels only, so that a text in it is as large as it says."""

from dataclasses import dataclass

WIDE, NARROW = 720, 272
# The size of words in a picture, and how wide one sign of theirs is at most, on the average.
WORDS_PX, SIGN_PX = 14, 8


@dataclass(frozen=True)
class Box:
    """``kind`` is a state of the table in the template: its colour and its pattern; "edge" a white line."""

    x: int
    y: int
    width: int
    height: int
    kind: str


@dataclass(frozen=True)
class Stroke:
    """``kind``: axis, series, target or today."""

    points: tuple[tuple[int, int], ...]
    kind: str

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Words:
    """``anchor`` is SVG's: start, middle or end; ``y`` is the line on which the words stand."""

    x: int
    y: int
    text: str
    anchor: str = "start"
    bold: bool = False


@dataclass(frozen=True)
class Mark:
    """A state's drawn shape, or "dot" on a line, with its middle at x, y; ``on`` a pattern it has a white ground."""

    x: int
    y: int
    kind: str
    on: bool = False


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[Words, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """The patterns that it needs."""
        return sorted({box.kind for box in self.boxes} - {"edge"})


@dataclass(frozen=True)
class Cell:
    """One cell of the table; ``url`` opens the rows behind it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Picture:
    """``finding`` is the heading, ``says`` the description for those who do not see it, ``note`` n and its day.

    ``key`` is a word that no other picture of the page has. The rows of the table begin with their heading.
    """

    key: str
    finding: str
    says: str
    note: str
    wide: Drawing
    narrow: Drawing
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def drawings(self) -> tuple[tuple[str, Drawing], ...]:
        return (("wide", self.wide), ("narrow", self.narrow))


def length(text: str) -> int:
    """As wide as words can be."""
    return SIGN_PX * len(text)


def within(text: str, room: int) -> str:
    """Cut where it is too long for a drawing; the table has it whole."""
    most = room // SIGN_PX
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


def shares(values, room: int) -> list[int]:
    """``room`` divided as the values are, in whole pixels that sum up; what is not nothing is 4 at least."""
    total = sum(values)
    if not total:
        return [0 for _value in values]
    found = [max(4, room * value // total) if value else 0 for value in values]
    largest = found.index(max(found))
    found[largest] += room - sum(found)
    return found

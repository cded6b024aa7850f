"""What the reader of a format hands on: the document as a person sees it, before anybody asks what it means.

Readers (``word``, ``odt``, ``markup``, ``markdown``, ``plain``) know one format each and guess nothing.
``recognising`` knows no format. Between them stands this module.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

LETTER = re.compile(r"\w")

#: Told by readers as they go: parts done, parts in all, what is being done, in words for a person.
Progress = Callable[[int, int, str], None]


def quietly(done: int, of: int, doing: str) -> None:
    """Progress that nobody watches."""


def words_of(text: str) -> list[str]:
    """The words of ``text``: what stands between spaces and has a letter or a digit. A bullet is no word."""
    return [word for word in text.split() if LETTER.search(word)]


@dataclass(frozen=True)
class Piece:
    """Neighbouring letters of one look. A line break is a newline in ``text``; a tab is a tab."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: str = ""  # "sup", "sub" or empty
    href: str = ""  # address of the link, as written; "#" and "#name" too
    note: str = ""  # key into Source.notes: a reference to a footnote or endnote stands here


def all_bold(pieces: list[Piece]) -> bool:
    """Every letter is bold, and there is one."""
    lettered = [piece for piece in pieces if piece.text.strip()]
    return bool(lettered) and all(piece.bold for piece in lettered)


def all_capitals(text: str) -> bool:
    """Every letter is a capital, and there are at least two."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 1 and all(sign.isupper() for sign in letters)


@dataclass
class Paragraph:
    """One paragraph, with what tells a person whether it is a heading, a list item or running text."""

    pieces: list[Piece]
    place: str  # how a person finds it: "paragraph 41", "table 2, row 3, column 1", "text box 1"
    number: str = ""  # counted and shown by the program, with its signs: "1.1", "(a)", "B.1", "2."
    depth: int | None = None  # item of a list: 0 for the outermost list
    ordered: bool = False  # the list counts; a bullet has no number
    level: int = 0  # heading by style or outline: 1 is the highest; 0 is no heading
    is_title: bool = False  # style "Title"
    size: float = 0  # points, where stated
    centred: bool = False
    new_page: bool = False
    indent: int = 0  # twentieths of a point
    boxed: bool = False  # stood in a text box, a shape or a frame
    anchors: list[str] = field(default_factory=list)  # names to which links of the document lead, here

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_bold(self) -> bool:
        return all_bold(self.pieces)

    @property
    def is_capitals(self) -> bool:
        return all_capitals(self.text)


@dataclass
class Picture:
    """An image of the document. Without ``data`` it is missing from the file: only its place is known."""

    place: str
    data: bytes = b""
    name: str = ""
    content_type: str = ""
    alt: str = ""


@dataclass
class Cell:
    """A cell as in HTML: what a wide or tall neighbour covers has no cell of its own."""

    parts: list["Part"]
    across: int = 1
    down: int = 1
    is_heading: bool = False

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts if isinstance(part, Paragraph | Table))


@dataclass
class Table:
    rows: list[list[Cell]]
    place: str
    has_borders: bool = True
    caption: str = ""

    @property
    def text(self) -> str:
        return "\n".join(cell.text for row in self.rows for cell in row)


Part = Paragraph | Table | Picture


class Kind:
    """Kinds of what is left out on purpose; a receipt lists the words of each."""

    CONTENTS = "contents list"
    MARKS = "conversion marks"
    RUNNING = "running headers and footers"
    COMMENTS = "comments"
    DELETED = "deleted text of tracked changes"
    HIDDEN = "hidden text"

    #: Kinds that stand in the body, and so are taken off ``Source.words``.
    IN_BODY = (CONTENTS, MARKS)


@dataclass(frozen=True)
class LeftOut:
    kind: str  # of Kind
    words: str
    place: str


@dataclass(frozen=True)
class Oddity:
    """Something an author has to look at. ``code`` is for programs, the rest for people."""

    code: str
    where: str
    message: str


@dataclass
class Source:
    """A document as read.

    ``words`` are counted straight from the file, on another way than ``parts``: every word of the body with its
    tables, boxes and notes, and also those of ``left_out`` whose kind is in the body. Numbers that the program
    counts are no words; typed ones are. That is what makes a loss in the reading visible.
    """

    parts: list[Part]
    words: list[str]
    title: str = ""  # of the file's own properties
    notes: dict[str, list[Paragraph]] = field(default_factory=dict)
    running: list[Part] = field(default_factory=list)  # headers and footers, each once
    left_out: list[LeftOut] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


class Refusal(Exception):
    """The document cannot be taken. The message says why and what to do, and names the paragraph if there is one."""

    def __init__(self, message: str, code: str = "refused"):
        super().__init__(message)
        self.message = message
        self.code = code


DAMAGED = _("This file is damaged, or it is not what its name says. Open it, save it again, try again.")

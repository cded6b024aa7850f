"""The words of cleaned HTML, each with how it looks and where it stands: what is compared word by word."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

TOKEN = re.compile(r"\w+(?:[-'’.:]\w+)*|[^\w\s]")
BOLD, ITALIC, LOWERED, RAISED = ("b", "strong"), ("i", "em"), ("sub",), ("sup",)
INLINE = {*BOLD, *ITALIC, *LOWERED, *RAISED, "a"}
# Markup deeper than any author makes is passed over.
DEEPEST = 20
ENDS = {".", "?", "!", ";"}


class Style(NamedTuple):
    """How letters look; ``link`` is the address to which they lead."""

    bold: bool = False
    italic: bool = False
    shift: str = ""
    link: str = ""


PLAIN = Style()


class Token(NamedTuple):
    """A word or a sign; ``parts`` are its letters, parted where the style changes. ``space``: one stands before."""

    word: str
    space: bool
    parts: tuple[tuple[str, Style], ...]


class Item(NamedTuple):
    """A list and the place in it: ``which`` tells one list from the next."""

    tag: str
    which: int
    number: int


class Line(NamedTuple):
    """Words without a break. ``begins``: a "paragraph", a list "item", or a "line" after a break."""

    begins: str
    path: tuple[Item, ...]
    tokens: tuple[Token, ...]

    @property
    def shape(self) -> tuple[str, ...]:
        return tuple(item.tag for item in self.path)


class Text:
    """Lines, and all their tokens in a row."""

    def __init__(self, lines):
        self.lines = tuple(lines)
        self.tokens = tuple(token for line in self.lines for token in line.tokens)
        self.words = tuple(token.word for token in self.tokens)

    def looks(self) -> tuple:
        """What a reader sees of it: two texts that look the same have nothing to compare."""
        return tuple((line.begins, line.shape, line.tokens) for line in self.lines)

    def starts(self) -> dict[int, Line]:
        """The number of the first token of each line."""
        found, at = {}, 0
        for line in self.lines:
            found[at] = line
            at += len(line.tokens)
        return found

    def sentences(self) -> list[tuple[int, int]]:
        """First and last number (the last is left out) of each sentence; a line ends one too."""
        edges = sorted({*self.starts(), *(n + 1 for n, word in enumerate(self.words) if word in ENDS)})
        edges = [edge for edge in edges if edge < len(self.tokens)]
        return list(zip(edges, [*edges[1:], len(self.tokens)], strict=True))


def read(html: str) -> Text:
    """The words of ``html`` as frozen: cleaned, with the tags of a clause. Other tags are passed over."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return Text(reader.lines)


def plain(words: str, style: Style = PLAIN) -> Text:
    """One paragraph of words without markup."""
    tokens = _tokens([(words, style)])
    return Text([Line("paragraph", (), tokens)] if tokens else [])


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.runs = [], []
        self.lists, self.open, self.seen, self.too_deep = [], [], 0, 0
        self.begins = "paragraph"

    def handle_starttag(self, tag, attrs):
        if tag in INLINE:
            if len(self.open) < DEEPEST:
                self.open.append((tag, dict(attrs).get("href") or ""))
        elif tag in ("ul", "ol"):
            self.end_line()
            self._begin_list(tag)
        elif tag == "li":
            self.end_line()
            self._next_item()
        elif tag in ("p", "br"):
            self._break("line" if tag == "br" else "paragraph")

    def handle_endtag(self, tag):
        if tag in INLINE:
            self._shut(tag)
        elif tag in ("ul", "ol"):
            self.end_line()
            self._end_list()
        elif tag in ("p", "li"):
            self.end_line()
            if tag == "li":
                self.begins = "paragraph"

    def handle_data(self, data):
        self.runs.append((data, self._style()))

    def end_line(self):
        tokens = _tokens(self.runs)
        self.runs = []
        if tokens:
            self.lines.append(Line(self.begins, tuple(self.lists), tokens))
            self.begins = "paragraph"

    def _break(self, begins):
        """What begins an item begins it still when a paragraph opens in it."""
        self.end_line()
        if self.begins != "item":
            self.begins = begins

    def _begin_list(self, tag):
        if len(self.lists) >= DEEPEST:
            self.too_deep += 1
        else:
            self.seen += 1
            self.lists.append(Item(tag, self.seen, 0))

    def _end_list(self):
        self.begins = "paragraph"
        if self.too_deep:
            self.too_deep -= 1
        else:
            self.lists = self.lists[:-1]

    def _next_item(self):
        if self.lists:
            last = self.lists[-1]
            self.lists[-1] = last._replace(number=last.number + 1)
            self.begins = "item"

    def _shut(self, tag):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place]
                return

    def _style(self) -> Style:
        tags = {tag for tag, _href in self.open}
        shift = "sub" if "sub" in tags else "sup" if "sup" in tags else ""
        links = [href for tag, href in self.open if tag == "a"]
        return Style(
            bool(tags.intersection(BOLD)), bool(tags.intersection(ITALIC)), shift, links[-1] if links else ""
        )


def _tokens(runs) -> tuple[Token, ...]:
    """Words are found across styles: a word half in bold is one word."""
    if len(runs) == 1:
        return _of_one_style(*runs[0])
    whole = "".join(text for text, _style in runs)
    edges, at = [], 0
    for text, style in runs:
        edges.append((at, at + len(text), style))
        at += len(text)
    found, last, edge = [], 0, 0
    for match in TOKEN.finditer(whole):
        while edges[edge][1] <= match.start():
            edge += 1
        found.append(Token(match.group(), 0 < last < match.start(), _parts(match, whole, edges, edge)))
        last = match.end()
    return tuple(found)


def _of_one_style(text, style) -> tuple[Token, ...]:
    found, last = [], 0
    for match in TOKEN.finditer(text):
        found.append(Token(match.group(), 0 < last < match.start(), ((match.group(), style),)))
        last = match.end()
    return tuple(found)


def _parts(match, whole, edges, edge) -> tuple:
    parts = []
    for start, end, style in edges[edge:]:
        if start >= match.end():
            break
        piece = whole[max(start, match.start()) : min(end, match.end())]
        if piece and parts and parts[-1][1] == style:
            parts[-1] = (parts[-1][0] + piece, style)
        elif piece:
            parts.append((piece, style))
    return tuple(parts)

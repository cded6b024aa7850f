"""What styles say about a paragraph and about letters."""

import re
from dataclasses import dataclass

from policy_pages.importing.word.names import W, is_on, value, whole

HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
CONTENTS = re.compile(r"toc ?([1-9])", re.IGNORECASE)
LISTED = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)
LONGEST_CHAIN = 40
SWITCHES = ("b", "i", "caps", "vanish")
RAISED = {"superscript": "sup", "subscript": "sub"}


@dataclass(frozen=True)
class Look:
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    hidden: bool = False
    raised: str = ""
    size: float = 0
    font: str = ""  # in small letters


class Styles:
    """Styles by id. A paragraph's own properties are handed in; what they leave open is answered from here."""

    def __init__(self, root):
        rows = [] if root is None else root.findall(f"{W}style")
        self._rows = {row.get(f"{W}styleId"): row for row in rows}
        self._default = next((row.get(f"{W}styleId") for row in rows if _is_default(row)), "")
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self._letters = None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr")
        self._lines = None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr")
        self._chains: dict[str, tuple] = {}
        self._found: dict[tuple, object] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._looks: dict[tuple, Look] = {}

    def of(self, properties) -> str:
        return value(properties, "pStyle") or self._default

    def chain(self, style: str) -> tuple:
        """(id, row) of the style and of those that it is based on. A circle ends where it began."""
        if style not in self._chains:
            found, name = {}, style
            while name in self._rows and name not in found and len(found) < LONGEST_CHAIN:
                found[name] = self._rows[name]
                name = value(found[name], "basedOn")
            self._chains[style] = tuple(found.items())
        return self._chains[style]

    def first(self, name: str, properties, style: str):
        """The property ``name`` of a paragraph: its own, that of its style, that of the document."""
        own = None if properties is None else properties.find(W + name)
        if own is not None:
            return own
        if (style, name) not in self._found:
            self._found[style, name] = self._of_style(name, style)
        return self._found[style, name]

    def _of_style(self, name, style):
        for _id, row in self.chain(style):
            found = row.find(f"{W}pPr/{W}{name}")
            if found is not None:
                return found
        return None if self._lines is None else self._lines.find(W + name)

    def names(self, style: str) -> tuple[str, ...]:
        """The name and the id of the style and of those that it is based on."""
        if style not in self._names:
            chain = [(value(row, "name"), name) for name, row in self.chain(style)] or [("", style)]
            self._names[style] = tuple(name for pair in chain for name in pair if name)
        return self._names[style]

    def level(self, properties, style: str) -> int:
        """Level of a heading, from 1; 0 for running text. Word counts outline levels from 0, 9 is text."""
        outline = self.first("outlineLvl", properties, style)
        if outline is not None:
            level = whole(outline.get(f"{W}val"), 9)
            return level + 1 if 0 <= level < 9 else 0
        return next((int(match[1]) for name in self.names(style) if (match := HEADING.fullmatch(name))), 0)

    def is_title(self, style: str) -> bool:
        return "title" in [name.lower() for name in self.names(style)]

    def is_contents(self, style: str) -> bool:
        return any(CONTENTS.fullmatch(name) for name in self.names(style))

    def list_depth(self, style: str) -> int:
        """Depth that the name of a list style promises, for lists of one level each."""
        return next((int(match[1]) - 1 for name in self.names(style) if (match := LISTED.fullmatch(name))), 0)

    def bold_cells(self, style: str) -> dict[str, bool]:
        """By part of a table ("firstRow", "firstCol", or "" for all), whether its style makes letters bold."""
        found = {}
        for _id, row in reversed(self.chain(style)):
            parts = [("", row), *((part.get(f"{W}type"), part) for part in row.findall(f"{W}tblStylePr"))]
            for name, part in parts:
                bold = part.find(f"{W}rPr/{W}b")
                if bold is not None:
                    found[name] = is_on(bold)
        return found

    def look(self, properties, style: str) -> Look:
        """The look of letters with these properties of a run, in a paragraph of this style."""
        letters = value(properties, "rStyle")
        if (style, letters) not in self._looks:
            self._looks[style, letters] = self._styled(style, letters)
        styled = self._looks[style, letters]
        return styled if properties is None or not len(properties) else _overlaid(styled, properties)

    def _styled(self, style, letters) -> Look:
        base = _overlaid(Look(), self._letters)
        line, run = self._letters_of(style), self._letters_of(letters)
        switches = [
            (before or one != other)
            for before, one, other in zip(
                (base.bold, base.italic, base.capitals, base.hidden),
                _switches(line),
                _switches(run),
                strict=True,
            )
        ]
        raised = RAISED.get(_first(run, "vertAlign") or _first(line, "vertAlign"), base.raised)
        size = whole(_first(run, "sz") or _first(line, "sz")) / 2 or base.size
        return Look(*switches, raised, size, _font(run) or _font(line) or base.font)

    def _letters_of(self, style) -> list:
        """The letters' properties of a style and of those that it is based on, its own first."""
        found = [row.find(f"{W}rPr") for _id, row in self.chain(style)]
        return [properties for properties in found if properties is not None]


def _is_default(row) -> bool:
    return row.get(f"{W}type") == "paragraph" and row.get(f"{W}default", "0").lower() in ("1", "true", "on")


def _switches(levels) -> list[bool]:
    """What a chain of styles says on each switch; within a chain the nearest word counts."""
    found = []
    for name in SWITCHES:
        rows = [row for properties in levels if (row := properties.find(W + name)) is not None]
        found.append(bool(rows) and is_on(rows[0]))
    return found


def _first(levels, name) -> str:
    return next((words for properties in levels if (words := value(properties, name))), "")


def _overlaid(look: Look, properties) -> Look:
    """Properties that stand at the letters themselves count before any style."""
    if properties is None:
        return look
    rows = [properties.find(W + name) for name in SWITCHES]
    before = (look.bold, look.italic, look.capitals, look.hidden)
    switches = [was if row is None else is_on(row) for row, was in zip(rows, before, strict=True)]
    align = value(properties, "vertAlign")
    size = whole(value(properties, "sz")) / 2
    raised = RAISED.get(align, "") if align else look.raised
    return Look(*switches, raised, size or look.size, _font([properties]) or look.font)


def _font(levels) -> str:
    rows = (properties.find(f"{W}rFonts") for properties in levels)
    return next(
        (row.get(f"{W}ascii").lower() for row in rows if row is not None and row.get(f"{W}ascii")), ""
    )

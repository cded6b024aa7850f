"""Counts as Word counts: the number that a reader sees in front of a paragraph."""

import re
from dataclasses import dataclass, replace

from policy_pages.importing.word.figures import figure
from policy_pages.importing.word.names import MC, W, chosen, has, is_on, value, whole

LEVELS = 9
PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # of which level, from 1; 0 for never
    is_legal: bool = False  # all figures in digits
    is_hidden: bool = False
    is_capitals: bool | None = None  # None: as the paragraph itself
    style: str = ""
    indent: object = None  # the element, if any


@dataclass(frozen=True)
class Shown:
    """What stands in front of a paragraph of a list."""

    number: str
    depth: int
    ordered: bool
    is_capitals: bool | None = None
    indent: object = None


@dataclass(frozen=True)
class List:
    levels: tuple[Level, ...]
    starts: frozenset[int]  # levels that start anew when the list is first met
    definition: str  # lists of one definition count together


class Numbering:
    def __init__(self, root, styles):
        self._styles = styles
        self._rows = _by_id(root, "num", "numId")
        self._definitions = _by_id(root, "abstractNum", "abstractNumId")
        self._lists: dict[str, List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._places: dict[str, tuple[str, int]] = {}  # of styles
        self._met: set[str] = set()

    def shown(self, properties, style: str) -> Shown | None:
        """Counts one paragraph on. None where it stands in no list."""
        number, depth = self._place(properties, style)
        found = self._list(number)
        if found is None:
            return None
        level, values = found.levels[depth], self._count(number, found, depth)
        if level.format == "bullet":
            return Shown("", depth, False, indent=level.indent)
        text = "" if level.is_hidden else _text(values, found.levels, depth)
        return Shown(text, depth, True, level.is_capitals, level.indent)

    def _place(self, properties, style) -> tuple[str, int]:
        """(list, depth) of a paragraph: its own, or that of its style."""
        own = None if properties is None else properties.find(f"{W}numPr")
        number, depth = value(own, "numId"), value(own, "ilvl")
        if style not in self._places:
            self._places[style] = self._styled(style)
        styled_number, styled_depth = self._places[style]
        if not number:
            number = styled_number
        elif number != styled_number:
            styled_depth = 0
        return number, min(max(whole(depth, styled_depth), 0), LEVELS - 1)

    def _styled(self, style) -> tuple[str, int]:
        """The style says which list; the list names the style of each level, else the style's own word counts."""
        chain = self._styles.chain(style)
        own = [row.find(f"{W}pPr/{W}numPr") for _name, row in chain]
        number = next((found for one in own if (found := value(one, "numId"))), "")
        depth = next((found for one in own if (found := value(one, "ilvl"))), "")
        listed = self._list(number)
        if depth or listed is None:
            return number, whole(depth)
        linked = {level.style: place for place, level in enumerate(listed.levels) if level.style}
        return number, next((linked[name] for name, _row in chain if name in linked), 0)

    def _list(self, number) -> List | None:
        if number not in self._lists:
            row = self._rows.get(number)
            definition = self._definition(row)
            self._lists[number] = None if definition is None else _list(row, definition)
        return self._lists[number]

    def _definition(self, row):
        """The definition that a list counts by; one may only name a style whose list has the real one."""
        seen = set()
        while row is not None and (name := value(row, "abstractNumId")) not in seen:
            seen.add(name)
            definition = self._definitions.get(name)
            style = value(definition, "numStyleLink")
            if not style or has_levels(definition):
                return definition
            row = self._rows.get(self._number_of_style(style))
        return None

    def _number_of_style(self, style) -> str:
        own = (row.find(f"{W}pPr/{W}numPr") for _name, row in self._styles.chain(style))
        return next((number for one in own if (number := value(one, "numId"))), "")

    def _count(self, number, found: List, depth) -> list[int | None]:
        """Levels above that were never met begin with the one below them; those beneath start over."""
        values = self._counters.setdefault(found.definition, [None] * LEVELS)
        if number not in self._met:
            self._met.add(number)
            for place in found.starts:
                values[place] = None
        for higher in range(depth):
            values[higher] = found.levels[higher].start if values[higher] is None else values[higher]
        before = values[depth]
        values[depth] = found.levels[depth].start if before is None else before + 1
        for lower in range(depth + 1, LEVELS):
            if _begins_anew(found.levels[lower], lower, depth):
                values[lower] = None
        return values


def _text(values, levels, depth) -> str:
    level = levels[depth]

    def put(match) -> str:
        place = int(match[1]) - 1
        if values[place] is None:
            return ""
        format = levels[place].format
        return figure(values[place], "decimal" if level.is_legal and format != "none" else format)

    return PLACE.sub(put, level.text).strip()


def _list(row, definition) -> List:
    """Levels of the definition with the list's own exceptions."""
    levels = [Level()] * LEVELS
    own = [one.find(f"{W}lvl") for one in row.findall(f"{W}lvlOverride")]
    for one in [*definition.findall(f"{W}lvl"), *(one for one in own if one is not None)]:
        if 0 <= (depth := whole(one.get(f"{W}ilvl"), -1)) < LEVELS:
            levels[depth] = _level(one)
    starts = _starts(row)
    for depth, start in starts:
        levels[depth] = replace(levels[depth], start=start)
    return List(tuple(levels), frozenset(dict(starts)), definition.get(f"{W}abstractNumId", ""))


def has_levels(definition) -> bool:
    return definition is not None and definition.find(f"{W}lvl") is not None


def _begins_anew(level: Level, place: int, counted: int) -> bool:
    """Whether ``level``, the one at ``place``, starts over when the one at ``counted`` goes on."""
    return counted < (place if level.restart is None else level.restart)


def _starts(row) -> list[tuple[int, int]]:
    """(level, start) where a list says itself where it starts."""
    found = []
    for override in row.findall(f"{W}lvlOverride"):
        depth, start = whole(override.get(f"{W}ilvl"), -1), value(override, "startOverride")
        if start and 0 <= depth < LEVELS:
            found.append((depth, whole(start, 1)))
    return found


def _by_id(root, tag, key) -> dict:
    rows = [] if root is None else root.findall(W + tag)
    return {row.get(W + key): row for row in rows}


def _level(row) -> Level:
    letters = row.find(f"{W}rPr")
    return Level(
        format=_format(row),
        text=value(row, "lvlText"),
        start=whole(value(row, "start"), 0),
        restart=whole(value(row, "lvlRestart")) if row.find(f"{W}lvlRestart") is not None else None,
        is_legal=is_on(row.find(f"{W}isLgl")),
        is_hidden=letters is not None and is_on(letters.find(f"{W}vanish")),
        is_capitals=is_on(letters.find(f"{W}caps")) if has(letters, "caps") else None,
        style=value(row, "pStyle"),
        indent=row.find(f"{W}pPr/{W}ind"),
    )


def _format(row) -> str:
    """Name of the format; for one of the user's own, its first figure ("001")."""
    alternatives = row.find(f"{MC}AlternateContent")
    source = row if alternatives is None else chosen(alternatives)
    found = source.find(f"{W}numFmt")
    if found is None:
        return "decimal"
    name = found.get(f"{W}val", "decimal")
    return found.get(f"{W}format", "").split(",")[0].strip() or "decimal" if name == "custom" else name

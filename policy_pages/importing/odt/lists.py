"""Numbers as Writer shows them: list styles, lists that go on from others, numbered headings."""

import re
from dataclasses import dataclass, field

from policy_pages.importing.counters import shown
from policy_pages.importing.odt.names import get, long, short, whole

LEVELS = 10
STYLED = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True)
class Level:
    """How numbers of one level look. Without ``style`` nothing is counted, as with bullets."""

    style: str = ""
    before: str = ""
    after: str = ""
    levels_shown: int = 1
    start: int = 1
    doubled: bool = False  # after z: aa, bb, not aa, ab
    whole: str = ""  # "%1%.%2%)": written by newer programs, and then it alone counts


@dataclass
class Counts:
    """How far a list has come, level by level; None before its first item."""

    at: list[int | None] = field(default_factory=lambda: [None] * LEVELS)

    def step(self, level: int, looks: list[Level], start: int | None) -> None:
        """One item further on ``level``. Levels above that have no item yet count as begun."""
        for above in range(level):
            if self.at[above] is None:
                self.at[above] = looks[above].start
        before = self.at[level]
        self.at[level] = looks[level].start if before is None else before + 1
        if start is not None:
            self.at[level] = start
        self.at[level + 1 :] = [None] * (LEVELS - level - 1)

    def shown(self, level: int, looks: list[Level]) -> str:
        look = looks[level]
        if look.whole:
            return STYLED.sub(lambda found: self._one(whole(found[1]) - 1, looks, level), look.whole).strip()
        if not look.style:
            return ""
        first = max(0, level - look.levels_shown + 1)
        numbers = [self._one(place, looks, level) for place in range(first, level + 1)]
        return f"{look.before}{'.'.join(number for number in numbers if number)}{look.after}".strip()

    def _one(self, place: int, looks: list[Level], level: int) -> str:
        if not 0 <= place <= level or not looks[place].style:
            return ""
        count = self.at[place]
        look = looks[place]
        return shown(look.start if count is None else count, look.style, look.doubled)


class Numbering:
    """All lists of a document and the numbers of its headings, counted in reading order."""

    def __init__(self, roots):
        self.looks: dict[str, list[Level]] = {}
        for root in roots:
            for style in root.iter(long("text:list-style")):
                self.looks.setdefault(get(style, "style:name"), _levels(style))
        outlines = [outline for root in roots for outline in root.iter(long("text:outline-style"))]
        self.outline = _levels(outlines[0]) if outlines else [Level()] * LEVELS
        self.outline_name = get(outlines[0], "style:name") if outlines else ""
        self.looks.setdefault(self.outline_name, self.outline)
        self.headings = Counts()
        self._by_id: dict[str, Counts] = {}
        self._by_style: dict[str, Counts] = {}

    def begin(self, element, style: str, list_id: str = "") -> Counts:
        """The counts that a list goes on with: its own, or those of the list that it continues or belongs to."""
        continued = list_id or get(element, "text:continue-list")
        if style and style == self.outline_name:
            counts = self.headings
        elif continued in self._by_id:
            counts = self._by_id[continued]
        elif get(element, "text:continue-numbering") == "true" and style in self._by_style:
            counts = self._by_style[style]
        else:
            counts = Counts()
        self._by_style[style] = counts
        if list_id or get(element, "xml:id"):
            self._by_id[list_id or get(element, "xml:id")] = counts
        return counts

    def heading(self, element, level: int) -> str:
        """The number of a heading outside of lists."""
        place = min(level, LEVELS) - 1
        if not (self.outline[place].style or self.outline[place].whole):
            return ""
        restarts = get(element, "text:restart-numbering") == "true"
        start = whole(get(element, "text:start-value"), self.outline[place].start) if restarts else None
        self.headings.step(place, self.outline, start)
        return self.headings.shown(place, self.outline)

    def looks_of(self, style: str) -> list[Level]:
        return self.looks.get(style, [Level()] * LEVELS)


def _levels(style) -> list[Level]:
    found = [Level()] * LEVELS
    for child in style:
        place = whole(get(child, "text:level"), 0) - 1
        if 0 <= place < LEVELS and short(child) in (
            "text:list-level-style-number",
            "text:outline-level-style",
        ):
            found[place] = Level(
                style=get(child, "style:num-format"),
                before=get(child, "style:num-prefix"),
                after=get(child, "style:num-suffix"),
                levels_shown=whole(get(child, "text:display-levels")),
                start=whole(get(child, "text:start-value")),
                doubled=get(child, "style:num-letter-sync") == "true",
                whole=get(child, "loext:num-list-format") if get(child, "style:num-format") else "",
            )
    return found

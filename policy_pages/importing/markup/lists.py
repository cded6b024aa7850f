"""Numbers of lists as a browser shows them, with those that Google Docs and Word write in ways of their own."""

import re
from dataclasses import dataclass

from policy_pages.importing.counters import shown

STYLES = {
    "decimal": "1",
    "decimal-leading-zero": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
TYPES = {"1", "a", "A", "i", "I"}
UNCOUNTED = {"none", "disc", "circle", "square"}
GOOGLE = re.compile(r"lst-(?P<name>[\w.-]{1,60}-(?P<level>\d))")
GOOGLE_SHOWN = re.compile(
    r"\.lst-([\w.-]{1,60}-\d)\s{0,9}>\s{0,9}li:before\s{0,9}\{[^}]{0,500}content:\s{0,9}([^}]{0,500})\}",
    re.IGNORECASE,
)
GOOGLE_PART = re.compile(
    r'"([^"]*)"|counter\(\s{0,9}lst-ctn-([\w.-]{1,60})\s{0,9}(?:,\s{0,9}([\w-]{1,30}))?\s{0,9}\)',
    re.IGNORECASE,
)
GOOGLE_RESET = re.compile(r"counter-reset:\s{0,9}lst-ctn-([\w.-]{1,60})\s{1,9}(-?\d{1,9})", re.IGNORECASE)
WORD_LEVEL = re.compile(r"\bl\d+\s+level(\d)", re.IGNORECASE)
LONGEST_COUNT = 9


@dataclass
class Listing:
    """A list that is open. ``count`` is that of its last item."""

    depth: int
    style: str = "1"  # empty where nothing is counted
    count: int = 0
    step: int = 1
    google: str = ""  # the name of its counter in Google Docs


@dataclass
class Item:
    """Stands before the first words of an item; later paragraphs of it have no number."""

    depth: int
    number: str = ""
    ordered: bool = False
    is_begun: bool = False


class Lists:
    """The lists that are open, outermost first."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.open: list[Listing] = []
        self._google = dict(GOOGLE_SHOWN.findall(sheet.text))
        self._starts = {name: whole(start, 0) for name, start in GOOGLE_RESET.findall(sheet.text)}
        self._counts: dict[str, int] = {}

    def begin(self, element) -> None:
        names = (element.get("class") or "").split()
        google = next((found for name in names if (found := GOOGLE.fullmatch(name))), None)
        depth = int(google["level"]) if google else len(self.open)
        google = google["name"] if google else ""
        first = whole(element.get("start"), 1)
        if google and "start" in names:
            self._counts[google] = self._starts.get(google, first - 1)
        style = self._own_style(element, "1" if element.tag == "ol" else "")
        listing = Listing(depth, style, first - 1, google=google)
        if element.get("reversed") is not None and style:
            items = sum(1 for child in element if child.tag == "li")
            listing.step, listing.count = -1, whole(element.get("start"), items) + 1
        self.open.append(listing)

    def end(self) -> None:
        self.open.pop()

    def item(self, element) -> Item:
        if not self.open:
            return Item(0)
        listing = self.open[-1]
        if listing.google in self._google:
            return self._google_item(listing)
        style = self._own_style(element, listing.style)
        listing.count = whole(element.get("value"), listing.count + listing.step)
        number = f"{shown(listing.count, style)}." if style else ""
        return Item(listing.depth, number, bool(style))

    def _google_item(self, listing) -> Item:
        self._counts[listing.google] = self._counts.get(listing.google, 0) + 1
        number = ""
        counted = False
        for words, name, style in GOOGLE_PART.findall(self._google[listing.google]):
            counted = counted or bool(name)
            number += words if not name else shown(self._counts.get(name, 0), STYLES.get(style.lower(), "1"))
        return Item(listing.depth, number.strip() if counted else "", counted)

    def _own_style(self, element, before: str) -> str:
        """``before`` unless the element says otherwise; an unordered list that says so counts as well."""
        stated = self.sheet.of(element)
        css = stated.get("list-style-type") or next(iter(stated.get("list-style", "").split()), "")
        if css in UNCOUNTED:
            return ""
        if css in STYLES:
            return STYLES[css]
        kind = element.get("type") or ""
        return kind if kind in TYPES else before


def word_item(style: dict[str, str], mark: str, font: str) -> Item | None:
    """The item that a paragraph saved by Word is, by its style and the mark in front of it."""
    found = WORD_LEVEL.search(style.get("mso-list", ""))
    if not found:
        return None
    counted = any(sign.isalnum() for sign in mark) and not _is_bullet(mark, font)
    return Item(int(found[1]) - 1, mark if counted else "", counted)


def _is_bullet(mark: str, font: str) -> bool:
    """Word draws bullets with letters of fonts that have pictures for them: an "o" of Courier New is a ring."""
    pictured = ("symbol", "wingdings", "webdings", "courier")
    return len(mark) == 1 and any(name in font for name in pictured)


def whole(text: str | None, otherwise: int) -> int:
    stripped = (text or "").strip()
    digits = stripped.removeprefix("-")
    return int(stripped) if digits.isdecimal() and len(digits) <= LONGEST_COUNT else otherwise

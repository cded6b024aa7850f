"""The lists that are open while a text is read, and what a paragraph is in them."""

from contextlib import contextmanager
from dataclasses import dataclass

from policy_pages.importing.line import in_a_line
from policy_pages.importing.odt.lists import LEVELS, Counts, Numbering
from policy_pages.importing.odt.names import get, short, whole
from policy_pages.importing.source import Paragraph

LATER_INDENT = 720  # of later paragraphs of an item, each level, in twentieths of a point


@dataclass
class Open:
    """A list that is open: ``level`` is 0 for an outermost one."""

    style: str
    counts: Counts
    level: int


@dataclass
class Item:
    is_header: bool = False  # of the list: stands in it and has no number
    start: int | None = None
    written: str = ""  # the number, where the file has it ready
    is_begun: bool = False


class Listing:
    def __init__(self, numbering: Numbering):
        self.numbering = numbering
        self._open: list[Open] = []
        self._item: Item | None = None

    @contextmanager
    def inside(self, element):
        """The items of a list. A numbered paragraph is a list of one, on the level it names."""
        around = self._open[-1] if self._open else None
        style = get(element, "text:style-name") or (around.style if around else "")
        if short(element) == "text:numbered-paragraph":
            counts = self.numbering.begin(element, style, get(element, "text:list-id"))
            opened, items = Open(style, counts, whole(get(element, "text:level")) - 1), [element]
        else:
            counts = around.counts if around else self.numbering.begin(element, style)
            opened, items = Open(style, counts, around.level + 1 if around else 0), list(element)
        opened.level = min(opened.level, LEVELS - 1)
        self._open.append(opened)
        try:
            yield items
        finally:
            self._open.pop()

    @contextmanager
    def item(self, element):
        before = self._item
        stated = get(element, "text:start-value")
        number = next((child for child in element if short(child) == "text:number"), None)
        self._item = Item(
            is_header=short(element) == "text:list-header",
            start=whole(stated) if stated else None,
            written=in_a_line("".join(number.itertext())) if number is not None else "",
        )
        try:
            yield
        finally:
            self._item = before

    @contextmanager
    def apart(self):
        """In a cell, a note or a box lists begin anew."""
        kept = self._open, self._item
        self._open, self._item = [], None
        try:
            yield
        finally:
            self._open, self._item = kept

    def mark(self, paragraph: Paragraph, element, list_style: str | None) -> None:
        """Give ``paragraph`` its number and depth. ``list_style`` is what its own style says of numbers."""
        if self._item and self._open:
            self._mark_item(paragraph, self._open[-1], self._item)
        elif (
            short(element) == "text:h" and list_style != "" and get(element, "text:is-list-header") != "true"
        ):
            paragraph.number = self.numbering.heading(element, paragraph.level)

    def _mark_item(self, paragraph: Paragraph, opened: Open, item: Item) -> None:
        if item.is_begun:
            paragraph.indent += LATER_INDENT * (opened.level + 1)
            return
        item.is_begun = True
        paragraph.depth = None if paragraph.level else opened.level
        if item.is_header:
            return
        looks = self.numbering.looks_of(opened.style)
        opened.counts.step(opened.level, looks, item.start)
        number = opened.counts.shown(opened.level, looks)
        paragraph.ordered = bool(looks[opened.level].style)
        paragraph.number = (item.written or number) if paragraph.ordered else ""

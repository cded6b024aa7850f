"""Lists of contents, which the page makes anew: found by their heading, by dotted leaders or by page numbers."""

import re

from policy_pages.importing.recognising import labels
from policy_pages.importing.recognising.lines import Grid, Item, Line
from policy_pages.importing.source import Kind, LeftOut

HEADING = re.compile(r"(table of )?contents( page)?|index|contents list", re.I)
LEADER = re.compile(r"(\.{4,}|…{2,}|(\. ){4,}|_{4,})\s*\d{0,3}\s*$|(?:\t|\s{3,})\d{1,3}\s*$")
PAGE = re.compile(r"\t\s*\d{1,3}\s*$|\s\d{1,3}\s*$")
RUN = 3


def take(items: list[Item], known: bool = False) -> tuple[list[Item], list[LeftOut]]:
    """``known``: the reader found the list itself, so a heading without one is what is left of it."""
    left_out: list[LeftOut] = []
    kept: list[Item] = []
    index = 0
    while index < len(items):
        end = _end(items, index)
        if known and end == index and _is_left_over(items, index):
            end += 1
        for item in items[index:end]:
            left_out.append(LeftOut(Kind.CONTENTS, _words(item), item.place))
        if end == index:
            kept.append(items[index])
            end += 1
        index = end
    return kept, left_out


def _is_left_over(items: list[Item], index: int) -> bool:
    first, after = items[index], items[index + 1 : index + 2]
    headed = isinstance(first, Line) and HEADING.fullmatch(first.text.strip(" :")) is not None
    return headed and all(isinstance(one, Line) and (one.paragraph.level or one.number) for one in after)


def _words(item: Item) -> str:
    return f"{item.written}{_text(item)}" if isinstance(item, Line) else item.table.text


def _text(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


def _end(items: list[Item], index: int) -> int:
    """Where the list of contents ends that begins at ``index``; ``index`` itself if none does."""
    first = items[index]
    if isinstance(first, Line) and HEADING.fullmatch(first.text.strip(" :")):
        end = index + 1
        while end < len(items) and (_leads(items[end]) or _has_page(items[end]) or _is_grid(items[end])):
            end += 1
        return _if_all_stand_below(items, index, end) if end == index + 1 else end
    end = index
    while end < len(items) and _leads(items[end]) and not _is_labelled(items[end]):
        end += 1
    return end if end - index >= RUN and _rises(items[index:end]) else index


def _is_labelled(line: Line) -> bool:
    """A line of document control, "Version<tab>3"."""
    return labels.is_strong(re.split(r":|\t|\s{3,}", line.text)[0])


def _rises(lines: list[Line]) -> bool:
    """The numbers at the ends are those of pages: none is smaller than the one before."""
    pages = [int(found[0]) for line in lines if (found := re.search(r"\d+\s*$", _text(line)))]
    return pages == sorted(pages)


def _leads(item: Item) -> bool:
    return isinstance(item, Line) and LEADER.search(f"{item.written}{_text(item)}") is not None


def _has_page(item: Item) -> bool:
    if not isinstance(item, Line) or item.is_item or item.paragraph.level:
        return False
    return PAGE.search(_text(item)) is not None


def _is_grid(item: Item) -> bool:
    """A table whose rows end with the number of a page."""
    if not isinstance(item, Grid):
        return False
    ends = [row[-1].text.strip() for row in item.table.rows if row and row[-1].text.strip()]
    return len(ends) > 2 and sum(text.isdigit() for text in ends) >= len(ends) * 0.6


def _if_all_stand_below(items: list[Item], index: int, end: int) -> int:
    """Without pages: lines are of the list as long as each stands again below, as a heading."""
    texts = [_bare(item) if isinstance(item, Line) else "" for item in items]
    while end < len(items) and texts[end] and texts[end] in texts[end + 1 :]:
        end += 1
    return end if end - index > RUN else index


def _bare(line: Line) -> str:
    return " ".join(line.text.split()).lower()

"""Captions: "Table 1: five moments", "Figure 2 A hoist", above or below a table or a picture, whatever their style.

A sentence about one, "Table 1 shows the five moments.", stays in its clause.
"""

import re

from policy_pages.importing.recognising import grids
from policy_pages.importing.recognising.lines import Grid, Item, Line
from policy_pages.importing.source import Picture

OF_TABLE, OF_PICTURE = r"table|box", r"figure|fig\.?|picture|diagram|(?:flow ?)?chart|image"
NUMBER = r"(?:[A-Z]?\d+(?:[.-]\d+)*[a-z]?|[A-Z])(?!\w)"
FORM = re.compile(
    rf"\s*(?:(?P<table>(?i:{OF_TABLE}))|(?i:{OF_PICTURE}))\s*{NUMBER}(?P<sign>\s*[:.–—|-])?\s*(?P<rest>.*)",
    re.DOTALL,
)
GOES_ON = re.compile(
    r"(shows?|lists?|gives?|sets?|summari[sz]es?|describes?|details?|contains?|outlines?|provides?|explains?|"
    r"illustrates?|below|above|overleaf|is|are|has|have|and|or|to|in|on|of|for|may|must|can|should|will)\b|[,;)]",
    re.IGNORECASE,
)
LONGEST = {True: 200, False: 300}  # of a table, of a picture
HOLDS = (grids.DATA, grids.CHECKLIST, grids.ROLES, grids.DEFINITIONS)


def take(items: list[Item]) -> tuple[list[Item], dict[int, Line]]:
    """``items`` without captions, and each caption by the ``id`` of the item to which it belongs."""
    found: dict[int, Line] = {}
    run: list[Item] = []
    for item in [*items, None]:
        if item is not None and (_is_thing(item) or _is_caption(item)):
            run.append(item)
            continue
        _pair(run, found)
        run = []
    taken = {id(line) for line in found.values()}
    return [item for item in items if id(item) not in taken], found


def text_of(line: Line | None) -> str:
    return " ".join(f"{line.written}{line.text}".split()) if line else ""


def _is_thing(item: Item) -> bool:
    """A table without a caption of its own, or a picture that is there."""
    if isinstance(item, Grid):
        return item.kind in HOLDS and not item.table.caption
    return isinstance(item, Picture) and bool(item.data)


def _is_caption(item: Item) -> bool:
    if not isinstance(item, Line) or item.label or item.is_item or any(piece.note for piece in item.pieces):
        return False
    found = FORM.fullmatch(item.text)
    if found is None or len(item.text) > LONGEST[bool(found["table"])]:
        return False
    rest = found["rest"]
    if found["sign"] or not rest:
        return True
    return not GOES_ON.match(rest) and (rest[0].isupper() or not rest.endswith("."))


def _pair(run: list[Item], found: dict[int, Line]) -> None:
    """Captions stand on one side throughout a run. Where they could stand on either, those of tables stand above."""
    lines = [place for place, item in enumerate(run) if isinstance(item, Line)]
    if not lines:
        return
    is_below = not isinstance(run[0], Line) and (isinstance(run[-1], Line) or not _of_table(run[lines[0]]))
    for place in lines:
        beside = [place - 1, place + 1] if is_below else [place + 1, place - 1]
        free = [
            run[one]
            for one in beside
            if 0 <= one < len(run) and not isinstance(run[one], Line) and id(run[one]) not in found
        ]
        free.sort(key=lambda thing: isinstance(thing, Grid) != _of_table(run[place]))
        if free:
            found[id(free[0])] = run[place]


def _of_table(line: Line) -> bool:
    return bool(FORM.fullmatch(line.text)["table"])

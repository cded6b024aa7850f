"""Links within the document: from the name of a bookmark to the block in which it stands."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

from policy_pages.importing.recognised import Block
from policy_pages.importing.source import Paragraph, Part, Table

HREF = re.compile(r'(?<=href="#)[^"]+(?=")')
#: Where every program leads to the top, without a bookmark there.
TOP = ("top", "_top")


def names_in(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield from part.anchors
        elif isinstance(part, Table):
            yield from names_in(one for row in part.rows for cell in row for one in cell.parts)


def lead(blocks: list[Block], held: dict[str, str], named: Iterable[str]) -> None:
    """``held`` gives the block of a name. Any other of ``named`` stands in the title or among facts: in front."""
    if not blocks:
        return
    places: dict[str, str] = {}
    for name, place in [*held.items(), *((name, blocks[0].id) for name in (*named, *TOP))]:
        places.setdefault(name, place)
        places.setdefault(name.casefold(), place)
    for block in blocks:
        block.value = _led(block.value, places)


def _led(value, places: dict[str, str]):
    if isinstance(value, str):
        return HREF.sub(lambda found: _place(found[0], places), value) if 'href="#' in value else value
    if isinstance(value, dict):
        return {name: _led(part, places) for name, part in value.items()}
    if isinstance(value, list):
        return [_led(part, places) for part in value]
    return value


def _place(written: str, places: dict[str, str]) -> str:
    name = unescape(written)
    for one in (name, unquote(name), name.casefold(), unquote(name).casefold()):
        if one in places:
            return places[one]
    return written

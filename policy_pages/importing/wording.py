"""The words of a block as a reader sees them: plain text from its rich text and its fields."""

import re
from collections.abc import Iterator
from html import unescape

from policy_pages.importing.recognised import Block

APART = re.compile(r"</?(?:p|ul|ol|li|br)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
RICH = ("text", "responsibilities", "tasks", "meaning")


def texts_of(block: Block, notes: str = "") -> list[str]:
    """The words of a block in reading order, as plain text; its number is no part of them."""
    return [text for text in _texts(block.type, block.value, notes) if text]


def _texts(kind: str, value: dict, notes: str) -> Iterator[str]:
    if kind == "section" or kind == "appendix":
        yield value["title"]
    elif kind == "clause":
        yield from (value["heading"], _plain(value["text"], notes))
    elif kind == "figure":
        yield value["caption"]
    elif kind == "table":
        yield value["caption"]
        yield from (column["heading"] for column in value["table"]["columns"])
        yield from (_plain(cell, notes) for row in value["table"]["rows"] for cell in row["values"])
    else:
        yield value["heading"]
        for row in value["rows"]:
            yield from (_plain(text, notes) if name in RICH else text for name, text in row["value"].items())


def _plain(html: str, notes: str) -> str:
    return plain(without_markers(html, notes)).strip()


def without_markers(html: str, notes: str) -> str:
    """Without what refers to the notes, which stand in the block ``notes``: the program counts them."""
    return re.sub(rf'<sup><a href="#{notes}"[^>]*>\d+</a></sup>', "", html) if notes else html


def plain(html: str) -> str:
    """The words of ``html`` as they are read, paragraphs and items on lines of their own."""
    return unescape(TAG.sub("", APART.sub("\n", html)))

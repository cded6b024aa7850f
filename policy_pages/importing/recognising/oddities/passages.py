"""The text of the blocks with its place, for those who look for words in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from policy_pages.importing.recognised import Block, Recognised
from policy_pages.importing.recognising.places import number_at
from policy_pages.importing.wording import texts_of

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘\[])|\n+")


def passages(recognised: Recognised) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that is read, the title first."""
    yield "title", recognised.title
    number = ""
    for block in recognised.blocks:
        number = number_at(block, number)
        for text in texts_of(block, recognised.notes):
            yield where(block, number), text
    for fact in recognised.facts:
        yield fact.place, fact.value


def where(block: Block, number: str) -> str:
    return f"{number}, {block.place}" if number else block.place


def sentences(text: str) -> list[str]:
    return [" ".join(one.split()) for one in SENTENCE.split(text) if one.strip()]


def sentence_around(text: str, place: int) -> str:
    """The sentence of ``text`` in which ``place`` lies."""
    breaks = _breaks(text)
    after = bisect_left(breaks, (place,))
    start = breaks[after - 1][1] if after else 0
    end = breaks[after][0] if after < len(breaks) else len(text)
    return " ".join(text[start:end].split())


@lru_cache(maxsize=4)
def _breaks(text: str) -> tuple[tuple[int, int], ...]:
    """Where sentences part; kept, because one long text is asked for each of its marks."""
    return tuple(found.span() for found in SENTENCE.finditer(text))

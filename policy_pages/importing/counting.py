"""Words in and words out as multisets, and where in the source stands what is missing."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from policy_pages.importing.recognised import Block, Recognised
from policy_pages.importing.source import (
    Kind,
    LeftOut,
    Oddity,
    Paragraph,
    Part,
    Source,
    Table,
    words_of,
)
from policy_pages.importing.wording import texts_of

EDGES = re.compile(r"^[^\w]+|[^\w]+$")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def words_in(source: Source, recognised: Recognised) -> Counter:
    """Every word of the body, less what is left out of it on purpose."""
    words = Counter(_bare(source.words))
    for text in _left_out(source.left_out):
        words.subtract(_bare(words_of(text)))
    for before, after in recognised.mended:
        words.subtract(_bare(words_of(before)))
        words.update(_bare(words_of(after)))
    for one in recognised.left_out:
        if one.kind == Kind.CONTENTS:
            words.subtract(_bare(words_of(one.words)))
    return +words


def words_out(recognised: Recognised) -> Counter:
    """Every word of what was recognised, without numbers that the program counted and headings of our own."""
    texts = [recognised.title] if recognised.title_place else []
    texts += [fact.written + fact.value for fact in recognised.facts if fact.in_body]
    words = Counter(_bare(word for text in texts for word in words_of(text)))
    for block in recognised.blocks:
        words.update(words_of_block(block, recognised.notes))
    return words


def words_of_block(block: Block, notes: str = "") -> Counter:
    text = "\n".join(texts_of(block, notes))
    words = Counter(_bare(words_of(block.written + text)))
    words += Counter(_bare(word for text in block.implied for word in words_of(text)))
    return words - Counter(_bare(word for text in block.added for word in words_of(text)))


def _bare(words) -> list[str]:
    """Words without the signs round them, which belong to no word: "3.1:" is 3.1."""
    return [EDGES.sub("", CONTROL.sub("", word)) or word for word in words]


def _left_out(rows: list[LeftOut]) -> list[str]:
    return [row.words for row in rows if row.kind in Kind.IN_BODY]


def surplus(came: Counter, went: Counter) -> list[Oddity]:
    """Words that came from nowhere."""
    more = went - came
    if not more:
        return []
    message = _("Words that the source does not have: %s.") % " ".join(sorted(more.elements()))
    return [Oddity("words_added", _("the whole text"), message)]


def lost(source: Source, recognised: Recognised, came: Counter, went: Counter) -> list[dict]:
    """What is missing: whole paragraphs first, then single words, each with its place in the source."""
    missing = came - went
    found: list[dict] = []
    if not missing:
        return found
    paragraphs = [*_paragraphs(source.parts), *(one for several in source.notes.values() for one in several)]
    for whole in (True, False):
        for paragraph in paragraphs:
            words = _missing(paragraph, missing, whole)
            if words:
                missing.subtract(_bare(words))
                found.append({"words": " ".join(words), "where": paragraph.place})
    if +missing:
        where = _("in the file; the reader did not hand it on")
        found.append({"words": " ".join(missing.elements()), "where": where})
    return found


def _missing(paragraph: Paragraph, missing: Counter, whole: bool) -> list[str]:
    """The words of a paragraph that are missing; for ``whole`` all of them, or none."""
    used, found = Counter(), []
    for word, bare in zip(words_of(paragraph.text), _bare(words_of(paragraph.text)), strict=True):
        if missing[bare] > used[bare]:
            used[bare] += 1
            found.append(word)
        elif whole:
            return []
    return found


def _paragraphs(parts: list[Part]) -> Iterator[Paragraph]:
    for part in parts:
        if isinstance(part, Table):
            yield from (one for row in part.rows for cell in row for one in _paragraphs(cell.parts))
        elif isinstance(part, Paragraph):
            yield part

"""Marks in square brackets that an organisation fills once: [insert organisation name] (S1-02, S1-18)."""

import re
from functools import cache

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.models import Site

from kernel.organisation.placeholders import FIELDS, placeholder_values
from policy_pages.models.placeholder import Placeholder

MARK = re.compile(r"\[([^\[\]<>]{2,120})\]")
# What an editor adds to somebody else's words. It is no gap to be filled.
REMARKS = {
    "emphasis added",
    "emphasis in original",
    "emphasis in the original",
    "original emphasis",
    "our emphasis",
    "my emphasis",
    "italics added",
    "italics in original",
    "our italics",
    "my italics",
    "bold added",
    "underlining added",
    "citation omitted",
    "citations omitted",
    "footnote omitted",
    "footnotes omitted",
    "our translation",
    "sic",
}
INSERT = re.compile(r"\s*insert\b", re.IGNORECASE)
#: "[3] years": a number to be set, where "[3]" alone is a citation (S0-01). No value fills it: two may differ.
NUMBER = re.compile(
    r"\[\s*(\d{1,3})\s*\](?=\s+(?:working |calendar |clear )?(?:minute|hour|day|week|month|year)s?\b)",
    re.IGNORECASE,
)


def key_of(mark: str) -> str:
    """The words of a mark as everybody means them: small, single spaces, without a leading "insert"."""
    return " ".join(mark.lower().split()).removeprefix("insert ")


def filler():
    """A function that puts the organisation's values in the place of filled marks; open marks stay as written.

    The names of the site come first; what they leave open, the organisation's own placeholders fill.
    """
    site = Site.objects.filter(is_default_site=True).first()
    values = dict(Placeholder.objects.values_list("key", "value"))
    values |= placeholder_values(site) if site else {}

    def fill(words: str) -> str:
        return MARK.sub(lambda found: values.get(key_of(found[1]), found[0]), words)

    return fill


def open_marks(content: dict) -> list[tuple[str, str]]:
    """Every mark that is still open in frozen content, with the place where it stands, in reading order."""
    known = cache(_known_keys)
    return [(place, mark) for place, words in _texts(content) for mark in marks_in(words, known)]


def marks_in(words: str, known=None) -> list[str]:
    """The open marks of a text in reading order, one for each time that it stands there."""
    known = known or cache(_known_keys)
    found = {match.start(): match[1] for match in MARK.finditer(words) if is_open(match[1], known)}
    found |= {match.start(): match[1] for match in NUMBER.finditer(words)}
    return [found[place] for place in sorted(found)]


def is_number(mark: str) -> bool:
    return mark.isdigit()


def advice(mark: str) -> str:
    """Why no value can fill a mark that stands in pieces, or is a number, and what to do."""
    if is_number(mark):
        return _("Write the number that is meant, without brackets.")
    return _("A part of it is bold or a link: take that away, so that it can be filled.")


def is_open(mark: str, known) -> bool:
    """A citation such as [2019] or an editor's remark is none. ``known``: the keys that are one in a single word."""
    if not any(sign.isalpha() for sign in mark) or key_of(mark) in REMARKS:
        return False
    return INSERT.match(mark) is not None or len(mark.split()) > 1 or key_of(mark) in known()


def _known_keys() -> set[str]:
    return {*FIELDS, *Placeholder.objects.values_list("key", flat=True)}


def in_one_piece(content: dict) -> set[str]:
    """Keys of the marks that a value can fill. One that is partly bold or a link stands in pieces."""
    strings = [content["title"], *_strings(content["blocks"])]
    pieces = (piece for words in strings for piece in _pieces(words))
    return {key_of(mark) for piece in pieces for mark in MARK.findall(piece) if not is_number(mark)}


def _texts(content):
    found = [("title", content["title"])]
    for block in content["blocks"]:
        place = block.get("number") or block.get("heading") or block.get("caption") or block["type"]
        strings = (" ".join("".join(_pieces(words)).split()) for words in _strings(block))
        found += [(place, words) for words in strings]
    return found


def _pieces(words: str) -> list[str]:
    return list(BeautifulSoup(words, "html.parser").strings) if "<" in words else [words]


def _strings(value):
    """Every string of a block; of a clause, which has its words twice, those with their markup."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        twice = "html" in value and "text" in value
        for key, part in value.items():
            if key not in ("id", "type") and not (twice and key == "text"):
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)

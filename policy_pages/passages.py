"""A piece as the list of results shows it: the words round the first that was looked for, each found word marked."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from policy_pages.clause_tables import FOLDED
from policy_pages.wanted import Wanted

LENGTH, BEFORE = 260, 90
WORD = re.compile(r"[^\W_]+")
ENDINGS = ("ation", "ings", "ing", "ment", "edly", "ies", "ed", "es", "ly", "s", "e", "y")


def stem(word: str) -> str:
    """What words of one family begin with, near enough to mark them: nurse, nurses, nursing."""
    word = word.translate(FOLDED).lower()
    for _twice in range(2):
        ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
        word = word[: len(word) - len(ending)]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def stems_of(wanted: Wanted) -> frozenset[str]:
    return frozenset(stem(word) for word in wanted.words)


def cut(text: str, stems: frozenset[str]) -> str:
    """At most ``LENGTH`` letters from a little before the first found word; dots where something is left out."""
    if len(text) <= LENGTH:
        return text
    found = next((word.start() for word in WORD.finditer(text) if stem(word[0]) in stems), 0)
    start = text.find(" ", found - BEFORE) + 1 if found > BEFORE else 0
    end = text.rfind(" ", start, start + LENGTH) if len(text) > start + LENGTH else len(text)
    end = end if end > start else start + LENGTH
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def marked(text: str, stems: frozenset[str]) -> SafeString:
    """``text``, escaped, with the found words in ``<mark>``."""
    pieces, place = [], 0
    for word in WORD.finditer(text):
        if stem(word[0]) in stems:
            pieces.append((text[place : word.start()], word[0]))
            place = word.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[place:])

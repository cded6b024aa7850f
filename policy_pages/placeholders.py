"""Marks in square brackets that an organisation fills once: [insert organisation name] (S1-02, S1-18)."""

import re

from bs4 import BeautifulSoup

from policy_pages.models.placeholder import Placeholder

MARK = re.compile(r"\[([^\[\]<>]{2,120})\]")


def key_of(mark: str) -> str:
    return " ".join(mark.lower().split())


def filler():
    """A function that puts the organisation's values in the place of filled marks; open marks stay as written."""
    values = dict(Placeholder.objects.values_list("key", "value"))

    def fill(words: str) -> str:
        return MARK.sub(lambda found: values.get(key_of(found[1]), found[0]), words)

    return fill


def open_marks(content: dict) -> list[tuple[str, str]]:
    """Every mark that is still open in frozen content, with the place where it stands, in reading order."""
    found = [("title", mark) for mark in MARK.findall(content["title"])]
    for block in content["blocks"]:
        place = block.get("number") or block.get("heading") or block.get("caption") or block["type"]
        found += [(place, mark) for words in _strings(block) for mark in MARK.findall(words)]
    return found


def _strings(value):
    if isinstance(value, str):
        yield BeautifulSoup(value, "html.parser").get_text() if "<" in value else value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("id", "type") and not (key == "html" and "text" in value):
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)

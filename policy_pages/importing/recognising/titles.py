"""The title: what a person would call the document, never a number or a line of document control."""

import re

from policy_pages.importing.recognising import labels
from policy_pages.importing.recognising.lines import Item, Line
from policy_pages.importing.source import Picture

FRONT = 15
LONGEST = 200
CONTENTS = ("contents", "table of contents", "index")
END = (".", ";", ",", ":")
KIND = re.compile(
    r"\b(policy|policies|procedures?|protocol|guid(ance|elines?|e)|strategy|plan|framework|standards?|charter|"
    r"code of conduct|manual|terms of reference|pathway)\b",
    re.I,
)
ORGANISATION = re.compile(
    r"\b(trust|council|board|partnership|hospitals?|university|nhs|group|service)\b", re.I
)


def take(items: list[Item], in_file: str = "", in_control: str = "") -> tuple[str, Line | None, list[Item]]:
    """The title, the line that it stood in, and the other items.

    There is no such line where only the file's properties or document control state a title.
    """
    stated = in_control or " ".join(in_file.split())
    line = _line(items, stated)
    if line is None or (in_control and is_organisation(line)):
        return stated, None, items
    title = " ".join(f"{line.written}{line.text}".split())
    return title, line, [item for item in items if item is not line]


def _line(items: list[Item], property_title: str) -> Line | None:
    styled = next((i for i in items if isinstance(i, Line) and i.paragraph.is_title and i.text), None)
    if styled is not None:
        return styled
    front = _front(items)
    same = next((line for line in _first_lines(items) if " ".join(line.text.split()) == property_title), None)
    fit = [line for line in front if _is_fit(line)]
    return same or _heading_alone(items) or _named(_largest(fit), fit)


def _front(items: list[Item]) -> list[Line]:
    """The lines before the first that has a number or is a heading by style; a logo may stand among them."""
    found = []
    for item in items[:FRONT]:
        if isinstance(item, Picture):
            continue
        if not isinstance(item, Line) or item.number or item.label or item.row or item.paragraph.level:
            break
        found.append(item)
    return found


def _is_fit(line: Line) -> bool:
    text = line.text
    label = text.partition(":")[0]
    if not text or len(text) > LONGEST or line.is_item or text.endswith(END) or text[0] in "[(":
        return False
    if labels.is_strong(label) or text.lower() in CONTENTS or "\t" in text:
        return False
    return any(sign.isalpha() for sign in text) and text[0] == text[0].upper()


def _heading_alone(items: list[Item]) -> Line | None:
    """A heading of level 1 at the beginning that is the only one, or that heads nothing: others follow at once."""
    lines = [item for item in items if isinstance(item, Line) and item.paragraph.level and item.text]
    if not lines or lines[0].number or lines[0].label or items.index(lines[0]) >= FRONT:
        return None
    first, later = lines[0], lines[1:]
    if all(line.paragraph.level > first.paragraph.level for line in later) and later:
        return first
    follows = [item for item in items[items.index(first) + 1 :] if isinstance(item, Line)]
    return first if later and follows[0] is later[0] and first.paragraph.level == 1 else None


def _first_lines(items: list[Item]) -> list[Line]:
    return [item for item in items[:FRONT] if isinstance(item, Line) and not item.number]


def _largest(fit: list[Line]) -> list[Line]:
    """The lines that stand out among the first ones, the largest before all others."""
    sizes = [line.paragraph.size for line in fit]
    if sizes and max(sizes) > min(sizes):
        return [line for line in fit if line.paragraph.size == max(sizes)]
    return [line for line in fit if line.is_bold or line.paragraph.centred]


def is_organisation(line: Line) -> bool:
    return bool(ORGANISATION.search(line.text)) and not KIND.search(line.text)


def _named(largest: list[Line], fit: list[Line]) -> Line | None:
    """Where the name of an organisation stands out more, the line that says what kind of document it is."""
    first = next(iter(largest or fit), None)
    if first is None or not is_organisation(first):
        return first
    return next((line for line in [*largest, *fit] if KIND.search(line.text)), first)

"""The title: what a person would call the document, never a number or a line of document control."""

from policy_pages.importing.recognising import labels
from policy_pages.importing.recognising.lines import Item, Line

FRONT = 15
LONGEST = 200
CONTENTS = ("contents", "table of contents", "index")
END = (".", ";", ",", ":")


def take(items: list[Item], property_title: str = "") -> tuple[str, Line | None, list[Item]]:
    """The title, the line that it stood in (None: it stands in the file's properties alone) and the other items."""
    line = _line(items, " ".join(property_title.split()))
    if line is None:
        return " ".join(property_title.split()), None, items
    return " ".join(line.text.split()), line, [item for item in items if item is not line]


def _line(items: list[Item], property_title: str) -> Line | None:
    styled = next((i for i in items if isinstance(i, Line) and i.paragraph.is_title and i.text), None)
    if styled is not None:
        return styled
    front = _front(items)
    same = next((line for line in front if " ".join(line.text.split()) == property_title), None)
    fit = [line for line in front if _is_fit(line)]
    return same or _heading_alone(items) or _largest(fit) or next(iter(fit), None)


def _front(items: list[Item]) -> list[Line]:
    """The lines before the first that has a number or is a heading by style."""
    found = []
    for item in items[:FRONT]:
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
    follows = items[items.index(first) + 1 : items.index(first) + 2]
    return first if later and follows and follows[0] is later[0] and first.paragraph.level == 1 else None


def _largest(fit: list[Line]) -> Line | None:
    sizes = [line.paragraph.size for line in fit]
    if sizes and max(sizes) > min(sizes):
        return fit[sizes.index(max(sizes))]
    return next((line for line in fit if line.is_bold or line.paragraph.centred), None)

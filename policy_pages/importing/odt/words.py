"""The words of an OpenDocument text, counted from its letters alone: nothing here knows of lists, tables or notes."""

from policy_pages.importing.odt.leaving import APART, BLOCKS, Leaving
from policy_pages.importing.odt.names import get, short, whole
from policy_pages.importing.source import words_of

MOST_SPACES = 100


def counted(root, leaving: Leaving) -> list[str]:
    return words_of(letters(root, leaving))


def letters(root, leaving: Leaving, *, left_out: bool = False) -> str:
    """All letters of ``root`` that a reader sees. What stands apart from its line comes after all lines.

    With ``left_out`` also those that are left out of the body: ``root`` itself is.
    """
    found: list[str] = []
    apart = [root]
    while apart:
        found.append(_letters(apart.pop(0), leaving, apart, left_out))
    return " ".join(found)


def _letters(root, leaving: Leaving, apart: list, left_out: bool) -> str:
    found: list[str] = []
    waiting = [(root, "in")]
    while waiting:
        element, what = waiting.pop()
        if what == "tail":
            found.append(element.tail or "")
        elif what == "end":
            found.append(" ")
        elif leaving.is_dropped(element) or not (left_out or element is root or not leaving.kind(element)):
            continue
        elif element is not root and short(element) in APART:
            apart.append(element)
        else:
            is_block = short(element) in BLOCKS
            found.append((" " if is_block else "") + (element.text or ""))
            waiting += [(element, "end")] if is_block else []
            for child in reversed(element):
                waiting += [(child, "tail"), (child, "in")]
    return "".join(found)


def spaces(element) -> str:
    return " " * min(whole(get(element, "text:c")), MOST_SPACES)

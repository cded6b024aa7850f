"""The words of a page, counted from its letters alone: nothing here knows of paragraphs, lists or tables."""

from policy_pages.importing.markup.leaving import BLOCKS, Leaving
from policy_pages.importing.source import words_of


def counted(root, leaving: Leaving) -> list[str]:
    return words_of(letters(root, leaving))


def letters(root, leaving: Leaving, *, left_out: bool = False) -> str:
    """All letters of ``root`` that a reader sees, whatever they stand in; a space wherever a line may end.

    With ``left_out`` also those that are left out of the body: ``root`` itself is.
    """
    found: list[str] = []
    waiting = [(root, "in")]
    while waiting:
        element, what = waiting.pop()
        if what == "tail":
            found.append(element.tail or "")
        elif what == "end":
            found.append(" ")
        elif not leaving.is_dropped(element) and (left_out or element is root or not leaving.kind(element)):
            is_apart = element.tag in BLOCKS or element.tag == "br"
            found.append((" " if is_apart else "") + (element.text or ""))
            waiting += [(element, "end")] if is_apart else []
            for child in reversed(element):
                waiting += [(child, "tail"), (child, "in")]
    return "".join(found)

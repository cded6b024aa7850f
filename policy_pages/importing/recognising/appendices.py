"""Appendices: a label ("Appendix 1", "ANNEX B", "Schedule 2") and a title beside it or on the next line."""

import re
from dataclasses import replace

from policy_pages.importing.recognising.lines import Item, Line, cut, split_at

WORDS = r"(?:appendix|annexe?|schedule|addendum)"
NAME = r"(?:\d{1,2}[a-zA-Z]?|[A-Z]{1,2}\d?|[IVX]{1,5})"
LABEL = re.compile(rf"\s*(?P<label>(?i:{WORDS})\s+{NAME})(?![\w.]\w)(?P<sign>\s*[:.–—-]+)?\s*")
ALONE = re.compile(rf"\s*(?i:{WORDS})\s*[:.–—-]?\s*")
BEHIND = re.compile(rf"[\t\n]+\s*(?P<label>(?i:{WORDS})\s+[A-Z\d]{{1,3}})\s*$")
LONGEST, LONGEST_TITLE = 24, 200
END = (".", ";", ",")


def find(items: list[Item]) -> list[Item]:
    """``items`` with each appendix as one line: its label, and its title as words."""
    found: list[Item] = []
    waiting: Line | None = None
    for item in items:
        if waiting is not None and isinstance(item, Line) and _is_title(item, waiting):
            _take_title(waiting, item)
            waiting = None
            continue
        waiting = None
        if isinstance(item, Line) and _label(item):
            waiting = item if not item.text else None
        found.append(item)
    return found


def _label(line: Line) -> bool:
    if line.number and LABEL.fullmatch(line.shown):
        line.label, line.number, line.depth = line.number, "", None
    elif line.number and line.paragraph.level and not line.written:
        return _counted(line)
    elif line.is_item or line.number or line.count > LONGEST:
        return False
    elif behind := BEHIND.search(line.text):
        return _behind(line, behind)
    else:
        return _in_front(line)
    return True


def _counted(line: Line) -> bool:
    """ "4.0 Appendix 1": counted with the sections, and still called by its own label."""
    if line.count > LONGEST or not _in_front(line):
        return False
    line.counted, line.number, line.shown, line.depth = line.number, "", "", None
    return True


def _in_front(line: Line) -> bool:
    text = "".join(piece.text for piece in line.pieces)
    found = LABEL.match(text)
    if found is None or not _is_heading(line, text[found.end() :].strip(), found["sign"]):
        return False
    line.label, line.written = " ".join(found["label"].split()), found[0]
    line.pieces = cut(line.pieces, found.end())
    return True


def _behind(line: Line, found: re.Match) -> bool:
    """The label at the end of the line, as behind a tab to the right."""
    text = "".join(piece.text for piece in line.pieces)
    line.label, line.written = found["label"], found[0].strip() + "\n"
    line.pieces = split_at(line.pieces, text.rindex(found["label"]))[0]
    return True


def _is_heading(line: Line, title: str, sign: str | None) -> bool:
    if line.paragraph.level or not title:
        return True
    if len(title) > LONGEST_TITLE or title.endswith(END):
        return False
    return bool(sign) or line.is_bold or line.is_capitals or "\t" in line.text or title[0].isupper()


def _is_title(line: Line, label: Line) -> bool:
    """The line under a label that has no words of its own."""
    if (
        line.is_item
        or line.number
        or not line.text
        or LABEL.match(line.text)
        or len(line.text) > LONGEST_TITLE
    ):
        return False
    if line.text.endswith(END) or line.count > LONGEST:
        return False
    level = label.paragraph.level
    if level and line.paragraph.level:
        return line.paragraph.level <= level + 1
    return bool(level == 0 or line.is_bold or line.is_capitals)


def _take_title(label: Line, title: Line) -> None:
    label.pieces = title.pieces
    anchors = [*label.paragraph.anchors, *title.paragraph.anchors]
    label.paragraph = replace(label.paragraph, anchors=anchors)
    label.written = f"{label.written.rstrip()}\n" if label.written else ""
    label.gap_after, label.before_table = title.gap_after, title.before_table

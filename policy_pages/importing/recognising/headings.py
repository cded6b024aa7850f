"""Which lines are headings, and of what level: by style, or by what a person takes for one."""

import re
from collections import Counter

from policy_pages.importing import numbering
from policy_pages.importing.recognising import sentences
from policy_pages.importing.recognising.lines import BAR, Item, Line, cut
from policy_pages.importing.recognising.titles import is_organisation
from policy_pages.importing.source import words_of

END = (".", ";", ",", "…")
CAPTION = re.compile(r"(table|figure|fig\.?|box|chart|diagram)\s+[A-Z]?\d+(\.\d+)?\b", re.I)
TITLE_LIMIT = 200
LONGEST, LONGEST_STYLED, LONGEST_BARE = 14, 25, 14
LEAD_IN = 4  # words that a bare heading with a colon may have
BACK = re.compile(
    r"(list of )?(references?|bibliography|glossary|abbreviations|definitions|further reading|"
    r"(associated|related|linked|supporting) (documents?|documentation|policies)|version (control|history)|"
    r"document (control|history)|equality .*assessment|monitoring .*)",
    re.I,
)


def find(items: list[Item]) -> None:
    """Set ``heading`` of every line that is one. Titles, facts and contents are gone by now."""
    lines = [item for item in items if isinstance(item, Line)]
    look = _Looks(lines)
    before: Item | None = None
    for index, item in enumerate(items):
        if isinstance(item, Line):
            after = items[index + 1] if index + 1 < len(items) else None
            if item.label or look.is_heading(item, before, after):
                item.heading = item.paragraph.level or 1
                _take_bare_number(item)
        before = item
    _drop_front(items, look)
    sentences.settle(items, BACK)
    _Levels(items, look).set()


def _drop_front(items: list[Item], look: "_Looks") -> None:
    """Lines of a title page that stand out and head nothing: a heading or a fact follows at once.

    Nor does the name of the trust head what follows it, where headings have a style.
    """
    for item, after in zip(items, items[1:], strict=False):
        if not isinstance(item, Line) or not item.heading:
            continue
        if (
            item.paragraph.level
            or item.number
            or item.label
            or (isinstance(after, Line) and not after.heading and not (look.styled and is_organisation(item)))
        ):
            return
        item.heading = 0


def _take_bare_number(line: Line) -> None:
    """ "1 Introduction": a number without any sign counts in a heading alone."""
    found = numbering.bare("".join(piece.text for piece in line.pieces))
    if not line.number and not line.label and found:
        line.number, line.shown, line.written = found.number, found.number, found.written
        line.pieces = cut(line.pieces, len(found.written))


CONTROL = re.compile(r"(version|document) (control|history)( sheet)?", re.I)


class _Looks:
    """What the document has of looks: a file with none shows its headings by blank lines alone."""

    def __init__(self, lines: list[Line]):
        self.styled = any(line.paragraph.level for line in lines)
        bold = sum(line.count for line in lines if line.is_bold)
        self.bare = not self.styled and not bold
        self.mostly_bold = bold * 2 > sum(line.count for line in lines)
        sizes = Counter(
            line.paragraph.size for line in lines if line.paragraph.size for _word in range(line.count)
        )
        self.size = sizes.most_common(1)[0][0] if sizes else 0

    def is_heading(self, line: Line, before: Item | None, after: Item | None) -> bool:
        text = line.text
        if not text or len(text) > TITLE_LIMIT:
            return False
        if line.paragraph.level:
            return not _runs_on(text)
        if not self._may_be(line, text):
            return False
        if line.row:
            return self._in_row(line, before, after)
        if line.number:
            return self._numbered(line, before, after)
        return self._stands_out(line) or self._stands_alone(line, before, after)

    def _may_be(self, line: Line, text: str) -> bool:
        """Short, no sentence, no item of a bulleted list, nothing from a box."""
        if line.paragraph.boxed or line.count > LONGEST or text.endswith(END) or not words_of(text):
            return False
        bullet = line.is_item and not line.number
        first = next((sign for sign in text if sign.isalnum()), "")
        odd = text[0] in "[(©•" or text.startswith("Copyright") or CAPTION.match(text) is not None
        odd = odd or line.beside or BAR in text
        return not bullet and not first.islower() and not odd

    def _stands_out(self, line: Line) -> bool:
        """Bold, in capitals, or larger than the running text, from its first letter to its last."""
        larger = bool(self.size and line.paragraph.size > self.size)
        return (line.is_bold and not self.mostly_bold) or line.is_capitals or larger

    def _in_row(self, line: Line, before: Item | None, after: Item | None) -> bool:
        """In a row of a layout table: what stands out, or has a number of the highest order, and mostly alone."""
        stands_out, highest = self._stands_out(line), len(numbering.parts(line.number)) == 1
        if _is_row_of_its_own(line, before, after):
            return stands_out or highest
        return stands_out and highest

    def _numbered(self, line: Line, before: Item | None, after: Item | None) -> bool:
        if self._stands_out(line):
            return True
        if line.is_item and not numbering.is_dotted(line.number):
            return False
        if line.text.endswith(":") or after is None or _is_sibling(line, before) or _is_sibling(line, after):
            return False
        return not isinstance(after, Line) or not after.is_item or numbering.is_worded(line.number)

    def _stands_alone(self, line: Line, before: Item | None, after: Item | None) -> bool:
        """In a text without looks: after a blank line or a list, and followed by what it could head."""
        if not self.bare or after is None or line.depth is not None or "\t" in line.text:
            return False
        listed = isinstance(after, Line) and after.is_item
        if isinstance(after, Line) and after.label:
            return False
        if line.text.endswith(":"):
            return line.gap_before and listed and line.count <= LEAD_IN
        if isinstance(after, Line) and not listed and after.text[:1].islower():
            return False
        if listed and not after.number:
            return line.gap_before or _ends(before) or line.count <= LONGEST_BARE // 2
        return (line.gap_before and _ends(before)) or (line.before_table and _ends(before))


def _runs_on(text: str) -> bool:
    """A paragraph in the style of a heading that is a text all the same."""
    count = len(words_of(text))
    return count > LONGEST_STYLED or (count > LONGEST and text.rstrip().endswith(END))


def _is_row_of_its_own(line: Line, before: Item | None, after: Item | None) -> bool:
    return not any(isinstance(other, Line) and other.row == line.row for other in (before, after))


def _is_sibling(line: Line, other: Item | None) -> bool:
    """The neighbouring line has a number of the same order: both are items or clauses."""
    if not isinstance(other, Line) or not other.number or other.heading:
        return False
    return (
        len(numbering.parts(line.number)) == len(numbering.parts(other.number))
        and line.number != other.number
    )


def _ends(before: Item | None) -> bool:
    """What stands before is at its end: a sentence, a heading, an item, a table, nothing."""
    if not isinstance(before, Line) or before.heading or before.label or before.is_item:
        return True
    return before.text.endswith((".", "?", "!", ":", "”", "’", ")"))


class _Levels:
    """Gives every heading its level. Styles say it; elsewhere the number, or else the look."""

    def __init__(self, items: list[Item], look: _Looks):
        self.lines = [item for item in items if isinstance(item, Line) and item.heading]
        self.look = look
        self.counted = [
            line for line in self.lines if not line.paragraph.level and line.number and not line.label
        ]
        self.top = {self._look_of(line) for line in self.counted if len(numbering.parts(line.number)) == 1}
        loose = (
            line for line in self.lines if not line.paragraph.level and not line.number and not line.label
        )
        self.ranks = sorted({self._look_of(line) for line in loose}, reverse=True)

    def set(self) -> None:
        current, appendix = 0, 0
        for line in self.lines:
            if line.label:
                appendix = line.heading = line.paragraph.level or 1
            elif line.paragraph.level:
                line.heading = line.paragraph.level
                appendix = appendix if line.heading > appendix else 0
            elif appendix and self._ends_appendix(line):
                line.heading, appendix = appendix, 0
            else:
                line.heading = self._level(line, current, appendix)
            if line.label or line.paragraph.level or line.number:
                current = line.heading
            elif line.heading == 1:
                current = 0
        self._begin_at_one()

    def _ends_appendix(self, line: Line) -> bool:
        """What stands at the end of a document, and looks like its sections, is no part of an appendix."""
        text = line.text.strip(" :")
        if self.look.bare or not BACK.fullmatch(text):
            return False
        return CONTROL.fullmatch(text) is not None or self._look_of(line) in self.top

    def _level(self, line: Line, current: int, appendix: int) -> int:
        if appendix:
            return max(len(numbering.parts(line.number)), appendix + 1)
        if line.number:
            return len(numbering.parts(line.number))
        if BACK.fullmatch(line.text.strip(" :")) and not self.look.bare:
            return 1
        if self.look.styled:
            return current + 1
        if self.top:
            same = self._look_of(line) in self.top and (line.is_capitals or not self.look.bare)
            return 1 if same or not current else current + 1
        return self.ranks.index(self._look_of(line)) + 1

    def _look_of(self, line: Line) -> tuple:
        return (line.paragraph.size or self.look.size, line.is_capitals, line.is_bold)

    def _begin_at_one(self) -> None:
        lowest = min((line.heading for line in self.lines), default=1)
        for line in self.lines:
            line.heading -= lowest - 1


def skipped(lines: list[Line]) -> list[tuple[Line, int]]:
    """Headings that are more than one level beneath the one before, each with that one's level."""
    found, current = [], 0
    for line in lines:
        if line.heading > current + 1:
            found.append((line, current))
        current = line.heading
    return found

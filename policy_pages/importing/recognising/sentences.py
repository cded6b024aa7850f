"""Numbered paragraphs in the style of a heading that are sentences: "1.2 Managers must keep a list." is a clause.

Many a policy counts its clauses with the styles of headings, because these count 1.1 and 1.1.1 by themselves. What
stands under one heading on one level is of one sort: among sentences a short one is a clause too.
"""

import re
from dataclasses import replace

from policy_pages.importing.recognising.lines import Item, Line

DUTY = re.compile(
    r"\b(must|shall|should|will|cannot|need to|needs to|has to|have to|"
    r"(is|are) (to|not|never|always|required|responsible|accountable|expected))\b"
)
#: A heading may have such a verb behind one of these: "Who must read this", "Staff who must be trained".
ASKS = re.compile(r"\b(who|whom|whose|which|that|what|when|where|why|how|if)\b", re.IGNORECASE)
GOES_ON = re.compile(r"[.;]$|[;,]\s*(and|or|and/or)$")
FEW, FEW_OF_DUTY, FEW_BEFORE_COLON = 4, 3, 5


def settle(items: list[Item], named: re.Pattern) -> None:
    """Take ``heading`` from those that are clauses. A line called like ``named`` heads a part in any case."""
    rows = [_Row(item, after) for item, after in zip(items, [*items[1:], None], strict=True) if _counts(item)]
    for group in _siblings(items, {id(row.line): row for row in rows}):
        said = [row for row in group if row.is_sentence]
        titles = [row for row in group if not row.is_sentence and not GOES_ON.search(row.line.text)]
        mostly = len(said) > len(titles)
        for row in group:
            alike = mostly and not row.heads and not named.fullmatch(row.line.text.strip(" :."))
            if (row.is_sentence and (mostly or row.level > 1)) or alike:
                _make_clause(row.line)
                row.line.heads_clause = not row.is_sentence


def _counts(item: Item) -> bool:
    return isinstance(item, Line) and bool(
        item.paragraph.level and item.number and item.text and not item.label
    )


class _Row:
    """A numbered line in the style of a heading, with what comes after it."""

    def __init__(self, line: Line, after: Item | None):
        self.line = line
        self.level = line.paragraph.level
        self.is_deeper_next = _counts(after) and after.paragraph.level > self.level
        self.leads_in = self.is_deeper_next and line.text.endswith(":") and after.text[0].islower()
        self.is_text_next = isinstance(after, Line) and not (
            after.number or after.is_item or after.paragraph.level or after.label
        )
        self.is_sentence = not line.heading or self._is_said()

    @property
    def heads(self) -> bool:
        return (self.is_deeper_next and not self.leads_in) or (self.level == 1 and self.is_text_next)

    def _is_said(self) -> bool:
        text = self.line.text
        count, duty = self.line.count, self._is_duty(text)
        if text[0].islower():
            return True
        if GOES_ON.search(text):
            return (duty and count >= FEW_OF_DUTY) or (count >= FEW and not self.is_text_next)
        if text.endswith(":"):
            return (duty and count >= FEW_OF_DUTY) or (count >= FEW_BEFORE_COLON and not self.is_text_next)
        return duty and count > FEW and not text.endswith("?") and not self.is_text_next

    def _is_duty(self, text: str) -> bool:
        found = DUTY.search(text)
        return found is not None and not ASKS.search(text[: found.start()])


def _siblings(items: list[Item], rows: dict[int, _Row]) -> list[list[_Row]]:
    """The rows of one level under one heading, group by group."""
    groups: dict[tuple[int, int], list[_Row]] = {}
    above: list[tuple[int, int]] = []  # level and place of the headings that are open
    for place, item in enumerate(items):
        if not isinstance(item, Line) or not (item.heading or id(item) in rows):
            continue
        level = item.paragraph.level or item.heading
        above = [one for one in above if one[0] < level]
        if id(item) in rows:
            groups.setdefault((above[-1][1] if above else -1, level), []).append(rows[id(item)])
        above.append((level, place))
    return list(groups.values())


def _make_clause(line: Line) -> None:
    """What is bold by its style alone is not bold for its meaning."""
    line.heading = 0
    if line.is_bold:
        line.pieces = [replace(piece, bold=False) for piece in line.pieces]

"""Which numbered lines are items of a list and which are clauses."""

import re

from policy_pages.importing import numbering
from policy_pages.importing.recognising.lines import Item, Line

KINDS = ("digits", "letter", "roman")


def settle(items: list[Item]) -> None:
    """A number with its place in it (1.1, B.1) is a clause's. 1, 2, 3 or (a), (b) are items wherever they can be.

    A document that counts its paragraphs 1, 2, 3 from beginning to end has clauses with these numbers.
    """
    lines = [item for item in items if isinstance(item, Line)]
    through = _counts_through(lines)
    run: list[str] = []
    for index, line in enumerate(lines):
        if not line.number or line.heading or line.label or _is_clause(line):
            _leave(line)
            run = run if line.is_item and not line.heading else []
            continue
        if (
            through
            and not _is_lead_in(lines, index)
            and numbering.is_digits(line.number)
            and not line.paragraph.depth
        ):
            line.depth, run = None, []
            continue
        line.ordered = True
        if line.depth is None:
            line.depth = _depth(line.number, run)


def _leave(line: Line) -> None:
    """A heading, an appendix or a clause is no item, whatever its program counts it as."""
    if line.heading or line.label or line.number:
        line.depth = None


def _is_clause(line: Line) -> bool:
    if line.paragraph.level and numbering.is_digits(line.number):
        return True
    return bool(line.row) or numbering.is_dotted(line.number) or numbering.is_worded(line.number)


def _counts_through(lines: list[Line]) -> bool:
    """1, 2, 3 run on from section to section, and no clause has a dotted number."""
    plain = [line for line in lines if line.number and not line.heading and not line.label]
    if any(numbering.is_dotted(line.number) for line in plain) or not _crosses_headings(lines):
        return False
    digits = [
        int(line.number) for line in plain if numbering.is_digits(line.number) and not line.paragraph.depth
    ]
    rises = all(after == before + 1 for before, after in zip(digits, digits[1:], strict=False))
    return len(digits) > 1 and digits[0] == 1 and rises


def _crosses_headings(lines: list[Line]) -> bool:
    """Numbered paragraphs stand on both sides of a heading, or there is none in the whole text."""
    marks = "".join(
        "h" if line.heading else "n" if numbering.is_digits(line.number) else "" for line in lines
    )
    return re.search("nh+n", marks) is not None or "h" not in marks


def _is_lead_in(lines: list[Line], index: int) -> bool:
    """The number goes on from, or begins, a list that a sentence with a colon leads to."""
    while index > 0 and lines[index].number != "1":
        index -= 1
    before = lines[index - 1] if index else None
    return before is not None and not before.heading and before.text.rstrip("- ").endswith(":")


def _depth(number: str, run: list[str]) -> int:
    """How deep a typed number stands: (a) beneath 1, (i) beneath (a)."""
    kind = _kind(number, run)
    if kind in run:
        del run[run.index(kind) + 1 :]
    else:
        run.append(kind)
    return run.index(kind)


def _kind(number: str, run: list[str]) -> str:
    bare = number.strip("()")
    if bare.isdigit():
        return "digits" if number == bare else "bracketed"
    if bare == "i" or (run and run[-1] == "roman" and set(bare) <= set("ivx")):
        return "roman"
    return "letter"


def settle_in_cell(lines: list[Line]) -> None:
    """In a cell of a data table two lines with plain numbers are a list; other numbers stay in front of their words."""
    plain = [line for line in lines if line.number and not numbering.is_dotted(line.number)]
    run: list[str] = []
    for line in plain:
        if len(plain) > 1 and line.depth is None:
            line.depth = _depth(line.number, run)

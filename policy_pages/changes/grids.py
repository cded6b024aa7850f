"""Tables, tables of roles and lists of terms, compared row by row and cell by cell."""

from collections import Counter
from typing import NamedTuple

from django.utils.html import escape
from django.utils.translation import gettext as _

from policy_pages.changes.alignment import Effort, gaps, same_runs
from policy_pages.changes.marking import Marked, mark
from policy_pages.changes.matching import likeness
from policy_pages.changes.words import TOKEN, read
from policy_pages.enums import how_often

ROW_CHANGED, ROW_NEW, ROW_REMOVED = "changed", "new", "removed"
ALIKE = 0.5
# Rows without an equal are compared with each other up to so many pairs.
MOST_PAIRS = 10_000


class Row(NamedTuple):
    kind: str
    cells: tuple[Marked, ...]


class Grid(NamedTuple):
    """A table with its changed rows; ``same`` counts the others. ``notes`` tell what became of the columns."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    same: int
    notes: tuple[str, ...]

    @property
    def words_changed(self) -> bool:
        return any(cell.deletions or cell.additions for row in self.rows for cell in row.cells)

    @property
    def all_notes(self) -> tuple[str, ...]:
        inner = [note for row in self.rows for cell in row.cells for note in cell.notes]
        return (*self.notes, *dict.fromkeys(inner))


class Cells(NamedTuple):
    """What a block of rows is: names of columns and cells in clean HTML."""

    head: list[str]
    rows: list[list[str]]


def cells_of(block: dict) -> Cells:
    if block["type"] == "roles_table":
        head = [_("Role"), _("Responsibilities"), _("Related tasks")]
        return Cells(head, [[_p(row["role"]), row["responsibilities"], _tasks(row)] for row in block["rows"]])
    if block["type"] == "definitions":
        return Cells([_("Term"), _("Meaning")], [[_p(row["term"]), row["html"]] for row in block["rows"]])
    widest = max((len(row) for row in block["rows"]), default=0)
    head = block["head"] + [""] * (widest - len(block["head"]))
    return Cells(head, block["rows"])


def compare_cells(old: Cells, new: Cells, effort: Effort) -> Grid:
    """The columns of the new table, then those that went."""
    columns, notes = _columns(old.head, new.head, effort)
    olds = [[_at(row, a) for a, _b in columns] for row in old.rows]
    news = [[_at(row, b) for _a, b in columns] for row in new.rows]
    head = tuple(new.head[b] if b is not None else old.head[a] for a, b in columns)
    rows, same = [], 0
    for a, b in _rows(olds, news, effort):
        row = _row(olds[a] if a is not None else None, news[b] if b is not None else None, effort)
        same += row is None
        rows += [row] if row else []
    return Grid(head, tuple(rows), same, tuple(notes))


def _tasks(row) -> str:
    return row["tasks"] + (_p(how_often(row["cadence"])) if row.get("cadence") else "")


def _p(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _at(row, place) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _row(old, new, effort) -> Row | None:
    """None for a row that a reader sees unchanged."""
    if old == new:
        return None
    kind = ROW_NEW if old is None else ROW_REMOVED if new is None else ROW_CHANGED
    width = len(old if old is not None else new)
    pairs = zip(old or [""] * width, new or [""] * width, strict=True)
    cells = tuple(mark(was, now, effort) for was, now in pairs)
    return None if kind == ROW_CHANGED and all(cell.is_same for cell in cells) else Row(kind, cells)


def _columns(old, new, effort):
    """Pairs of column places, and sentences: a column is known by its name, a renamed one by its place."""
    pairs, notes, gone = [], [], []
    at_old = at_new = 0
    runs = same_runs(old, new, effort).runs
    for a, b, c, d in [*gaps(runs, len(old), len(new)), (len(old), len(old), len(new), len(new))]:
        pairs += [(at_old + step, at_new + step) for step in range(a - at_old)]
        if b - a == d - c:
            pairs += list(zip(range(a, b), range(c, d), strict=True))
            names = [{"was": old[x], "now": new[y]} for x, y in zip(range(a, b), range(c, d), strict=True)]
            notes += [_("The column “%(was)s” is called “%(now)s” now.") % name for name in names]
        else:
            gone += [(place, None) for place in range(a, b)]
            pairs += [(None, place) for place in range(c, d)]
            notes += [_("New column: “%(name)s”.") % {"name": new[place]} for place in range(c, d)]
            notes += [_("Removed column: “%(name)s”.") % {"name": old[place]} for place in range(a, b)]
        at_old, at_new = b, d
    return pairs + gone, notes


def _rows(olds, news, effort):
    """(old, new) for each row in the order of reading; None where there is no partner."""
    keys = [[tuple(" ".join(read(cell).words) for cell in row) for row in rows] for rows in (olds, news)]
    runs = same_runs(*keys, effort).runs
    found = [(run.old + step, run.new + step) for run in runs for step in range(run.length)]
    for a, b, c, d in gaps(runs, len(olds), len(news)):
        found += _pair_up(keys, range(a, b), range(c, d))
    return sorted(
        found, key=lambda pair: (pair[1] if pair[1] is not None else _after(pair[0], found), pair[0] or 0)
    )


def _after(old: int, found) -> float:
    """A removed row stands behind the last one before it that stayed."""
    stayed = [b for a, b in found if a is not None and b is not None and a < old]
    return max(stayed) + 0.5 if stayed else -0.5


def _pair_up(keys, olds, news):
    """Rows with the same first cell, then those alike enough, in order."""
    firsts = {keys[0][a][:1]: a for a in reversed(olds)}
    pairs = {}
    for b in news:
        a = firsts.pop(keys[1][b][:1], None)
        if a is not None:
            pairs[a] = b
    taken = set(pairs.values())
    left = [a for a in olds if a not in pairs], [b for b in news if b not in taken]
    if len(left[0]) * len(left[1]) <= MOST_PAIRS:
        pairs |= _alike(keys, *left)
    taken = set(pairs.values())
    return [
        *pairs.items(),
        *((a, None) for a in olds if a not in pairs),
        *((None, b) for b in news if b not in taken),
    ]


def _alike(keys, olds, news) -> dict[int, int]:
    bags = {b: Counter(TOKEN.findall(" ".join(keys[1][b]))) for b in news}
    found: dict[int, int] = {}
    for a in olds:
        bag = Counter(TOKEN.findall(" ".join(keys[0][a])))
        best = max(bags, key=lambda b: likeness(bag, bags[b]), default=None)
        if best is not None and likeness(bag, bags[best]) >= ALIKE:
            found[a] = best
            del bags[best]
    return found

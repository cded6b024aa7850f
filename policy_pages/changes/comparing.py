"""Two frozen texts beside each other: a list of changes, what binds people first."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from policy_pages.changes import duties, facts, grids, matching
from policy_pages.changes.alignment import Effort
from policy_pages.changes.facts import Fact
from policy_pages.changes.grids import Grid
from policy_pages.changes.kinds import Kind
from policy_pages.changes.marking import Marked, mark_texts
from policy_pages.changes.words import Style, Text, plain, read
from policy_pages.enums import how_often

ROWS = ("roles_table", "definitions", "table")
BINDING = ("clause", "roles_table", "table")
FILES = ("figure", "attachment")
HEADING = Style(bold=True)


@dataclass(frozen=True)
class Change:
    """One block that is not as it was. ``was`` and ``now`` are clean HTML with del and ins.

    ``block`` is its permanent id in the new text, or in the old one when it is gone.
    """

    kind: Kind
    type: str
    block: str
    place: int
    number: str = ""
    number_was: str = ""
    title: str = ""
    force: str = ""
    duty: duties.Shift | None = None
    roles: tuple[tuple[int, str], ...] = ()
    roles_was: tuple[tuple[int, str], ...] = ()
    after: str = ""
    after_was: str = ""
    text: Marked = Marked()
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    files: tuple[dict | None, dict | None] = (None, None)

    @property
    def is_gone(self) -> bool:
        return self.kind in (Kind.REMOVED, Kind.REMOVED_DUTY)

    @property
    def is_come(self) -> bool:
        return self.kind in (Kind.NEW, Kind.NEW_DUTY)

    @property
    def roles_differ(self) -> bool:
        return not (self.is_gone or self.is_come) and self.roles != self.roles_was

    @property
    def binds(self) -> bool:
        """A clause that says what somebody does, or did: for whom is told."""
        return self.type == "clause" and bool(self.force or self.duty or self.roles or self.roles_was)

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """The job roles that it is for, or was for when it is gone."""
        return self.roles_was if self.is_gone else self.roles

    def concerns(self, role: int) -> bool:
        """It names the role, before or after, or it named nobody: then it is for everyone."""
        named = {pk for pk, _name in self.roles + self.roles_was}
        for_all = not self.roles and not self.is_gone or not self.roles_was and not self.is_come
        return for_all or role in named

    @property
    def words(self) -> int:
        cells = [cell for row in self.grid.rows for cell in row.cells] if self.grid else []
        return self.text.words + sum(cell.words for cell in cells)


@dataclass(frozen=True)
class Comparison:
    """``same`` counts clauses without any change; ``is_coarse``: words of a long text were not compared singly."""

    changes: tuple[Change, ...]
    facts: tuple[Fact, ...]
    same: int
    is_coarse: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.facts

    def roles(self) -> list[tuple[int, str]]:
        """The job roles that changes name, by name."""
        named = {row for change in self.changes for row in change.roles_was + change.roles}
        return sorted(dict(sorted(named)).items(), key=lambda row: row[1])

    def for_role(self, role: int) -> "Comparison":
        return replace(self, changes=tuple(change for change in self.changes if change.concerns(role)))


def compare(old: dict, new: dict, *, was_control=None, control=None) -> Comparison:
    """``old`` and ``new`` as ``freezing`` makes them; control facts only where both sides have them."""
    effort = Effort()
    comparing = _Comparing(old["blocks"], new["blocks"], effort)
    changes = sorted(comparing.changes(), key=lambda change: (change.kind.place, change.place))
    same = comparing.clauses - sum(1 for change in changes if change.type == "clause" and not change.is_gone)
    return Comparison(
        tuple(changes), facts.differing(old, new, was_control, control), same, any(map(_is_coarse, changes))
    )


def _is_coarse(change: Change) -> bool:
    cells = [cell for row in change.grid.rows for cell in row.cells] if change.grid else []
    return change.text.coarse or any(cell.coarse for cell in cells)


class _Comparing:
    def __init__(self, old, new, effort):
        self.old, self.new, self.effort = old, new, effort
        self.matches = matching.match(old, new)
        self.moved = matching.moved(self.matches.pairs)
        self.clauses = sum(1 for block in new if block["type"] == "clause")

    def changes(self):
        for a, b in self.matches.pairs:
            if b in self.moved or not _is_same(self.old[a], self.new[b]):
                change = self._both(a, b)
                if change:
                    yield change
        for b in self.matches.come:
            yield self._one(b, {}, self.new[b], Kind.NEW_DUTY, Kind.NEW)
        for a in self.matches.gone:
            yield self._one(self._place(a), self.old[a], {}, Kind.REMOVED_DUTY, Kind.REMOVED)

    def _place(self, gone: int) -> int:
        """What is gone is read behind the last block before it that stayed."""
        return max((b for a, b in self.matches.pairs if a < gone), default=-1)

    def _one(self, place, old, new, duty, other) -> Change:
        block = new or old
        force = duties.strongest(matching.words_of(block)) if block["type"] in BINDING else ""
        made = self._change(duty if force else other, place, old, new)
        return replace(made, force=force)

    def _both(self, a: int, b: int) -> Change | None:
        old, new = self.old[a], self.new[b]
        made = self._change(Kind.FORMATTING, b, old, new)
        words, duty = [matching.words_of(block) for block in (old, new)], None
        if new["type"] in BINDING:
            duty = duties.shift(*words)
            made = replace(made, force=duties.strongest(words[1]))
        kind = duty.kind if duty else self._kind(made, b)
        if kind is None:
            return None
        if kind == Kind.MOVED:
            made = replace(made, after=_before(self.new, b), after_was=_before(self.old, a))
        return replace(made, kind=kind, duty=duty)

    def _kind(self, made: Change, place: int) -> Kind | None:
        """The first that holds; None when only what no reader sees differs."""
        reworded = made.text.deletions or made.text.additions or (made.grid and made.grid.words_changed)
        if made.roles_differ:
            return Kind.ROLES
        if reworded or made.files[0] != made.files[1]:
            return Kind.WORDING
        if place in self.moved:
            return Kind.MOVED
        if made.notes:
            return Kind.FORMATTING
        return Kind.RENUMBERED if made.number != made.number_was else None

    def _change(self, kind, place, old, new) -> Change:
        block = new or old
        text, grid = self._marks(block, old, new)
        notes = text.notes + (grid.all_notes if grid else ()) + _level(old, new)
        return Change(
            kind,
            block["type"],
            block["id"],
            place,
            number=block.get("number", ""),
            number_was=old.get("number", ""),
            title=_title(block),
            roles=_roles(new),
            roles_was=_roles(old),
            text=text,
            grid=grid,
            notes=notes,
            files=(old.get("file"), new.get("file")) if block["type"] in FILES else (None, None),
        )

    def _marks(self, block, old, new) -> tuple[Marked, Grid | None]:
        if not self.effort.may_read(_letters(old) + _letters(new)):
            counts = {"was": len(_words(old)), "now": len(_words(new))}
            said = _("Too long to be compared here: %(was)d words before, %(now)d now.") % counts
            return Marked(notes=(said,), coarse=True, deletions=counts["was"], additions=counts["now"]), None
        text = mark_texts(_text(old), _text(new), self.effort)
        if block["type"] not in ROWS:
            return text, None
        sides = [grids.cells_of(side) if side else grids.Cells([], []) for side in (old, new)]
        return text, grids.compare_cells(*sides, self.effort)


def _is_same(old: dict, new: dict) -> bool:
    """But for the permanent id: a text that was brought in again has new ones."""
    return old == new or {**old, "id": ""} == {**new, "id": ""}


def _letters(value) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_letters, value.values()))
    return sum(map(_letters, value)) if isinstance(value, list) else 0


def _words(block: dict) -> list[str]:
    return matching.words_of(block).split() if block else []


def _text(block: dict) -> Text:
    """What of a block is running text: a heading and words. The rows of a table are compared as cells."""
    if not block:
        return Text([])
    parts = [plain(block.get("heading") or "", HEADING)] if block["type"] == "clause" else []
    parts += [plain(block[key]) for key in _plain_keys(block)]
    parts += [read(block["html"])] if block["type"] == "clause" else []
    parts += [plain(how_often(block["cadence"]))] if block.get("cadence") else []
    return Text([line for part in parts for line in part.lines])


def _plain_keys(block: dict) -> tuple[str, ...]:
    return {
        "section": ("title",),
        "appendix": ("title",),
        "roles_table": ("heading",),
        "definitions": ("heading",),
        "table": ("caption",),
        "figure": ("caption", "alt"),
        "attachment": ("title",),
        "named": ("title",),
    }.get(block["type"], ())


def _title(block: dict) -> str:
    """What a block without a number of its own is called."""
    return block.get("caption") or block.get("heading") or block.get("title") or ""


def _roles(block: dict) -> tuple[tuple[int, str], ...]:
    return tuple((row["id"], row["name"]) for row in block.get("roles", ()))


def _level(old: dict, new: dict) -> tuple[str, ...]:
    if not (old and new) or old.get("level") == new.get("level"):
        return ()
    known = {"was": old["level"], "now": new["level"]}
    return (_("It was a heading of level %(was)d and is now one of level %(now)d.") % known,)


def _before(blocks: list[dict], place: int) -> str:
    """The number of the numbered block before a place."""
    return next((b["number"] for b in reversed(blocks[:place]) if b.get("number")), "")

"""What every app hands to the frame: a row of somebody's desk, a section of the menu."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

VERBS = {
    "decide": _("Decide"),
    "read": _("Read"),
    "answer": _("Answer"),
    "book": _("Book"),
    "sign": _("Sign"),
    "write": _("Write"),
}


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """One thing that a press can settle now; ``later`` marks what only waits.

    ``dated``: ``why`` says the last moment in full, so that the day of ``by`` is not said beside it.
    """

    verb: str
    title: str
    why: str
    by: date | None = None
    url: str
    button: str
    overdue: bool = False
    later: bool = False
    acting_for: str = ""
    dated: bool = False

    def __post_init__(self):
        if self.verb not in VERBS:
            raise ValueError(f"{self.verb} is not a verb of the desk")


@dataclass(frozen=True, kw_only=True)
class Section:
    """A place in the menu; shown when it holds something for this person.

    ``under``: beginnings of further addresses that belong to it; the longest beginning of all sections decides.
    """

    key: str
    label: str
    url: str
    under: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result of the site's search; ``exact`` stands before all others."""

    kind: str
    title: str
    url: str
    note: str = ""
    exact: bool = False


def in_order(rows: list[DeskRow]) -> list[DeskRow]:
    """Overdue first, then by date; what has no date comes last, names decide a tie."""
    return sorted(rows, key=lambda row: (not row.overdue, row.by or date.max, str(row.title)))


def by_verb(rows: list[DeskRow]) -> list[tuple[str, list[DeskRow]]]:
    """The groups in the order of the verbs, empty ones left out."""
    groups = ((label, in_order([row for row in rows if row.verb == verb])) for verb, label in VERBS.items())
    return [(label, group) for label, group in groups if group]

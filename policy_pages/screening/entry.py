"""What somebody fills in, and what is wrong with it, by the name of the field at which it is said."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from policy_pages.screening.enums import ANSWERS, AnswerSet


@dataclass(frozen=True, kw_only=True)
class Entry:
    """``document`` is the name of the document that was assessed where it is not the policy itself.

    ``assessed_on`` is the first of its month where ``day_known`` is false. ``answers`` by the key of the row:
    answer and comment.
    """

    of_this_document: bool = True
    document: str = ""
    reviewer_name: str
    reviewer_role: str
    assessed_on: date | None
    day_known: bool = True
    answers: dict[int, tuple[str, str]] = field(default_factory=dict)
    reason: str = ""

    def of(self, row) -> tuple[str, str]:
        answer, comment = self.answers.get(row.pk, ("", ""))
        return answer, comment.strip()


def problems(entry: Entry, kind, rows, today) -> dict[str, str]:
    found = {}
    if not entry.of_this_document and not entry.document.strip():
        found["document"] = _("Enter the name of the document that was assessed.")
    if not entry.reviewer_name.strip():
        found["reviewer_name"] = _("Enter the reviewer's name.")
    if not entry.reviewer_role.strip():
        found["reviewer_role"] = _("Enter the reviewer's job role.")
    if entry.assessed_on is None:
        found["assessed_on"] = _("Enter the month and the year of the assessment, or the day.")
    elif entry.assessed_on > today:
        found["assessed_on"] = _("The date of the assessment must be today or earlier.")
    for row in rows:
        found |= _row_problems(kind, row, *entry.of(row))
    return found


def is_adverse(kind, answer) -> bool:
    return answer == kind.adverse


def _row_problems(kind, row, answer, comment) -> dict[str, str]:
    if answer not in ANSWERS[AnswerSet(kind.answer_set)]:
        return {f"answer_{row.pk}": _("Choose an answer for “%(row)s”.") % {"row": row.label}}
    if is_adverse(kind, answer) and not comment:
        return {f"comment_{row.pk}": _why(kind, row)}
    return {}


def _why(kind, row) -> str:
    if kind.lead_role:
        words = _("Say why “%(row)s” is answered in this way: it opens a full assessment.")
    else:
        words = _("Say why “%(row)s” is answered in this way.")
    return words % {"row": row.label}

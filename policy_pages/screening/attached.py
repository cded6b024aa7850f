"""The screenings that an issued version carries: plain facts within its seal, and the records behind them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policy_pages.freezing import digest_of
from policy_pages.models.screening import Screening
from policy_pages.screening import gates
from policy_pages.screening.enums import FullOutcome, GateState


def facts(draft, content) -> list[dict]:
    """What a version keeps of each screening that holds for its text on the day of issue."""
    found = gates.gates_of(draft, content)
    return [_facts(gate.record) for gate in found if gate.state == GateState.DONE]


def lines(draft) -> list[tuple[str, str]]:
    """The same for the front sheet of a text that waits: what each screening found, or why it stands open."""
    return [
        (
            str(gate.kind),
            words_of(_facts(gate.record)) if gate.state == GateState.DONE else capfirst(gate.said),
        )
        for gate in gates.gates_of(draft)
    ]


def _facts(row) -> dict:
    full = getattr(row, "full", None)
    return {
        "record": row.pk,
        "kind": row.kind.slug,
        "name": row.kind_name,
        "document": "" if row.of_this_document else row.document,
        "reviewer": row.reviewer_name,
        "reviewer_role": row.reviewer_role,
        "on": row.assessed_on.isoformat(),
        "day_known": row.day_known,
        "adverse": row.adverse_count,
        "full": full.decision if full else "",
        "full_by": full.decided_by_name if full else "",
        "sha256": digest_of_record(row),
    }


def digest_of_record(row) -> str:
    """The digest of a whole record: answers and the full assessment with their words."""
    answers = [[a.label, a.answer, a.comment] for a in row.answers.all()]
    full = getattr(row, "full", None)
    findings = [full.decision, full.mitigations, full.consultation, full.reason] if full else []
    who = [row.document, row.reviewer_name, row.reviewer_role, row.assessed_on.isoformat(), row.reason]
    return digest_of([row.text_sha256, who, answers, findings])


def fault(version) -> str:
    """What is wrong with the records that a version names; empty when they are as on its day."""
    named = {row["record"]: row for row in version.control.get("screenings", [])}
    rows = Screening.objects.filter(pk__in=named).select_related("full").prefetch_related("answers")
    found = {row.pk: digest_of_record(row) for row in rows} if named else {}
    for number, fact in named.items():
        if found.get(number) != fact["sha256"]:
            return _("its screening “%(name)s” was altered or is lost") % {"name": fact["name"]}
    return ""


def record_of(version, kind: str) -> Screening | None:
    """The record that a version names for a kind; None where it names none."""
    number = next(
        (row["record"] for row in version.control.get("screenings", []) if row["kind"] == kind), None
    )
    rows = Screening.objects.select_related("kind", "full").prefetch_related("answers")
    return rows.filter(pk=number).first() if number else None


def words_of(fact: dict) -> str:
    """One line for the control panel: what came out, who assessed and when."""
    parts = [_outcome(fact["adverse"])]
    if fact["full"]:
        full = _("full assessment by %(name)s: %(decision)s")
        parts.append(full % {"name": fact["full_by"], "decision": FullOutcome(fact["full"]).label})
    parts.append(f"{fact['reviewer']}, {fact['reviewer_role']}, {day_words(fact['on'], fact['day_known'])}")
    if fact["document"]:
        parts.append(_("assesses another document: %(document)s") % {"document": fact["document"]})
    return "; ".join(parts)


def day_words(day: str, day_known: bool) -> str:
    return date_format(date.fromisoformat(day), "j F Y" if day_known else "F Y")


def _outcome(adverse: int) -> str:
    if not adverse:
        return _("nothing negative")
    return ngettext("%(n)d negative answer", "%(n)d negative answers", adverse) % {"n": adverse}

"""What a type of document requires before its text is submitted or decided, and what of it stands open."""

import re
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.organisation import grants
from policy_pages.models.screening import Screening
from policy_pages.models.screening_kind import RequiredSection, ScreeningKind
from policy_pages.screening.duties import changed, duties_of
from policy_pages.screening.enums import FullOutcome, GateState

LEFT_TO = {FullOutcome.CHANGE: GateState.CHANGE, FullOutcome.STOP: GateState.STOPPED}


@dataclass(frozen=True)
class Gate:
    """One screening of one draft: what is asked, the newest record, the duties that changed since.

    A screening that is not required stands here once it was recorded: what its lead stopped stays stopped,
    whatever the type of the document is changed to.
    """

    kind: ScreeningKind
    required: bool
    record: Screening | None = None
    changed: list[dict] = field(default_factory=list)

    @property
    def full(self):
        return getattr(self.record, "full", None)

    @property
    def state(self) -> GateState:
        if self.record is None:
            return GateState.TO_DO
        if self.record.needs_full and self.full is None:
            return GateState.AT_LEAD
        if self.full is not None and self.full.decision != FullOutcome.GO_ON:
            return LEFT_TO[FullOutcome(self.full.decision)]
        return GateState.STALE if self.changed else GateState.DONE

    @property
    def is_open(self) -> bool:
        """Whether it stops the text."""
        passed = (GateState.DONE,) if self.required else (GateState.DONE, GateState.TO_DO, GateState.STALE)
        return self.state not in passed

    @property
    def may_confirm(self) -> bool:
        """Words enough where nothing was negative; anything else is assessed anew."""
        return self.state == GateState.STALE and not (self.record.adverse_count or self.record.needs_full)

    @property
    def lead(self) -> str:
        return str(grants.role_named(self.record.lead_role).label).lower()

    @property
    def said(self) -> str:
        """How far it is, without its name."""
        return SENTENCES[self.state](self)

    @property
    def words(self) -> str:
        return _("%(kind)s: %(said)s") % {"kind": self.kind, "said": self.said}


def gates_of(page, content=None) -> list[Gate]:
    """Every screening that is required of ``page``, then those recorded besides; two queries.

    Without ``content`` no duties are compared: of a text that waits for a decision none can have changed.
    """
    required = list(ScreeningKind.objects.filter(templates__document_type=page.document_type))
    records = {row.kind_id: row for row in newest(page.pk)}
    now = duties_of(content) if records and content else None
    gates = [_gate(kind, True, records.pop(kind.pk, None), now) for kind in required]
    return gates + [_gate(row.kind, False, row, now) for row in records.values()]


def problems(page, content) -> list[str]:
    """What stops a submission: missing sections by name, then each screening that stands open."""
    return missing_sections(content) + open_gates(page, content)


def open_gates(page, content=None) -> list[str]:
    """What stops a decision: a sentence for each screening that stands open."""
    return [gate.words for gate in gates_of(page, content) if gate.is_open]


def newest(policy_id: int):
    """The screenings of a policy that count: of each kind the last."""
    later = Screening.objects.filter(
        policy=OuterRef("policy"), kind=OuterRef("kind"), number__gt=OuterRef("number")
    )
    rows = Screening.objects.filter(~Exists(later), policy=policy_id)
    return rows.select_related("kind", "full").order_by("kind_id")


def missing_sections(content) -> list[str]:
    sections = RequiredSection.objects.filter(template__document_type=content["document_type"])
    found = {_plain(words) for block in content["blocks"] for words in _headings(block)}
    return [
        _("The section “%(heading)s” is missing.") % {"heading": section.heading}
        for section in sections
        if not any(_plain(words) in found for words in section.accepted)
    ]


def _headings(block) -> list[str]:
    return [words for name in ("title", "heading", "caption") if (words := block.get(name))]


def _plain(words: str) -> str:
    """A heading without its number, its case and its dots and dashes."""
    return " ".join(re.findall(r"[^\W\d_]+", words.casefold().replace("&", " and ")))


def _gate(kind, required, record, now) -> Gate:
    return Gate(kind, required, record, changed(record.duties, now) if record and now is not None else [])


def _stale(gate) -> str:
    words = ngettext(
        "recorded before %(n)d duty changed.", "recorded before %(n)d duties changed.", len(gate.changed)
    ) % {"n": len(gate.changed)}
    cure = _("Confirm it or record it anew.") if gate.may_confirm else _("Record it anew.")
    return f"{words} {cure}"


def _at_lead(gate) -> str:
    if not gate.record.adverse_count:
        return _("waits for the %(lead)s, who looks at it again.") % {"lead": gate.lead}
    return _("a negative answer waits for the full assessment by the %(lead)s.") % {"lead": gate.lead}


def _to_change(gate) -> str:
    words = _("the %(lead)s wants the text changed. Change it, then record the screening anew.")
    return words % {"lead": gate.lead}


def _stopped(gate) -> str:
    words = _("the %(lead)s said stop. Another text is screened anew and goes to them again.")
    return words % {"lead": gate.lead}


SENTENCES = {
    GateState.TO_DO: lambda gate: _("not recorded yet."),
    GateState.STALE: _stale,
    GateState.AT_LEAD: _at_lead,
    GateState.CHANGE: _to_change,
    GateState.STOPPED: _stopped,
    GateState.DONE: lambda gate: _("done."),
}

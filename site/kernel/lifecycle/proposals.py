"""Questions put to a body about the text in force. What "allowed" means for each kind, its app registers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from kernel.lifecycle import deciding, minutes, notices, seats
from kernel.lifecycle.enums import OPEN_PROPOSALS, DecisionKind, ProposalOutcome, ProposalState
from kernel.lifecycle.models import Proposal
from kernel.lifecycle.moves import require_move
from kernel.organisation import people


@dataclass(frozen=True, kw_only=True)
class ProposalKind:
    """One kind of question. ``label`` stands on screens: "More time until the review".

    ``check(page, facts, today)`` raises ValidationError where it cannot be asked, and is called again before it is
    allowed. ``carry_out(proposal, *, actor, today, decided_on, minute_reference)`` does what was allowed, in
    the transaction of the decision: if it raises, nothing is decided. ``rows(proposal)`` gives label and value of
    what its page shows beside the reason. ``body_of(page)`` is asked: the ratifying body, unless the kind says else.
    While one of the kinds ``beside_none_of`` waits, this is not asked.
    """

    key: str
    label: str
    check: Callable
    carry_out: Callable
    rows: Callable = field(default=lambda proposal: [])
    body_of: Callable = field(default=lambda page: page.ratifying_body)
    beside_none_of: frozenset[str] = frozenset()
    needs_risk: bool = False


KINDS: dict[str, ProposalKind] = {}


def register(kind: ProposalKind) -> None:
    """Register a kind under a key that never changes."""
    if KINDS.get(kind.key, kind) != kind:
        raise ValueError(f"two kinds of proposals are called {kind.key}")
    KINDS[kind.key] = kind


def kind_of(proposal) -> ProposalKind:
    return KINDS[proposal.kind]


@act("lifecycle.propose")
def propose(page, *, kind, actor, today: date, reason, facts, risk="") -> Proposal:
    """Ask a body of ``page`` something about its text in force; the text stays as it is.

    Its authors, its owner, the owner's deputy and the sponsor may. One of a kind waits at a time.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.may_propose(actor):
        raise PermissionDenied(_("Its authors, its owner, the owner's deputy and the sponsor propose this."))
    version, asked, body = page.version_in_force(today), KINDS[kind], KINDS[kind].body_of(page)
    if version is None:
        raise ValidationError(_("No version is in force, so there is nothing to decide about."))
    if body is None:
        raise ValidationError(_("No body is named that decides this about the document."))
    _check_alone(page, asked)
    _check_words(asked, reason, risk)
    asked.check(page, facts, today)
    proposal = Proposal(
        page=page.page_ptr,
        kind=kind,
        text_sha256=version.text_sha256,
        version_number=version.number,
        cycle=page.versions_issued(),
        reason=reason.strip(),
        risk=risk.strip(),
        facts=facts,
        body=body,
        proposed_by=actor,
        proposed_by_name=people.name_of(actor),
        proposed_at=timezone.now(),
        proposed_on=today,
    )
    proposal.validate_constraints()
    proposal.save()
    deciding.decide(proposal, DecisionKind.PROPOSE, actor, statement=proposal.reason)
    record("lifecycle.propose", actor=actor, target=page, facts=deciding.facts(proposal))
    notices.to_ratify(proposal, today)
    return proposal


@act("lifecycle.withdraw")
def withdraw(proposal, *, actor, today, reason="") -> Proposal:
    """Take a proposal back before anything is recorded: by who proposed it or whoever may propose."""
    proposal = deciding.lock(proposal)
    if not (proposal.proposed_by_id == actor.pk or proposal.page.specific.may_propose(actor)):
        raise PermissionDenied(_("Whoever proposed this may withdraw it."))
    require_move(ProposalState(proposal.state), ProposalState.WITHDRAWN, proposal.MOVES)
    deciding.decide(proposal, DecisionKind.WITHDRAW, actor, statement=reason.strip())
    deciding.move(proposal, ProposalState.WITHDRAWN)
    record("lifecycle.withdraw", actor=actor, target=proposal.page, facts=deciding.facts(proposal))
    return proposal


@act("lifecycle.sign")
def sign(proposal, *, actor, today, statement="") -> Proposal:
    """Sign that it is allowed; the signature that makes the quorum allows it and carries it out."""
    proposal = deciding.lock(proposal)
    seat = deciding.require(DecisionKind.SIGN, ProposalState.ALLOWED, proposal, actor, today)
    deciding.require_way(proposal, "signatures")
    check_same_version(proposal, today)
    if deciding.put_signature(proposal, actor, seat, statement, other_party_id=proposal.proposed_by_id):
        _allow(proposal, actor, today, decided_on=today, minute_reference="")
    return proposal


@act("lifecycle.refuse")
def refuse(proposal, *, actor, today, reason) -> Proposal:
    """Refuse with a reason, where the body signs: as one member's sending back ends a submission."""
    proposal = deciding.lock(proposal)
    said = {"reason": reason, "other_party_id": proposal.proposed_by_id}
    deciding.sign_against(proposal, DecisionKind.REFUSE, ProposalState.REFUSED, actor, today, **said)
    record("lifecycle.refuse", actor=actor, target=proposal.page, facts=deciding.facts(proposal))
    _settle(proposal, ProposalState.REFUSED, today, today, reason.strip())
    return proposal


@act("lifecycle.minute")
def record_meeting(proposal, *, actor, today: date, minute, tell=True) -> Proposal:
    """Record what a meeting decided, "allow" or "refuse"; nothing follows until a second person confirms it."""
    proposal = deciding.lock(proposal)
    seat = minutes.may_record(proposal, actor, today)
    if minute.outcome == ProposalOutcome.ALLOW:
        check_same_version(proposal, today)
    return minutes.write(proposal, seat, actor, today, minute, ProposalOutcome, {}, tell)


@act("lifecycle.confirm")
def confirm_meeting(proposal, *, actor, today) -> Proposal:
    """Confirm the record: what was allowed is carried out in the same transaction."""
    proposal = deciding.lock(proposal)
    minute = seats.open_minute(list(proposal.decisions.all()))
    refused = minute is not None and minute.outcome == ProposalOutcome.REFUSE
    outcome = ProposalState.REFUSED if refused else ProposalState.ALLOWED
    minutes.confirm(proposal, minute, actor, today, outcome)
    if refused:
        _settle(proposal, outcome, today, minute.meeting_on, minute.statement)
    else:
        check_same_version(proposal, today)
        _allow(
            proposal,
            actor,
            today,
            decided_on=minute.meeting_on,
            minute_reference=minute.minute_reference,
        )
    return proposal


@act("lifecycle.dispute")
def dispute_meeting(proposal, *, actor, today, reason, tell=True) -> Proposal:
    """Return a record that does not say what the meeting decided; the secretary records it anew."""
    return minutes.give_back(deciding.lock(proposal), actor, today, reason, ProposalState.OPEN, tell)


def check_same_version(proposal, today) -> None:
    """The text in force is still the one about which it was asked."""
    version = proposal.page.specific.version_in_force(today)
    if version is None or version.text_sha256 != proposal.text_sha256:
        raise ValidationError(
            _("Another text is in force than when this was proposed, so it can only be refused or withdrawn.")
        )


def _check_alone(page, asked) -> None:
    waits = Proposal.objects.filter(page=page, kind__in=asked.beside_none_of, state__in=OPEN_PROPOSALS)
    if (other := waits.first()) is not None:
        words = _("“%(label)s” is proposed already and waits for a decision. Withdraw that first.")
        raise ValidationError(words % {"label": kind_of(other).label})


def _check_words(asked, reason, risk) -> None:
    problems = {}
    if not reason.strip():
        problems["reason"] = _("Say why: the body decides upon it.")
    if asked.needs_risk and not risk.strip():
        problems["risk"] = _("Say what may go wrong meanwhile, and what you do about it.")
    if problems:
        raise ValidationError(problems)


def _allow(proposal, actor, today, *, decided_on, minute_reference):
    kind = kind_of(proposal)
    kind.check(proposal.page.specific, proposal.facts, today)
    _settle(proposal, ProposalState.ALLOWED, today, decided_on, "")
    kind.carry_out(
        proposal, actor=actor, today=today, decided_on=decided_on, minute_reference=minute_reference
    )


def _settle(proposal, state, today, decided_on, reason):
    deciding.move(proposal, state, decided_on=decided_on)
    notices.proposal_decided(proposal, kind_of(proposal).label, reason)

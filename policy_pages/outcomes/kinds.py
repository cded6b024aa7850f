"""The three questions in which a review ends without a new text, as a body is asked them and as it answers.

Each answer is about the exact text in force: the kernel refuses once another one is.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle.proposals import ProposalKind
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages.models import PolicyPage
from policy_pages.outcomes import retiring, told
from policy_pages.reviews import rules, services

OUTCOMES = frozenset(told.KINDS)
REAFFIRM, EXTEND, RETIRE = told.KINDS


def _open_review(page):
    review = services.open_review(page.pk)
    if review is None:
        raise ValidationError(_("This policy has no review that could be decided."))
    return review


def _by(proposal, decided_on, minute_reference) -> dict:
    """Who decided, as the rows of evidence keep it."""
    return {
        "body_name": proposal.body.name,
        "decided_on": decided_on,
        "minute_reference": minute_reference,
    }


# --- reviewed, unchanged ---------------------------------------------------------------------------------


def _check_reaffirm(page, facts, today) -> None:
    _open_review(page)


def _reaffirm(proposal, *, actor, today, decided_on, minute_reference) -> None:
    words = _by(proposal, decided_on, minute_reference)
    services.reaffirm(proposal.page.specific, actor=actor, today=today, statement=proposal.reason, **words)


def _rows_of_reaffirm(proposal) -> list[tuple[str, str]]:
    months = proposal.facts["months"]
    return [
        (_("Review due"), full_date(date.fromisoformat(proposal.facts["from_due"]))),
        (_("Next review"), _("%(months)d months after the day of the decision") % {"months": months}),
    ]


# --- more time -------------------------------------------------------------------------------------------


def _check_extend(page, facts, today) -> None:
    """The day is still the one that was to be moved, and the rules still allow the new one."""
    review = _open_review(page)
    if facts["from_due"] != str(review.due):
        words = _("The review is due on %(day)s by now. Ask again from that day.")
        raise ValidationError(words % {"day": full_date(review.due)})
    used = review.moves.filter(number__isnull=False).count()
    rules.check_extension(review, date.fromisoformat(facts["to_due"]), today, used=used, known=rules.rules())


def _extend(proposal, *, actor, today, decided_on, minute_reference) -> None:
    services.extend(
        proposal.page.specific,
        to_due=date.fromisoformat(proposal.facts["to_due"]),
        reason=proposal.reason,
        risk=proposal.risk,
        actor=actor,
        today=today,
        **_by(proposal, decided_on, minute_reference),
    )


def _rows_of_extend(proposal) -> list[tuple[str, str]]:
    facts = proposal.facts
    return [
        (_("Review due"), full_date(date.fromisoformat(facts["from_due"]))),
        (_("New day"), full_date(date.fromisoformat(facts["to_due"]))),
        (_("Extension"), _("%(number)d of at most %(most)d") % facts),
    ]


# --- withdrawn -------------------------------------------------------------------------------------------


def _check_retire(page, facts, today) -> None:
    version = page.version_in_force(today)
    retiring.check(
        version,
        today=today,
        replaced_by=_replacement(facts),
        withdrawn_from=_first_day(facts, today),
    )


def _retire(proposal, *, actor, today, decided_on, minute_reference) -> None:
    retiring.retire(
        proposal.page.specific.version_in_force(today),
        actor=actor,
        today=today,
        reason=proposal.reason,
        replaced_by=_replacement(proposal.facts),
        withdrawn_from=_first_day(proposal.facts, today),
        **_by(proposal, decided_on, minute_reference),
    )


def _replacement(facts) -> PolicyPage | None:
    return PolicyPage.objects.get(pk=facts["replaced_by"]) if facts["replaced_by"] else None


def _first_day(facts, today) -> date:
    """The day that was asked for; the day of the decision where that comes later."""
    return max(date.fromisoformat(facts["withdrawn_from"]), today)


def _rows_of_retire(proposal) -> list[tuple[str, str]]:
    facts, page = proposal.facts, _replacement(proposal.facts)
    return [
        (_("Withdrawn from"), full_date(date.fromisoformat(facts["withdrawn_from"]))),
        (_("To be used instead"), str(page) if page else _("nothing")),
    ]


def _approving(page):
    return page.approving_body


KINDS = (
    ProposalKind(
        key=REAFFIRM,
        label=gettext_lazy("No change needed"),
        check=_check_reaffirm,
        carry_out=_reaffirm,
        rows=_rows_of_reaffirm,
        body_of=_approving,
        beside_none_of=OUTCOMES,
    ),
    ProposalKind(
        key=EXTEND,
        label=gettext_lazy("More time until the review"),
        check=_check_extend,
        carry_out=_extend,
        rows=_rows_of_extend,
        body_of=_approving,
        beside_none_of=OUTCOMES,
        needs_risk=True,
    ),
    ProposalKind(
        key=RETIRE,
        label=gettext_lazy("Withdraw the policy"),
        check=_check_retire,
        carry_out=_retire,
        rows=_rows_of_retire,
        beside_none_of=OUTCOMES,
    ),
)

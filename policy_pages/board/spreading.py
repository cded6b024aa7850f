"""Reviews brought forward so that no month is too full: put to the body, and carried out when it allows them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle import proposals
from kernel.lifecycle.enums import OPEN_PROPOSALS
from kernel.lifecycle.models import Proposal
from kernel.lifecycle.proposals import ProposalKind
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages.models import PolicyPage
from policy_pages.outcomes.kinds import OUTCOMES
from policy_pages.reviews import rules, services

FORWARD = "bring forward"


def waiting() -> dict[int, date]:
    """What is put to a body already, by policy: the day to which its review would move."""
    rows = Proposal.objects.filter(kind=FORWARD, state__in=OPEN_PROPOSALS).values_list("page_id", "facts")
    return {page: date.fromisoformat(facts["to_due"]) for page, facts in rows}


@transaction.atomic
def put(moves, *, actor, today, wanted: set[tuple[int, str]]) -> list[Proposal]:
    """Put the ``wanted`` moves, policy and new day, to their bodies; all of them or none.

    ``moves`` is what is suggested now: when that is no longer what somebody saw, nothing is put.
    """
    known = {(move.due.policy_id, move.to_due.isoformat()): move for move in moves}
    if not wanted:
        raise ValidationError(_("Tick the changes that are to be put to the body."))
    if not wanted <= known.keys():
        raise ValidationError(_("The suggestion changed meanwhile. Nothing was put: look at it again."))
    pages = PolicyPage.objects.in_bulk([policy for policy, _day in wanted])
    return [_propose(pages[one[0]], known[one], actor, today) for one in sorted(wanted)]


def _propose(page, move, actor, today) -> Proposal:
    facts = {"from_due": move.due.due.isoformat(), "to_due": move.to_due.isoformat()}
    reason = _("More reviews are due in that month than the body can take.")
    return proposals.propose(page, kind=FORWARD, actor=actor, today=today, reason=reason, facts=facts)


def _check(page, facts, today) -> None:
    """The day is still the one that was to be moved, and the new one is inside its window."""
    review = services.open_review(page.pk)
    if review is None or facts["from_due"] != str(review.due):
        raise ValidationError(_("The review has another day by now. Look at the review load again."))
    rules.check_forward(review, date.fromisoformat(facts["to_due"]), today)


def _carry_out(proposal, *, actor, today, decided_on, minute_reference) -> None:
    services.bring_forward(
        proposal.page.specific,
        to_due=date.fromisoformat(proposal.facts["to_due"]),
        reason=proposal.reason,
        decided_on=decided_on,
        actor=actor,
        today=today,
        body_name=proposal.body.name,
        minute_reference=minute_reference,
    )


def _rows(proposal) -> list[tuple[str, str]]:
    facts = proposal.facts
    return [
        (_("Review due now"), full_date(date.fromisoformat(facts["from_due"]))),
        (_("Then due"), full_date(date.fromisoformat(facts["to_due"]))),
    ]


KIND = ProposalKind(
    key=FORWARD,
    label=gettext_lazy("Bring the review forward"),
    check=_check,
    carry_out=_carry_out,
    rows=_rows,
    beside_none_of=OUTCOMES,
)

"""A question about the text in force, put to a body that meets: no change, more time, an end to it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle import proposals
from kernel.lifecycle.enums import ProposalOutcome, ProposalState
from kernel.lifecycle.models import Proposal
from kernel.meetings import kinds
from policy_pages.agenda import sheets
from policy_pages.agenda.matters import Matters

ALLOW = kinds.Outcome(
    key=ProposalOutcome.ALLOW,
    label=gettext_lazy("Allow"),
    consequence=gettext_lazy("Carried out as soon as the minutes are confirmed."),
)
REFUSE = kinds.Outcome(
    key=ProposalOutcome.REFUSE,
    label=gettext_lazy("Refuse"),
    consequence=gettext_lazy("Nothing changes. Whoever proposed it is told why."),
    asks_words=True,
)


class Proposals(Matters):
    key = "policies.proposal"
    label = gettext_lazy("Question about a text in force")
    outcomes = (ALLOW, REFUSE)
    model, services, open_state = Proposal, proposals, ProposalState.OPEN
    ended = {
        ProposalState.ALLOWED: gettext_lazy("Allowed on %(day)s."),
        ProposalState.REFUSED: gettext_lazy("Refused on %(day)s."),
        ProposalState.WITHDRAWN: gettext_lazy("Withdrawn on %(day)s."),
    }
    body_field = "body"

    def since(self, row):
        return row.proposed_on

    def asked(self, row):
        return str(proposals.kind_of(row).label)

    def facts(self, row):
        words = {"who": row.proposed_by_name, "reason": row.reason}
        return (_("Proposed by %(who)s: %(reason)s") % words,)

    def address(self, row, policy):
        return policy.proposal_address(row)

    def barred(self, row, written):
        return row.barred()

    def sheet(self, row, written, problem, today):
        return sheets.of_proposal(row, proposals.kind_of(row), problem)

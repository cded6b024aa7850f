"""A text that a chair issued alone: it goes on the next agenda at once, to be ratified by somebody else."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle import chair_actions
from kernel.lifecycle.enums import ChairActionOutcome, ChairActionState
from kernel.lifecycle.models import ChairAction
from kernel.lifecycle.templatetags.dates import full_date
from kernel.meetings import kinds
from policy_pages.agenda import sheets
from policy_pages.agenda.matters import Matters

RATIFY = kinds.Outcome(
    key=ChairActionOutcome.RATIFY,
    label=gettext_lazy("Ratify"),
    consequence=gettext_lazy("Readers no longer see it marked as the chair's action."),
)
DECLINE = kinds.Outcome(
    key=ChairActionOutcome.DECLINE,
    label=gettext_lazy("Do not ratify"),
    consequence=gettext_lazy("The text stays in force and says so. Its owner and sponsor are told."),
    asks_words=True,
)


class ChairActions(Matters):
    key = "policies.chair_action"
    label = gettext_lazy("Chair's action to ratify")
    outcomes = (RATIFY, DECLINE)
    model, services, open_state = ChairAction, chair_actions, ChairActionState.OPEN
    ended = {
        ChairActionState.RATIFIED: gettext_lazy("Ratified on %(day)s."),
        ChairActionState.DECLINED: gettext_lazy("Not ratified on %(day)s."),
    }
    body_field = "submission__ratifying_body"
    at_once = True

    def since(self, row):
        return row.acted_on

    def asked(self, row):
        return _("To ratify what the chair issued because it could not wait")

    def facts(self, row):
        words = {"who": row.acted_by_name, "day": full_date(row.acted_on), "reason": row.reason}
        return (_("Issued by %(who)s on %(day)s: %(reason)s") % words,)

    def address(self, row, policy):
        return policy.chair_action_address(row)

    def sheet(self, row, written, problem, today):
        return sheets.of_chair_action(row, written, problem)

"""A text that waits to be ratified in a meeting, as an item of an agenda."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle import minutes
from kernel.lifecycle.enums import APPROVING, DecisionKind, Outcome, SubmissionState
from kernel.lifecycle.models import Submission
from kernel.meetings import kinds
from policy_pages.agenda import sheets
from policy_pages.agenda.matters import Matters, day_of, last_act

RATIFY = kinds.Outcome(
    key=Outcome.RATIFY,
    label=gettext_lazy("Ratify"),
    consequence=gettext_lazy("Ratified and issued as soon as the minutes are confirmed."),
    asks_day=True,
)
RATIFY_IF = kinds.Outcome(
    key=Outcome.RATIFY_IF,
    label=gettext_lazy("Ratify with conditions"),
    consequence=gettext_lazy("Not issued while one condition is open."),
    asks_day=True,
    asks_conditions=True,
)
SEND_BACK = kinds.Outcome(
    key=Outcome.SEND_BACK,
    label=gettext_lazy("Send back with a reason"),
    consequence=gettext_lazy("It becomes a draft again. Its author is told why."),
    judges=False,
    asks_words=True,
)
REJECT = kinds.Outcome(
    key=Outcome.REJECT,
    label=gettext_lazy("Reject"),
    consequence=gettext_lazy("It is not issued. Its author is told why."),
    asks_words=True,
)


class Submissions(Matters):
    key = "policies.submission"
    label = gettext_lazy("Text to ratify")
    outcomes = (RATIFY, RATIFY_IF, SEND_BACK, REJECT)
    model, services, open_state = Submission, minutes, SubmissionState.APPROVED
    ended = {
        SubmissionState.ISSUED: gettext_lazy("Ratified and issued on %(day)s."),
        SubmissionState.RATIFIED_IF: gettext_lazy("Ratified with conditions on %(day)s."),
        SubmissionState.SENT_BACK: gettext_lazy("Sent back on %(day)s."),
        SubmissionState.REJECTED: gettext_lazy("Rejected on %(day)s."),
        SubmissionState.RECALLED: gettext_lazy("Taken back by its author on %(day)s."),
    }

    def since(self, row):
        act = approval_of(row)
        return localtime(act.at).date() if act else row.submitted_on

    def asked(self, row):
        return sheets.asked(row)

    def facts(self, row):
        return (sheets.approval(row, approval_of(row)),)

    def links(self, row):
        return ((_("What changed"), reverse("policy_draft_changes", args=[row.page_id])),)

    def problem(self, row):
        if row.state in self.ended:
            return super().problem(row)
        if row.is_open and row.page.latest_revision_id == row.revision_id:
            return ""
        approved = approval_of(row)
        words = {
            "day": day_of(last_act(row)),
            "who": approved.actor_name if approved else row.approving_body.name,
        }
        return _("The text changed on %(day)s, after approval. %(who)s must approve again.") % words

    def sheet(self, row, written, problem, today):
        void = problem and row.state not in self.ended
        approved = "" if void else sheets.approval(row, approval_of(row))
        return sheets.of_submission(row, written, problem, approved, today)


def approval_of(row):
    """The last act by which it was approved; the condition closed last, where there were any."""
    kinds_of_yes = (*APPROVING, DecisionKind.CLOSE)
    return max((act for act in row.decisions.all() if act.kind in kinds_of_yes), key=_number, default=None)


def _number(act) -> int:
    return act.pk

"""Wagtail's own approve and reject buttons: another door to the same services."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from kernel.lifecycle import deciding, seats
from kernel.lifecycle.enums import DecisionKind, Step, SubmissionState
from kernel.lifecycle.models import Submission
from kernel.lifecycle.submissions import approve, send_back, sign


def actions_offered(page, step, user, today) -> list:
    """Wagtail's buttons for ``user``: name, words, whether it asks for words. Only what the services would take."""
    submission = deciding.open_submission(page)
    if submission is None:
        return []
    kind = seats.next_act(submission)
    if kind not in (DecisionKind.APPROVE, DecisionKind.SIGN) or not deciding.usable_seat(
        kind, submission, user, today
    ):
        return []
    words = _("Approve this text") if step == Step.APPROVE else _("Sign for ratification")
    return [("reject", _("Send back with a reason"), True), ("approve", words, True)]


def decide_by_button(page, step, action, user, words, today) -> Submission:
    """What Wagtail's own approve and reject buttons do: the same services as our screens."""
    submission = deciding.open_submission(page)
    if submission is None:
        raise PermissionDenied(_("Nothing waits for a decision here."))
    if action == "reject":
        return send_back(submission, actor=user, today=today, reason=words)
    service = approve if step == Step.APPROVE else sign
    return service(submission, actor=user, today=today, statement=words)


def pages_to_decide(user, step, today) -> list[int]:
    """Pages on which ``user`` may decide at ``step`` today."""
    state = SubmissionState.SUBMITTED if step == Step.APPROVE else SubmissionState.APPROVED
    rows = Submission.objects.filter(state=state).select_related("approving_body", "ratifying_body")
    return [row.page_id for row in rows if deciding.usable_seat(seats.next_act(row), row, user, today)]

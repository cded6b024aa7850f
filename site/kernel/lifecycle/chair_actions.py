"""What cannot wait: a chair issues an approved text alone, and somebody else ratifies it afterwards."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle import deciding, minutes, notices, seats
from kernel.lifecycle.enums import (
    FLAGGED_ACTIONS,
    ChairActionOutcome,
    ChairActionState,
    DecisionKind,
    SubmissionState,
)
from kernel.lifecycle.models import ChairAction, Submission
from kernel.outbox import emit


@act("lifecycle.chair_action")
def issue_now(submission, *, actor, today, reason) -> ChairAction:
    """Issue an approved text today, by the chair or vice chair of the ratifying body, who wrote none of it.

    It is flagged until somebody else ratifies it; the body, the owner and the sponsor are told. Raises
    ValidationError while it is not approved, or recorded for confirmation already; PermissionDenied for anybody
    else.
    """
    submission = deciding.lock(submission)
    seat = deciding.require(DecisionKind.CHAIR, SubmissionState.ISSUED, submission, actor, today)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it cannot wait: readers and the body see it.")})
    deciding.check_under_way(submission)
    deciding.decide(
        submission,
        DecisionKind.CHAIR,
        actor,
        seat=seat,
        statement=reason.strip(),
        other_party_id=submission.submitted_by_id,
    )
    action = ChairAction.objects.create(
        submission=submission,
        page=submission.page,
        reason=reason.strip(),
        acted_by=actor,
        acted_by_name=seat.user_name,
        acted_on=today,
    )
    record("lifecycle.chair_action", actor=actor, target=submission.page, facts=deciding.facts(submission))
    deciding.issue(submission, actor, today, ratified_on=today, in_force_from=today)
    notices.issued_by_chair(action, today)
    emit("lifecycle.chair_action", {"body": submission.ratifying_body_id, "on": today.isoformat()})
    return action


@act("lifecycle.sign")
def sign(action, *, actor, today, statement="") -> ChairAction:
    """Sign afterwards, where the body signs. Earlier signatures of others count, the chair's own does not."""
    action = deciding.lock(action)
    seat = deciding.require(DecisionKind.SIGN, ChairActionState.RATIFIED, action, actor, today)
    deciding.require_way(action, "signatures")
    if deciding.put_signature(action, actor, seat, statement, other_party_id=action.acted_by_id):
        _settle(action, ChairActionState.RATIFIED, today)
    return action


@act("lifecycle.decline")
def decline(action, *, actor, today, reason) -> ChairAction:
    """Decline with a reason, where the body signs. The text stays in force and says so; its owner acts on it."""
    action = deciding.lock(action)
    said = {"reason": reason, "other_party_id": action.acted_by_id}
    deciding.sign_against(action, DecisionKind.DECLINE, ChairActionState.DECLINED, actor, today, **said)
    record("lifecycle.decline", actor=actor, target=action.page, facts=deciding.facts(action))
    _settle(action, ChairActionState.DECLINED, today, reason.strip())
    return action


@act("lifecycle.minute")
def record_meeting(action, *, actor, today, minute, tell=True) -> ChairAction:
    """Record whether the meeting ratified the chair's action, "ratify" or "decline"."""
    action = deciding.lock(action)
    seat = minutes.may_record(action, actor, today)
    return minutes.write(action, seat, actor, today, minute, ChairActionOutcome, {}, tell)


@act("lifecycle.confirm")
def confirm_meeting(action, *, actor, today) -> ChairAction:
    """Confirm the record, by somebody else than the chair who acted and than the recorder."""
    action = deciding.lock(action)
    minute = seats.open_minute(list(action.decisions.all()))
    declined = minute is not None and minute.outcome == ChairActionOutcome.DECLINE
    outcome = ChairActionState.DECLINED if declined else ChairActionState.RATIFIED
    minutes.confirm(action, minute, actor, today, outcome)
    _settle(action, outcome, today, minute.statement)
    return action


@act("lifecycle.dispute")
def dispute_meeting(action, *, actor, today, reason, tell=True) -> ChairAction:
    """Return a record that does not say what the meeting decided; the secretary records it anew."""
    return minutes.give_back(deciding.lock(action), actor, today, reason, ChairActionState.OPEN, tell)


def open_chair_actions(pages) -> dict[int, ChairAction]:
    """By the page's number the chair's action under which its newest issue stands unratified or declined.

    One query for all. An issue made since, by the body itself, takes the flag away.
    """
    newest = Submission.objects.filter(page=OuterRef("page"), state=SubmissionState.ISSUED).order_by("-cycle")
    rows = ChairAction.objects.filter(page__in=[page.pk for page in pages], state__in=FLAGGED_ACTIONS)
    rows = rows.filter(submission=Subquery(newest.values("pk")[:1]))
    return {row.page_id: row for row in rows}


def flagged(submission="submission_id") -> Exists:
    """For lists: whether a version's submission was issued by a chair and nobody else has ratified it."""
    return Exists(ChairAction.objects.filter(submission=OuterRef(submission), state__in=FLAGGED_ACTIONS))


def flag_of(version) -> ChairAction | None:
    """The chair's action under which one issued version stands; None when somebody else ratified it."""
    return ChairAction.objects.filter(submission_id=version.submission_id, state__in=FLAGGED_ACTIONS).first()


def _settle(action, state, today, reason=""):
    deciding.move(action, state, settled_on=today)
    if state == ChairActionState.DECLINED:
        notices.declined(action, reason)

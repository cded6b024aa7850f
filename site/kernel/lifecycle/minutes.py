"""Ratification in a meeting: the secretary records it, the chair or a second member confirms it."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle import deciding, notices, seats
from kernel.lifecycle.enums import DecisionKind, Outcome, SubmissionState
from kernel.lifecycle.models import Submission
from kernel.organisation import people


@dataclass(frozen=True, kw_only=True)
class Minute:
    """What the secretary writes down. ``present`` are people; ``in_force_from`` is today or later."""

    meeting_on: date
    present: list = field(default_factory=list)
    minute_reference: str
    outcome: str
    in_force_from: date | None = None
    statement: str = ""


@act("lifecycle.minute")
def record_meeting(submission, *, actor, today: date, minute: Minute, tell=True) -> Submission:
    """Record what a meeting decided; nothing follows until the chair or a second member confirms it.

    Only those of the people present who were members on the day of the meeting and wrote none of the text count
    towards the quorum. Raises ValidationError by field, PermissionDenied for anybody but the body's secretary.
    """
    submission = deciding.lock(submission)
    deciding.require_way(submission, "meeting")
    seat = deciding.require(DecisionKind.MINUTE, SubmissionState.RECORDED, submission, actor, today)
    if minute.outcome == Outcome.RATIFY:
        deciding.check_under_way(submission)
    counted = len(_counted(submission, minute))
    _check(minute, submission, counted, today)
    deciding.decide(
        submission,
        DecisionKind.MINUTE,
        actor,
        seat=seat,
        statement=minute.statement.strip(),
        meeting_on=minute.meeting_on,
        minute_reference=minute.minute_reference.strip(),
        outcome=minute.outcome,
        in_force_from=minute.in_force_from,
        present=[{"id": pk, "name": name} for pk, name in {p.pk: p.name for p in minute.present}.items()],
        quorum=submission.ratifying_body.quorum,
        counted=counted,
    )
    deciding.move(submission, SubmissionState.RECORDED)
    record("lifecycle.minute", actor=actor, target=submission.page, facts=deciding.facts(submission))
    if tell:  # an entry in the minutes of a whole meeting mails once for all its items
        notices.to_confirm(submission, today)
    return submission


@act("lifecycle.confirm")
def confirm_meeting(submission, *, actor, today) -> Submission:
    """Confirm the secretary's record: the text is ratified and issued, or sent back, as the meeting decided."""
    submission = deciding.lock(submission)
    minute = seats.open_minute(list(submission.decisions.all()))
    outcome = SubmissionState.ISSUED if minute is None else _outcome_state(minute)
    seat = deciding.require(DecisionKind.CONFIRM, outcome, submission, actor, today)
    deciding.decide(
        submission,
        DecisionKind.CONFIRM,
        actor,
        seat=seat,
        confirms=minute,
        other_party_id=minute.actor_id,
        outcome=minute.outcome,
        meeting_on=minute.meeting_on,
        minute_reference=minute.minute_reference,
    )
    record("lifecycle.confirm", actor=actor, target=submission.page, facts=deciding.facts(submission))
    if minute.outcome == Outcome.SEND_BACK:
        deciding.close(submission, SubmissionState.SENT_BACK, actor, minute.statement)
    else:
        deciding.ratify(
            submission, actor, today, ratified_on=minute.meeting_on, in_force_from=minute.in_force_from
        )
    return submission


@act("lifecycle.dispute")
def dispute_meeting(submission, *, actor, today, reason, tell=True) -> Submission:
    """Return a record that does not say what the meeting decided; the secretary records it anew."""
    submission = deciding.lock(submission)
    minute = seats.open_minute(list(submission.decisions.all()))
    seat = deciding.require(DecisionKind.DISPUTE, SubmissionState.APPROVED, submission, actor, today)
    deciding.need_reason(reason)
    deciding.decide(
        submission,
        DecisionKind.DISPUTE,
        actor,
        seat=seat,
        statement=reason,
        confirms=minute,
        other_party_id=minute.actor_id,
    )
    deciding.move(submission, SubmissionState.APPROVED)
    record("lifecycle.dispute", actor=actor, target=submission.page, facts=deciding.facts(submission))
    if tell:
        notices.to_ratify(submission, today)
    return submission


def _counted(submission, minute) -> list:
    """Those present who may decide this text: members on that day who wrote none of it."""
    members = {person.pk for person in people.members(submission.ratifying_body, minute.meeting_on)}
    authors = seats.authors_of(submission)
    present = {person.pk: person for person in minute.present}
    return [p for p in present.values() if p.pk in members and p.user_id not in authors]


def _check(minute, submission, counted, today):
    problems = {}
    if not submission.submitted_on <= minute.meeting_on <= today:
        words = _("The meeting must be today or earlier, and not before the text was submitted on %(day)s.")
        problems["meeting_on"] = words % {"day": date_format(submission.submitted_on, "j F Y")}
    if not minute.minute_reference.strip():
        problems["minute_reference"] = _("Enter the minute reference.")
    if minute.outcome not in Outcome.values:
        problems["outcome"] = _("Choose what the meeting decided.")
    if minute.outcome == Outcome.SEND_BACK and not minute.statement.strip():
        problems["statement"] = _("Say why it is sent back.")
    if minute.outcome == Outcome.RATIFY:
        problems |= _check_ratified(minute, submission.ratifying_body.quorum, counted, today)
    if problems:
        raise ValidationError(problems)


def _check_ratified(minute, quorum, counted, today) -> dict:
    problems = {}
    if counted < quorum:
        words = _("%(quorum)d members are needed, %(counted)d of those present can decide this text.")
        problems["present"] = words % {"quorum": quorum, "counted": counted}
    if minute.in_force_from is None or minute.in_force_from < today:
        problems["in_force_from"] = _("The first day in force must be today or later.")
    return problems


def _outcome_state(minute) -> SubmissionState:
    return SubmissionState.SENT_BACK if minute.outcome == Outcome.SEND_BACK else SubmissionState.ISSUED

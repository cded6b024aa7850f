"""Decisions in a meeting: the secretary records what was decided, the chair or a second member confirms it."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle import conditions, deciding, notices, seats
from kernel.lifecycle.enums import DecisionKind, Outcome, SubmissionState
from kernel.lifecycle.models import Submission
from kernel.organisation import people

# The database asks for no quorum where a text goes back to its author unjudged.
UNJUDGED = (Outcome.SEND_BACK,)
FAVOURABLE = (Outcome.RATIFY, Outcome.RATIFY_IF, "allow")
STATE_AFTER = {
    Outcome.RATIFY: SubmissionState.ISSUED,
    Outcome.RATIFY_IF: SubmissionState.RATIFIED_IF,
    Outcome.SEND_BACK: SubmissionState.SENT_BACK,
    Outcome.REJECT: SubmissionState.REJECTED,
}


@dataclass(frozen=True, kw_only=True)
class Minute:
    """What the secretary writes down. ``present`` and ``no_part`` are people, ``conditions`` are ``conditions.Asked``.

    ``in_force_from`` is today or later, for a text that is ratified; whoever took no part makes no quorum.
    """

    meeting_on: date
    present: list = field(default_factory=list)
    no_part: list = field(default_factory=list)
    minute_reference: str
    outcome: str
    in_force_from: date | None = None
    conditions: list = field(default_factory=list)
    statement: str = ""


@act("lifecycle.minute")
def record_meeting(submission, *, actor, today: date, minute: Minute, tell=True) -> Submission:
    """Record what a meeting decided; nothing follows until the chair or a second member confirms it.

    Only those of the people present who were members on the day of the meeting, wrote none of the text and took
    part count towards the quorum. Raises ValidationError by field, PermissionDenied for anybody but the body's
    secretary.
    """
    submission = deciding.lock(submission)
    seat = may_record(submission, actor, today)
    if minute.outcome in FAVOURABLE:
        deciding.check_under_way(submission)
    return write(submission, seat, actor, today, minute, Outcome, _check_ratified(minute, today), tell)


@act("lifecycle.confirm")
def confirm_meeting(submission, *, actor, today) -> Submission:
    """Confirm the secretary's record: what the meeting decided is done now, with the dates it gave."""
    submission = deciding.lock(submission)
    minute = seats.open_minute(list(submission.decisions.all()))
    outcome = SubmissionState.ISSUED if minute is None else STATE_AFTER[minute.outcome]
    answer = confirm(submission, minute, actor, today, outcome)
    if outcome == SubmissionState.ISSUED:
        deciding.ratify(
            submission, actor, today, ratified_on=minute.meeting_on, in_force_from=minute.in_force_from
        )
    elif outcome == SubmissionState.RATIFIED_IF:
        conditions.make(submission, answer, minute.conditions)
        deciding.move(submission, outcome)
        notices.conditions(submission, today)
    else:
        deciding.close(submission, outcome, actor, minute.statement)
    return submission


@act("lifecycle.dispute")
def dispute_meeting(submission, *, actor, today, reason, tell=True) -> Submission:
    """Return a record that does not say what the meeting decided; the secretary records it anew."""
    return give_back(deciding.lock(submission), actor, today, reason, SubmissionState.APPROVED, tell)


def may_record(matter, actor, today):
    """The seat of the secretary, where this body decides in meetings and nothing is recorded yet."""
    seat = deciding.require(DecisionKind.MINUTE, matter.STATES("recorded"), matter, actor, today)
    deciding.require_way(matter, "meeting")
    return seat


def write(matter, seat, actor, today, minute, outcomes, problems, tell):
    """Check the minute, keep it, wait for its confirmation. ``problems`` are those that the caller found.

    ``tell`` is off where the minutes of a whole meeting are entered, which mails once for all its items.
    """
    counted = len(_counted(matter, minute))
    _check(minute, matter, counted, today, outcomes, problems)
    deciding.decide(
        matter,
        DecisionKind.MINUTE,
        actor,
        seat=seat,
        statement=minute.statement.strip(),
        meeting_on=minute.meeting_on,
        minute_reference=minute.minute_reference.strip(),
        outcome=minute.outcome,
        in_force_from=minute.in_force_from,
        present=_named(minute.present),
        no_part=_named(minute.no_part),
        conditions=conditions.as_rows(minute.conditions) if minute.outcome == Outcome.RATIFY_IF else [],
        quorum=matter.body.quorum,
        counted=counted,
    )
    deciding.move(matter, matter.STATES("recorded"))
    record("lifecycle.minute", actor=actor, target=matter.page, facts=deciding.facts(matter))
    if tell:
        notices.to_confirm(matter, today)
    return matter


def confirm(matter, minute, actor, today, outcome):
    """Keep the second person's yes to ``minute``; what follows is the caller's to do."""
    seat = deciding.require(DecisionKind.CONFIRM, outcome, matter, actor, today)
    answer = deciding.decide(
        matter,
        DecisionKind.CONFIRM,
        actor,
        seat=seat,
        confirms=minute,
        other_party_id=minute.actor_id,
        outcome=minute.outcome,
        meeting_on=minute.meeting_on,
        minute_reference=minute.minute_reference,
    )
    record("lifecycle.confirm", actor=actor, target=matter.page, facts=deciding.facts(matter))
    return answer


def give_back(matter, actor, today, reason, back_to, tell):
    minute = seats.open_minute(list(matter.decisions.all()))
    seat = deciding.require(DecisionKind.DISPUTE, back_to, matter, actor, today)
    deciding.need_reason(reason)
    deciding.decide(
        matter,
        DecisionKind.DISPUTE,
        actor,
        seat=seat,
        statement=reason.strip(),
        confirms=minute,
        other_party_id=minute.actor_id,
    )
    deciding.move(matter, back_to)
    record("lifecycle.dispute", actor=actor, target=matter.page, facts=deciding.facts(matter))
    if tell:
        notices.to_ratify(matter, today)
    return matter


def _named(rows) -> list[dict]:
    return [{"id": pk, "name": name} for pk, name in {person.pk: person.name for person in rows}.items()]


def _counted(matter, minute) -> list:
    """Those present who may decide this: members on that day, not barred from it, who took part."""
    members = {person.pk for person in people.members(matter.body, minute.meeting_on)}
    barred = seats.authors_of(matter)
    apart = {person.pk for person in minute.no_part} | seats.apart(matter.decisions.all())
    present = {person.pk: person for person in minute.present}
    return [p for p in present.values() if p.pk in members - apart and p.user_id not in barred]


def _check(minute, matter, counted, today, outcomes, problems):
    problems = dict(problems)
    if not matter.began_on <= minute.meeting_on <= today:
        words = _("The meeting must be today or earlier, and not before the text was submitted on %(day)s.")
        problems["meeting_on"] = words % {"day": date_format(matter.began_on, "j F Y")}
    if not minute.minute_reference.strip():
        problems["minute_reference"] = _("Enter the minute reference.")
    if minute.outcome not in outcomes.values:
        problems["outcome"] = _("Choose what the meeting decided.")
    elif minute.outcome not in FAVOURABLE and not minute.statement.strip():
        problems["statement"] = _("Say why it is sent back or refused.")
    quorum = matter.body.quorum
    if minute.outcome in outcomes.values and minute.outcome not in UNJUDGED and counted < quorum:
        words = _("%(quorum)d members are needed, %(counted)d of those present can decide this text.")
        problems["present"] = words % {"quorum": quorum, "counted": counted}
    if problems:
        raise ValidationError(problems)


def _check_ratified(minute, today) -> dict:
    problems = {}
    if minute.outcome not in (Outcome.RATIFY, Outcome.RATIFY_IF):
        return problems
    if minute.in_force_from is None:
        problems["in_force_from"] = _("Enter the first day in force.")
    elif minute.in_force_from < today:
        problems["in_force_from"] = _("The first day in force must be today or later.")
    if minute.outcome == Outcome.RATIFY_IF and (wrong := conditions.problems(minute.conditions, today)):
        problems["conditions"] = wrong
    return problems

"""Conditions under which a text was approved or ratified: nothing goes on while one of them is open."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle import deciding
from kernel.lifecycle.enums import DecisionKind, SubmissionState
from kernel.lifecycle.models import Condition, Submission
from kernel.organisation.models import StaffProfile


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One condition as a body puts it: what must be done, who sees to it, by which day at the latest."""

    words: str
    owner: StaffProfile
    due: date


def problems(asked, today) -> list[str]:
    """Sentences that stop these conditions from being made."""
    if not asked:
        return [_("Say at least one condition: what must be done, who sees to it and by when.")]
    found = []
    for number, row in enumerate(asked, start=1):
        if not row.words.strip():
            found.append(_("Condition %(number)d: say what must be done.") % {"number": number})
        if not row.owner.is_here(today):
            words = _("Condition %(number)d: %(name)s has left; name somebody who is here.")
            found.append(words % {"number": number, "name": row.owner.name})
        if row.due < today:
            found.append(_("Condition %(number)d: the day must be today or later.") % {"number": number})
    return found


def as_rows(asked) -> list[dict]:
    """How a decision keeps the conditions that it makes."""
    return [
        {
            "words": row.words.strip(),
            "owner": row.owner.pk,
            "owner_name": row.owner.name,
            "due": row.due.isoformat(),
        }
        for row in asked
    ]


def make(submission, decision, rows) -> None:
    """Make the conditions that a decision keeps, numbered on from those that the text has already."""
    before = submission.conditions.count()
    for number, row in enumerate(rows, start=before + 1):
        Condition.objects.create(
            submission=submission,
            decision=decision,
            number=number,
            words=row["words"],
            owner_id=row["owner"],
            owner_name=row["owner_name"],
            due=date.fromisoformat(row["due"]),
        )


@act("lifecycle.close_condition")
def close(condition, *, actor, today, words) -> Submission:
    """The body's chair says that a condition is met, and in words what was done.

    With the last one the text goes on: an approved one to its ratification, a ratified one is issued. Raises
    PermissionDenied for anybody else, for an author, and for whoever was to see to it.
    """
    submission = deciding.lock(condition.submission)
    onward = _onward(submission)
    seat = deciding.require(DecisionKind.CLOSE, onward, submission, actor, today)
    condition = submission.conditions.open().select_related("owner").filter(pk=condition.pk).first()
    if condition is None:
        raise ValidationError(_("This condition is met already."))
    if condition.owner.user_id in (actor.pk, seat.person_user_id):
        raise PermissionDenied(_("You were to see to this, so somebody else says that it is done."))
    if not words.strip():
        raise ValidationError({"words": _("Say what was done.")})
    deciding.check_under_way(submission)
    deciding.decide(
        submission,
        DecisionKind.CLOSE,
        actor,
        seat=seat,
        statement=words.strip(),
        condition=condition,
        other_party_id=condition.owner.user_id,
    )
    record("lifecycle.close_condition", actor=actor, target=submission.page, facts=deciding.facts(submission))
    if not submission.conditions.open().exists():
        _go_on(submission, onward, actor, today)
    return submission


def _onward(submission):
    ratified = submission.state == SubmissionState.RATIFIED_IF
    return SubmissionState.ISSUED if ratified else SubmissionState.APPROVED


def _go_on(submission, onward, actor, today):
    if onward == SubmissionState.APPROVED:
        deciding.approved(submission, actor, today)
        return
    minute = submission.decisions.filter(kind=DecisionKind.CONFIRM, outcome="ratify if").last().confirms
    deciding.ratify(
        submission, actor, today, ratified_on=minute.meeting_on, in_force_from=minute.in_force_from
    )

"""Who may decide, asked in one place by services, screens and the desk. A seat is a membership used on a day."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kernel.lifecycle.enums import AWAITING_RATIFICATION, DecisionKind, SubmissionState
from kernel.lifecycle.models import Authorship
from kernel.organisation import people
from kernel.organisation.models import DECIDING_CAPACITIES, BodyMembership, Delegation
from kernel.organisation.models.staff import is_here


@dataclass(frozen=True)
class Seat:
    """One person's place in one body on one day, used by that person or by a delegate."""

    body_id: int
    capacity: str
    person_id: int
    person_user_id: int | None
    for_name: str
    user_name: str

    @property
    def decides(self) -> bool:
        return self.capacity in DECIDING_CAPACITIES


def seats_of(user, today) -> list[Seat]:
    """Every seat that ``user`` may use on ``today``: the own ones first, then those delegated (S3-31)."""
    own = people.profile_of(user)
    if own is None or not user.is_active or not own.is_here(today):
        return []
    limits = {own.pk: {None}}
    for row in Delegation.objects.on(today).filter(delegate=own):
        limits.setdefault(row.principal_id, set()).add(row.body_id)
    rows = BodyMembership.objects.on(today).filter(is_here(today, "person__"), person_id__in=limits)
    usable = [row for row in rows.select_related("person") if {None, row.body_id} & limits[row.person_id]]
    return [_seat(row, own) for row in sorted(usable, key=lambda row: row.person_id != own.pk)]


def _seat(row, own) -> Seat:
    for_name = "" if row.person_id == own.pk else row.person.name
    return Seat(row.body_id, row.capacity, row.person_id, row.person.user_id, for_name, own.name)


def authors_of(submission) -> set[int]:
    """Logins that wrote any revision since the last issue, and the submitter."""
    rows = Authorship.objects.filter(page_id_copy=submission.page_id, cycle=submission.cycle)
    return {*rows.values_list("user_id_copy", flat=True), submission.submitted_by_id} - {None}


def seat_for(act, submission, *, user, seats, authors, decisions) -> Seat | None:
    """The seat with which ``user`` may do ``act`` now, or None. Own seats are tried before delegated ones."""
    body_id = submission.approving_body_id if act == DecisionKind.APPROVE else submission.ratifying_body_id
    for seat in seats:
        if seat.body_id != body_id:
            continue
        if act == DecisionKind.MINUTE:
            if seat.capacity == "secretary":
                return seat
        elif seat.decides and not {user.pk, seat.person_user_id} & authors:
            if _may_judge(act, user, seat, decisions):
                return seat
    return None


def _may_judge(act, user, seat, decisions) -> bool:
    """One signature a member and one a person: a delegate does not make a quorum alone."""
    if act == DecisionKind.SIGN:
        hands = {(row.actor_id, row.principal_id) for row in decisions if row.kind == act}
        return not any(user.pk == actor or seat.person_id == principal for actor, principal in hands)
    if act in (DecisionKind.CONFIRM, DecisionKind.DISPUTE):
        minute = open_minute(decisions)
        there = minute is not None and (seat.capacity == "chair" or seat.person_id in minute.present_ids)
        return there and minute.actor_id != user.pk
    return True


def open_minute(decisions):
    """The recorded but not yet answered minute among the decisions of one submission, or None."""
    answered = {row.confirms_id for row in decisions if row.confirms_id}
    minutes = [row for row in decisions if row.kind == DecisionKind.MINUTE and row.pk not in answered]
    return minutes[-1] if minutes else None


def acts_open(submission, ratifies_by) -> tuple[DecisionKind, ...]:
    """What can be done next with a submission by anybody at all; ``ratifies_by`` is the body's way."""
    if submission.state == SubmissionState.SUBMITTED:
        return (DecisionKind.APPROVE,)
    if submission.state == SubmissionState.RECORDED:
        return (DecisionKind.CONFIRM,)
    if submission.state in AWAITING_RATIFICATION:
        return (DecisionKind.MINUTE,) if ratifies_by == "meeting" else (DecisionKind.SIGN,)
    return ()


def why_not(act, submission, *, user, seats, authors) -> str:
    """A sentence for somebody who may not do ``act``: why, and who may."""
    if user.pk in authors:
        return _("You wrote part of this, so somebody else decides it.")
    body = submission.approving_body if act == DecisionKind.APPROVE else submission.ratifying_body
    if act == DecisionKind.MINUTE:
        return _("The secretary of %(body)s records what the meeting decided.") % {"body": body.name}
    if act in (DecisionKind.CONFIRM, DecisionKind.DISPUTE):
        return _("The chair of %(body)s, or a member who was there and did not record it, confirms this.") % {
            "body": body.name
        }
    return _("Members of %(body)s decide this.") % {"body": body.name}

"""What waits for one person's decision: the same predicate that the services ask, so a button shown works."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from kernel.lifecycle import seats
from kernel.lifecycle.enums import OPEN_ACTIONS, OPEN_PROPOSALS, OPEN_STATES, DecisionKind
from kernel.lifecycle.models import Authorship, ChairAction, Condition, Proposal, Submission
from kernel.organisation.asking import yes
from kernel.organisation.models import BodyMembership, Delegation

SEATED = "lifecycle.seated"
OWES = "lifecycle.owes"


@dataclass(frozen=True)
class Waiting:
    """An act that this person may do on a matter now, with the seat that is used for it."""

    matter: seats.Matter
    act: DecisionKind
    seat: seats.Seat


def waiting_for(user, today) -> list[Waiting]:
    """Everything that ``user`` may decide on ``today``, in a fixed number of queries; empty for most people."""
    held = seats.seats_of(user, today)
    if not held:
        return []
    bodies = {seat.body_id for seat in held}
    rows = [*_submissions(bodies), *_proposals(bodies), *_actions(bodies)]
    written = _written([row if isinstance(row, Submission) else row.submission for row in rows if _text(row)])
    found = (_first_act(row, user, held, _barred(row, written)) for row in rows)
    return [item for item in found if item]


def _submissions(bodies):
    mine = Q(approving_body__in=bodies) | Q(ratifying_body__in=bodies)
    return _with(Submission.objects.filter(mine, state__in=OPEN_STATES))


def _proposals(bodies):
    return _with(Proposal.objects.filter(body__in=bodies, state__in=OPEN_PROPOSALS))


def _actions(bodies):
    return _with(ChairAction.objects.filter(submission__ratifying_body__in=bodies, state__in=OPEN_ACTIONS))


def _with(rows):
    model = rows.model
    return rows.select_related(*model.TOGETHER).prefetch_related(model.DECISIONS).order_by("pk")


def _text(row) -> bool:
    return not isinstance(row, Proposal)


def _written(submissions) -> dict[tuple, set[int]]:
    """By page and cycle the logins that wrote since the last issue: one query for all."""
    pages = {row.page_id for row in submissions}
    written = Authorship.objects.filter(page_id_copy__in=pages) if pages else ()
    by_text: dict[tuple, set[int]] = {}
    for entry in written:
        by_text.setdefault((entry.page_id_copy, entry.cycle), set()).add(entry.user_id_copy)
    return by_text


def _barred(row, written) -> set[int]:
    if isinstance(row, Proposal):
        return row.barred()
    text = row if isinstance(row, Submission) else row.submission
    return row.barred(written.get((text.page_id, text.cycle), set()))


def _first_act(row, user, held, barred) -> Waiting | None:
    for act in seats.acts_open(row):
        decisions = list(row.decisions.all())
        seat = seats.seat_for(act, row, user=user, seats=held, authors=barred, decisions=decisions)
        if seat:
            return Waiting(row, act, seat)
    return None


def seated(today):
    """The fact behind ``waiting_for``: a seat or a delegation on ``today``; whoever has neither decides nothing."""
    own = BodyMembership.objects.on(today).filter(person__user_id=OuterRef("pk"))
    lent = Delegation.objects.on(today).filter(delegate__user_id=OuterRef("pk"))
    return yes(Q(Exists(own)) | Q(Exists(lent)))


def owed_by(user) -> list[Condition]:
    """The open conditions to which ``user`` sees, soonest first; their chair says when one is met."""
    rows = Condition.objects.open().filter(owner__user_id=user.pk, submission__state__in=OPEN_STATES)
    return list(rows.select_related("submission__page").order_by("due", "pk"))


def owes(today):
    """The fact behind ``owed_by``."""
    rows = Condition.objects.open().filter(owner__user_id=OuterRef("pk"))
    return Exists(rows.filter(submission__state__in=OPEN_STATES))

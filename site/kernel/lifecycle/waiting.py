"""What waits for one person's decision: the same predicate that the services ask, so a button shown works."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from kernel.lifecycle import seats
from kernel.lifecycle.enums import OPEN_STATES, DecisionKind
from kernel.lifecycle.models import Authorship, Submission
from kernel.organisation.asking import yes
from kernel.organisation.models import BodyMembership, Delegation

SEATED = "lifecycle.seated"


@dataclass(frozen=True)
class Waiting:
    """An act that this person may do on a submission now, with the seat that is used for it."""

    submission: Submission
    act: DecisionKind
    seat: seats.Seat


def waiting_for(user, today) -> list[Waiting]:
    """Everything that ``user`` may decide on ``today``, in a fixed number of queries; empty for most people."""
    held = seats.seats_of(user, today)
    if not held:
        return []
    bodies = {seat.body_id for seat in held}
    rows = list(
        Submission.objects.filter(state__in=OPEN_STATES)
        .filter(Q(approving_body__in=bodies) | Q(ratifying_body__in=bodies))
        .select_related("page__content_type", "approving_body", "ratifying_body")
        .prefetch_related("decisions")
        .order_by("pk")
    )
    authors = _authors(rows)
    found = (_first_act(row, user, held, authors[row.pk]) for row in rows)
    return [item for item in found if item]


def _authors(rows) -> dict[int, set[int]]:
    """Per submission its authors since the last issue: one query for all."""
    pages = {row.page_id for row in rows}
    written = Authorship.objects.filter(page_id_copy__in=pages) if rows else ()
    by_text: dict[tuple, set[int]] = {}
    for entry in written:
        by_text.setdefault((entry.page_id_copy, entry.cycle), set()).add(entry.user_id_copy)
    return {
        row.pk: (by_text.get((row.page_id, row.cycle), set()) | {row.submitted_by_id}) - {None}
        for row in rows
    }


def _first_act(row, user, held, authors) -> Waiting | None:
    for act in seats.acts_open(row, row.ratifying_body.ratifies_by):
        seat = seats.seat_for(
            act, row, user=user, seats=held, authors=authors, decisions=list(row.decisions.all())
        )
        if seat:
            return Waiting(row, act, seat)
    return None


def seated(today):
    """The fact behind ``waiting_for``: a seat or a delegation on ``today``; whoever has neither decides nothing."""
    own = BodyMembership.objects.on(today).filter(person__user_id=OuterRef("pk"))
    lent = Delegation.objects.on(today).filter(delegate__user_id=OuterRef("pk"))
    return yes(Q(Exists(own)) | Q(Exists(lent)))

"""Which reminder is owed, recorded once for each thing, milestone and cycle."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice

from django.db import models

from kernel.lifecycle.models import ReminderSent

AT_ONCE = 500


def owed(due: date, milestones: Iterable[int], today: date) -> int | None:
    """The newest milestone reached, in days before ``due`` (negative: after it); None before the first.

    After missed days one reminder is owed, the newest, not one for each day that nobody ran.
    """
    left = (due - today).days
    return min((milestone for milestone in milestones if left <= milestone), default=None)


def claim(thing: models.Model, milestone, cycle, *, today: date) -> bool:
    """Record the reminder; True for the first who does. Call it in the transaction that queues the mail.

    ``cycle`` is what makes the next time round a new one: the due day, or the version's number.
    """
    _row, first = ReminderSent.objects.get_or_create(
        thing_type=thing._meta.label_lower,
        thing_id=str(thing.pk),
        milestone=str(milestone),
        cycle=str(cycle),
        defaults={"sent_on": today},
    )
    return first


@dataclass(frozen=True)
class Claim:
    """One reminder of one thing, as ``claim`` records it; ``thing_type`` is the label of its model."""

    thing_type: str
    thing_id: str
    milestone: str
    cycle: str


def unsent(claims: Iterable[Claim]) -> set[Claim]:
    """Those that are not recorded yet; one query for each ``AT_ONCE``."""
    found: set[Claim] = set()
    for some in batched(dict.fromkeys(claims), AT_ONCE):
        rows = ReminderSent.objects.filter(
            thing_type__in={one.thing_type for one in some}, thing_id__in={one.thing_id for one in some}
        )
        known = {Claim(*row) for row in rows.values_list("thing_type", "thing_id", "milestone", "cycle")}
        found.update(one for one in some if one not in known)
    return found


def claim_all(claims: Iterable[Claim], *, today: date) -> set[Claim]:
    """Record many reminders at once; gives those that were recorded first, which are to be sent.

    Whoever records one of them in the same moment makes the later transaction fail, mails and all: it is run again.
    """
    first = unsent(claims)
    rows = [ReminderSent(**asdict(one), sent_on=today) for one in first]
    ReminderSent.objects.bulk_create(rows, batch_size=AT_ONCE)
    return first


def batched(things: Iterable, size: int) -> Iterator[list]:
    """The things in their order, ``size`` at a time."""
    things = iter(things)
    while some := list(islice(things, size)):
        yield some

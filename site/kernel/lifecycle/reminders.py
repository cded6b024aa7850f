"""Which reminder is owed, recorded once for each thing, milestone and cycle."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from kernel.lifecycle.models import ReminderSent


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

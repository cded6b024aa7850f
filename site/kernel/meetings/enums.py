from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemState(models.TextChoices):
    """Where one item of an agenda stands. Both open states keep the thing from every other agenda."""

    ON_AGENDA = "on agenda", _("on the agenda")
    RECORDED = "recorded", _("recorded: waiting to be confirmed")
    DECIDED = "decided", _("decided")
    CARRIED_OVER = "carried", _("not decided: goes to the next agenda")
    TAKEN_OFF = "taken off", _("taken off")


OPEN_ITEMS = (ItemState.ON_AGENDA, ItemState.RECORDED)

ITEM_MOVES = {
    ItemState.ON_AGENDA: {ItemState.RECORDED, ItemState.TAKEN_OFF},
    ItemState.RECORDED: {ItemState.DECIDED, ItemState.CARRIED_OVER, ItemState.ON_AGENDA},
    ItemState.DECIDED: set(),
    ItemState.CARRIED_OVER: set(),
    ItemState.TAKEN_OFF: set(),
}

NOT_DECIDED = "not decided"
"""What can be recorded of any item, whatever its kind offers beside it."""


class EntryState(models.TextChoices):
    """Where one entry in the minutes stands. Confirmed and returned are for ever."""

    RECORDED = "recorded", _("waiting to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    RETURNED = "returned", _("returned to the secretary")


class PackState(models.TextChoices):
    """Where the PDF of a long pack stands."""

    WAITING = "waiting", _("waiting to be made")
    MAKING = "making", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")

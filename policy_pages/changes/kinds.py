"""What a change is called, and in which order changes are read: what binds people first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The word with which a change begins; the order is that of the page."""

    REVERSED = "reversed", _("Reversed")
    STRONGER = "stronger", _("Stronger")
    WEAKER = "weaker", _("Weaker")
    NEW_DUTY = "new_duty", _("New duty")
    REMOVED_DUTY = "removed_duty", _("Removed duty")
    ROLES = "roles", _("For others")
    NEW = "new", _("New")
    WORDING = "wording", _("Wording")
    REMOVED = "removed", _("Removed")
    MOVED = "moved", _("Moved")
    RENUMBERED = "renumbered", _("Renumbered")
    FORMATTING = "formatting", _("Formatting")

    @property
    def place(self) -> int:
        return list(Kind).index(self)


DUTIES = (Kind.REVERSED, Kind.STRONGER, Kind.WEAKER, Kind.NEW_DUTY, Kind.REMOVED_DUTY, Kind.ROLES)

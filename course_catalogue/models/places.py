from django.db import models
from django.utils.translation import gettext_lazy as _


class Venue(models.Model):
    """A building, or wherever people meet."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    address = models.TextField(_("address"), blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    access = models.TextField(_("access"), blank=True, help_text=_("Steps, lift, hearing loop, parking."))
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Room(models.Model):
    """A room of a venue; two days of sessions never share it at the same time."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="rooms", verbose_name=_("venue"))
    name = models.CharField(_("name"), max_length=120)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"],
                name="course_catalogue_room_once",
                violation_error_message=_("This venue has a room of this name already."),
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.venue}"

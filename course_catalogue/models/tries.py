from django.db import models
from django.utils.translation import gettext_lazy as _


class Tried(models.Model):
    """One wrong code, counted by the brake: at which door, by whom (a digest), when. Kept for a day."""

    door = models.CharField(_("door"), max_length=20)
    who = models.CharField(_("who"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wrong code")
        verbose_name_plural = _("wrong codes")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["door", "who", "at"], name="course_catalogue_tries")]

    def __str__(self):
        return f"{self.door} {self.at:%Y-%m-%d %H:%M}"

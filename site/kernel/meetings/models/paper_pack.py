from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.meetings.enums import PackState
from kernel.organisation.models import BodyMeeting


def pack_path(instance, filename):
    return f"papers/{instance.meeting_id}/{filename}"


class PaperPack(models.Model):
    """The PDF of a long pack, made in the background and made anew when the papers are others; no evidence.

    ``fingerprint`` tells for which papers it was made. ``claim`` names the process that makes it, ``next_at`` the
    moment from which another may take over.
    """

    meeting = models.OneToOneField(
        BodyMeeting, models.CASCADE, related_name="pack", verbose_name=_("meeting")
    )
    fingerprint = models.CharField(_("made for"), max_length=64)
    for_day = models.DateField(_("as it stands on"))
    state = models.CharField(_("state"), max_length=10, choices=PackState, default=PackState.WAITING)
    file = models.FileField(_("file"), upload_to=pack_path, max_length=200, blank=True)
    done = models.PositiveIntegerField(_("papers made"), default=0)
    of = models.PositiveIntegerField(_("papers in all"), default=0)
    made_at = models.DateTimeField(_("made at"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("paper pack")
        verbose_name_plural = _("paper packs")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.meeting)

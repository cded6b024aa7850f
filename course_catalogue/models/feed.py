import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """A private address under which a calendar programme reads somebody's bookings, without signing in.

    Without an agency: the person's own. With one: its people's, for as long as the person is its coordinator. The
    address is worked out from ``secret`` and the site's key, never stored; a new secret ends the old address.
    """

    person = models.ForeignKey(
        "kernel_organisation.StaffProfile", models.CASCADE, related_name="calendar_feeds"
    )
    agency = models.ForeignKey("kernel_organisation.Agency", models.CASCADE, null=True, related_name="+")
    secret = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(agency__isnull=True), name="course_catalogue_own_feed_once"
            ),
            models.UniqueConstraint(
                fields=["person", "agency"],
                condition=Q(agency__isnull=False),
                name="course_catalogue_agency_feed_once",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.agency_id or ''}".strip()

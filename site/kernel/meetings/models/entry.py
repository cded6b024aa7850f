from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.meetings.enums import EntryState
from kernel.organisation.models import BodyMeeting


@append_only(changeable_if="OLD.state = 'recorded'")
class MinutesEntry(models.Model):
    """What one meeting decided of the items that point here, written down once; people by id and by name.

    Evidence as soon as a second person has answered it. Each item's own decision keeps its presence as well.
    """

    meeting = models.ForeignKey(
        BodyMeeting, models.PROTECT, related_name="entries", verbose_name=_("meeting")
    )
    reference = models.CharField(_("minute reference"), max_length=50)
    present = models.JSONField(_("members present"), default=list)
    quorum = models.PositiveSmallIntegerField(_("quorum on that day"))
    state = models.CharField(
        _("state"), max_length=10, choices=EntryState, default=EntryState.RECORDED, editable=False
    )
    recorded_by_id = models.PositiveBigIntegerField(_("login that recorded it"))
    recorded_by_name = models.CharField(_("recorded by"), max_length=255)
    recorded_at = models.DateTimeField(_("recorded at"))
    answered_by_id = models.PositiveBigIntegerField(_("login that answered it"), null=True)
    answered_by_name = models.CharField(_("confirmed or returned by"), max_length=255, blank=True)
    answered_at = models.DateTimeField(_("confirmed or returned at"), null=True)
    reason = models.TextField(_("reason, if it was returned"), blank=True)

    class Meta:
        verbose_name = _("entry in the minutes")
        verbose_name_plural = _("entries in the minutes")
        default_permissions = ("view",)
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="kernel_meetings_four_eyes",
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("recorded_by_id")),
                violation_error_message=_("A second person must confirm the minutes."),
            ),
            models.CheckConstraint(
                name="kernel_meetings_answered_by_somebody",
                condition=Q(state="recorded", answered_by_id__isnull=True, answered_at__isnull=True)
                | ~Q(state="recorded") & Q(answered_by_id__isnull=False, answered_at__isnull=False),
                violation_error_message=_("Confirmed or returned minutes name who did it, and when."),
            ),
            models.CheckConstraint(
                name="kernel_meetings_returned_has_reason",
                condition=~Q(state="returned") | ~Q(reason=""),
                violation_error_message=_("Say what the minutes get wrong."),
            ),
            models.CheckConstraint(
                name="kernel_meetings_entry_has_reference",
                condition=~Q(reference=""),
                violation_error_message=_("Enter the minute reference."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def present_ids(self) -> set[int]:
        return {row["id"] for row in self.present}


def has_minutes(meeting) -> bool:
    """Recorded or confirmed; what was returned counts for nothing."""
    return meeting.entries.exclude(state=EntryState.RETURNED).exists()

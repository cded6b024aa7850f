from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import Mark
from kernel.audit.append_only import append_only


class AttendanceQuerySet(models.QuerySet):
    def standing(self):
        """What counts: the newest row of each person and day."""
        return self.filter(corrected_by__isnull=True)


@append_only
class Attendance(models.Model):
    """Evidence: what somebody said of one person on one day of a session. The newest row of a person and day counts.

    Somebody who came without a booking has none. A correction names the row that it takes the place of, and why.
    """

    day = models.ForeignKey("course_catalogue.SessionDay", models.PROTECT, related_name="marks")
    person = models.ForeignKey("kernel_organisation.StaffProfile", models.PROTECT, related_name="attendance")
    booking = models.ForeignKey("course_catalogue.Booking", models.PROTECT, null=True, related_name="marks")
    mark = models.CharField(_("mark"), max_length=15, choices=Mark)
    minutes_late = models.PositiveSmallIntegerField(_("minutes late"), default=0)
    minutes_early = models.PositiveSmallIntegerField(_("left early, minutes"), default=0)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(_("why it is corrected"), max_length=300, blank=True)
    own = models.BooleanField(_("checked in by the person"), default=False)
    by_name = models.CharField(_("marked by"), max_length=255)
    at = models.DateTimeField(_("marked at"))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["day_id", "person_id", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["day", "person"],
                condition=Q(corrects__isnull=True),
                name="course_catalogue_marked_once",
                violation_error_message=_("This person is marked for this day already: correct the mark."),
            ),
            models.CheckConstraint(
                name="course_catalogue_correction_says_why",
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                violation_error_message=_("Say why the mark is corrected."),
            ),
            models.CheckConstraint(
                name="course_catalogue_corrects_another",
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
            ),
        ]

    def __str__(self):
        return f"{self.day_id} {self.person_id} {self.mark}"

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only


@append_only
class RegisterClosing(models.Model):
    """Evidence: who closed the register of a day and when; without a day: of the whole session.

    From then on marks change by corrections alone. A session's register is closed with that of its last open day.
    """

    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="closings")
    day = models.ForeignKey("course_catalogue.SessionDay", models.PROTECT, null=True, related_name="closings")
    by_name = models.CharField(_("closed by"), max_length=255)
    at = models.DateTimeField(_("closed at"))

    class Meta:
        verbose_name = _("closed register")
        verbose_name_plural = _("closed registers")
        ordering = ["session_id", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(day__isnull=False),
                name="course_catalogue_day_closed_once",
                violation_error_message=_("The register of this day is closed already."),
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(day__isnull=True),
                name="course_catalogue_session_closed_once",
                violation_error_message=_("The register of this session is closed already."),
            ),
        ]

    def __str__(self):
        return f"{self.session_id} {self.day_id or 'all'}"


@append_only
class PlatformUpload(models.Model):
    """Evidence: somebody says that the file of a closed register is on the learning platform since that day (S0-48).

    ``last_mark``: the newest mark that the file held; a later correction makes it old.
    """

    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="uploads")
    uploaded_on = models.DateField(_("uploaded on"))
    last_mark = models.PositiveBigIntegerField(_("newest mark in it"))
    by_name = models.CharField(_("confirmed by"), max_length=255)
    at = models.DateTimeField(_("confirmed at"))

    class Meta:
        verbose_name = _("upload to the learning platform")
        verbose_name_plural = _("uploads to the learning platform")
        ordering = ["session_id", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["session", "last_mark"],
                name="course_catalogue_uploaded_once",
                violation_error_message=_("The upload of this register is confirmed already."),
            )
        ]

    def __str__(self):
        return f"{self.session_id} {self.uploaded_on}"

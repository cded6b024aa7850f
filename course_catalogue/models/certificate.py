from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only


@append_only
class Certificate(models.Model):
    """Evidence: this person took part, as the words of that day say. It is never edited; ``Revocation`` ends it.

    ``number`` counts the certificates of one person for one session: a second one follows a withdrawn first.
    ``minutes``: how long the person was there. ``facts``: level, framework and outcomes as they stood.
    """

    code = models.CharField(_("code"), max_length=9, unique=True)
    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="certificates")
    person = models.ForeignKey(
        "kernel_organisation.StaffProfile", models.PROTECT, related_name="certificates"
    )
    number = models.PositiveSmallIntegerField(_("which one"), default=1)
    name = models.CharField(_("name"), max_length=120)
    course_code = models.CharField(_("code of the course"), max_length=30)
    course_title = models.CharField(_("course"), max_length=255)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    minutes = models.PositiveIntegerField(_("minutes"))
    facts = models.JSONField(_("about the course"), default=dict)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by_name = models.CharField(_("issued by"), max_length=255)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-last_on", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person", "number"], name="course_catalogue_certificate_once"
            )
        ]

    def __str__(self):
        return self.code


@append_only
class Revocation(models.Model):
    """Evidence: the certificate counts no longer, and why."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="revocation")
    reason = models.CharField(_("reason"), max_length=300)
    by_name = models.CharField(_("withdrawn by"), max_length=255)
    at = models.DateTimeField(_("withdrawn at"))

    class Meta:
        verbose_name = _("withdrawn certificate")
        verbose_name_plural = _("withdrawn certificates")
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self):
        return str(self.certificate)

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SkillsNeed(models.Model):
    """Somebody wants to get better with computers before they can learn with them (S0-50). Ended, never deleted."""

    person = models.ForeignKey(
        "kernel_organisation.StaffProfile",
        models.PROTECT,
        related_name="skills_needs",
        verbose_name=_("person"),
    )
    words = models.CharField(_("what would help"), max_length=300, blank=True)
    flagged_by_name = models.CharField(_("noted by"), max_length=255)
    flagged_at = models.DateTimeField(_("noted"))
    ended_by_name = models.CharField(_("ended by"), max_length=255, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("need of IT skills")
        verbose_name_plural = _("needs of IT skills")
        ordering = ["flagged_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="course_catalogue_one_open_skills_need",
                violation_error_message=_("This is noted already."),
            )
        ]

    def __str__(self):
        return f"{self.person_id}"

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clearance(models.Model):
    """A dated fact that keeps booking of a course open, written by the app that knows it: one row for each source.

    ``valid_until`` is the last day on which it counts; ``words`` say to readers why it stands as it does.
    """

    course = models.ForeignKey("course_catalogue.CoursePage", models.PROTECT, related_name="clearances")
    source = models.CharField(_("source"), max_length=40)
    given = models.BooleanField(_("given"), default=False)
    words = models.CharField(_("in words"), max_length=300)
    valid_until = models.DateField(_("last day"), null=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("clearance")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["course", "source"], name="course_catalogue_one_clearance")
        ]

    def __str__(self):
        return f"{self.course_id} {self.source}"

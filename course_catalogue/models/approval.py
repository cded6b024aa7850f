from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import ApprovingRole
from kernel.audit.append_only import append_only


@append_only
class CourseApproval(models.Model):
    """Evidence: what one person said of one exact text of a course, as its subject expert or for education (S0-63).

    ``text_sha256`` is the digest of the text that was read; an approval of another text counts for nothing.
    ``completes`` marks the second yes, with which the text went live.
    """

    wagtail_reference_index_ignore = True

    course = models.ForeignKey("course_catalogue.CoursePage", models.PROTECT, related_name="approvals")
    revision_id_copy = models.PositiveBigIntegerField(_("revision"))
    text_sha256 = models.CharField(_("digest of the text"), max_length=64)
    role = models.CharField(_("as"), max_length=20, choices=ApprovingRole)
    agreed = models.BooleanField(_("approved"))
    words = models.TextField(_("reason"), blank=True)
    completes = models.BooleanField(_("went live with it"), default=False)
    by_id_copy = models.PositiveBigIntegerField(_("login"))
    by_name = models.CharField(_("by"), max_length=255)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("approval of a course")
        verbose_name_plural = _("approvals of courses")
        ordering = ["course_id", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["course", "revision_id_copy", "role"],
                condition=Q(agreed=True),
                name="course_catalogue_approved_once",
                violation_error_message=_("This text is approved in this role already."),
            ),
            models.UniqueConstraint(
                fields=["course", "revision_id_copy", "by_id_copy"],
                condition=Q(agreed=True),
                name="course_catalogue_two_approvers",
                violation_error_message=_("The subject expert and education are two different people."),
            ),
            models.CheckConstraint(
                name="course_catalogue_refusal_says_why",
                condition=Q(agreed=True) | ~Q(words="") & Q(completes=False),
                violation_error_message=_("Say what has to change."),
            ),
        ]

    def __str__(self):
        return f"{self.course_id} {self.role} {self.agreed}"

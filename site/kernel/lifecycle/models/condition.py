from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only


class ConditionQuerySet(models.QuerySet):
    def open(self):
        """Not met so far. What says that it is met is a decision, so nothing here is ever changed."""
        return self.filter(closure__isnull=True)


@append_only
class Condition(models.Model):
    """Something that must be done before the text can go on: by whom and by when, as the body put it."""

    wagtail_reference_index_ignore = True

    submission = models.ForeignKey("kernel_lifecycle.Submission", models.PROTECT, related_name="conditions")
    decision = models.ForeignKey("kernel_lifecycle.Decision", models.PROTECT, related_name="conditions_made")
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.TextField(_("condition"))
    owner = models.ForeignKey(
        "kernel_organisation.StaffProfile", models.PROTECT, related_name="+", verbose_name=_("who sees to it")
    )
    owner_name = models.CharField(_("who sees to it, by name"), max_length=255)
    due = models.DateField(_("by"))

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        ordering = ["submission_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "number"], name="kernel_lifecycle_one_condition_number"
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_condition_says_what",
                condition=~models.Q(words=""),
                violation_error_message=_("Say what must be done."),
            ),
        ]

    def __str__(self):
        return self.words

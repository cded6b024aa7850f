from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.lifecycle.review import add_months


class Frequency(models.IntegerChoices):
    """How many months lie between two reports."""

    MONTHLY = 1, _("every month")
    QUARTERLY = 3, _("every 3 months")
    HALF_YEARLY = 6, _("every 6 months")
    YEARLY = 12, _("every year")
    TWO_YEARLY = 24, _("every 2 years")


class ReportDuty(models.Model):
    """A report on one policy that a committee gets again and again (S3-07); it ends and is never rewritten.

    When the next one is due follows from ``first_due`` and the number of rows that answer it.
    """

    wagtail_reference_index_ignore = True

    policy = models.ForeignKey(
        "policy_pages.PolicyPage", models.PROTECT, related_name="report_duties", verbose_name=_("policy")
    )
    body = models.ForeignKey(
        "kernel_organisation.Body", models.PROTECT, related_name="+", verbose_name=_("committee")
    )
    name = models.CharField(_("report"), max_length=200)
    every_months = models.PositiveSmallIntegerField(_("how often"), choices=Frequency)
    first_due = models.DateField(_("first due"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("why it ended"), blank=True, editable=False)

    class Meta:
        verbose_name = _("report to a committee")
        verbose_name_plural = _("reports to committees")
        ordering = ["body__name", "first_due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "body", "name"],
                condition=Q(ended_on__isnull=True),
                name="policy_pages_one_duty_of_a_report",
                violation_error_message=_("This committee gets that report on this policy already."),
            ),
            models.CheckConstraint(
                name="policy_pages_report_frequency",
                condition=Q(every_months__in=Frequency.values),
                violation_error_message=_("Choose how often the report is due."),
            ),
            models.CheckConstraint(
                name="policy_pages_ended_report_has_a_reason",
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""),
                violation_error_message=_("Say why the report is not wanted any more."),
            ),
        ]

    def __str__(self):
        return self.name

    def due(self, number: int) -> date:
        """The last day for report ``number``, the first being 1."""
        return add_months(self.first_due, self.every_months * (number - 1))


@append_only
class ReportMade(models.Model):
    """The answer to one due day: the report that was made, or the reason why there is none."""

    wagtail_reference_index_ignore = True

    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="made", verbose_name=_("report"))
    number = models.PositiveSmallIntegerField(_("number"))
    made_on = models.DateField(_("given on"), null=True, blank=True)
    minute_reference = models.CharField(_("minute reference"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_by_id = models.PositiveBigIntegerField(_("login's number"), null=True, blank=True)
    recorded_by_name = models.CharField(_("recorded by"), max_length=255)
    recorded_on = models.DateField(_("recorded on"))

    class Meta:
        verbose_name = _("report made")
        ordering = ["duty_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "number"],
                name="policy_pages_one_answer_to_a_due_day",
                violation_error_message=_("This report is recorded already."),
            ),
            models.CheckConstraint(name="policy_pages_report_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="policy_pages_report_made_or_why_not",
                condition=Q(made_on__isnull=False) & ~Q(minute_reference="")
                | Q(made_on__isnull=True) & ~Q(note=""),
                violation_error_message=_(
                    "Enter the day and the minute reference, or say why there was no report."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.duty}, {self.number}"

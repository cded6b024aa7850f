from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only

NOT_DONE = "OLD.completed_on IS NULL"


class EffectivenessAuditQuerySet(models.QuerySet):
    def open(self):
        return self.filter(completed_on__isnull=True)

    def late(self, today):
        """Planned for a day that is past. On the planned day itself it is in time."""
        return self.open().filter(planned_on__lt=today)


@append_only(changeable_if=NOT_DONE)
class EffectivenessAudit(models.Model):
    """Whether one policy does what it is for (S0-05): planned for a day, done once, evidence from then on.

    One that was not carried out is closed with that as its finding: it, too, is told to somebody.
    """

    wagtail_reference_index_ignore = True

    policy = models.ForeignKey(
        "policy_pages.PolicyPage", models.PROTECT, related_name="audits", verbose_name=_("policy")
    )
    planned_on = models.DateField(_("planned for"))
    auditor = models.ForeignKey(
        "kernel_organisation.StaffProfile", models.PROTECT, related_name="+", verbose_name=_("auditor")
    )
    standard = models.TextField(_("standard"), help_text=_("What should be found, and in how many cases."))
    finding = models.TextField(_("finding"), blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    reported_to = models.ForeignKey(
        "kernel_organisation.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported to"),
    )
    completed_by_id = models.PositiveBigIntegerField(_("login's number"), null=True, blank=True)
    completed_by_name = models.CharField(_("recorded by"), max_length=255, blank=True)

    objects = EffectivenessAuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit of effectiveness")
        verbose_name_plural = _("audits of effectiveness")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "planned_on", "auditor"],
                name="policy_pages_one_audit_a_day",
                violation_error_message=_("This audit is planned already."),
            ),
            models.CheckConstraint(
                name="policy_pages_audit_has_a_standard",
                condition=~Q(standard=""),
                violation_error_message=_("Enter the standard against which it is audited."),
            ),
            models.CheckConstraint(
                name="policy_pages_done_audit_is_whole",
                condition=Q(completed_on__isnull=True, finding="", reported_to__isnull=True)
                | Q(completed_on__isnull=False, reported_to__isnull=False) & ~Q(finding=""),
                violation_error_message=_(
                    "An audit is closed with its finding and with whom it was told to."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["policy", "completed_on", "planned_on"], name="policy_pages_last_audit")
        ]

    def __str__(self):
        return f"{self.policy}, {self.planned_on:%d %B %Y}"

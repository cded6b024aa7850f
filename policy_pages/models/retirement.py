from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from policy_pages.models.version import PolicyVersion


@append_only
class Retirement(models.Model):
    """Evidence: a body withdrew a policy, that is its version that counted then. Added by ``outcomes.retiring``.

    ``withdrawn_from`` is the first day on which nobody follows it. A version issued afterwards counts again.
    """

    wagtail_reference_index_ignore = True

    version = models.OneToOneField(
        PolicyVersion, models.PROTECT, related_name="retirement", verbose_name=_("version")
    )
    reason = models.TextField(_("reason"))
    replaced_by = models.ForeignKey(
        "policy_pages.PolicyPage",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("replaced by"),
    )
    withdrawn_from = models.DateField(_("withdrawn from"))
    body_name = models.CharField(_("body"), max_length=255)
    decided_on = models.DateField(_("decided on"))
    minute_reference = models.CharField(_("minute reference"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("withdrawal")
        constraints = [
            models.CheckConstraint(
                name="policy_pages_retirement_has_reason",
                condition=~models.Q(reason=""),
                violation_error_message=_("Say why it is withdrawn: readers see the reason."),
            ),
            models.CheckConstraint(
                name="policy_pages_withdrawn_once_decided",
                condition=models.Q(withdrawn_from__gte=models.F("decided_on")),
                violation_error_message=_("A policy cannot be withdrawn before the day of the decision."),
            ),
        ]

    def __str__(self):
        return f"{self.version}, {self.withdrawn_from:%d %B %Y}"

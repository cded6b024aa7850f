from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.organisation.models.body import Body
from kernel.organisation.models.dated import Given
from kernel.organisation.models.staff import StaffProfile


class Delegation(Given):
    """Somebody acts for somebody else, between two days, both included. What they do is recorded as "for"."""

    principal = models.ForeignKey(
        StaffProfile, verbose_name=_("for"), on_delete=models.PROTECT, related_name="delegations_given"
    )
    delegate = models.ForeignKey(
        StaffProfile, verbose_name=_("delegate"), on_delete=models.PROTECT, related_name="delegations_held"
    )
    body = models.ForeignKey(
        Body,
        verbose_name=_("only for this body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
    )
    until_on = models.DateField(_("last day"), help_text=_("The last day still counts."))
    limits = models.CharField(_("purpose and limits"), max_length=500, blank=True)

    class Meta(Given.Meta):
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["from_on", "pk"]
        constraints = [
            *Given.Meta.constraints,
            models.CheckConstraint(
                name="kernel_organisation_delegate_is_another",
                condition=~Q(principal=F("delegate")),
                violation_error_message=_("Nobody delegates to themselves."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(delegate)s for %(principal)s") % {"delegate": self.delegate, "principal": self.principal}

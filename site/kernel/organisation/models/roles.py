from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.organisation.grants import known_role
from kernel.organisation.models.agency import Agency
from kernel.organisation.models.body import Body
from kernel.organisation.models.dated import Given
from kernel.organisation.models.team import Team


class RoleGrant(Given):
    """A role given to a login for a time: on the whole site, or for one body, agency or tree of teams.

    Goes with the login; who held what, and when, stays in the audit trail.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("login"),
        on_delete=models.CASCADE,
        related_name="role_grants",
    )
    role = models.CharField(_("role"), max_length=40, validators=[known_role])
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        Team, verbose_name=_("team"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Given.Meta):
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        ordering = ["role", "from_on", "pk"]
        constraints = [
            *Given.Meta.constraints,
            models.CheckConstraint(
                name="kernel_organisation_grant_one_scope",
                condition=Q(body__isnull=True, agency__isnull=True)
                | Q(body__isnull=True, team__isnull=True)
                | Q(agency__isnull=True, team__isnull=True),
                violation_error_message=_(
                    "A role is held for one body, one agency or one team, not for two."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.role

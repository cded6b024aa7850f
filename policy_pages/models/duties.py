"""What somebody has to do, as frozen texts say it, and what an organisation calls the roles that they name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policy_pages.enums import Cadence, DutySource, Force
from policy_pages.models.version import PolicyVersion


class DutyEntry(models.Model):
    """One duty of an issued text: a clause that binds, or one responsibility or task of a row of roles.

    No evidence: all of it comes from the version and may be deleted and made anew (``rebuild_clause_index``). Who may
    read it and whether it counts today is asked of its version. ``since`` is the first day of the version in which
    it came to read as it does; ``new``: nothing stood in its place before.
    """

    wagtail_reference_index_ignore = True

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="+", verbose_name=_("version"))
    position = models.PositiveIntegerField(_("place in the text"))
    source = models.CharField(_("kind"), max_length=20, choices=DutySource)
    anchor = models.CharField(_("permanent id"), max_length=64)
    number = models.CharField(_("number"), max_length=60, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    words = models.TextField(_("words"))
    force = models.CharField(_("force"), max_length=10, choices=Force, blank=True)
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence, blank=True)
    everyone = models.BooleanField(_("for everyone"), default=False)
    since = models.DateField(_("as it reads since"))
    new = models.BooleanField(_("new on that day"), default=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["version_id", "position"]
        default_permissions = ()

    def __str__(self):
        return f"{self.version_id} {self.number} {self.words[:40]}"


class DutyRole(models.Model):
    """Who has a duty: a job role by the number and name that the text froze, or a role as the text writes it.

    A written role with alternatives has a row for each ``alias``, all with the ``key`` of the whole.
    """

    wagtail_reference_index_ignore = True

    duty = models.ForeignKey(DutyEntry, models.CASCADE, related_name="roles", verbose_name=_("duty"))
    job_role = models.BigIntegerField(_("number of the job role"), null=True, db_index=True)
    name = models.CharField(_("role as written"), max_length=200)
    key = models.CharField(_("role in addresses"), max_length=80, blank=True, db_index=True)
    alias = models.CharField(_("name that is compared"), max_length=80, blank=True, db_index=True)

    class Meta:
        verbose_name = _("role with a duty")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return self.name


class LocalRole(models.Model):
    """What one organisation makes of a role as texts write it: its own name, the job roles or the staff group."""

    agency = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    key = models.CharField(_("role in addresses"), max_length=80)
    written = models.CharField(_("role as written"), max_length=200)
    local_name = models.CharField(_("what it is called here"), max_length=200, blank=True)
    job_roles = models.ManyToManyField(
        "kernel_organisation.JobRole", related_name="+", verbose_name=_("job roles")
    )
    staff_group = models.ForeignKey(
        "kernel_organisation.StaffGroup",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("staff group"),
    )

    class Meta:
        verbose_name = _("role by its local name")
        ordering = ["written"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"],
                name="policy_pages_one_local_role",
                violation_error_message=_("This organisation has said already what this role is here."),
            )
        ]

    def __str__(self):
        return self.local_name or self.written

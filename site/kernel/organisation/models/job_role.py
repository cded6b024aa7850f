from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRole(models.Model):
    """What a post is: "staff nurse". What its holder may do here is another matter (``RoleGrant``)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("job role")
        verbose_name_plural = _("job roles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StaffGroup(models.Model):
    """A named set of job roles, on which audiences and the needs grid are keyed."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    job_roles = models.ManyToManyField(JobRole, verbose_name=_("job roles"), related_name="staff_groups")

    class Meta:
        verbose_name = _("staff group")
        verbose_name_plural = _("staff groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

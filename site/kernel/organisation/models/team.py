from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from kernel.organisation.models.agency import Agency


class TeamKind(models.TextChoices):
    DIRECTORATE = "directorate", _("Directorate")
    SERVICE = "service", _("Service")
    WARD = "ward", _("Ward or team")


class TeamQuerySet(models.QuerySet):
    def below(self, team: "Team"):
        """Everything under the team, however deep, without the team itself."""
        return self.filter(path__startswith=team.path).exclude(pk=team.pk)

    def tree_of(self, team: "Team"):
        return self.filter(path__startswith=team.path)

    def above(self, team: "Team"):
        """The team and everything over it."""
        return self.filter(pk__in=team.lineage)


class Team(models.Model):
    """A node of its agency's tree. ``path`` lists the keys from the top ("/3/17/") and follows every move."""

    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="teams"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=TeamKind, default=TeamKind.WARD)
    name = models.CharField(_("name"), max_length=120)
    path = models.CharField(max_length=255, editable=False, default="", db_index=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["agency__name", "path"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "parent", "name"],
                name="kernel_organisation_team_name_once",
                violation_error_message=_("There is a team of this name there already."),
            ),
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=Q(parent__isnull=True),
                name="kernel_organisation_top_team_name_once",
                violation_error_message=_("There is a team of this name there already."),
            ),
            models.CheckConstraint(
                name="kernel_organisation_team_not_in_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A team cannot belong to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lineage(self) -> list[int]:
        """Keys from the top of the tree down to this team."""
        return [int(key) for key in self.path.split("/") if key]

    def clean(self):
        super().clean()
        if self.parent is None:
            return
        if self.parent.agency_id != self.agency_id:
            raise ValidationError({"parent": _("A team belongs to a team of its own agency.")})
        if self.pk and self.pk in self.parent.lineage:
            raise ValidationError({"parent": _("A team cannot belong to itself or to a team below it.")})

    def save(self, *args, **kwargs):
        """Keep the path of this team and of everything below it true, in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._settle_path()

    def _settle_path(self):
        above = "/"
        if self.parent_id:
            above = Team.objects.select_for_update().values_list("path", flat=True).get(pk=self.parent_id)
        before, self.path = self.path, f"{above}{self.pk}/"
        if before == self.path:
            return
        Team.objects.filter(pk=self.pk).update(path=self.path)
        if before:
            tail = Substr("path", len(before) + 1)
            below = Team.objects.filter(path__startswith=before).exclude(pk=self.pk)
            below.update(path=Concat(Value(self.path), tail))

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from kernel.organisation import lines
from kernel.organisation.models.agency import Agency
from kernel.organisation.models.dated import Dated
from kernel.organisation.models.job_role import JobRole
from kernel.organisation.models.team import Team


class PersonKind(models.TextChoices):
    STAFF = "staff", _("Staff")
    STUDENT = "student", _("Student")
    VOLUNTEER = "volunteer", _("Volunteer")
    CONTRACTED = "contracted", _("Contracted")
    BANK = "bank or agency", _("Bank or agency")


def is_here(today: date, prefix: str = "") -> Q:
    """People who have not left, of agencies that are not suspended."""
    stays = Q(**{f"{prefix}left_on__isnull": True}) | Q(**{f"{prefix}left_on__gte": today})
    return stays & Q(**{f"{prefix}active": True, f"{prefix}agency__active": True})


class StaffProfileQuerySet(models.QuerySet):
    def here(self, today: date):
        return self.filter(is_here(today))


class StaffProfile(ClusterableModel):
    """A person of an agency, with or without a login. Survives the login."""

    name = models.CharField(_("name"), max_length=120)
    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="people"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("login"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="staff_profile",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PersonKind, default=PersonKind.STAFF)
    staff_number = models.CharField(_("staff number"), max_length=40, blank=True)
    active = models.BooleanField(_("active"), default=True, editable=False)
    left_on = models.DateField(_("last day"), null=True, blank=True, editable=False)
    login_suspended = models.BooleanField(default=False, editable=False)

    objects = StaffProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "staff_number"],
                condition=~Q(staff_number=""),
                name="kernel_organisation_staff_number_once",
                violation_error_message=_("Somebody of this agency has this staff number already."),
            ),
            models.CheckConstraint(
                name="kernel_organisation_left_needs_a_day",
                condition=Q(active=True) | Q(left_on__isnull=False),
                violation_error_message=_("Say which day was the last."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_here(self, today: date) -> bool:
        stays = self.left_on is None or today <= self.left_on
        return self.active and stays and self.agency.active


class Post(Dated):
    """One person in one team and job role, under one line manager, from one day to another."""

    person = ParentalKey(
        StaffProfile, verbose_name=_("person"), on_delete=models.PROTECT, related_name="posts"
    )
    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="posts")
    job_role = models.ForeignKey(
        JobRole, verbose_name=_("job role"), on_delete=models.PROTECT, related_name="posts"
    )
    manager = models.ForeignKey(
        StaffProfile,
        verbose_name=_("line manager"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_posts",
    )
    primary = models.BooleanField(_("main post"), default=False)

    class Meta(Dated.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["from_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="kernel_organisation_not_own_manager",
                condition=Q(manager__isnull=True) | ~Q(manager=F("person")),
                violation_error_message=_("Nobody is their own line manager."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(primary=True, until_on__isnull=True),
                name="kernel_organisation_one_main_post",
                violation_error_message=_("This person has a main post already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_role}, {self.team}"

    def clean(self):
        """The team is the person's own agency's, and nobody manages, however indirectly, their manager."""
        super().clean()
        if self.team_id and self.person_id and self.team.agency_id != self.person.agency_id:
            raise ValidationError({"team": _("This team belongs to another agency than the person.")})
        if self.manager_id and self.from_on and lines.would_circle(Post, self):
            raise ValidationError(
                {"manager": _("That would be a circle: the manager reports to this person.")}
            )


class AbsenceReason(models.TextChoices):
    SICKNESS = "sickness", _("Sickness")
    PARENTAL = "parental", _("Maternity, paternity or adoption")
    CAREER = "career", _("Career break or secondment")
    OTHER = "other", _("Other")


class Absence(Dated):
    """A time away. HR and the line manager alone may read why (``reason``); lists say "absent"."""

    person = models.ForeignKey(
        StaffProfile, verbose_name=_("person"), on_delete=models.PROTECT, related_name="absences"
    )
    reason = models.CharField(_("reason"), max_length=20, choices=AbsenceReason, default=AbsenceReason.OTHER)

    class Meta(Dated.Meta):
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["from_on", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(_("absent"))

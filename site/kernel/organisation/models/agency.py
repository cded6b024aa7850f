from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    HEALTH = "health", _("Health")
    LOCAL_AUTHORITY = "local authority", _("Local authority")
    POLICE = "police", _("Police and justice")
    EDUCATION = "education", _("Education and early years")
    VOLUNTARY = "voluntary", _("Voluntary and community")
    PRIVATE = "private", _("Private")


class TurnoverBand(models.TextChoices):
    UNKNOWN = "", _("Not known")
    SMALL = "small", _("Small: pays no charge where the board says so")
    LARGE = "large", _("Above the small band")


class AgencyKind(models.TextChoices):
    HOST = "host", _("Host organisation")
    PARTNER = "partner", _("Partner")


class Agency(models.Model):
    """An organisation of the partnership; exactly one of them runs this site."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("address word"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AgencyKind, default=AgencyKind.PARTNER)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    contributes_to_board = models.BooleanField(_("contributes to the board"), default=False)
    turnover_band = models.CharField(
        _("turnover"), max_length=10, choices=TurnoverBand, blank=True, default=TurnoverBand.UNKNOWN
    )
    training_contact = models.ForeignKey(
        "kernel_organisation.StaffProfile",
        verbose_name=_("training contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    contact_name = models.CharField(
        _("contact's name"), max_length=120, blank=True, help_text=_("For a contact who has no account here.")
    )
    contact_email = models.EmailField(_("contact's e-mail address"), blank=True)
    contact_phone = models.CharField(_("contact's telephone"), max_length=40, blank=True)
    active = models.BooleanField(_("active"), default=True, editable=False)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                name="kernel_organisation_one_host",
                condition=Q(kind="host"),
                violation_error_message=_("There is one host organisation already."),
            ),
            models.CheckConstraint(
                name="kernel_organisation_agency_has_contact",
                condition=Q(kind="host")
                | Q(active=False)
                | Q(training_contact__isnull=False)
                | ~Q(contact_name=""),
                violation_error_message=_("Name the training contact of a partner agency."),
            ),
            models.CheckConstraint(
                name="kernel_organisation_host_is_active",
                condition=~Q(kind="host", active=False),
                violation_error_message=_("The host organisation cannot be suspended."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self):
        super().clean()
        contact = self.training_contact
        if contact is not None and contact.agency_id != self.pk:
            raise ValidationError({"training_contact": _("The training contact works for another agency.")})
        if self.contact_name and not (self.contact_email or self.contact_phone):
            raise ValidationError(
                {"contact_email": _("Say how the contact is reached: e-mail or telephone.")}
            )

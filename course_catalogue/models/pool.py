from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only


class PoolRule(models.Model):
    """What the partnership agreed about its training pool, from a day on; the newest that has begun holds.

    ``free_places``: earned by an agency for each whole day that one of its people teaches. ``half_minutes``: a day of
    teaching up to this long counts half. ``observe_months``: how often a trainer is observed. Where no rule has
    begun, nothing is earned and nobody is listed as not observed.
    """

    from_on = models.DateField(_("first day"), unique=True)
    free_places = models.PositiveSmallIntegerField(_("free places for a trainer day"), default=0)
    half_minutes = models.PositiveSmallIntegerField(
        _("minutes up to which a day counts half"), default=240, validators=[MaxValueValidator(720)]
    )
    observe_months = models.PositiveSmallIntegerField(
        _("a trainer is observed every so many months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta:
        verbose_name = _("rule of the training pool")
        verbose_name_plural = _("rules of the training pool")
        ordering = ["-from_on"]

    def __str__(self):
        return f"{self.from_on}"


@append_only
class TrainerDay(models.Model):
    """Evidence: an agency gave a day of its trainer's time (S4-60); ``free_places`` by the rule of that day.

    A correction names the row that it takes the place of, and why; the newest row of a chain counts. Written once for
    each taught day by the daily job, by hand for other work.
    """

    agency = models.ForeignKey("kernel_organisation.Agency", models.PROTECT, related_name="+")
    trainer = models.ForeignKey("course_catalogue.Trainer", models.PROTECT, related_name="given")
    day = models.ForeignKey("course_catalogue.SessionDay", models.PROTECT, null=True, related_name="+")
    given_on = models.DateField(_("given"))
    days = models.DecimalField(_("days"), max_digits=4, decimal_places=2)
    free_places = models.DecimalField(_("free places earned"), max_digits=6, decimal_places=1, default=0)
    words = models.CharField(_("for what"), max_length=300, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    by_name = models.CharField(_("recorded by"), max_length=255)
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("day given to the training pool")
        ordering = ["-given_on", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["day", "trainer"],
                condition=Q(corrects__isnull=True, day__isnull=False),
                name="course_catalogue_day_given_once",
                violation_error_message=_("This day is in the ledger already: correct it."),
            ),
            models.CheckConstraint(
                name="course_catalogue_given_days",
                condition=Q(days__gte=0, days__lte=31, free_places__gte=0),
                violation_error_message=_("Days given lie between 0 and 31."),
            ),
            models.CheckConstraint(
                name="course_catalogue_given_says_why",
                condition=Q(corrects__isnull=True, day__isnull=False) | ~Q(words=""),
                violation_error_message=_("Say what the days were given for, or why they are corrected."),
            ),
            models.CheckConstraint(
                name="course_catalogue_given_corrects_another",
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
            ),
        ]

    def __str__(self):
        return f"{self.agency_id} {self.given_on} {self.days}"

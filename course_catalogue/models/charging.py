from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from course_catalogue.charging import notice
from course_catalogue.charging.kinds import (
    Basis,
    Counting,
    EarlyRule,
    LateRule,
    Length,
    PriceKind,
    Unit,
)
from kernel.audit.append_only import append_only
from kernel.lifecycle.enums import Nation
from kernel.organisation.models.dated import Dated, Given

FIXED = (
    "name document_kind document_id reference from_on number unit counting cut_off nation basis half_minutes "
    "percent late_minutes late_rule early_minutes early_rule person_cancels "
    "coordinator_cancels extra_costs extra_words added_by_name added_at"
).split()
# Only the end of a policy may be written later, and the end alone is not written twice.
ENDS_ALONE = " AND ".join(
    [
        "OLD.until_on IS NULL",
        "OLD.withdrawn_on IS NULL",
        *(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in FIXED),
    ]
)
AMOUNT = {"max_digits": 8, "decimal_places": 2, "validators": [MinValueValidator(0)]}


def five():
    """5pm, as a function: Django takes a fixed time of day for a mistake during that minute."""
    return notice.FIVE


class PayerClass(models.Model):
    """Who pays for places and who does not (S4-14). ``pays`` False: the place is free, an empty chair is not."""

    slug = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    pays = models.BooleanField(_("pays for places"), default=True)
    place = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("class of payers")
        verbose_name_plural = _("classes of payers")
        ordering = ["place", "pk"]
        default_permissions = ("view",)

    def __str__(self):
        return self.name


class AgencyClass(Dated):
    """The class of an agency from one day on, said by a person; without a row the class follows from the agency."""

    agency = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, related_name="payer_classes", verbose_name=_("agency")
    )
    payer_class = models.ForeignKey(
        PayerClass, models.PROTECT, related_name="agencies", verbose_name=_("class")
    )
    reason = models.CharField(_("why"), max_length=300)
    by_name = models.CharField(_("said by"), max_length=255)

    class Meta(Dated.Meta):
        verbose_name = _("class of an agency")
        ordering = ["agency_id", "-from_on"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.agency}: {self.payer_class}"


@append_only(changeable_if=ENDS_ALONE)
class ChargePolicy(Given):
    """Notice, charges and who may cancel, from one day on; never two on one day (S4-16).

    Added whole and never edited: another rule is another policy. A booking keeps the one of the day on which it
    was made. Withdrawn: taken back before its first day.
    """

    name = models.CharField(_("name"), max_length=120)
    document_kind = models.CharField(_("kind of document"), max_length=40, blank=True)
    document_id = models.PositiveBigIntegerField(_("document"), null=True, blank=True)
    reference = models.CharField(_("reference of the charging policy"), max_length=60, blank=True)
    number = models.PositiveSmallIntegerField(
        _("notice"), validators=[MinValueValidator(1), MaxValueValidator(notice.MOST)]
    )
    unit = models.CharField(_("counted in"), max_length=15, choices=Unit, default=Unit.WORKING_DAYS)
    counting = models.CharField(
        _("how days are counted"), max_length=10, choices=Counting, default=Counting.INCLUSIVE
    )
    cut_off = models.TimeField(_("until what time on the last day"), default=five)
    nation = models.CharField(_("bank holidays of"), max_length=3, choices=Nation, default=Nation.ENGLAND)
    basis = models.CharField(_("what is charged"), max_length=10, choices=Basis, default=Basis.FLAT)
    half_minutes = models.PositiveSmallIntegerField(
        _("a half day is at most, in minutes"), default=240, validators=[MinValueValidator(1)]
    )
    percent = models.DecimalField(
        _("part of the price, in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    late_minutes = models.PositiveSmallIntegerField(_("late after, in minutes"), null=True, blank=True)
    late_rule = models.CharField(
        _("who comes later"), max_length=15, choices=LateRule, default=LateRule.NOTHING
    )
    early_minutes = models.PositiveSmallIntegerField(_("left early after, in minutes"), null=True, blank=True)
    early_rule = models.CharField(
        _("who leaves earlier"), max_length=15, choices=EarlyRule, default=EarlyRule.NOTHING
    )
    person_cancels = models.BooleanField(_("the person may cancel"), default=True)
    coordinator_cancels = models.BooleanField(_("the agency's coordinator may cancel"), default=True)
    extra_costs = models.BooleanField(_("extra costs are passed on"), default=False)
    extra_words = models.CharField(
        _("which extra costs"), max_length=200, blank=True, help_text=_("For example an interpreter.")
    )
    added_by_name = models.CharField(_("added by"), max_length=255)
    added_at = models.DateTimeField(_("added at"))

    class Meta(Given.Meta):
        verbose_name = _("charging policy")
        verbose_name_plural = _("charging policies")
        ordering = ["-from_on", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_charge_dates",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                name="course_catalogue_charge_withdrawn_before",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__lte=F("from_on")),
                violation_error_message=_("A policy that has begun is ended, not withdrawn."),
            ),
            models.CheckConstraint(
                name="course_catalogue_charge_notice",
                condition=Q(number__gte=1, number__lte=notice.MOST),
                violation_error_message=_("Notice is from 1 to 366."),
            ),
            models.CheckConstraint(
                name="course_catalogue_charge_percent",
                condition=Q(basis=Basis.PERCENT, percent__isnull=False, percent__gte=0, percent__lte=100)
                | ~Q(basis=Basis.PERCENT) & Q(percent__isnull=True),
                violation_error_message=_(
                    "Say which part of the price is charged, in percent from 0 to 100."
                ),
            ),
            models.CheckConstraint(
                name="course_catalogue_charge_late_rule",
                condition=Q(late_rule=LateRule.NOTHING) | Q(late_minutes__isnull=False),
                violation_error_message=_("Say after how many minutes somebody is late."),
            ),
            models.CheckConstraint(
                name="course_catalogue_charge_early_rule",
                condition=Q(early_rule=EarlyRule.NOTHING) | Q(early_minutes__isnull=False),
                violation_error_message=_("Say after how many minutes somebody has left early."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def rule(self) -> notice.Rule:
        return notice.Rule(
            self.number, Unit(self.unit), Counting(self.counting), self.cut_off, Nation(self.nation)
        )


@append_only
class Price(models.Model):
    """One amount of a policy. Without a class: for everybody whose class has no amount of its own."""

    policy = models.ForeignKey(ChargePolicy, models.PROTECT, related_name="prices")
    kind = models.CharField(_("for what"), max_length=10, choices=PriceKind)
    payer_class = models.ForeignKey(
        PayerClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("class")
    )
    length = models.CharField(_("length"), max_length=10, choices=Length)
    amount = models.DecimalField(_("amount"), **AMOUNT)

    class Meta:
        verbose_name = _("amount of a charging policy")
        ordering = ["policy_id", "kind", "payer_class_id", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "payer_class", "length"],
                condition=Q(payer_class__isnull=False),
                name="course_catalogue_price_once",
            ),
            models.UniqueConstraint(
                fields=["policy", "kind", "length"],
                condition=Q(payer_class__isnull=True),
                name="course_catalogue_price_for_all_once",
            ),
            models.CheckConstraint(
                name="course_catalogue_price_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("An amount is never negative."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.get_length_display()}: {self.amount}"


@append_only
class ChargeTier(models.Model):
    """Told later than ``number`` units before the course: so much. The lowest number that has passed counts.

    ``percent`` of the whole charge, or an ``amount``. The highest number of a policy's tiers is its notice.
    """

    policy = models.ForeignKey(ChargePolicy, models.PROTECT, related_name="tiers")
    number = models.PositiveSmallIntegerField(
        _("told later than"), validators=[MinValueValidator(1), MaxValueValidator(notice.MOST)]
    )
    percent = models.DecimalField(
        _("percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    amount = models.DecimalField(_("amount"), null=True, blank=True, **AMOUNT)

    class Meta:
        verbose_name = _("step of a charge")
        ordering = ["policy_id", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "number"],
                name="course_catalogue_tier_once",
                violation_error_message=_("There is a step of this number already."),
            ),
            models.CheckConstraint(
                name="course_catalogue_tier_percent_or_amount",
                condition=Q(percent__isnull=True, amount__isnull=False, amount__gte=0)
                | Q(percent__isnull=False, amount__isnull=True, percent__gte=0, percent__lte=100),
                violation_error_message=_("A step has a percentage or an amount."),
            ),
        ]

    def __str__(self):
        return f"{self.number}: {self.percent if self.amount is None else self.amount}"


@append_only
class WaiverGround(models.Model):
    """Why a charge may be waived, as the policy says it."""

    policy = models.ForeignKey(ChargePolicy, models.PROTECT, related_name="grounds")
    words = models.CharField(_("ground"), max_length=200)
    needs_evidence = models.BooleanField(_("needs evidence"), default=True)

    class Meta:
        verbose_name = _("ground for a waiver")
        ordering = ["policy_id", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["policy", "words"], name="course_catalogue_ground_once")
        ]

    def __str__(self):
        return self.words

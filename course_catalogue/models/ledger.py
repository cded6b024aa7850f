from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from course_catalogue.charging.kinds import (
    CHARGES,
    FROM_BOOKING,
    EntryKind,
    InvoiceKind,
    WaiverState,
)
from kernel.audit.append_only import append_only

STILL_ASKED = "OLD.state = 'asked'"


@append_only
class LedgerEntry(models.Model):
    """One line of what an agency owes: never changed. What was wrong is taken back by another line.

    ``turn`` counts the lines of one kind of one booking, so that two acts at once cannot both write the same one.
    ``reverses``: the line that this one takes back, in whole for a reversal, in whole or part for a waiver.
    """

    agency = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, related_name="ledger", verbose_name=_("agency")
    )
    booking = models.ForeignKey(
        "course_catalogue.Booking", models.PROTECT, related_name="ledger", verbose_name=_("booking")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    turn = models.PositiveSmallIntegerField(_("turn"), default=0)
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    words = models.CharField(_("for what"), max_length=500)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    at = models.DateTimeField(_("at"))
    by_name = models.CharField(_("by"), max_length=255)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["agency", "at"], name="course_catalogue_owed")]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "kind", "turn"],
                condition=Q(kind__in=FROM_BOOKING),
                name="course_catalogue_charged_once",
                violation_error_message=_("This is charged already."),
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(kind=EntryKind.REVERSAL),
                name="course_catalogue_reversed_once",
                violation_error_message=_("This line was taken back already."),
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(kind=EntryKind.WAIVER),
                name="course_catalogue_waived_once",
                violation_error_message=_("This line was waived already."),
            ),
            models.CheckConstraint(
                name="course_catalogue_sign_of_kind",
                condition=Q(kind__in=CHARGES, amount__gt=0, reverses__isnull=True)
                | Q(kind=EntryKind.WAIVER, amount__lt=0, reverses__isnull=False)
                | Q(kind=EntryKind.REVERSAL, reverses__isnull=False) & ~Q(amount=0),
                violation_error_message=_("A charge adds, a waiver takes off, a reversal names its line."),
            ),
            models.CheckConstraint(
                name="course_catalogue_reverses_another",
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("id")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"


def evidence_path(instance, filename):
    return f"waivers/{instance.sha256[:2]}/{instance.sha256}"


@append_only(changeable_if=STILL_ASKED)
class Waiver(models.Model):
    """Somebody asks that a charge be dropped, and another person decides. All of it is kept.

    People are kept by number and name. The evidence is words, a file or an address; ``sha256`` is the file's digest.
    """

    wagtail_reference_index_ignore = True

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="waivers", verbose_name=_("charge"))
    ground = models.ForeignKey(
        "course_catalogue.WaiverGround",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ground"),
    )
    words = models.TextField(_("what happened"), max_length=2000)
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=200, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    sha256 = models.CharField(_("digest of the file"), max_length=64, blank=True)
    link = models.URLField(_("address of the evidence"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=WaiverState, default=WaiverState.ASKED, editable=False
    )
    asked_by_id = models.PositiveBigIntegerField(_("asked by, number"))
    asked_by_name = models.CharField(_("asked by"), max_length=255)
    asked_at = models.DateTimeField(_("asked at"))
    decided_by_id = models.PositiveBigIntegerField(_("decided by, number"), null=True)
    decided_by_name = models.CharField(_("decided by"), max_length=255, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.TextField(_("why"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["asked_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=WaiverState.ASKED),
                name="course_catalogue_waiver_asked_once",
                violation_error_message=_("A waiver of this charge is asked for already."),
            ),
            models.CheckConstraint(
                name="course_catalogue_waiver_four_eyes",
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("asked_by_id")),
                violation_error_message=_("Who asks for a waiver does not decide it."),
            ),
            models.CheckConstraint(
                name="course_catalogue_waiver_decided",
                condition=Q(state=WaiverState.ASKED, decided_by_id__isnull=True, decided_at__isnull=True)
                | Q(state=WaiverState.OVER, decided_by_id__isnull=True, decided_at__isnull=False)
                | Q(
                    state__in=[WaiverState.GRANTED, WaiverState.REFUSED],
                    decided_by_id__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(answer=""),
                violation_error_message=_("A decision names who decided, when and why."),
            ),
        ]

    def __str__(self):
        return f"{self.entry_id} {self.state}"


class InvoiceNumber(models.Model):
    """The last number that was given: one row, the lock under which the next one is taken."""

    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.last)


@append_only
class Invoice(models.Model):
    """What one agency is asked to pay, or gets back, for a period. Never changed, numbered without gaps."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=InvoiceKind)
    agency = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, related_name="invoices", verbose_name=_("agency")
    )
    agency_name = models.CharField(_("to"), max_length=200)
    from_name = models.CharField(_("from"), max_length=200)
    period_from = models.DateField(_("first day"))
    period_to = models.DateField(_("last day"))
    total = models.DecimalField(_("total"), max_digits=10, decimal_places=2)
    made_at = models.DateTimeField(_("made at"))
    made_by_name = models.CharField(_("made by"), max_length=255)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-number"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_invoice_period", condition=Q(period_to__gte=F("period_from"))
            ),
            models.CheckConstraint(
                name="course_catalogue_invoice_kind",
                condition=Q(kind=InvoiceKind.INVOICE, total__gt=0) | Q(kind=InvoiceKind.CREDIT, total__lt=0),
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def reference(self) -> str:
        """What people quote: T-00042."""
        return f"T-{self.number:05d}"


@append_only
class InvoiceLine(models.Model):
    """A line of the ledger stands in one invoice at most."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="line")

    class Meta:
        verbose_name = _("line of an invoice")
        ordering = ["invoice_id", "entry_id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.invoice_id} {self.entry_id}"

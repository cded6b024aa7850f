"""Invoices and credit notes: the lines of an agency in a period that stand in none yet, numbered without gaps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.charging.kinds import InvoiceKind, WaiverState
from course_catalogue.charging.ledger import require_administrator
from course_catalogue.charging.notice import at_latest
from course_catalogue.models import Invoice, InvoiceLine, InvoiceNumber, LedgerEntry, Waiver
from kernel.audit import act, record
from kernel.organisation import people
from kernel.organisation.models import Agency, AgencyKind

START = datetime.min.time()


@dataclass(frozen=True)
class Batch:
    """What one agency would be asked to pay. A total of 0 makes no invoice: its lines wait for the next period."""

    agency: Agency
    entries: tuple[LedgerEntry, ...]

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.entries), Decimal("0.00"))

    @property
    def kind(self) -> InvoiceKind | None:
        if not self.total:
            return None
        return InvoiceKind.INVOICE if self.total > 0 else InvoiceKind.CREDIT


def batches(first: date, last: date, agencies: Iterable[int] | None = None) -> list[Batch]:
    """By agency, in the order of names: lines written from ``first`` to ``last`` that stand in no invoice.

    Lines from before ``first`` that stand in none are not left behind: they come along. A charge waits while its waiver
    is not decided, and where it was taken back or waived after ``last``: it comes along with that line.
    """
    answered = LedgerEntry.objects.filter(reverses=OuterRef("pk"), at__gte=_end(last), line__isnull=True)
    rows = _open(last).exclude(_asked()).exclude(Exists(answered))
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    found: dict[Agency, list[LedgerEntry]] = defaultdict(list)
    for row in rows.select_related("agency", "booking__person").order_by("agency__name", "at", "pk"):
        found[row.agency].append(row)
    return [Batch(agency, tuple(entries)) for agency, entries in found.items()]


def undecided(last: date) -> int:
    """How many charges up to that day wait for the decision about their waiver before they are invoiced."""
    return _open(last).filter(_asked()).count()


def _open(last: date) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(line__isnull=True, at__lt=_end(last))


def _asked() -> Exists:
    return Exists(Waiver.objects.filter(entry=OuterRef("pk"), state=WaiverState.ASKED))


def _end(last: date) -> datetime:
    return at_latest(last + timedelta(days=1), START)


@act("training.make_invoice")
@transaction.atomic
def make(
    agency: Agency, *, actor, now: datetime, first: date, last: date, seen: Decimal | None = None
) -> Invoice:
    """The invoice or credit note of one agency for a period that has ended or ends today.

    ``seen``: the total that was shown; another one now refuses, and nothing is made. ValidationError where nothing
    is to be paid, and for days that do not fit; PermissionDenied for who does not administer training.
    """
    require_administrator(actor, now)
    require_period(first, last, now)
    number = _next_number()
    batch = next(iter(batches(first, last, [agency.pk])), None)
    if batch is None or batch.kind is None:
        raise ValidationError(_("There is nothing to pay and nothing to give back in this period."))
    if seen is not None and seen != batch.total:
        raise ValidationError(_("Charges changed since you opened this page. Nothing was made: look again."))
    invoice = Invoice.objects.create(
        number=number,
        kind=batch.kind,
        agency=agency,
        agency_name=agency.name,
        from_name=_host_name(),
        period_from=first,
        period_to=last,
        total=batch.total,
        made_at=now,
        made_by_name=people.name_of(actor) if actor is not None else _("the system"),
    )
    lines = [InvoiceLine(invoice=invoice, entry=entry) for entry in batch.entries]
    InvoiceLine.objects.bulk_create(lines)
    facts = {"invoice": invoice.reference, "total": str(invoice.total), "lines": len(lines)}
    record("training.make_invoice", actor=actor, target=agency, facts=facts)
    return invoice


def require_period(first: date, last: date, now: datetime) -> None:
    if last < first:
        raise ValidationError({"last": _("The last day cannot be before the first day.")})
    if last > timezone.localdate(now):
        raise ValidationError({"last": _("The last day must be today or earlier: charges may still come.")})


def _next_number() -> int:
    """Taken under the lock of the one row; what is rolled back gives the number back."""
    InvoiceNumber.objects.get_or_create(pk=1)
    row = InvoiceNumber.objects.select_for_update().get(pk=1)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _host_name() -> str:
    host = Agency.objects.filter(kind=AgencyKind.HOST).first()
    return host.name if host else ""

"""Charges and the lines of an invoice as spreadsheets, and as rows for page and PDF. No cell is a formula."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from course_catalogue.charging.terms import named
from course_catalogue.models import Invoice, LedgerEntry
from kernel.content.exports import SafeSpreadsheetMixin

RELATED = ("agency", "booking__person", "booking__session__course", "line__invoice")


class Charges(SafeSpreadsheetMixin):
    """One row for each line of the ledger."""

    export_filename = "training-charges"
    export_headings = {
        "day": _("Day"),
        "agency": _("Agency"),
        "kind": _("Kind"),
        "words": _("For what"),
        "person": _("Person"),
        "amount": _("Amount in pounds"),
        "invoice": _("Invoice"),
    }
    list_export = list(export_headings)


class InvoiceLines(Charges):
    """The same columns; the file is named after the invoice."""


def rows(entries: Iterable[LedgerEntry]) -> Iterator[dict]:
    """Lines of the ledger as the sheet shows them."""
    for row in entries:
        line = getattr(row, "line", None)
        yield {
            "day": timezone.localdate(row.at),
            "agency": row.agency.name,
            "kind": row.get_kind_display(),
            "words": row.words,
            "person": row.booking.person.name,
            "amount": row.amount,
            "invoice": line.invoice.reference if line else "",
        }


def entries_of(invoice: Invoice) -> QuerySet[LedgerEntry]:
    """Each with ``rule``: the name of what set its amount."""
    rows = LedgerEntry.objects.filter(line__invoice=invoice).select_related(*RELATED)
    return rows.annotate(rule=named("booking__")).order_by("at", "pk")


def lines_of(invoice: Invoice) -> list[LedgerEntry]:
    return list(entries_of(invoice))

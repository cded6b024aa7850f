"""Does the ledger add up, and does it say what the bookings, registers and decisions say? (B10)

Asked by ``manage.py check_ledger`` and by tests. Sums are made here anew, line by line, and not by the reports.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from course_catalogue.charging import due, ledger, reports
from course_catalogue.charging.kinds import FROM_BOOKING, EntryKind, WaiverState
from course_catalogue.enums import BookingState
from course_catalogue.models import Booking, Invoice, LedgerEntry, RegisterClosing, Waiver

PIECE = 500
log = logging.getLogger("training")


class LedgerWrong(Exception):
    """The nightly check found something; the log says what."""


def nightly(today: date, dry_run: bool) -> list[str]:
    """The daily job: fails where the ledger does not fit, so that the list of jobs shows it."""
    found = list(problems())
    for line in found:
        log.error("ledger: %s", line)
    if found:
        raise LedgerWrong(f"{len(found)} problems in the ledger")
    return []


def problems() -> Iterator[str]:
    """One line in plain words for each thing that does not fit; nothing where all does."""
    entries = {row.pk: row for row in LedgerEntry.objects.order_by("pk")}
    yield from _balances(entries)
    yield from _answers(entries)
    yield from _bookings(entries)
    yield from _waivers(entries)
    yield from _invoices(entries)


def _balances(entries) -> Iterator[str]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in entries.values():
        sums[row.agency_id] += row.amount
    shown = reports.balances()
    for agency in sorted(sums.keys() | shown.keys()):
        if sums[agency] != shown.get(agency, 0):
            yield f"agency {agency}: balance {shown.get(agency, 0)}, sum of its lines {sums[agency]}"


def _answers(entries) -> Iterator[str]:
    """Lines that take another back: the same booking, the opposite amount, and nothing takes a reversal back."""
    for row in entries.values():
        if row.reverses_id is None:
            continue
        other = entries[row.reverses_id]
        if (row.booking_id, row.agency_id) != (other.booking_id, other.agency_id):
            yield f"line {row.pk} takes back line {other.pk} of another booking or agency"
        if row.amount != -other.amount:
            yield f"line {row.pk} of {row.amount} does not take back {other.amount} of line {other.pk}"
        if other.kind == EntryKind.REVERSAL or (row.kind, other.kind) == (EntryKind.WAIVER, EntryKind.WAIVER):
            yield f"line {row.pk} takes back line {other.pk}, which is a {other.kind}"


def _bookings(entries) -> Iterator[str]:
    """Every end that costs something has its line and no other, for the agency that the booking names."""
    gone = {row.reverses_id for row in entries.values() if row.kind == EntryKind.REVERSAL}
    standing: dict[int, list[LedgerEntry]] = defaultdict(list)
    for row in entries.values():
        if row.kind in FROM_BOOKING and row.pk not in gone:
            standing[row.booking_id].append(row)
    payers = {(row.booking_id, row.agency_id) for row in entries.values()}
    closed = set(RegisterClosing.objects.filter(day__isnull=True).values_list("session_id", flat=True))
    for piece in _pieces():
        marks, policies = ledger.marks_of(piece), ledger.policies_of(piece)
        for booking in piece:
            known = marks[booking.pk] if booking.session_id in closed else ()
            owed = due.owed(booking, known, policies.get(booking.charge_policy_id))
            yield from _booking(booking, owed, standing[booking.pk])
            if any(pk == booking.pk and agency != booking.agency_id for pk, agency in payers):
                yield f"booking {booking.pk}: a line names another agency than {booking.agency_id}"


def _pieces() -> Iterator[list[Booking]]:
    """Bookings in pieces, in the order of their keys."""
    last = 0
    while piece := list(Booking.objects.filter(pk__gt=last).order_by("pk")[:PIECE]):
        yield piece
        last = piece[-1].pk


def _booking(booking, owed, rows) -> Iterator[str]:
    has = sorted((row.kind, row.amount) for row in rows)
    wanted = sorted((str(kind), amount) for kind, amount in owed.items())
    if has != wanted:
        yield f"booking {booking.pk} ({booking.state}): owes {_listed(wanted)}, the ledger has {_listed(has)}"
    if booking.state == BookingState.CANCELLED and booking.late and not due.is_late_end(booking):
        yield f"booking {booking.pk}: marked late, but it ended in time"


def _listed(rows) -> str:
    return ", ".join(f"{kind} {amount}" for kind, amount in rows) or "nothing"


def _waivers(entries) -> Iterator[str]:
    granted = set(Waiver.objects.filter(state=WaiverState.GRANTED).values_list("entry_id", flat=True))
    waived = {row.reverses_id for row in entries.values() if row.kind == EntryKind.WAIVER}
    for pk in sorted(granted - waived):
        yield f"line {pk}: a waiver was granted, and nothing was taken off"
    for pk in sorted(waived - granted):
        yield f"line {pk}: taken off without a granted waiver"


def _invoices(entries) -> Iterator[str]:
    number = 0
    for invoice in Invoice.objects.order_by("number").prefetch_related("lines"):
        number += 1
        if invoice.number != number:
            yield f"invoice {invoice.number}: number {number} is missing"
            number = invoice.number
        rows = [entries[line.entry_id] for line in invoice.lines.all()]
        if sum((row.amount for row in rows), Decimal(0)) != invoice.total:
            yield f"invoice {invoice.number}: its total is not the sum of its lines"
        if any(row.agency_id != invoice.agency_id for row in rows):
            yield f"invoice {invoice.number}: it has a line of another agency"

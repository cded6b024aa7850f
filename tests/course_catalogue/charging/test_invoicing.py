from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from course_catalogue.charging import checking, invoicing
from course_catalogue.charging.notice import LONDON
from course_catalogue.enums import Mark
from course_catalogue.models import Invoice, InvoiceLine, InvoiceNumber
from tests.course_catalogue.charging.test_ledger import LATER, book, correct, end
from tests.factories.charging import FULL, PLACE, make_policy
from tests.factories.organisation import make_agency, make_role_holder
from tests.factories.register import close_all, make_administrator

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=LONDON)


def made(agency, *, first=FIRST, last=LAST, now=NOW, actor=None, **more):
    actor = actor or make_administrator()
    return invoicing.make(agency, actor=actor, now=now, first=first, last=last, **more)


def late_booking(agency):
    booking = book(agency=agency)
    end(booking, LATER)
    return booking


def test_an_invoice_takes_what_stands_in_none_of_one_agency():
    make_policy()
    agency, other = make_agency(), make_agency()
    bookings = [late_booking(agency), late_booking(agency)]
    late_booking(other)

    invoice = made(agency)

    assert (invoice.reference, invoice.kind, invoice.total) == ("T-00001", "invoice", Decimal("100.00"))
    assert [line.entry.booking for line in invoice.lines.all()] == bookings
    assert [(batch.agency, batch.total) for batch in invoicing.batches(FIRST, LAST)] == [
        (other, Decimal("50.00"))
    ]
    assert list(checking.problems()) == []


def test_numbers_have_no_gaps_also_after_a_refusal():
    make_policy()
    agencies = [make_agency(), make_agency()]
    for agency in agencies:
        late_booking(agency)

    made(agencies[0])
    with pytest.raises(ValidationError, match="nothing to pay"):
        made(agencies[0])
    second = made(agencies[1])

    assert second.number == 2
    assert InvoiceNumber.objects.get().last == 2
    assert list(checking.problems()) == []


def test_a_line_stands_in_one_invoice_at_most():
    make_policy()
    agency = make_agency()
    invoice = made(late_booking(agency).agency)
    entry = invoice.lines.get().entry

    with pytest.raises(IntegrityError), transaction.atomic():
        InvoiceLine.objects.create(invoice=invoice, entry=entry)


def test_what_is_taken_back_after_the_invoice_comes_as_a_credit_note():
    make_policy()
    booking, admin = book(agency=make_agency()), make_administrator()
    close_all(booking.session, actor=admin, marks={booking.pk: Mark.DID_NOT_ATTEND})
    january = {"last": date(2027, 1, 31), "now": datetime(2027, 2, 1, 9, 0, tzinfo=LONDON)}
    assert made(booking.agency, **january).total == Decimal("50.00")

    correct(booking, Mark.ATTENDED, actor=admin)
    credit = made(booking.agency, **january)

    assert (credit.number, credit.kind, credit.total) == (2, "credit note", Decimal("-50.00"))
    assert list(checking.problems()) == []


def test_lines_that_cancel_out_make_no_invoice():
    make_policy(prices=[(PLACE, None, FULL, Decimal("100.00"))])
    booking = book(agency=make_agency(sector="private"))
    end(booking, datetime(2026, 12, 1, 9, 0, tzinfo=LONDON))

    assert [batch.kind for batch in invoicing.batches(FIRST, LAST)] == [None]
    with pytest.raises(ValidationError, match="nothing to pay"):
        made(booking.agency)
    assert Invoice.objects.count() == 0


@pytest.mark.parametrize(
    ("last", "n"),
    [(date(2026, 12, 22), 0), (date(2026, 12, 23), 1), (date(2026, 12, 24), 1)],
    ids=["day before", "on the day", "day after"],
)
def test_the_last_day_of_the_period_is_included(last, n):
    make_policy()
    late_booking(make_agency())
    assert len(invoicing.batches(FIRST, last)) == n


def test_another_total_than_was_shown_makes_nothing():
    make_policy()
    agency = make_agency()
    late_booking(agency)
    shown = invoicing.batches(FIRST, LAST)[0].total
    late_booking(agency)

    with pytest.raises(ValidationError, match="changed since"):
        made(agency, seen=shown)
    assert Invoice.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"first": date(2026, 12, 31), "last": date(2026, 12, 30)}, "before the first"),
        ({"last": date(2027, 1, 5)}, "today or earlier"),
    ],
)
def test_a_period_that_does_not_fit_is_refused(days, words):
    make_policy()
    with pytest.raises(ValidationError, match=words):
        made(late_booking(make_agency()).agency, **days)


def test_a_coordinator_makes_no_invoice():
    make_policy()
    agency = late_booking(make_agency()).agency
    with pytest.raises(PermissionDenied):
        made(agency, actor=make_role_holder("agency-coordinator", agency=agency))


def test_invoices_are_never_changed():
    make_policy()
    made(late_booking(make_agency()).agency)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Invoice.objects.update(total=Decimal("1.00"))

"""Two processes at once: invoices are numbered without gaps, a waiver is decided once, a place is charged once.

And one that is killed between the booking's end and its charge leaves neither (B12).
"""

from datetime import datetime
from decimal import Decimal

import pytest

from course_catalogue.charging import checking, waiving
from course_catalogue.charging.notice import LONDON
from course_catalogue.enums import BookingState
from course_catalogue.models import Booking, Invoice, LedgerEntry
from tests.course_catalogue.charging.test_ledger import LATER, book, end
from tests.factories.charging import make_classes, make_policy
from tests.factories.organisation import make_agency
from tests.factories.register import make_administrator
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = """
from datetime import date, datetime
from django.core.exceptions import ValidationError
from course_catalogue.charging.notice import LONDON
from kernel.accounts.models import User
now = datetime(2027, 1, 4, 9, 0, tzinfo=LONDON)
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
together()
"""
MAKE = (
    HEAD
    + """
from course_catalogue.charging.invoicing import make
from kernel.organisation.models import Agency
agency = Agency.objects.get(pk=int(os.environ["AGENCY"]))
try:
    print(make(agency, actor=actor, now=now, first=date(2026, 12, 1), last=date(2026, 12, 31)).number)
except ValidationError:
    print("nothing")
"""
)
DECIDE = (
    HEAD
    + """
from course_catalogue.charging.waiving import decide
from course_catalogue.models import Waiver
try:
    decide(Waiver.objects.get(), actor=actor, now=now, granted=True, answer="so")
    print("done")
except ValidationError:
    print("refused")
"""
)
KILLED = (
    HEAD
    + """
from course_catalogue.booking import ending
from course_catalogue.charging import ledger
from course_catalogue.models import Booking
killed = lambda *args, **kwargs: die()
if os.environ["KILL"] == "before":
    ledger._align = killed
if os.environ["KILL"] == "after":
    ending.offering.settle_desk = killed
ending.cancel(Booking.objects.get(), actor=actor, now=datetime(2026, 12, 24, 9, 0, tzinfo=LONDON))
"""
)


def late(agency=None):
    booking = book(agency=agency or make_agency())
    end(booking, LATER)
    return booking


def test_two_invoices_at_once_take_two_numbers_and_each_line_once():
    make_classes()
    make_policy()
    agencies, actor = [late().agency, late().agency], make_administrator().pk

    printed = at_once(MAKE, *({"AGENCY": row.pk, "ACTOR": actor} for row in agencies))
    again = at_once(MAKE, {"AGENCY": late(agencies[0]).agency_id, "ACTOR": actor})

    assert (sorted(printed), again) == (["1", "2"], ["3"])
    assert list(checking.problems()) == []


def test_the_same_invoice_pressed_twice_at_once_is_one():
    make_classes()
    make_policy()
    words = {"AGENCY": late().agency_id, "ACTOR": make_administrator().pk}

    assert sorted(at_once(MAKE, words, words)) == ["1", "nothing"]
    assert Invoice.objects.count() == 1


def test_a_waiver_decided_by_two_at_once_is_decided_once():
    make_classes()
    policy = make_policy(grounds=[("Any", False)])
    booking = late()
    now = datetime(2026, 12, 28, 9, 0, tzinfo=LONDON)
    asker, ground = booking.person.user, policy.grounds.get()
    waiving.ask(booking.ledger.get(), actor=asker, now=now, ground=ground, words="ill")

    found = at_once(DECIDE, {"ACTOR": make_administrator().pk}, {"ACTOR": make_administrator().pk})

    assert sorted(found) == ["done", "refused"]
    assert LedgerEntry.objects.filter(kind="waiver").count() == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_killed_while_it_cancels_leaves_no_place_without_its_charge(when):
    make_classes()
    make_policy()
    booking = book(agency=make_agency())

    at_once(KILLED, {"ACTOR": make_administrator().pk, "KILL": when})

    assert Booking.objects.get().state == BookingState.BOOKED
    assert LedgerEntry.objects.count() == 0
    at_once(KILLED, {"ACTOR": make_administrator().pk, "KILL": "no"})
    booking.refresh_from_db()
    assert (booking.state, booking.late) == (BookingState.CANCELLED, True)
    assert LedgerEntry.objects.get().amount == Decimal("50.00")
    assert list(checking.problems()) == []

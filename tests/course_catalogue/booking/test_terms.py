"""The terms of a place: shown, agreed to, kept as they were shown (B8)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from course_catalogue.booking import agreement
from course_catalogue.charging.terms import Terms, kept, terms_for
from course_catalogue.models import LedgerEntry
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def priced():
    """A place costs 35.00, cancelling late 50.00, for the class in which the agency pays."""
    classes = charges.make_classes()
    prices = [
        (charges.PLACE, None, charges.FULL, Decimal("35.00")),
        (charges.LATE, None, charges.FULL, Decimal("50.00")),
    ]
    charges.make_policy(prices=prices)
    return classes


def test_terms_are_kept_as_they_were_shown(priced):
    session, person = make.make_session(), b.make_staff(agency=b.make_partner())
    terms = terms_for(session, person.agency, now=b.NOW)

    booking = b.book(session, person, agreed=True, shown=agreement.mark([terms]))

    booking.refresh_from_db()
    assert (terms.fee, terms.late_charge) == (Decimal("35.00"), Decimal("50.00"))
    assert (kept(booking), booking.agreed_at) == (terms, b.NOW)
    assert LedgerEntry.objects.get().amount == Decimal("35.00")


@pytest.mark.parametrize("shown", [Decimal("0"), Decimal("-35"), Decimal("1e9"), Decimal("35.01"), None])
def test_a_price_that_was_not_shown_is_shown_again(priced, shown):
    """B8: the price is the server's; a mark of another price books nothing."""
    session, person = make.make_session(), b.make_staff(agency=b.make_partner())
    terms = terms_for(session, person.agency, now=b.NOW)

    with pytest.raises(ValidationError) as refusal:
        b.book(session, person, agreed=True, shown=agreement.mark([replace(terms, fee=shown)]))

    assert (refusal.value.code, session.bookings.count()) == ("terms_changed", 0)


def test_the_same_price_written_otherwise_is_the_same():
    assert agreement.mark([Terms(fee=Decimal("35.00"))]) == agreement.mark([Terms(fee=Decimal("35"))])


def test_a_price_that_changes_between_screen_and_press_is_shown_again(priced):
    session, person = make.make_session(), b.make_staff(agency=b.make_partner())
    shown = agreement.mark([terms_for(session, person.agency, now=b.NOW)])
    type(person.agency).objects.filter(pk=person.agency_id).update(contributes_to_board=True)

    with pytest.raises(ValidationError) as refusal:
        b.book(session, person, agreed=True, shown=shown)

    assert refusal.value.code == "terms_changed"


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        (Terms(fee=Decimal("35.00")), True),
        (Terms(fee=Decimal("0.00")), False),
        (Terms(late_charge=Decimal("50.00"), free_until=b.later(days=1)), False),
        (Terms(late_charge=Decimal("50.00"), free_until=b.NOW), False),
        (Terms(late_charge=Decimal("50.00"), free_until=b.later(minutes=-1)), True),
        (Terms(late_charge=None, free_until=b.later(minutes=-1)), False),
    ],
)
def test_what_must_be_agreed_to(terms, asked):
    """A price, or free cancelling that is over (S4-14, S4-15)."""
    assert agreement.must_agree(terms, now=b.NOW) == asked


def test_whoever_pays_agrees_first(priced):
    session, person = make.make_session(), b.make_staff(agency=b.make_partner())

    with pytest.raises(ValidationError) as refusal:
        b.book(session, person)
    free = b.book(session, b.make_staff())

    assert (refusal.value.code, free.state) == ("terms", "booked")

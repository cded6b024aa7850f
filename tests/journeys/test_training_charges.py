"""Charges on the screen: rules looked at and added, a charge asked about, waived, invoiced; by role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from course_catalogue.charging import ledger
from course_catalogue.charging.terms import terms_for
from course_catalogue.enums import BookingState, CancelledBy
from course_catalogue.models import ChargePolicy, Invoice, Waiver
from tests.factories.charging import make_classes, make_policy
from tests.factories.courses import make_booking, make_course, make_session
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.policies import make_home

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TITLE = "Safeguarding children and young people level 3, for people who work mainly with families"


@pytest.fixture
def entry(transactional_db):
    """A place of a partner that was cancelled late a moment ago; its line of the ledger."""
    make_home()
    make_classes()
    now = timezone.now()
    make_policy(from_on=timezone.localdate(now), now=now, grounds=[("Bereavement", False)])
    person = make_person(agency=make_agency(name="Northmoor Dale Police"), user=True)
    session = make_session(course=make_course(title=TITLE), starts=now + timedelta(days=2))
    fields = terms_for(session, person.agency, now=now).as_fields()
    booking = make_booking(session=session, person=person, **fields)
    booking.state, booking.ended_at, booking.cancelled_by = BookingState.CANCELLED, now, CancelledBy.OWN
    booking.save()
    ledger.on_cancelled(booking, now=now, actor=None)
    return booking.ledger.get()


def test_a_charge_is_asked_about_waived_and_invoiced(page, origin, look, sign_in, entry):
    coordinator = make_role_holder("agency-coordinator", agency=entry.agency)
    officer = make_role_holder("ld-officer")
    sign_in(page, coordinator.email)
    page.goto(f"{origin}/training/charges/ours/")
    look(page)
    page.get_by_role("link", name="Ask to waive").click()
    look(page)
    page.get_by_role("button", name="Ask to waive this charge").click()
    look(page)
    page.get_by_label("Bereavement").check()
    page.get_by_label("What happened").fill("A death in the family on that morning.")
    page.get_by_role("button", name="Ask to waive this charge").click()
    look(page)
    assert Waiver.objects.get().asked_by_id == coordinator.pk

    page.context.clear_cookies()
    sign_in(page, officer.email)
    for address in ("charges/", "charges/?kind=fee&month=", "waivers/", "charging/", "charging/classes/"):
        page.goto(f"{origin}/training/{address}")
        look(page)
    page.goto(f"{origin}/training/charging/classes/{entry.agency_id}/")
    look(page)
    page.goto(f"{origin}/training/charging/{ChargePolicy.objects.get().pk}/")
    look(page)
    page.goto(f"{origin}/desk/")
    page.get_by_role("link", name="Read and decide").click()
    look(page)
    page.get_by_label("No: the charge stands").check()
    page.get_by_label("Why").fill("The day is not the one of the course.")
    page.get_by_role("button", name="Record this decision").click()
    look(page)

    page.goto(f"{origin}/training/invoices/")
    look(page)
    page.get_by_role("button", name="Show what would be invoiced").click()
    look(page)
    page.get_by_role("button", name="Make the invoice").click()
    look(page)
    assert Invoice.objects.get().agency == entry.agency


def test_the_officer_looks_at_a_policy_before_it_is_added(page, origin, look, sign_in, entry):
    officer = make_role_holder("ld-officer")
    sign_in(page, officer.email)
    page.goto(f"{origin}/training/charging/new/")
    look(page)
    page.get_by_role("button", name="Show what it gives").click()
    look(page)
    page.get_by_label("Name", exact=True).fill("Charges from next spring")
    page.locator("[name=from_on_year]").fill(str(timezone.localdate().year + 1))
    page.get_by_role("button", name="Show what it gives").click()
    look(page)
    page.get_by_role("button", name="Add this policy").click()
    look(page)
    assert ChargePolicy.objects.count() == 2

"""Booking walked as a learner, a manager and a coordinator, on wide and narrow screens without a fault."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import booking as make
from tests.factories.learning import soon_session
from tests.factories.organisation import make_agency, make_person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_learner_asks_and_the_manager_approves(page, origin, look, sign_in):
    session, person = soon_session(needs_approval=True), make.make_staff(name="Priya Nair")
    sign_in(page, person.user.email)
    page.goto(f"{origin}/training/session/{session.pk}/")
    look(page)

    page.get_by_role("button", name="Ask for this place").click()
    page.get_by_label("What helps you take part?").fill("a hearing loop")
    look(page)
    page.get_by_role("button", name="Continue").click()
    look(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("is asked to release you")
    look(page)
    page.get_by_role("button", name="Ask for this place").click()
    expect(page.locator("main")).to_contain_text("place held: waiting for your manager")
    look(page)
    page.goto(f"{origin}/training/mine/")
    look(page)

    page.context.clear_cookies()
    sign_in(page, make.manager_of(person).user.email)
    page.goto(f"{origin}/desk/")
    look(page)
    page.get_by_role("link", name="Decide").first.click()
    page.get_by_role("button", name="Approve this place").click()
    expect(page.locator("#error-summary")).to_contain_text("Say whether the time is protected")
    look(page)
    page.get_by_label("Yes, protected time").check()
    page.get_by_role("button", name="Approve this place").click()
    expect(page.locator("main")).to_contain_text("Approved: Priya Nair is booked")
    look(page)
    page.goto(f"{origin}/training/team/")
    look(page)


def test_a_coordinator_looks_after_the_own_agency(page, origin, look, sign_in):
    agency, session = make_agency(name="Dale Police"), soon_session(weeks=3)
    own = make_person(user=True, agency=agency, name="Ann Reid")
    row = make.book(session, own, now=timezone.now())
    sign_in(page, make.make_coordinator(agency).email)

    for place in ("agency/", "agency/attendance/", "agency/people/", "mine/"):
        page.goto(f"{origin}/training/{place}")
        look(page)
    for place in ("", "cancel/", "give/", "move/"):
        page.goto(f"{origin}/training/booking/{row.pk}/{place}")
        look(page)
    page.goto(f"{origin}/training/session/{session.pk}/book/")
    page.get_by_label("Ann Reid").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("Ann Reid")
    look(page)


def test_somebody_of_a_partner_asks_for_a_login(page, origin, look, transactional_db):
    make_agency(name="Dale Police")
    page.goto(f"{origin}/training/join/")
    look(page)
    page.get_by_role("button", name="Ask for a login").click()
    look(page)
    page.get_by_label("Which agency do you work for?").select_option(label="Dale Police")
    page.get_by_label("Your name").fill("Pat Moor")
    page.get_by_label("Work e-mail address").fill("pat.moor@partner.example.org")
    page.get_by_label("What do you do there?").fill("Constable")
    page.get_by_role("button", name="Ask for a login").click()
    expect(page.locator("main")).to_contain_text("A mail is on its way")
    look(page)

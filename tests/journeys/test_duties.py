"""Duties in a browser: my own by how often, narrowed, on paper; a role by its local name; roles without a holder."""

import pytest
from playwright.sync_api import expect

from kernel.organisation.models import JobRole
from tests.factories.duties import duty, issued, table
from tests.factories.organisation import make_job_role, make_person, make_post
from tests.factories.policies import make_home, make_library
from tests.journeys.looking import tab_to
from tests.journeys.policies import FIRST, LONG_TITLE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def library(transactional_db):
    make_home()
    return make_library()


@pytest.fixture
def matron(library):
    return make_job_role(name="Ward manager", code="ward-manager")


@pytest.fixture
def reader(matron):
    person = make_person(user=True, name="Priya Nair")
    make_post(person=person, job_role=matron)
    make_post(person=person, job_role=make_job_role(name="Fire marshal", code="fire-marshal"))
    return person.user


def make_text(matron, **values):
    marshal = JobRole.objects.filter(name="Fire marshal").first() or matron
    return issued(
        duty(
            "You must check the seal of the trolley at the start of every shift.", matron, heading="Trolley"
        ),
        duty("Beds should be looked over once a week. " * 12, matron, marshal),
        duty("You may send somebody home if they are unwell.", marshal),
        duty("You must smile."),
        table(
            ("B.6 HR Business Partners (if applicable) or HR Admin Team", ["Support managers."], ["Count."])
        ),
        today=FIRST,
        title=LONG_TITLE,
        reference="IC-004",
        **values,
    )


def test_nothing_names_me_yet(page, origin, look, sign_in, reader):
    sign_in(page, reader.email)
    page.goto(origin + "/my-duties/")
    expect(page.get_by_text("No clause names your job role yet.")).to_be_visible()
    look(page)
    page.goto(origin + "/duties/")
    look(page)


def test_my_duties_lead_to_their_clauses(page, origin, look, sign_in, matron, reader):
    make_text(matron)
    sign_in(page, reader.email)
    page.goto(origin + "/policies/")
    page.get_by_role("link", name="My duties", exact=True).click()
    page.wait_for_url("**/my-duties/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My duties as Fire marshal and Ward manager")
    expect(page.locator("h2.wa-often")).to_have_text(["Every shift", "Every week", "When it happens"])
    look(page)

    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("How often").select_option("week")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".wa-duty")).to_have_count(1)
    look(page)
    page.goto(origin + "/my-duties/?often=year")
    expect(page.get_by_text("No duty has all of this.")).to_be_visible()
    look(page)

    page.goto(origin + "/my-duties/")
    tab_to(page, f"IC-004 2 , {LONG_TITLE}: Trolley")
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    expect(page.locator(":target")).to_contain_text("check the seal of the trolley")


def test_a_ward_card_is_printed(page, origin, look, sign_in, matron, reader):
    make_text(matron)
    sign_in(page, reader.email)
    page.goto(origin + "/my-duties/")
    page.get_by_role("link", name="Print as a ward card").click()
    page.wait_for_url("**/my-duties/?print=")
    look(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Uncontrolled when printed: the clauses themselves count.")).to_be_visible()
    expect(page.locator(".wa-duty")).to_have_count(3)
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(page.locator(".wa-toollist")).to_be_hidden()


def test_an_owner_gives_a_role_its_local_name(page, origin, look, sign_in, matron, reader):
    version = make_text(matron, audience="staff")
    sign_in(page, version.policy.policy_owner.user.email)
    page.goto(origin + "/duties/")
    look(page)
    page.get_by_role("link", name="HR Business Partners (if applicable) or HR Admin Team").click()
    look(page)
    page.get_by_role("link", name="Say what this role is here").click()
    look(page)
    page.get_by_label("What it is called here").fill("<b>")
    page.get_by_role("button", name="Save what it is here").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    look(page)
    page.get_by_label("What it is called here").fill("HR Admin Team")
    page.get_by_label("Ward manager").check()
    page.get_by_role("button", name="Save what it is here").click()
    page.wait_for_url("**/policy-roles/*-team/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Here: HR Admin Team")
    look(page)
    page.goto(origin + "/p/IC-004/")
    expect(page.get_by_role("rowheader", name="HR Business Partners")).to_contain_text("Here: HR Admin Team")
    look(page)

    page.context.clear_cookies()
    sign_in(page, reader.email)
    page.goto(origin + "/my-duties/")
    expect(page.get_by_text("Support managers.")).to_be_visible()
    expect(page.get_by_text("(here: HR Admin Team)").first).to_be_visible()


def test_a_job_role_without_a_holder(page, origin, look, sign_in, matron):
    version = make_text(matron)
    sign_in(page, version.policy.policy_owner.user.email)
    page.goto(origin + "/desk/")
    look(page)
    page.get_by_role("link", name="See whose they were").click()
    page.wait_for_url("**/duties-without-holder/")
    expect(page.get_by_text("Nobody holds this job role today.")).to_be_visible()
    look(page)
    make_post(job_role=matron)
    page.reload()
    expect(
        page.get_by_text("Every job role that these texts name is held by somebody today.")
    ).to_be_visible()
    look(page)

"""The author screens a draft, the equality lead assesses a negative answer, the author goes on."""

import pytest
from playwright.sync_api import expect

from tests.factories import policies as make
from tests.factories import screenings
from tests.factories.organisation import make_role_holder
from tests.journeys.looking import came_back, told
from tests.journeys.policies import make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
RECORD = "Record “Equality impact”"


@pytest.fixture
def policy():
    screenings.require(screenings.make_kind(), sections=["Monitoring"])
    return make_full_policy(body=[*make.BODY, make.section("Monitoring")])


@pytest.fixture
def enter(page, origin, sign_in):
    """``enter(user, path)``: that page as ``user``, who takes the place of whoever was there."""

    def enter(user, path):
        page.context.clear_cookies()
        sign_in(page, user.email)
        page.goto(origin + path)
        return page

    return enter


def answer_all(page, **others):
    """Every row without impact, but for those in ``others``: label with spaces as _, to the answer."""
    for group in page.locator("form fieldset:has(legend)").all():
        label = group.locator("legend").inner_text().strip()
        if group.get_by_role("radio", name="No impact").count():
            group.get_by_role("radio", name=others.get(label, "No impact")).check()


def test_an_author_records_and_a_lead_lets_it_go_on(page, look, enter, policy):
    owner, lead = policy.policy_owner.user, make_role_holder("equality-lead")
    place = f"/policy/{policy.pk}/screening/"
    look(enter(owner, f"/policy/{policy.pk}/draft/"))
    page.get_by_role("link", name="See the screenings that are needed").click()
    look(page)
    page.get_by_role("link", name="Equality impact").click()
    look(page)
    page.get_by_role("button", name=RECORD).click()
    came_back(page)
    look(page)
    page.get_by_label("Reviewer's job role").fill("Named nurse")
    page.get_by_label("Month").fill("7")
    page.get_by_label("Year").fill("2026")
    answer_all(page, Age="Negative")
    page.get_by_role("button", name=RECORD).click()
    came_back(page)
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Say why “Age” is answered in this way")
    page.get_by_label("Comment on “Age”").fill("Young carers could not come alone.")
    page.get_by_role("button", name=RECORD).click()
    told(page, "It goes to a full assessment")
    look(page)

    look(enter(lead, "/desk/"))
    lead_lets_it_go_on(page, look)

    enter(owner, place)
    expect(page.locator(".wa-standing")).to_contain_text("Every screening that is needed is done.")
    look(page)
    page.goto(page.url.replace("screening/", "submit/"))
    expect(page.get_by_role("button", name="Submit for approval")).to_be_visible()


def lead_lets_it_go_on(page, look):
    page.get_by_role("link", name="Read and assess").first.click()
    page.wait_for_url("**/screening/equality/full/")
    look(page)
    page.get_by_role("button", name="Finish this assessment").click()
    came_back(page)
    look(page)
    page.get_by_label("What is done against the negative impact").fill("A nurse brings young carers in.")
    page.get_by_label("Who was asked, and what they said").fill("The young carers' group: it helps.")
    page.get_by_role("radio", name="Go on with this text").check()
    page.get_by_label("Why", exact=True).fill("Nobody is kept out any more.")
    page.get_by_role("button", name="Finish this assessment").click()
    told(page, "The full assessment is finished.")
    look(page)


def test_a_changed_duty_is_confirmed(page, look, enter, policy):
    kind = screenings.make_kind()
    screenings.record(policy, kind, of_this_document=False, document="Patient safety plan")
    make.edit(policy, body=[*make.BODY, make.section("Monitoring"), make.clause("Managers must ask twice.")])
    enter(policy.policy_owner.user, f"/policy/{policy.pk}/screening/equality/")
    expect(page.get_by_role("main")).to_contain_text("Assesses another document: Patient safety plan")
    look(page)
    page.get_by_role("button", name="Confirm these answers").click()
    came_back(page)
    look(page)
    page.get_by_label("Why the answers still hold").fill("Asking twice burdens nobody.")
    page.get_by_role("button", name="Confirm these answers").click()
    told(page, "Equality impact is recorded.")
    look(page)


def test_a_reader_finds_the_assessment_of_the_text_in_force(page, look, enter, policy):
    kind = screenings.make_kind()
    screenings.record(policy, kind, negative=["Disability"])
    screenings.conclude(policy, kind)
    version = make.issue(policy)
    reader = make.make_person(user=True).user
    look(enter(reader, version.policy.get_url()))
    page.get_by_role("link", name="Read the assessment “Equality impact”").click()
    page.wait_for_url("**/policy-screening/**")
    expect(page.get_by_role("main")).to_contain_text("Large print and an interpreter.")
    look(page)

"""One policy from an empty page to 1.0 and on to 1.1, by the people who do it, on our screens by keys alone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.role_sync import sync_roles
from tests.factories.accounts import PASSWORD
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_body, make_person, make_role_holder
from tests.factories.policies import make_library
from tests.journeys.looking import tab_to, told
from tests.journeys.policies import choose_person, make_meeting_body

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE = "/policies/leaving-early/"


class Keys:
    """A person at a keyboard: moves by Tab, types, presses Enter and Space; never a mouse."""

    def __init__(self, page, origin, look):
        self.page, self.origin, self.look = page, origin, look

    def sign_in(self, user):
        self.page.context.clear_cookies()
        self.page.goto(f"{self.origin}/accounts/login/")
        self.type("E-mail address", user.email)
        self.type("Password", PASSWORD)
        self.press("Sign in")
        expect(self.page.locator(".wa-person__name")).to_be_visible()

    def type(self, label, words):
        tab_to(self.page, label)
        self.page.keyboard.type(words)

    def press(self, name, key="Enter"):
        tab_to(self.page, name)
        self.page.keyboard.press(key)

    def day(self, legend, day):
        """The three fields under ``legend``, one Tab apart."""
        self.page.locator("legend", has_text=legend).wait_for()
        for _step in range(120):
            self.page.keyboard.press("Tab")
            inside = "l => document.activeElement.closest('fieldset')?.querySelector('legend').innerText.includes(l)"
            if self.page.evaluate(inside, legend):
                break
        for part in (day.day, day.month):
            self.page.keyboard.type(str(part))
            self.page.keyboard.press("Tab")
        self.page.keyboard.type(str(day.year))

    def open_from_desk(self, user, button):
        """Sign in, land where the work is, open the one row: its button says what and which text."""
        self.sign_in(user)
        self.page.goto(f"{self.origin}/desk/")
        self.look(self.page)
        self.press(f"{button} : Leaving early")
        self.page.wait_for_url("**/policy/**")
        self.look(self.page)

    def told(self, words):
        """The result takes the focus, and says this."""
        told(self.page, words)
        self.look(self.page)


@pytest.fixture
def keys(page, origin, look):
    return Keys(page, origin, look)


@pytest.fixture
def people(transactional_db):
    make_library()
    make_root_collection()
    sync_roles()
    approver = make_person(user=True, name="Carys Wood")
    make_body(name="Readers of drafts", members=[approver], quorum=1)
    group = make_meeting_body()
    return {
        "author": make_role_holder("author"),
        "approver": approver.user,
        "secretary": group.memberships.get(capacity="secretary").person.user,
        "chair": group.memberships.get(capacity="chair").person.user,
        "reader": make_person(user=True, name="Priya Nair").user,
    }


def insert(page, kind):
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()


def write(page, words):
    """At the end of the last clause; the editor hands its words to the form a moment later."""
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    expect(page.locator("input[name$=value-text]").last).to_have_value(re.compile(words.strip()))


def send(page):
    """The second press of the editor's action menu."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.get_by_role("button", name="Submit for approval").click()
    page.wait_for_url("**/submit/")


def write_new(page, origin):
    """An empty page of the editor is filled; this part alone is by mouse."""
    page.goto(f"{origin}/admin/pages/add/policy_pages/policypage/{make_library().pk}/")
    page.locator("#id_title").fill("Leaving early")
    page.locator("#id_reference").fill("hr-017")
    insert(page, "Section")
    page.locator("[name=body-0-value-title]").fill("What to do")
    insert(page, "Clause")
    write(page, "Staff must tell the nurse in charge.")
    page.get_by_role("tab", name="Owner, bodies and readers").click()
    page.locator("#id_approving_body").select_option(label="Readers of drafts")
    page.locator("#id_ratifying_body").select_option(label="Policy Group")
    choose_person(page, "Owner", "priya", "Priya Nair")
    send(page)


def change_clause(page, origin, pk):
    page.goto(f"{origin}/admin/pages/{pk}/edit/")
    write(page, " They write it down.")
    send(page)


def through_the_bodies(keys, people, number):
    """Approved, recorded, confirmed: each by another person, without the admin, by keys."""
    keys.open_from_desk(people["approver"], "Read and decide")
    keys.press("Approve this text")
    keys.told("Your approval is recorded.")
    keys.open_from_desk(people["secretary"], "Record the decision")
    today = timezone.localdate()
    keys.day("Date of the meeting", today)
    keys.press("Kit Dunn", "Space")
    keys.press("Mo Shah", "Space")
    keys.type("Minute reference", f"PG/26/{number}")
    keys.press("Ratify", "Space")
    keys.day("First day in force", today)
    keys.press("Record this decision")
    keys.told("Recorded. A second person confirms it.")
    keys.open_from_desk(people["chair"], "Check the record")
    keys.press("Confirm this record")
    keys.told("Confirmed.")
    assert f"Ratified and issued as version {number}" in keys.page.locator(".wa-standing").inner_text()


def text_of(page):
    return page.locator("article.wa-policy").inner_text()


def test_from_an_empty_page_to_a_changed_version(keys, page, origin, look, people):
    keys.sign_in(people["author"])
    write_new(page, origin)
    look(page)
    keys.type("What changed", "First issue.")
    keys.press("Submit for approval")
    keys.told("Submitted for approval. Readers of drafts has been told.")
    through_the_bodies(keys, people, "1.0")

    keys.sign_in(people["reader"])
    keys.press("Policies")
    page.wait_for_url("**/policies/")
    keys.press("Leaving early")
    page.wait_for_url(f"**{HERE}")
    assert "In force: version 1.0" in page.locator(".wa-standing").inner_text()
    before = text_of(page)
    look(page)

    keys.sign_in(people["author"])
    page.goto(origin + HERE)
    keys.press("Working draft")
    page.wait_for_url("**/draft/")
    look(page)
    change_clause(page, origin, page.url.split("/")[-3])
    keys.press("Yes: people must do something differently. It becomes version 2.0.", "ArrowDown")
    keys.type("What changed", "Writing it down is added.")
    keys.press("Submit for approval")
    keys.told("Submitted for approval.")
    through_the_bodies(keys, people, "1.1")

    keys.sign_in(people["reader"])
    page.goto(origin + HERE)
    assert "They write it down." in text_of(page)
    page.goto(f"{origin}{HERE}v/1.0/")
    assert text_of(page) == before
    assert page.locator(".wa-notcurrent").inner_text().startswith("Do not follow this version")
    look(page)
    keys.press("Go to version 1.1, which is in force")
    page.wait_for_url(f"**{HERE}")

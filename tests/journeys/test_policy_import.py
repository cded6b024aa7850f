"""An author brings a document, sees it read, checks it, and it goes the way of any policy."""

import re

import pytest
from playwright.sync_api import expect

from policy_pages.imports import reading
from policy_pages.models import PolicyImport, PolicyPage
from tests.factories import imports as make
from tests.factories import policies
from tests.factories.organisation import make_body, make_person
from tests.journeys.looking import tab_to, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def author(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make.make_author()
    user.staff_profile.name = "Priya Nair"
    user.staff_profile.save()
    return user


@pytest.fixture
def document(tmp_path_factory):
    """Writes a file that a browser can bring."""

    def write(text=make.TEXT, name=""):
        path = tmp_path_factory.mktemp("brought") / (name or make.name_of(text))
        path.write_bytes(make.bytes_of(text))
        return path

    return write


def bring(page, path):
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Bring this document").click()
    page.wait_for_url(re.compile(r"/policy-imports/\d+/$"))


def came_back_here(page):
    """The form is here again, what is wrong has the focus."""
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#errors")).to_be_focused()


def read_it(page):
    """The worker's part: the page that waits notices by itself."""
    reading.read(PolicyImport.objects.first().pk)
    page.get_by_role("status").filter(has_text="Waiting").wait_for(state="detached")


def test_from_a_document_to_an_issued_version(page, origin, look, sign_in, author, document):
    sign_in(page, author.email)
    page.goto(f"{origin}/admin/policy-imports/")
    look(page)
    page.get_by_role("link", name="Bring a document").click()
    page.wait_for_url("**/bring/")
    look(page)
    page.get_by_role("button", name="Bring this document").click()
    came_back_here(page)
    look(page)
    bring(page, document(make.pictured("navy")))
    look(page)
    read_it(page)
    page.get_by_role("heading", name="As it will read").wait_for()
    look(page)
    tab_to(page, "Accept as draft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft/")
    told(page, "Accepted: it is a draft now.")
    look(page)
    policy = complete(PolicyPage.objects.get(), author)
    page.goto(f"{origin}/policy/{policy.pk}/submit/")
    page.get_by_label("What changed").fill("First issue, from the Word file.")
    page.get_by_role("button", name="Submit for approval").click()
    page.wait_for_url("**/decide/")
    policies.sign(policies.approve(policy.submissions.get()))
    page.goto(f"{origin}/policy/{policy.pk}/history/")
    look(page)
    page.get_by_role("link", name=re.compile("Receipt ?: lone-working.html")).click()
    page.wait_for_url("**/receipts/*/")
    expect(page.locator("main")).to_contain_text("It belongs to version 1.0.")
    look(page)
    page.goto(f"{origin}/admin/policy-imports/")
    look(page)
    page.get_by_role("link", name="lone-working.html").click()
    page.wait_for_url(re.compile(r"/policy-imports/\d+/$"))
    look(page)


def complete(policy, author):
    """What the document does not say and the author adds."""
    draft = policy.get_latest_revision_as_object()
    draft.policy_owner = make_person(user=True)
    draft.approving_body = make_body(members=[make_person(user=True)], quorum=1)
    members = [make_person(user=True) for _ in range(3)]
    draft.ratifying_body = make_body(members=members, quorum=2, ratifies_by="signatures")
    for block in draft.body:
        if block.block_type == "figure":
            block.value["alt"] = "A square"
    draft.save_revision(user=author)
    policy.refresh_from_db()
    return policy


def test_lost_words_a_refusal_and_what_is_discarded(page, origin, look, sign_in, author, document):
    sign_in(page, author.email)
    page.goto(f"{origin}/admin/policy-imports/bring/")
    bring(page, document(make.lossy()))
    read_it(page)
    page.get_by_role("button", name="Accept as draft").click()
    came_back_here(page)
    look(page)
    page.get_by_label("Why it goes on without them").fill("A list of printers.")
    page.get_by_role("button", name="Accept as draft").click()
    expect(page.get_by_label("Why it goes on without them")).to_have_value("A list of printers.")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("main")).to_contain_text("nothing of it is kept")
    look(page)
    page.goto(f"{origin}/admin/policy-imports/bring/")
    bring(page, document("%PDF-1.7", "policy.pdf"))
    read_it(page)
    expect(page.locator("main")).to_contain_text("Open it in Word, save as .docx, bring that.")
    look(page)


def test_the_next_text_of_a_policy(page, origin, look, sign_in, author, document):
    policy = make.make_imported(actor=author)
    sign_in(page, author.email)
    page.goto(f"{origin}/policy/{policy.pk}/draft/")
    page.get_by_role("link", name="Import its next text").click()
    page.wait_for_url("**/bring/*/")
    look(page)
    bring(page, document(make.TEXT.replace("should ring", "must ring").replace("2.1 ", "2.3 ")))
    read_it(page)
    page.get_by_text("See the match").click()
    look(page)
    policies.edit(policy, title="Working alone", user=author)
    page.get_by_role("button", name="Accept as draft").click()
    expect(page.locator("#errors")).to_contain_text("The draft changed after this file was compared")
    look(page)
    page.get_by_role("button", name="Compare again").click()
    page.get_by_role("status").filter(has_text="Waiting").wait_for()
    read_it(page)
    page.get_by_role("button", name="Accept as draft").click()
    page.wait_for_url("**/draft/")
    page.goto(f"{origin}/admin/policy-imports/bring/{policy.pk}/")
    bring(page, document(make.TEXT.replace("should ring", "must ring").replace("2.1 ", "2.3 ")))
    read_it(page)
    expect(page.locator("main")).to_contain_text("No change: this file was brought in already")
    look(page)


def test_without_script_the_page_asks_again_by_itself(chromium, origin, author):
    make.bring(actor=author)
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{origin}/accounts/login/?next=/admin/policy-imports/{PolicyImport.objects.get().pk}/")
    plain.locator("input[name=login]").fill(author.email)
    plain.locator("input[name=password]").fill("long-green-heron-42")
    plain.locator("main button[type=submit]").first.click()
    expect(plain.locator("main")).to_contain_text("Waiting to be read.")

    reading.read(PolicyImport.objects.get().pk)

    expect(plain.locator("main")).to_contain_text("As it will read", timeout=20_000)
    context.close()

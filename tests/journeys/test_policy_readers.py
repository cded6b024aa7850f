"""Read and understood, walked as a reader, a line manager and an owner."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from policy_pages.models import ReadingQuestion
from tests.factories.organisation import make_person
from tests.factories.policies import clause, edit, issue
from tests.factories.reading import make_essential, make_reader

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def version(transactional_db):
    return make_essential(today=timezone.localdate() - timedelta(days=40))


def test_a_reader_is_asked_answers_and_is_not_asked_again(page, origin, look, sign_in, version):
    reader = make_reader()
    block = next(block for block in version.content["blocks"] if block["type"] == "clause")
    words = {"question": "Whom do you tell?", "answers": ["Nobody", "The named nurse"], "clause": block["id"]}
    ReadingQuestion.objects.create(version=version, number=1, right=1, **words)
    sign_in(page, reader.user.email)
    page.goto(f"{origin}/desk/")
    look(page)

    page.get_by_role("link", name=f"{version.title}, version 1.0", exact=True).click()
    expect(page.locator(".wa-mine")).to_contain_text("To read: the last day was")
    look(page)
    page.get_by_role("button", name="Confirm I have read version 1.0").click()
    look(page)

    page.get_by_role("button", name="Confirm I have read this").click()
    expect(page.locator("#error-summary")).to_contain_text("Tick the box")
    look(page)
    page.get_by_label("Nobody").check()
    page.get_by_label("I have read version 1.0").check()
    page.get_by_role("button", name="Confirm I have read this").click()
    expect(page.locator("main")).to_contain_text("Clause 1.1 has the answer")
    look(page)
    page.get_by_label("The named nurse").check()
    page.get_by_role("button", name="Confirm I have read this").click()
    expect(page.locator("main")).to_contain_text("Recorded: you read version 1.0")
    look(page)

    page.goto(f"{origin}/p/{version.reference}/")
    expect(page.locator(".wa-mine")).to_contain_text("You read 1.0 on")
    page.goto(f"{origin}/policies/")
    expect(page.locator(".wa-library__mine")).to_contain_text("read 1.0")
    look(page)


def test_a_version_that_came_meanwhile_is_told_with_its_changes(page, origin, look, sign_in, version):
    reader = make_reader()
    sign_in(page, reader.user.email)
    page.goto(f"{origin}/policy/{version.policy_id}/read/1.0/")
    edit(version.policy, body=[clause("Staff must ring the police.")])
    issue(version.policy, today=timezone.localdate(), change_note="Another.")

    page.get_by_label("I have read version 1.0").check()
    page.get_by_role("button", name="Confirm I have read this").click()

    expect(page.locator("main")).to_contain_text("Version 2.0 came meanwhile and asks something else")
    page.wait_for_url("**/changes/1.0/2.0/")
    look(page)


def test_a_line_manager_reminds_and_records_on_paper(page, origin, look, sign_in, version):
    manager = make_person(user=True, name="Jo Hale")
    make_reader(manager=manager)
    on_paper = make_reader(login=False, manager=manager)
    sign_in(page, manager.user.email)
    page.goto(f"{origin}/desk/")
    page.get_by_role("link", name="My team").first.click()
    look(page)

    page.get_by_role("button", name="Remind 1 person by mail").click()
    expect(page.locator("main")).to_contain_text("1 person has been reminded.")
    look(page)
    page.get_by_role("link", name="Record that it was read on paper").click()
    look(page)
    today = timezone.localdate()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("Where the signed sheet is kept").fill("Blue folder, ward office")
    page.get_by_role("button", name="Record that they have read it").click()
    expect(page.locator("main")).to_contain_text(f"Recorded: {on_paper.name} read it on paper.")
    look(page)


def test_an_owner_writes_a_question_for_the_next_version(page, origin, look, sign_in, version):
    sign_in(page, version.policy.policy_owner.user.email)
    page.goto(f"{origin}/policy/{version.policy_id}/draft/")
    page.get_by_role("link", name="Questions to readers").click()
    look(page)
    page.get_by_role("button", name="Add a question").click()
    look(page)
    page.get_by_role("button", name="Add this question").click()
    expect(page.locator("#error-summary")).to_contain_text("Choose the clause that answers it.")
    look(page)
    page.get_by_label("Question", exact=True).fill("Whom do you tell?")
    page.locator("input[name=answer_1]").fill("Nobody")
    page.locator("input[name=answer_2]").fill("The named nurse")
    page.get_by_role("radio", name="Answer 2").check()
    page.get_by_label("Clause that answers it").select_option(index=1)
    page.get_by_role("button", name="Add this question").click()
    expect(page.locator("main")).to_contain_text("1. Whom do you tell?")
    look(page)
    page.goto(f"{origin}/policy/{version.policy_id}/history/")
    look(page)


def test_an_owner_sees_numbers_and_says_who_must_know_it(page, origin, look, sign_in, version):
    reader = make_reader()
    sign_in(page, version.policy.policy_owner.user.email)
    page.goto(f"{origin}/p/{version.reference}/")
    page.get_by_role("link", name="Who has read it").click()
    expect(page.locator("main")).to_contain_text(reader.name)
    look(page)

    page.get_by_role("button", name="Add people who must know it").click()
    look(page)
    page.get_by_role("button", name="Add these people").click()
    expect(page.locator("#error-summary")).to_contain_text(
        "Choose whether it is essential or for information."
    )
    look(page)

"""What changed, as readers and deciders meet it: wide, narrow, on paper, by keyboard, without script."""

import pytest
from wagtail.rich_text import RichText

from policy_pages.blocks import TableBlock
from tests.factories.organisation import make_job_role, make_person
from tests.factories.policies import author_of, clause, issue, make_policy, members_of, section, submit
from tests.journeys.looking import tab_to
from tests.journeys.policies import FAR, FIRST, HOURS, SECOND, full_body, make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE = "/policies/safeguarding-children/"
CHANGES = f"{HERE}changes/1.0/2.0/"


@pytest.fixture
def reader(transactional_db):
    return make_person(user=True, name="Priya Nair").user


def words_of(block, words):
    block.value["text"] = RichText(words if words.startswith("<") else f"<p>{words}</p>")


LISTED = (
    "<p>You must tell the family what you are doing, unless</p><ul><li>this puts the child at more risk</li>"
    "<li>the police ask you not to</li><li>a court has said so</li></ul><p>and write it down.</p>"
)
LINKED = '<p>See the <a href="https://example.org/a-form-with-a-rather-long-address-that-has-no-space">form</a>.</p>'
NIGHTS = {"values": ["<p>At other times</p>", "<p>The site manager, 01632 960 099</p>"]}


def more_clauses():
    lead = make_job_role(name="Infection lead")
    return [
        section("What else we do"),
        clause("Staff must wear a badge."),
        clause("Old words that bind nobody."),
        clause("Read <b>this</b> before you ring."),
        clause("Ask the front desk."),
        clause("See the form.", heading="Forms"),
        clause("You must sort the bins.", roles=[str(lead.pk)]),
    ]


def change_each(body):
    """Duties, words, a list, a cell, bold, a link, whom a duty is for; two clauses go and two come."""
    hours = HOURS | {"rows": [HOURS["rows"][0], NIGHTS]}
    words_of(body[1], "Children who are at risk are found early when all of us know <b>whom to tell</b>.")
    words_of(body[3], "Tell the named nurse within the hour. You should not wait to be sure.")
    words_of(body[4], LISTED)
    body[9] = ("table", TableBlock().to_python({"caption": "Whom to call", "table": hours}), body[9].id)
    words_of(body[18], "Read this before you ring.")
    words_of(body[20], LINKED)
    body[21].value["roles"] = []
    del body[17], body[16]
    body.append(clause("You must wash your hands before each visit and after it."))
    body.append(clause("Hand gel stands at every door."))


def issue_every_kind():
    """1.0, then 2.0 with every kind of change and another title."""
    page = make_full_policy(body=full_body() + more_clauses())
    issue(page, today=FIRST)
    draft = page.get_latest_revision_as_object()
    change_each(draft.body)
    draft.title = "Safeguarding children and young people policy"
    draft.save_revision(user=author_of(page))
    page.refresh_from_db()
    issue(page, today=SECOND, change_note="Within the hour.")
    return page


def test_readers_see_what_changed(page, origin, look, sign_in, reader):
    issue_every_kind()
    sign_in(page, reader.email)
    page.goto(origin + HERE)
    page.get_by_role("link", name="What changed in 2.0", exact=True).click()

    assert page.url == origin + CHANGES
    first = page.locator(".wa-change").first
    assert first.locator("h3").inner_text().startswith("Stronger")
    kinds = page.locator(".wa-change__word").all_inner_texts()
    assert list(dict.fromkeys(kinds)) == [
        "Stronger", "Weaker", "New duty", "Removed duty", "For others", "New", "Wording", "Removed", "Formatting",
    ]  # fmt: skip
    look(page)
    page.get_by_label("For", exact=True).select_option(label="Ward manager, 12")
    page.get_by_role("button", name="Show").click()
    assert "For Ward manager, with what is for everyone" in page.locator("main").inner_text()
    look(page)


def test_an_older_text_leads_to_what_changed_since(page, origin, look, sign_in, reader):
    issue_every_kind()
    sign_in(page, reader.email)
    page.goto(origin + HERE + "v/1.0/")
    tab_to(page, "What changed since")
    page.keyboard.press("Enter")
    page.wait_for_url(origin + CHANGES)

    page.get_by_label("From version").select_option("2.0")
    page.get_by_role("button", name="Show").click()
    assert "This is version 2.0 twice" in page.locator("main").inner_text()
    look(page)
    page.goto(origin + CHANGES + "?from=9.9&role=99999")
    assert "There is no version 9.9 for you to read" in page.locator("main").inner_text()
    look(page)


def test_what_changed_on_paper(page, origin, sign_in, reader):
    issue_every_kind()
    sign_in(page, reader.email)
    page.goto(origin + CHANGES + "?print")
    page.emulate_media(media="print")

    shown = page.locator("body").inner_text()
    for words in (
        "Stronger",
        "Weaker",
        "New duty",
        "was:",
        "now:",
        "Uncontrolled when printed",
        "SG-042",
        CHANGES,
    ):
        assert words in shown
    for gone in (".wa-header__bar", ".wa-search", ".wa-changes__asked", ".wa-change__link"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    for tag, line in (("ins", "underline"), ("del", "line-through")):
        mark = page.locator(f"main {tag}").first
        look_of = mark.evaluate(
            "node => [getComputedStyle(node).textDecorationLine, getComputedStyle(node).color]"
        )
        assert look_of == [line, "rgb(0, 0, 0)"]


def test_without_script(chromium, origin, sign_in, reader):
    issue_every_kind()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, reader.email)
    page.goto(origin + CHANGES)
    page.locator("select[name=role]").select_option(label="Ward manager, 12")
    page.get_by_role("button", name="Show").click()

    assert "For Ward manager" in page.locator("main").inner_text()
    context.close()


def test_deciders_and_authors_see_what_would_change(page, origin, look, sign_in, reader):
    policy = issue_every_kind()
    draft = policy.get_latest_revision_as_object()
    words_of(draft.body[3], "Tell the named nurse at once. You must not wait to be sure.")
    draft.save_revision(user=author_of(policy))
    sign_in(page, policy.policy_owner.user.email)
    page.goto(f"{origin}/policy/{policy.pk}/draft/")
    page.get_by_role("link", name="What would change").click()
    assert "to the draft as it stands" in page.locator("main").inner_text()
    look(page)

    submission = submit(policy)
    page.context.clear_cookies()
    sign_in(page, members_of(submission.approving_body)[0].email)
    page.goto(f"{origin}/policy/{policy.pk}/decide/")
    page.get_by_role("link", name="What changes against the version in force, clause by clause").click()
    assert "to the text that waits for a decision" in page.locator("main").inner_text()
    assert page.locator(".wa-change h3").first.inner_text().startswith("Stronger")
    look(page)


def test_a_version_to_come_and_a_first_draft(page, origin, look, sign_in, reader):
    policy = issue_every_kind()
    draft = policy.get_latest_revision_as_object()
    words_of(draft.body[3], "Tell the named nurse at once.")
    draft.save_revision(user=author_of(policy))
    policy.refresh_from_db()
    issue(policy, today=SECOND, wanted_from=FAR)
    first = make_policy(
        title="Another",
        slug="another",
        reference="SG-043",
        policy_owner=policy.policy_owner,
        body=[section("One"), clause("Ring.")],
    )
    sign_in(page, policy.policy_owner.user.email)
    page.goto(origin + HERE + "v/3.0/")
    page.get_by_role("link", name="What will change").click()
    assert "takes effect on 2 April 2091" in page.locator(".wa-standing").inner_text()
    look(page)
    page.goto(f"{origin}/policy/{first.pk}/changes/")
    assert "all of this text would be new" in page.locator("main").inner_text()
    look(page)

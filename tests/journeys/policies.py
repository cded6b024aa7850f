"""The policies that the journeys walk through: full ones, with every kind of block, in invented words."""

from datetime import date

from playwright.sync_api import expect
from wagtail.rich_text import RichText

from policy_pages.blocks import TableBlock
from tests.factories.organisation import make_body, make_job_role, make_person
from tests.factories.policies import author_of, clause, issue, make_policy, section

FIRST, SECOND, FAR = date(2022, 3, 1), date(2024, 5, 6), date(2091, 4, 2)
LONG_TITLE = (
    "Diogelu plant a phobl ifanc yn Llanfairpwllgwyngyllgogerychwyrndrobwll a'r cylch: gweithdrefn ar y cyd, "
    "ŵyna, tŷ, môr, â phwyslais ar gyfrifoldebau"
)
HOURS = {
    "columns": [{"type": "text", "heading": "When"}, {"type": "text", "heading": "Whom to call"}],
    "rows": [
        {"values": ["<p>Weekdays, 8am to 6pm</p>", "<p>The named nurse, 01632 960 010</p>"]},
        {"values": ["<p>At other times</p>", "<p>The site manager, 01632 960 011</p>"]},
    ],
    "caption": "",
}


def full_body(*, changed="Tell the named nurse the same working day. You must not wait to be sure."):
    """Sections of three levels, clauses of each force, a table, terms, roles and an appendix."""
    nurse = make_job_role(name="Ward manager")
    table = TableBlock().to_python({"caption": "Whom to call", "table": HOURS})
    return [
        section("Why we have this"),
        clause("Children who are at risk are found early when everybody knows <b>whom to tell</b>."),
        section("If you are worried about a child"),
        clause(changed, heading="Tell somebody", roles=[str(nurse.pk)]),
        clause(
            "You should tell the family what you are doing, unless</p><ul><li>this puts the child at more "
            "risk</li><li>the police ask you not to</li></ul><p>and you should write down why."
        ),
        section("On a ward", level="2"),
        clause("The nurse in charge may ask for a second opinion.", heading="A second opinion"),
        section("At night", level="3"),
        clause("Call the site manager; the site manager must call the named nurse by 9am."),
        ("table", table),
        section("Words we use"),
        ("definitions", {"heading": "Terms", "rows": [{"term": "Named nurse", "meaning": "<p>Leads.</p>"}]}),
        ("roles_table", {"heading": "", "rows": [_duties()]}),
        ("appendix", {"number": "Appendix A", "title": "Contacts"}),
        clause("The switchboard knows all numbers."),
    ]


def _duties():
    return {
        "role": "Ward manager",
        "responsibilities": "<p>Keeps the list of contacts up to date.</p>",
        "tasks": "<p>Checks it each month.</p>",
    }


def make_full_policy(**overrides):
    values = {
        "title": "Safeguarding children policy",
        "slug": "safeguarding-children",
        "reference": "SG-042",
        "policy_owner": make_person(user=True, name="Ana Lee"),
        "owner_deputy": make_person(name="Tom Birch"),
        "sponsor": make_person(name="Nia Bowen"),
        "owner_role": make_job_role(name="Named nurse"),
        "review_months": 60,
    }
    if "body" not in overrides:
        overrides["body"] = full_body()
    return make_policy(**{**values, **overrides})


def issue_twice(**overrides):
    """1.0, then 1.1 with one clause changed: the page and both versions."""
    page = make_full_policy(**overrides)
    first = issue(page, today=FIRST)
    change_clause(page, "Tell the named nurse within the hour. You must not wait to be sure.")
    second = issue(page, today=SECOND, significance="minor", change_note="Within the hour, not the same day.")
    return page, first, second


def change_clause(page, words):
    """The clause "Tell somebody" says ``words`` in a new draft; its permanent id stays."""
    draft = page.get_latest_revision_as_object()
    draft.body[3].value["text"] = RichText(f"<p>{words}</p>")
    draft.save_revision(user=author_of(page))
    page.refresh_from_db()


def make_meeting_body(**overrides):
    return make_body(
        name="Policy Group",
        short_name="PG",
        members=[make_person(user=True, name="Mo Shah"), make_person(user=True, name="Kit Dunn")],
        chair=make_person(user=True, name="Rosa Bose"),
        secretary=make_person(user=True, name="Sam Okafor"),
        quorum=2,
        ratifies_by="meeting",
        **overrides,
    )


def choose_person(page, label, words, name):
    """In an admin form: open the window of ``label``, search, choose; the form shows the name."""
    page.get_by_role("button", name=f"Choose a person: {label}", exact=True).click()
    window = page.locator(".modal-content")
    window.get_by_label("Search by name").fill(words)
    window.get_by_role("link", name=name).click()
    expect(page.locator("[data-chooser-title]", has_text=name)).to_be_visible()

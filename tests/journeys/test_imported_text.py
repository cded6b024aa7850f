"""A text that came from a document, read as issued: deep levels, clauses without a number, notes, tables."""

import json

import pytest

from policy_pages.importing.recognising import recognise
from policy_pages.importing.source import Paragraph, Piece
from tests.factories.policies import TODAY, issue, make_policy
from tests.factories.sources import heading, item, make_paragraph, make_source, make_table

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG = (
    "Staff must read this before they begin any work on the ward, and ask the matron where they are not sure."
)


def lifting_policy():
    noted = Paragraph([Piece("Belts are kept dry"), Piece("", note="n1"), Piece(".")], "paragraph 9")
    levels = [part for level in range(2, 6) for part in (heading(f"Level {level}", level), LONG)]
    return make_source(
        make_paragraph("Lifting policy", is_title=True),
        heading("1.0 AIM"),
        "1.1 Nobody lifts alone. Bring with you:",
        item("a belt"),
        item("of leather", 1, "(a)"),
        item("a friend"),
        "1.2 Staff should ask first.",
        *levels,
        heading("6.0 CARE"),
        noted,
        "Table 1: who sits where",
        make_table(["", "North", "South"], ["Monday", "till six", "till nine"], ["Tuesday", "till six", ""]),
        heading("Appendix A: Form"),
        LONG,
        notes={"n1": [make_paragraph("The makers say so.")]},
    )


def test_an_imported_text_reads_like_one_that_was_written(page, origin, look):
    found = recognise(lifting_policy())
    policy = make_policy(title=found.title, slug="lifting", audience="public")
    draft = policy.get_latest_revision_as_object()
    draft.body = json.dumps([{"type": b.type, "value": b.value, "id": b.id} for b in found.blocks])
    draft.save_revision(user=policy.latest_revision.user)
    policy.refresh_from_db()
    issue(policy, today=TODAY)

    page.goto(origin + "/policies/lifting/")

    assert page.locator(".wa-policy .wa-number").all_inner_texts() == [
        "1.0",
        "1.1",
        "1.2",
        "6.0",
        "Appendix A",
    ]
    assert page.locator(".wa-policy h6").all_inner_texts() == ["Level 5"]
    assert page.locator(".wa-policy h2").last.inner_text() == "Notes"
    assert page.locator(".wa-policy caption").inner_text() == "Table 1: who sits where"
    look(page)
    page.locator(".wa-policy sup a").click()
    assert "The makers say so." in page.locator(":target").inner_text()

"""How often, chosen by an author: shown to readers, told as a change, kept when the document comes again."""

from django.template.loader import render_to_string

from policy_pages.changes.comparing import compare
from policy_pages.imports import merging
from tests.factories.frozen import make_clause, make_content

ROW = {"role": "Ward manager", "responsibilities": "<p>Leads.</p>", "tasks": "<p>Checks it.</p>"}


def table(**chosen):
    return {"type": "roles_table", "id": "roles", "heading": "Who", "rows": [{**ROW, **chosen}]}


def shown(*blocks) -> str:
    return render_to_string("policy_pages/text.html", {"blocks": list(blocks), "files": ""})


def test_readers_see_what_was_chosen_and_nothing_where_nothing_was():
    clause = make_clause("1.1", "Staff must test it.")
    line = '<p class="wa-clause__roles">How often: every week.</p>'

    assert (line in shown({**clause, "cadence": "week"}), line in shown(table(cadence="week"))) == (
        True,
        True,
    )
    assert "How often" not in shown(clause, table())
    assert shown({**clause, "cadence": "week"}).replace("\n" + line, "") == shown(clause)
    assert shown(table(cadence="week")).replace(line, "") == shown(table())


def test_another_choice_is_a_change_of_words():
    clause = make_clause("1.1", "Staff must test it.")
    old = make_content({**clause, "cadence": "week"}, table())
    new = make_content({**clause, "cadence": "month"}, table(cadence="day"))

    found = {change.type: change for change in compare(old, new).changes}

    assert {kind: str(change.kind) for kind, change in found.items()} == {
        "clause": "wording",
        "roles_table": "wording",
    }
    assert "</span>week</del>" in found["clause"].text.was
    assert "</span>month</ins>" in found["clause"].text.now
    assert compare(old, old).is_empty


def test_a_document_that_comes_again_keeps_what_was_chosen():
    standing = [
        {
            "type": "clause",
            "id": "a",
            "value": {"text": "<p>Test it.</p>", "roles": ["3"], "cadence": "week"},
        },
        {"type": "roles_table", "id": "b", "value": {"rows": [{"value": {**ROW, "cadence": "day"}}]}},
    ]
    brought = [
        {"type": "clause", "id": "a", "value": {"text": "<p>Test it well.</p>"}},
        {
            "type": "roles_table",
            "id": "b",
            "value": {"rows": [{"value": {**ROW, "tasks": "<p>Checks.</p>"}}]},
        },
    ]

    merged = merging._with_authors_part(brought, standing, {})

    assert merged[0]["value"] == {"text": "<p>Test it well.</p>", "roles": ["3"], "cadence": "week"}
    assert merged[1]["value"]["rows"] == [{"value": {**ROW, "tasks": "<p>Checks.</p>", "cadence": "day"}}]

"""The index of duties: what stands in it, since when, and that it may be made anew at any time."""

from datetime import date

import pytest
from django.core.management import call_command

from policy_pages import freezing
from policy_pages.duties import index
from policy_pages.models import ClauseEntry, DutyEntry, DutyRole
from tests.factories import organisation
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
TABLE = (
    "roles_table",
    {
        "heading": "Who does what",
        "rows": [
            {
                "role": "B.6 HR Business Partners (if applicable) or HR Admin Team",
                "responsibilities": "<ul><li>Support managers.</li></ul>",
                "tasks": "<p>You must:</p><ul><li>look at the rates each month</li><li>tell the lead</li></ul>",
            }
        ],
    },
)


def held(**wanted):
    rows = DutyEntry.objects.filter(**wanted).order_by("version_id", "position")
    return [(row.words, row.since, row.new) for row in rows]


def test_clauses_and_rows_of_roles_are_duties():
    nurse = organisation.make_job_role(name="Ward manager")
    words = "Staff must wash hands before each visit."
    body = [
        make.section("Hands"),
        make.clause("Clean hands are good."),
        make.clause(words),
        make.clause("Soap should be checked weekly.", roles=[str(nurse.pk)], heading="Soap"),
        TABLE,
    ]
    version = make.issue(make.make_policy(body=body))

    rows = DutyEntry.objects.filter(version=version)
    assert [
        (row.source, row.number, row.heading, row.words, row.force, row.cadence, row.everyone) for row in rows
    ] == [
        ("clause", "1.2", "Hands", words, "must", "event", True),
        ("clause", "1.3", "Soap", "Soap should be checked weekly.", "should", "week", False),
        ("responsibility", "", "Who does what", "Support managers.", "", "", False),
        ("task", "", "Who does what", "You must: look at the rates each month", "must", "month", False),
        ("task", "", "Who does what", "You must: tell the lead", "must", "", False),
    ]
    assert {row.anchor for row in rows} < {block["id"] for block in version.content["blocks"]}
    assert [(role.job_role, role.name) for role in DutyRole.objects.filter(duty=rows[1])] == [
        (nurse.pk, "Ward manager")
    ]
    assert [(role.key, role.alias) for role in DutyRole.objects.filter(duty=rows[2])] == [
        ("hr-business-partners-if-applicable-or-hr-admin-team", "hr-business-partners-or-hr-admin-team"),
        ("hr-business-partners-if-applicable-or-hr-admin-team", "hr-business-partner"),
        ("hr-business-partners-if-applicable-or-hr-admin-team", "hr-admin-team"),
    ]


def test_a_row_for_all_staff_is_for_everyone():
    rows = [{"role": "B.3 Staff Members, Students", "responsibilities": "<p>Come on time.</p>", "tasks": ""}]
    make.issue(make.make_policy(body=[make.clause("Words."), ("roles_table", {"heading": "", "rows": rows})]))

    assert [(row.words, row.everyone) for row in DutyEntry.objects.all()] == [("Come on time.", True)]


def test_an_author_says_how_often_where_the_words_do_not():
    body = [
        make.clause("Staff must test it.", cadence="week"),
        make.clause("Staff must test it daily.", cadence="week"),
        make.clause("Staff must test it once."),
    ]
    make.issue(make.make_policy(body=body))

    assert [row.cadence for row in DutyEntry.objects.order_by("position")] == ["week", "day", ""]


def test_since_is_the_day_of_the_version_that_brought_the_words():
    old, new = "Staff must knock.", "Staff must knock twice."
    page = make.make_policy(body=[make.clause(old), make.clause("Staff must wait.")])
    make.issue(page, today=date(2026, 1, 5))
    body = list(page.get_latest_revision_as_object().body.raw_data)
    body[0]["value"]["text"] = f"<p>{new}</p>"
    edit_raw(page, body)
    make.issue(page, today=date(2026, 3, 2), significance="minor", change_note="Twice.")
    edit_raw(page, [body[1], body[0], *raw(page, make.clause("Staff may enter."))])
    make.issue(page, today=date(2026, 5, 4), significance="minor", change_note="Enter.")

    expected = [
        ("Staff must wait.", date(2026, 1, 5), True),
        (new, date(2026, 3, 2), False),
        ("Staff may enter.", date(2026, 5, 4), True),
    ]
    assert held() == expected
    index.rebuild(TODAY)
    assert held() == expected


def raw(page, *blocks):
    page.body = list(blocks)
    return list(page.body.get_prep_value())


def edit_raw(page, body):
    draft = page.get_latest_revision_as_object()
    draft.body = draft.body.stream_block.to_python(body)
    draft.save_revision(user=make.author_of(page))
    page.refresh_from_db()


def test_the_version_of_the_future_waits_beside_the_one_in_force():
    page = make.make_policy(body=[make.clause("Staff must knock.")])
    first = make.issue(page)
    make.edit(page, body=[make.clause("Staff must ring.")])
    second = make.issue(page, wanted_from=TOMORROW)

    assert list(DutyEntry.objects.values_list("version", flat=True)) == [first.pk, second.pk]
    index.keep(TODAY)
    index.keep(TOMORROW, dry_run=True)
    assert DutyEntry.objects.count() == 2
    index.keep(TOMORROW)
    assert list(DutyEntry.objects.values_list("version", flat=True)) == [second.pk]


def test_what_is_deleted_comes_back_by_the_job_and_by_the_command():
    make.issue(make.make_policy(body=[make.clause("Words alone.")]))
    make.issue(make.make_policy(body=[make.clause("Staff must knock."), TABLE]))
    before = (held(), DutyRole.objects.count())
    assert len(before[0]) == 4

    for again in (lambda: index.keep(TODAY), lambda: call_command("rebuild_clause_index")):
        DutyRole.objects.all().delete()
        DutyEntry.objects.all().delete()
        again()
        assert (held(), DutyRole.objects.count()) == before

    clauses = ClauseEntry.objects.count()
    index.keep(TODAY)
    assert (held(), ClauseEntry.objects.count()) == (before[0], clauses)


def test_the_optional_field_freezes_to_what_was_frozen_before_it_was_there():
    """Existing texts keep their digests: an empty choice leaves no trace."""
    bare, empty = make.clause("Staff must knock."), make.clause("Staff must knock.", cadence="")
    page = make.make_policy(title="Doors", reference="DO-001", body=[bare])
    (block,) = freezing.freeze(page).content["blocks"]
    assert sorted(block) == ["force", "heading", "html", "id", "number", "roles", "text", "type"]

    frozen = []
    for clause in (bare, empty, make.clause("Staff must knock.", cadence="week")):
        kind, value = clause
        page.body = [{"type": kind, "value": value, "id": "7d2c1a5e-0000-4000-8000-000000000001"}]
        frozen.append(freezing.freeze(page).digest)
    assert frozen[0] == frozen[1] != frozen[2]

"""The clause index: what stands in it, what keeps it right, and that it may be made anew at any time."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policy_pages import clause_index, clause_tables, finding, reading, services, wanted
from policy_pages.models import ClauseEntry
from tests.factories import policies as make
from tests.journeys.policies import full_body

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def indexed():
    return sorted({str(entry.version) for entry in ClauseEntry.objects.select_related("version")})


def found(text, today=TODAY):
    rows = finding.clauses(reading.VISITOR, wanted.read(text), today).rows
    return [(row["reference"], row["number"]) for row in rows]


def test_every_kind_of_block_is_in_the_index_with_the_headings_above():
    version = make.issue(make.make_policy(body=full_body()))

    rows = ClauseEntry.objects.filter(version=version)
    assert [(row.kind, row.number, row.heading, row.force, row.path) for row in rows] == [
        ("section", "1", "Why we have this", "", ""),
        ("clause", "1.1", "", "", "1 Why we have this"),
        ("section", "2", "If you are worried about a child", "", ""),
        ("clause", "2.1", "Tell somebody", "must", "2 If you are worried about a child"),
        ("clause", "2.2", "", "should", "2 If you are worried about a child"),
        ("section", "2.1", "On a ward", "", "2 If you are worried about a child"),
        ("clause", "2.1.1", "A second opinion", "may", "2 If you are worried about a child › 2.1 On a ward"),
        ("section", "2.1.1", "At night", "", "2 If you are worried about a child › 2.1 On a ward"),
        (
            "clause",
            "2.1.1.1",
            "",
            "must",
            "2 If you are worried about a child › 2.1 On a ward › 2.1.1 At night",
        ),
        (
            "table",
            "",
            "Whom to call",
            "",
            "2 If you are worried about a child › 2.1 On a ward › 2.1.1 At night",
        ),
        ("section", "3", "Words we use", "", ""),
        ("definitions", "", "Named nurse", "", "3 Words we use"),
        ("roles_table", "", "Ward manager", "", "3 Words we use"),
        ("appendix", "Appendix A", "Contacts", "", ""),
        ("clause", "A.1", "", "", "Appendix A Contacts"),
    ]
    assert {row.anchor for row in rows} == {block["id"] for block in version.content["blocks"]}
    assert rows[9].words == (
        "When Whom to call Weekdays, 8am to 6pm The named nurse, 01632 960 010 "
        "At other times The site manager, 01632 960 011"
    )
    assert rows[12].words == "Keeps the list of contacts up to date. Checks it each month."


def test_an_issue_replaces_the_entries_of_the_version_that_ends():
    page = make.make_policy(audience="public", body=[make.clause("Zebra stripes.")])
    first = make.issue(page)
    make.edit(page, body=[make.clause("Finch wings.")])
    second = make.issue(page, significance="minor", change_note="Birds.")

    assert indexed() == [str(second)] != [str(first)]
    assert (found("zebra"), found("finch")) == ([], [(page.reference, "1")])


def test_a_version_of_the_future_waits_beside_the_one_in_force():
    page = make.make_policy(audience="public", body=[make.clause("Zebra stripes.")])
    first = make.issue(page)
    make.edit(page, body=[make.clause("Finch wings.")])
    second = make.issue(page, wanted_from=TOMORROW)

    assert indexed() == [str(first), str(second)]
    assert (found("zebra"), found("finch")) == ([(page.reference, "1")], [])
    assert (found("zebra", TOMORROW), found("finch", TOMORROW)) == ([], [(page.reference, "1")])
    assert clause_index.keep(TOMORROW, dry_run=True) == [f"- {first}"]
    assert indexed() == [str(first), str(second)]
    assert clause_index.keep(TOMORROW) == [f"- {first}"]
    assert (indexed(), clause_index.keep(TOMORROW)) == ([str(second)], [])


def test_the_daily_jobs_leave_page_and_index_at_the_version_that_counts():
    page = make.make_policy(audience="public", body=[make.clause("Zebra stripes.")])
    make.issue(page)
    make.edit(page, body=[make.clause("Finch wings.")])
    second = make.issue(page, wanted_from=TOMORROW)

    services.bring_into_force(TOMORROW)
    clause_index.keep(TOMORROW)

    page.refresh_from_db()
    assert (page.live_revision_id, indexed()) == (second.revision_id, [str(second)])


def test_what_is_deleted_comes_back_by_the_job_and_by_the_command(capsys):
    versions = [
        make.issue(make.make_policy(audience="public", body=[make.clause("Zebra stripes.")])) for _ in "ab"
    ]
    names = sorted(map(str, versions))
    before = list(ClauseEntry.objects.order_by("version_id", "position").values_list("version_id", "words"))

    ClauseEntry.objects.filter(version=versions[0]).delete()
    assert found("zebra") == [(versions[1].reference, "1")]
    assert clause_index.keep(TODAY) == [f"+ {versions[0]}"]
    assert indexed() == names

    ClauseEntry.objects.all().delete()
    assert found("zebra") == []
    call_command("rebuild_clause_index")
    assert "2 versions are in the index." in capsys.readouterr().out
    assert len(found("zebra")) == 2
    after = ClauseEntry.objects.order_by("version_id", "position").values_list("version_id", "words")
    assert list(after) == before


@pytest.mark.parametrize("clauses", [1, 12, 120])
def test_an_issue_writes_the_index_in_one_statement_more_however_long_the_text(clauses):
    page = make.make_policy(body=[make.clause(f"Staff must read {n}.") for n in range(clauses)])
    submission = make.approve(make.submit(page))
    make.sign_once(submission)
    last = make.members_of(submission.ratifying_body)[1]

    with CaptureQueriesContext(connection) as captured:
        make.submissions.sign(submission, actor=last, today=TODAY)

    about = [query["sql"] for query in captured if clause_tables.TABLE in query["sql"]]
    assert [sql.split()[0] for sql in about] == ["INSERT"]
    assert ClauseEntry.objects.count() == clauses


def test_a_text_of_a_megabyte_is_issued_and_found():
    words = "zebra " + " ".join(f"finch{number}" for number in range(120_000))
    version = make.issue(make.make_policy(audience="public", body=[make.clause(words)]))

    (entry,) = ClauseEntry.objects.filter(version=version)
    assert len(entry.words) == clause_index.MOST_LETTERS
    assert found("zebra finch17") == [(version.reference, "1")]


@pytest.mark.sqlite
def test_triggers_that_a_migration_lost_come_back():
    with connection.cursor() as cursor:
        for event in ("insert", "delete", "update"):
            cursor.execute(f'DROP TRIGGER "{clause_tables.TABLE}_{event}_words"')
    make.issue(make.make_policy(audience="public", body=[make.clause("Zebra stripes.")]))
    assert found("zebra") == []

    clause_tables.restore()
    assert len(found("zebra")) == 1
    assert clause_index.rebuild(TODAY) == 1
    assert len(found("zebra")) == 1

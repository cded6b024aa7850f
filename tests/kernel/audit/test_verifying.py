"""What somebody with the database in hand can do, and that it shows. The triggers are off for each."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from kernel.audit.digest import seal_hash
from kernel.audit.models import AuditEntry, AuditSeal, AuditWords
from kernel.audit.sealing import read_heads
from kernel.audit.verifying import verify
from tests.append_only import append_only_off
from tests.factories.audit import make_entry, seal_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    """A sealed trail of five entries with words."""
    entries = [make_entry(facts={"number": number}) for number in range(5)]
    assert seal_all() == 5
    assert verify() == []
    return entries


def _sql(statement, *values):
    with append_only_off(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _delete_entry(pk):
    _sql("DELETE FROM kernel_audit_auditwords WHERE entry_id = %s", pk)
    _sql("DELETE FROM kernel_audit_auditentry WHERE id = %s", pk)


def _found():
    return [(finding.entry, finding.kind) for finding in verify()]


def test_a_changed_entry_is_named(five):
    _sql("UPDATE kernel_audit_auditentry SET refused = %s WHERE id = %s", True, five[2].pk)

    assert [str(finding) for finding in verify()] == [f"Entry {five[2].pk} has been changed."]


def test_a_deleted_entry_is_named(five):
    _delete_entry(five[1].pk)

    assert [str(finding) for finding in verify()] == [f"Entry {five[1].pk} has been deleted."]


def test_an_entry_deleted_with_its_seal_is_named_at_the_next_one(five):
    _delete_entry(five[1].pk)
    _sql("DELETE FROM kernel_audit_auditseal WHERE entry_id = %s", five[1].pk)

    assert _found() == [(five[2].pk, "deleted")]


def test_an_inserted_entry_is_named(five):
    _delete_entry(five[3].pk)
    _sql("DELETE FROM kernel_audit_auditseal WHERE entry_id = %s", five[3].pk)
    with append_only_off():
        AuditEntry.objects.create(pk=five[3].pk, action="suite.forged", at=five[3].at)

    assert _found() == [(five[3].pk, "inserted"), (five[4].pk, "deleted")]


def test_an_inserted_entry_is_never_sealed(five):
    AuditEntry.objects.create(pk=five[0].pk - 1, action="suite.forged", at=five[0].at)

    assert seal_all() == 0
    assert _found() == [(five[0].pk - 1, "inserted")]


def test_an_entry_forged_at_the_end_with_an_earlier_time_is_named(five):
    forged = AuditEntry.objects.create(action="suite.forged", at=five[0].at - timedelta(days=30))
    AuditWords.objects.create(entry=forged, salt="00")
    seal_all()

    assert (forged.pk, "inserted") in _found()


def test_the_end_cut_off_is_told_by_the_head_outside(five):
    _delete_entry(five[4].pk)
    _sql("DELETE FROM kernel_audit_auditseal WHERE entry_id = %s", five[4].pk)

    assert [str(finding) for finding in verify()] == ["The end has been cut off: the head file knows seal 5."]


def test_everything_cut_off_is_told_by_the_head_outside(five):
    for entry in five:
        _delete_entry(entry.pk)
    _sql("DELETE FROM kernel_audit_auditseal")

    assert _found() == [(0, "truncated")]


def test_a_chain_written_anew_is_told_by_the_head_outside(five):
    _sql("UPDATE kernel_audit_auditentry SET action = 'suite.forged' WHERE id = %s", five[2].pk)
    previous = AuditSeal.objects.get(position=2).hash
    for seal in AuditSeal.objects.filter(position__gte=3):
        link = seal_hash(AuditEntry.objects.get(pk=seal.entry_id), seal.position, previous)
        _sql(
            "UPDATE kernel_audit_auditseal SET previous = %s, hash = %s WHERE position = %s",
            previous,
            link,
            seal.position,
        )
        previous = link

    assert _found() == [(0, "rewritten")]


def test_a_seal_that_does_not_follow_is_named(five):
    _sql("UPDATE kernel_audit_auditseal SET previous = 'x' WHERE position = 3")

    assert _found()[0] == (five[2].pk, "changed")


def test_changed_words_are_named(five):
    _sql("UPDATE kernel_audit_auditwords SET actor_name = 'Eve' WHERE entry_id = %s", five[0].pk)

    assert [str(finding) for finding in verify()] == [f"Entry {five[0].pk}: its words have been changed."]


def test_a_spoilt_salt_is_named(five):
    _sql("UPDATE kernel_audit_auditwords SET salt = 'spoilt' WHERE entry_id = %s", five[0].pk)

    assert _found() == [(five[0].pk, "changed")]


def test_words_deleted_without_an_act_of_erasure_are_named(five):
    _sql("DELETE FROM kernel_audit_auditwords WHERE entry_id = %s", five[2].pk)

    assert [str(finding) for finding in verify()] == [
        f"Entry {five[2].pk}: its words are gone, and no erasure was written down."
    ]


def test_a_head_file_that_is_gone_is_told(five, head_file):
    head_file.unlink()

    assert _found() == [(0, "no head")]


@pytest.mark.parametrize(
    "torn", [b"6 0f3a", b"6", b"\0\0\0", b"\xff\xfe", b"9" * 40 + b" " + b"a" * 64 + b" now"]
)
def test_a_torn_line_of_the_head_file_is_told_and_the_next_begins_anew(five, head_file, torn):
    with head_file.open("ab") as file:
        file.write(torn)

    assert [str(finding) for finding in verify()] == ["Line 2 of the head file cannot be read."]

    make_entry()
    seal_all()
    assert [position for position, _link in read_heads()] == [5, 6]
    assert _found() == [(0, "unreadable")]


def test_an_empty_trail_is_whole():
    assert verify() == []


def test_several_findings_stand_in_the_order_of_entries(five):
    _sql("UPDATE kernel_audit_auditwords SET actor_name = 'Eve' WHERE entry_id = %s", five[3].pk)
    _sql("UPDATE kernel_audit_auditentry SET refused = %s WHERE id = %s", True, five[1].pk)

    assert _found() == [(five[1].pk, "changed"), (five[3].pk, "changed")]


def test_batches_meet_without_a_seam(five, monkeypatch):
    monkeypatch.setattr("kernel.audit.verifying.BATCH", 2)

    assert verify() == []


def test_verifying_costs_the_same_for_one_and_for_five_entries(django_assert_num_queries):
    make_entry()
    seal_all()
    with django_assert_num_queries(8):
        verify()
    for _turn in range(4):
        make_entry()
    seal_all()
    with django_assert_num_queries(8):
        verify()


def test_the_command_says_that_all_is_whole(five, capsys):
    call_command("verify_audit")

    assert capsys.readouterr().out == "5 sealed entries, all whole.\n"


def test_the_command_names_the_first_bad_row_and_ends_with_1(five, capsys):
    _sql("UPDATE kernel_audit_auditentry SET refused = %s WHERE id >= %s", True, five[3].pk)

    with pytest.raises(CommandError) as error:
        call_command("verify_audit")

    assert (str(error.value), error.value.returncode) == (f"Entry {five[3].pk} has been changed.", 1)
    assert capsys.readouterr().err == f"Entry {five[4].pk} has been changed.\n"


def test_the_command_reports_entries_that_nobody_seals(capsys):
    AuditEntry.objects.create(action="suite.old", at=timezone.now() - timedelta(hours=2))

    call_command("verify_audit")

    assert "is the worker running?" in capsys.readouterr().err

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, transaction

from kernel.audit import append_only
from kernel.audit.models import AuditEntry, AuditSeal, AuditWords
from kernel.lifecycle.models import ReminderSent
from tests.append_only import append_only_off
from tests.factories.audit import make_entry, seal_all

CHANGES = {
    "entry": lambda: AuditEntry.objects.update(refused=True),
    "words": lambda: AuditWords.objects.update(actor_name="Nobody"),
    "seal": lambda: AuditSeal.objects.update(hash="0"),
}
TABLES = {"entry": AuditEntry, "words": AuditWords, "seal": AuditSeal}


def _delete_by_sql(model):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.django_db
def test_every_declared_table_carries_its_triggers():
    assert append_only.protected_now(connection) == set(append_only.PROTECTED)


@pytest.mark.django_db
def test_every_declared_table_belongs_to_a_model():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert (
        {"kernel_audit_auditentry", "kernel_lifecycle_remindersent"} <= set(append_only.PROTECTED) <= tables
    )


@pytest.mark.django_db
@pytest.mark.parametrize("table", CHANGES)
def test_a_change_is_refused_by_the_database(table):
    make_entry()
    seal_all()

    with pytest.raises(IntegrityError, match="added and never changed"), transaction.atomic():
        CHANGES[table]()


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_a_deletion_is_refused_by_the_database(table):
    make_entry()
    seal_all()

    with pytest.raises(IntegrityError, match="added and never changed"), transaction.atomic():
        _delete_by_sql(TABLES[table])


@pytest.mark.django_db
def test_with_the_triggers_off_a_change_goes_through():
    make_entry()

    with append_only_off():
        assert append_only.protected_now(connection) == set()
        assert AuditEntry.objects.update(refused=True) == 1

    assert append_only.protected_now(connection) == set(append_only.PROTECTED)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_truncate_is_refused():
    make_entry()

    with pytest.raises(IntegrityError, match="added and never changed"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE kernel_audit_auditseal")


@pytest.mark.django_db
def test_one_lost_trigger_is_noticed_and_put_back():
    with connection.cursor() as cursor:
        cursor.execute(append_only.remove("kernel_audit_auditseal", connection.vendor)[0])
    lost = set(append_only.PROTECTED) - append_only.protected_now(connection)

    append_only.restore()

    assert lost == {"kernel_audit_auditseal"}
    assert append_only.protected_now(connection) == set(append_only.PROTECTED)


@pytest.mark.django_db
def test_the_migration_operation_goes_both_ways():
    table = "kernel_lifecycle_jobrun"
    operation = append_only.AppendOnly(table)

    editor = connection.schema_editor(atomic=False)

    operation.database_forwards("kernel_lifecycle", editor, None, None)
    during = append_only.protected_now(connection)
    operation.database_backwards("kernel_lifecycle", editor, None, None)

    assert table in during
    assert table not in append_only.protected_now(connection)


def test_the_migration_operation_describes_itself():
    operation = append_only.AppendOnly("app_table")

    assert operation.describe() == "Refuse changes of rows in app_table"
    assert operation.deconstruct() == ("AppendOnly", ("app_table",), {})
    assert isinstance(operation, migrations.operations.base.Operation)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_table_that_sqlite_rebuilds_is_protected_again_after_migrate():
    with connection.schema_editor() as editor:
        editor._remake_table(ReminderSent)  # what any later AlterField does
    lost = set(append_only.PROTECTED) - append_only.protected_now(connection)

    call_command("migrate", verbosity=0)

    assert lost == {"kernel_lifecycle_remindersent"}
    assert append_only.protected_now(connection) == set(append_only.PROTECTED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_suite_flushes_protected_rows_and_protects_again(turn):
    assert AuditEntry.objects.count() == 0
    assert append_only.protected_now(connection) == set(append_only.PROTECTED)

    make_entry()

    assert AuditEntry.objects.count() == 1

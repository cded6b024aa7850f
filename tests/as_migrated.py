"""After a trial with transactions of its own the database is as migrations left it; a flush would take seconds."""

import sqlite3
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

TRIALS = {"transactional_db", "live_server", "django_db_serialized_rollback", "django_db_reset_sequences"}
KEPT = "as_migrated"  # the schema with the rows of migrations, on PostgreSQL


def has_own_transactions(item) -> bool:
    """Whether the test ends with the database put back, not with a rollback."""
    marker = item.get_closest_marker("django_db")
    return bool(TRIALS & set(item.fixturenames)) or bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Trials with transactions of their own, which are slow, run last: what is quick fails first."""
    items.sort(key=has_own_transactions)


@pytest.fixture(autouse=True)
def put_back_after_own_transactions(request):
    if has_own_transactions(request.node):
        request.getfixturevalue("as_migrated")


@pytest.fixture(scope="session")
def as_migrated(django_db_setup, django_db_blocker):
    """A copy of the rows of migrations, from which the database is put back instead of flushed."""
    with django_db_blocker.unblock():
        put_back = _kept_on_postgresql() if connection.vendor == "postgresql" else _kept_on_sqlite()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: put_back())
        yield


def _kept_on_sqlite() -> Callable[[], None]:
    """The whole database, page by page: triggers do not see it."""
    connection.ensure_connection()
    kept = sqlite3.connect(":memory:")
    connection.connection.backup(kept)

    def put_back():
        connection.ensure_connection()
        kept.backup(connection.connection)

    return put_back


def _kept_on_postgresql() -> Callable[[], None]:
    """The tables that have rows, in a schema of their own; put back without foreign keys and triggers."""
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    kept = _with_rows(tables)
    _run([f"DROP SCHEMA IF EXISTS {KEPT} CASCADE", f"CREATE SCHEMA {KEPT}"])
    _run([f"CREATE TABLE {KEPT}.{name} AS TABLE {name}" for name in kept])

    def put_back():
        full = _with_rows(tables)
        _run(
            [
                "SET LOCAL session_replication_role = replica",
                *(f"DELETE FROM {name}" for name in full),
                *(f"INSERT INTO {name} SELECT * FROM {KEPT}.{name}" for name in kept),
            ]
        )

    return put_back


def _with_rows(tables: list[str]) -> list[str]:
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]


def _run(statements: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

"""The flush after a trial with transactions of its own: quick, and without the protection of append-only tables."""

from contextlib import contextmanager

import pytest
from django.db import connection

from kernel.audit import append_only

FLUSHED = {"transactional_db", "live_server", "django_db_serialized_rollback", "django_db_reset_sequences"}


def is_flushed(item) -> bool:
    """Whether the test ends with a flush of all tables, not with a rollback."""
    marker = item.get_closest_marker("django_db")
    return bool(FLUSHED & set(item.fixturenames)) or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def append_only_round_the_flush(request):
    """Lift the protection before a flush that would meet it; its ``post_migrate`` puts it back (``restore``)."""
    if not is_flushed(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")  # torn down after us
    yield
    if connection.vendor != "postgresql":  # there the flush leaves triggers out (``_deleting``)
        append_only.remove_all(connection)


@pytest.fixture(scope="session", autouse=True)
def rows_are_deleted_in_the_flush():
    """PostgreSQL takes seconds to truncate all tables, and milliseconds to delete what a trial has left."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(type(connection.ops), "sql_flush", _deleting)
        yield


def _deleting(ops, style, tables, **_ways) -> list[str]:
    """Statements of one transaction, without foreign keys and triggers, for the tables that hold rows."""
    names = [ops.quote_name(table) for table in tables]
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
    with ops.connection.cursor() as cursor:
        cursor.execute(asked)
        full = [name for (name,) in cursor.fetchall()]
    return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {name}" for name in full)]


@contextmanager
def append_only_off():
    """For tamper trials: what somebody with the database in hand can do."""
    append_only.remove_all(connection)
    try:
        yield
    finally:
        append_only.install_all(connection)

"""The protection of append-only tables and the suite: lifted round the flush, put back after it."""

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
    """Lift the protection before the flush, whose ``post_migrate`` puts it back (``restore``)."""
    if not is_flushed(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")  # torn down after us
    yield
    append_only.remove_all(connection)


@contextmanager
def append_only_off():
    """For tamper trials: what somebody with the database in hand can do."""
    append_only.remove_all(connection)
    try:
        yield
    finally:
        append_only.install_all(connection)

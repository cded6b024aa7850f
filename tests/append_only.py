"""Tables of evidence without their protection, as somebody with the database in hand can have them."""

from contextlib import contextmanager

from django.db import connection

from kernel.audit import append_only


@contextmanager
def append_only_off():
    """For tamper trials."""
    append_only.remove_all(connection)
    try:
        yield
    finally:
        append_only.install_all(connection)

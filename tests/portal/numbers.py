"""Gives every thing that is made next the same number, so that one number in an address finds it."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import AutoField

NUMBER = 7001


def count_from(number: int = NUMBER) -> None:
    """The next row of every table gets ``number``; the rows made before keep theirs."""
    with connection.cursor() as cursor:
        for table, column in _counted_tables():
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number - 1])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, number - 1]
                )


def recount() -> None:
    """The next row of every table gets the number after its last row: a rollback on PostgreSQL takes none back."""
    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _counted_tables():
    for model in apps.get_models(include_auto_created=True):
        key = model._meta.pk
        if model._meta.managed and not model._meta.proxy and isinstance(key, AutoField):
            yield model._meta.db_table, key.column

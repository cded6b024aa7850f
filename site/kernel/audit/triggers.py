"""Rules that the database keeps, as SQLite and PostgreSQL write them, and the migration operation for them."""

from collections.abc import Iterable

from django.db.migrations.operations.base import Operation


class DatabaseRule(Operation):
    """Base of migration operations; the way back takes the rule down. Subclasses say in ``words`` what is refused."""

    reduces_to_sql = True
    reversible = True
    words = ""

    def put_up(self, vendor: str) -> list[str]:
        """The statements for ``sqlite`` or ``postgresql``."""
        raise NotImplementedError

    def take_down(self, vendor: str) -> list[str]:
        raise NotImplementedError

    def state_forwards(self, app_label, state):
        """No part of the models' state."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        run(schema_editor.connection, self.put_up(schema_editor.connection.vendor))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        run(schema_editor.connection, self.take_down(schema_editor.connection.vendor))

    def describe(self):
        return self.words


def run(connection, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def standing(connection) -> set[str]:
    """The names of the triggers that work in this database, those of the database's own apart."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall()}

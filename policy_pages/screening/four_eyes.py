"""The database's own refusal of a full assessment by somebody who wrote part of the text since its last issue."""

from django.db import connections
from django.db.migrations.operations.base import Operation

TRIGGER = "policy_pages_no_author_assesses"
TABLE = "policy_pages_fullassessment"
MESSAGE = "an author of this text cannot assess it in full"
FOUND = """
    EXISTS (
        SELECT 1 FROM kernel_lifecycle_authorship a
        WHERE a.page_id_copy = NEW.page_id_copy AND a.cycle = NEW.cycle AND a.user_id_copy = NEW.decided_by_id)
"""
SQLITE = f"""CREATE TRIGGER IF NOT EXISTS {TRIGGER} BEFORE INSERT ON {TABLE} WHEN {FOUND}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {FOUND} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END IF;
        RETURN NEW; END $$""",
    f"DROP TRIGGER IF EXISTS {TRIGGER} ON {TABLE}",
    f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TRIGGER}()",
)


def install(connection) -> None:
    _run(connection, POSTGRESQL if connection.vendor == "postgresql" else (SQLITE,))


def remove(connection) -> None:
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    _run(connection, (f"DROP TRIGGER IF EXISTS {TRIGGER}{on_table}",))


def restore(sender=None, using="default", **kwargs) -> None:
    """After ``migrate``: SQLite forgets triggers when a later migration rebuilds the table."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


class NoAuthorAssesses(Operation):
    """Migration operation that puts the refusal in place."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label, state):
        """The refusal is no part of the models' state."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        install(schema_editor.connection)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        remove(schema_editor.connection)

    def describe(self):
        return "Refuse full assessments by authors"


def _run(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

"""Tables whose rows are added and never changed: the database refuses the rest, on SQLite and on PostgreSQL.

A model says so with ``@append_only``, its migration with one line, ``AppendOnly("app_table")``. A row that is
worked on before it is evidence says with ``changeable_if`` until when. SQLite
forgets triggers when a later migration rebuilds the table, so ``restore`` runs after every ``migrate``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connections, models

from kernel.audit.triggers import DatabaseRule, run, standing


@dataclass(frozen=True)
class Excused:
    """SQL conditions on OLD under which a change goes through all the same; "" = never."""

    deletes: str = ""
    updates: str = ""


PROTECTED: dict[str, Excused] = {}

TAIL = "_append_only"
MESSAGE = "rows of {table} are added and never changed"


def append_only(model: type[models.Model] | None = None, *, deletable_if: str = "", changeable_if: str = ""):
    """Class decorator: declare the model's table protected. Its migration still needs ``AppendOnly``."""

    def declare(cls):
        PROTECTED[cls._meta.db_table] = Excused(deletable_if, changeable_if)
        return cls

    return declare(model) if model else declare


def install(table: str, vendor: str, excused: Excused = Excused()) -> list[str]:
    """The statements that protect ``table``; safe to run again."""
    build = _postgresql if vendor == "postgresql" else _sqlite
    whole = Excused(excused.deletes or "1 = 0", excused.updates or "1 = 0")
    return remove(table, vendor) + build(table, whole, MESSAGE.format(table=table))


def remove(table: str, vendor: str) -> list[str]:
    """The statements that lift the protection; safe to run on an unprotected table."""
    if vendor == "postgresql":
        return [
            f'DROP TRIGGER IF EXISTS "{table}{TAIL}" ON "{table}"',
            f'DROP TRIGGER IF EXISTS "{table}{TAIL}_all" ON "{table}"',
            f'DROP FUNCTION IF EXISTS "{table}{TAIL}"()',
        ]
    return [f'DROP TRIGGER IF EXISTS "{table}{TAIL}_{event}"' for event in ("update", "delete")]


def _sqlite(table: str, excused: Excused, message: str) -> list[str]:
    body = "SELECT RAISE(ABORT, '{message}') WHERE NOT ({condition});"
    return [
        f'CREATE TRIGGER "{table}{TAIL}_{event}" BEFORE {event.upper()} ON "{table}" '
        f"BEGIN {body.format(message=message, condition=condition)} END"
        for event, condition in (("update", excused.updates), ("delete", excused.deletes))
    ]


def _postgresql(table: str, excused: Excused, message: str) -> list[str]:
    """A plpgsql function that lets what is excused through, a row trigger and one for TRUNCATE."""
    return [
        f'CREATE FUNCTION "{table}{TAIL}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF TG_OP = 'DELETE' THEN IF {excused.deletes} THEN RETURN OLD; END IF; END IF; "
        f"IF TG_OP = 'UPDATE' THEN IF {excused.updates} THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$",
        f'CREATE TRIGGER "{table}{TAIL}" BEFORE UPDATE OR DELETE ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{table}{TAIL}"()',
        f'CREATE TRIGGER "{table}{TAIL}_all" BEFORE TRUNCATE ON "{table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{table}{TAIL}"()',
    ]


class AppendOnly(DatabaseRule):
    """Migration operation: ``AppendOnly("policy_pages_policyversion")``. The way back lifts it."""

    def __init__(self, table: str, deletable_if: str = "", changeable_if: str = ""):
        self.table = table
        self.excused = Excused(deletable_if, changeable_if)

    def put_up(self, vendor):
        return install(self.table, vendor, self.excused)

    def take_down(self, vendor):
        return remove(self.table, vendor)

    def describe(self):
        return f"Refuse changes of rows in {self.table}"


def protected_now(connection) -> set[str]:
    """The tables that carry the whole set of triggers in this database."""
    wanted = ("", "_all") if connection.vendor == "postgresql" else ("_update", "_delete")
    names = standing(connection)
    heads = {name.partition(TAIL)[0] for name in names if TAIL in name}
    return {table for table in heads if all(f"{table}{TAIL}{end}" in names for end in wanted)}


def install_all(connection, tables: Iterable[str] | None = None) -> None:
    for table in PROTECTED if tables is None else tables:
        run(connection, install(table, connection.vendor, PROTECTED[table]))


def remove_all(connection) -> None:
    """Lift every protection: for the suite's flush and for a tamper trial, never for a service."""
    for table in PROTECTED:
        run(connection, remove(table, connection.vendor))


def restore(sender=None, using="default", **kwargs) -> None:
    """After ``migrate`` and ``flush``: put back what is missing on declared tables that exist."""
    connection = connections[using]
    missing = set(PROTECTED) - protected_now(connection)
    if missing:
        install_all(connection, sorted(missing & set(connection.introspection.table_names())))

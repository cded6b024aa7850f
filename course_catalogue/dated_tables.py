"""Two charging policies are never in force on one day, nor two classes of one agency: refused by the database.

PostgreSQL excludes overlapping days. SQLite has triggers, which a later migration that makes a table anew loses, so
that ``restore`` runs after every ``migrate``.
"""

from django.db import connections

from kernel.audit.triggers import DatabaseRule, run, standing

# table: what two rows have in common for which days must not be shared, and which rows count
NEVER_TWO = {
    "course_catalogue_chargepolicy": ("", "withdrawn_on IS NULL"),
    "course_catalogue_agencyclass": ("agency_id", ""),
}
EVENTS = ("INSERT", "UPDATE")
MESSAGE = "two rows share a day"


def install(vendor: str) -> list[str]:
    build = _postgresql if vendor == "postgresql" else _sqlite
    return [statement for table, how in NEVER_TWO.items() for statement in build(table, *how)]


def remove(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_never_two"' for table in NEVER_TWO]
    return [f'DROP TRIGGER IF EXISTS "{name}"' for name in _names()]


def _postgresql(table: str, key: str, only: str) -> list[str]:
    """An exclusion of overlapping days; the key as a range needs no extension."""
    same = f"int8range({key}, {key}, '[]') WITH &&, " if key else ""
    where = f" WHERE ({only})" if only else ""
    return [
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_never_two" EXCLUDE USING gist '
        f"({same}daterange(from_on, until_on, '[]') WITH &&){where}"
    ]


def _sqlite(table: str, key: str, only: str) -> list[str]:
    """A trigger after each way in; writers take turns, so that what it sees is all there is."""
    same = f" AND other.{key} = NEW.{key}" if key else ""
    live = f" AND other.{only} AND NEW.{only}" if only else ""
    body = (
        f"SELECT RAISE(ABORT, '{MESSAGE}') WHERE EXISTS (SELECT 1 FROM \"{table}\" other "
        f"WHERE other.id <> NEW.id{same}{live} "
        "AND (other.until_on IS NULL OR other.until_on >= NEW.from_on) "
        "AND (NEW.until_on IS NULL OR NEW.until_on >= other.from_on));"
    )
    return [
        f'CREATE TRIGGER "{_name(table, event)}" AFTER {event} ON "{table}" BEGIN {body} END'
        for event in EVENTS
    ]


def _name(table: str, event: str) -> str:
    return f"{table}_never_two_{event.lower()}"


def _names() -> set[str]:
    return {_name(table, event) for table in NEVER_TWO for event in EVENTS}


def restore(sender=None, using="default", **kwargs) -> None:
    """Put lost triggers back; PostgreSQL loses none."""
    connection = connections[using]
    if connection.vendor == "postgresql" or not set(NEVER_TWO) <= set(connection.introspection.table_names()):
        return
    if not _names() <= standing(connection):
        run(connection, remove(connection.vendor) + install(connection.vendor))


class NeverTwo(DatabaseRule):
    """Migration operation: puts the rules up. The way back takes them down."""

    words = "Refuse two policies, or two classes of an agency, on one day"
    put_up, take_down = staticmethod(install), staticmethod(remove)

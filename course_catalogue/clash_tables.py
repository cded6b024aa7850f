"""What the planning services refuse in words, refused by the database as well: triggers on both databases.

One room holds one session at a time and one trainer teaches one, sessions that are cancelled apart; a session that is
cancelled stays so; places are not lowered below what is taken unless it is said why. On PostgreSQL a trigger locks the
rooms and trainers that it asks about, so that two transactions at once cannot both find them free.
"""

from django.db import connections

from course_catalogue.enums import TAKES_A_PLACE, SessionState
from kernel.audit.triggers import DatabaseRule, run, standing

SESSION = "course_catalogue_coursesession"
DAY = "course_catalogue_sessionday"
MORE = "course_catalogue_sessionday_more_rooms"
TEACHING = "course_catalogue_teaching"
ROOM = "course_catalogue_room"
TRAINER = "course_catalogue_trainer"
BOOKING = "course_catalogue_booking"

ROOM_CLASH = "this room is taken at that time"
TRAINER_CLASH = "this trainer teaches at that time"
STAYS_CANCELLED = "a cancelled session stays cancelled"
FEWER_THAN_TAKEN = "fewer places than are taken"
CANCELLED = SessionState.CANCELLED.value
TAKEN = ", ".join(f"'{state.value}'" for state in TAKES_A_PLACE)

# What is asked of a day: "{id}", "{starts}" and "{ends}" are put in, either of NEW or of the day that NEW names.
_STANDS = (
    f'EXISTS (SELECT 1 FROM "{SESSION}" own JOIN "{DAY}" mine ON mine.session_id = own.id '
    f"WHERE mine.id = {{id}} AND own.state <> '{CANCELLED}')"
)
_OTHERS = (
    f'SELECT 1 FROM "{DAY}" d JOIN "{SESSION}" s ON s.id = d.session_id JOIN "{DAY}" mine ON mine.id = {{id}} '
    f"WHERE s.state <> '{CANCELLED}' AND d.id <> mine.id AND d.starts_at < mine.ends_at "
    "AND d.ends_at > mine.starts_at"
)
_ROOMS = (
    f'SELECT room_id FROM "{DAY}" WHERE id = {{id}} AND room_id IS NOT NULL '
    f'UNION SELECT room_id FROM "{MORE}" WHERE sessionday_id = {{id}}'
)
_TRAINERS = f'SELECT trainer_id FROM "{TEACHING}" WHERE day_id = {{id}}'
_ROOM_TAKEN = (
    f"{_STANDS} AND EXISTS ({_OTHERS} AND (d.room_id IN ({_ROOMS}) OR EXISTS "
    f'(SELECT 1 FROM "{MORE}" m WHERE m.sessionday_id = d.id AND m.room_id IN ({_ROOMS}))))'
)
_TRAINER_TAKEN = (
    f'{_STANDS} AND EXISTS ({_OTHERS} AND EXISTS (SELECT 1 FROM "{TEACHING}" t '
    f"WHERE t.day_id = d.id AND t.trainer_id IN ({_TRAINERS})))"
)
_REVIVED = f"OLD.state = '{CANCELLED}' AND NEW.state <> '{CANCELLED}'"
_TOO_FEW = (
    "NEW.capacity IS NOT NULL AND (OLD.capacity IS NULL OR NEW.capacity < OLD.capacity) "
    "AND NEW.overbooked_because = '' AND NEW.capacity < "
    f'(SELECT count(*) FROM "{BOOKING}" WHERE session_id = NEW.id AND state IN ({TAKEN}))'
)


def _locks(key: str) -> str:
    return "".join(
        f'PERFORM 1 FROM "{table}" WHERE id IN ({rows.format(id=key)}) ORDER BY id FOR NO KEY UPDATE; '
        for table, rows in ((ROOM, _ROOMS), (TRAINER, _TRAINERS))
    )


# name: table, the events, what is refused with which message, the day whose rooms and trainers are locked before
TRIGGERS = {
    f"{DAY}_clash": (
        DAY,
        ("INSERT", "UPDATE OF room_id, starts_at, ends_at, session_id"),
        ((_ROOM_TAKEN.format(id="NEW.id"), ROOM_CLASH), (_TRAINER_TAKEN.format(id="NEW.id"), TRAINER_CLASH)),
        "NEW.id",
    ),
    f"{MORE}_clash": (
        MORE,
        ("INSERT", "UPDATE"),
        ((_ROOM_TAKEN.format(id="NEW.sessionday_id"), ROOM_CLASH),),
        "NEW.sessionday_id",
    ),
    f"{TEACHING}_clash": (
        TEACHING,
        ("INSERT", "UPDATE"),
        ((_TRAINER_TAKEN.format(id="NEW.day_id"), TRAINER_CLASH),),
        "NEW.day_id",
    ),
    f"{SESSION}_stands": (
        SESSION,
        ("UPDATE OF state, capacity",),
        ((_REVIVED, STAYS_CANCELLED), (_TOO_FEW, FEWER_THAN_TAKEN)),
        "",
    ),
}


def install(vendor: str) -> list[str]:
    """The statements that put all triggers up; safe to run again."""
    build = _postgresql if vendor == "postgresql" else _sqlite
    made = [statement for name, parts in TRIGGERS.items() for statement in build(name, *parts)]
    return remove(vendor) + made


def remove(vendor: str) -> list[str]:
    return [statement for name in TRIGGERS for statement in _drop(name, vendor)]


def _drop(name: str, vendor: str) -> list[str]:
    table, events = TRIGGERS[name][:2]
    if vendor == "postgresql":
        return [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"', f'DROP FUNCTION IF EXISTS "{name}"()']
    return [f'DROP TRIGGER IF EXISTS "{each}"' for each in _names(name, events)]


def _names(name: str, events) -> list[str]:
    return [f"{name}_{event.split()[0].lower()}" for event in events]


def _sqlite(name, table, events, refusals, _day) -> list[str]:
    body = " ".join(f"SELECT RAISE(ABORT, '{words}') WHERE {when};" for when, words in refusals)
    return [
        f'CREATE TRIGGER "{each}" AFTER {event} ON "{table}" BEGIN {body} END'
        for each, event in zip(_names(name, events), events, strict=True)
    ]


def _postgresql(name, table, events, refusals, day) -> list[str]:
    body = "".join(
        f"IF {when} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'exclusion_violation'; END IF; "
        for when, words in refusals
    )
    return [
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"{_locks(day) if day else ''}{body}RETURN NULL; END $$",
        f'CREATE TRIGGER "{name}" AFTER {" OR ".join(events)} ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{name}"()',
    ]


def installed(connection) -> bool:
    """Whether every trigger stands in this database."""
    wanted = set(TRIGGERS)
    if connection.vendor == "sqlite":
        wanted = {each for name, parts in TRIGGERS.items() for each in _names(name, parts[1])}
    return wanted <= standing(connection)


def restore(sender=None, using="default", **kwargs) -> None:
    """After ``migrate``: put back what a later migration lost because it made a table anew."""
    connection = connections[using]
    tables = {table for table, *_rest in TRIGGERS.values()}
    if tables <= set(connection.introspection.table_names()) and not installed(connection):
        run(connection, install(connection.vendor))


class Clashes(DatabaseRule):
    """Migration operation: puts the triggers up. The way back takes them down."""

    words = "Refuse clashes of rooms and trainers, and places below what is taken"
    put_up, take_down = staticmethod(install), staticmethod(remove)


class ClashesAside(Clashes):
    """Migration operation: takes them down, before a table that they read is made anew; ``Clashes`` comes after."""

    words = "Lift the rules about clashes while tables change"
    put_up, take_down = staticmethod(remove), staticmethod(install)

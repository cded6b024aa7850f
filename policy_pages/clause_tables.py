"""How the words of the clause index are looked up, outside the model because each database has its own way.

PostgreSQL: two columns that the database computes from the others, ``lead`` (number and heading) and ``whole`` (all,
with weights), each with a GIN index, under a configuration that stems English and has no words that it leaves out.
SQLite: a table of FTS5 that holds no text of its own, kept in step by triggers. On both, words end at every sign
that is no letter or digit, and accents make no difference.
"""

from django.db import connections

from kernel.audit.triggers import DatabaseRule, run, standing

TABLE = "policy_pages_clauseentry"
WORDS = "policy_pages_clausewords"
CONFIGURATION = "policy_pages_words"
DICTIONARY = "policy_pages_stem"
COLUMNS = ("title", "reference", "path", "number", "heading", "words")

ACCENTED = "ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝýÿŴŵŶŷẀẁẂẃẄẅỲỳ"
PLAIN = "AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOoooooUUUUuuuuYyyWwYyWwWwWwYy"
PARTING = "-‐‑‒–—―/\\.,:;@_'’`+*#=<>&%~"

_FROM = ACCENTED + PARTING
_TO = PLAIN + " " * len(PARTING)
FOLDED = str.maketrans(ACCENTED, PLAIN)
TYPES_OF_WORDS = (
    "asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart"
)


def install(vendor: str) -> list[str]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


def remove(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f'ALTER TABLE "{TABLE}" DROP COLUMN lead, DROP COLUMN whole',
            f'DROP TEXT SEARCH CONFIGURATION "{CONFIGURATION}"',
            f'DROP TEXT SEARCH DICTIONARY "{DICTIONARY}"',
        ]
    return [f'DROP TRIGGER IF EXISTS "{TABLE}_{event}_words"' for event in _EVENTS] + [
        f'DROP TABLE "{WORDS}"'
    ]


def refill(vendor: str) -> list[str]:
    """Read the words of all entries anew, where they are not computed by the database itself."""
    return [] if vendor == "postgresql" else [f'INSERT INTO "{WORDS}"("{WORDS}") VALUES (\'rebuild\')']


def restore(sender=None, using="default", **kwargs) -> None:
    """After ``migrate``: put back triggers that SQLite forgot because a migration made the table anew."""
    connection = connections[using]
    if connection.vendor == "sqlite" and WORDS in connection.introspection.table_names():
        if not {f"{TABLE}_{event}_words" for event in _EVENTS} <= standing(connection):
            run(connection, [*_triggers(), *refill(connection.vendor)])


class ClauseWords(DatabaseRule):
    """Migration operation: the columns or the table by which words are looked up. The way back takes them away."""

    words = "Make the words of the clause index findable"
    put_up, take_down = staticmethod(install), staticmethod(remove)


def _vector(*columns: str) -> str:
    text = " || ' ' || ".join(columns)
    return f"to_tsvector('{CONFIGURATION}'::regconfig, translate({text}, {_literal(_FROM)}, {_literal(_TO)}))"


def _literal(text: str) -> str:
    """A string of SQL; signs that the server might take for its own are doubled or escaped."""
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _postgresql() -> list[str]:
    own = _vector("number", "heading")
    parts = (
        (_vector("title", "reference"), "A"),
        (own, "B"),
        (_vector("path"), "C"),
        (_vector("words"), "D"),
    )
    whole = " || ".join(f"setweight({vector}, '{weight}')" for vector, weight in parts)
    return [
        f'CREATE TEXT SEARCH DICTIONARY "{DICTIONARY}" (TEMPLATE = snowball, LANGUAGE = english)',
        f'CREATE TEXT SEARCH CONFIGURATION "{CONFIGURATION}" (COPY = pg_catalog.simple)',
        f'ALTER TEXT SEARCH CONFIGURATION "{CONFIGURATION}" ALTER MAPPING FOR {TYPES_OF_WORDS} '
        f'WITH "{DICTIONARY}"',
        f'ALTER TABLE "{TABLE}" ADD COLUMN lead tsvector GENERATED ALWAYS AS ({own}) STORED, '
        f"ADD COLUMN whole tsvector GENERATED ALWAYS AS ({whole}) STORED",
        f'CREATE INDEX "{TABLE}_lead" ON "{TABLE}" USING gin (lead)',
        f'CREATE INDEX "{TABLE}_whole" ON "{TABLE}" USING gin (whole)',
    ]


_EVENTS = ("insert", "delete", "update")


def _sqlite() -> list[str]:
    names = ", ".join(COLUMNS)
    return [
        f'CREATE VIRTUAL TABLE "{WORDS}" USING fts5({names}, content="{TABLE}", content_rowid="id", '
        'tokenize="porter unicode61 remove_diacritics 2")',
        *_triggers(),
    ]


def _triggers() -> list[str]:
    names = ", ".join(COLUMNS)
    new, old = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("new", "old"))
    add = f'INSERT INTO "{WORDS}"(rowid, {names}) VALUES (new.id, {new});'
    drop = f'INSERT INTO "{WORDS}"("{WORDS}", rowid, {names}) VALUES (\'delete\', old.id, {old});'
    acts = dict(zip(_EVENTS, (add, drop, drop + add), strict=True))
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{TABLE}_{event}_words" AFTER {event.upper()} ON "{TABLE}" '
        f"BEGIN {act} END"
        for event, act in acts.items()
    ]

"""The clause index: what the search looks through. Made from issued versions, kept by issue and by the daily job."""

import json
import unicodedata

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from policy_pages import clause_tables
from policy_pages.freezing import text_of
from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.version import PolicyVersion

# No clause of a policy comes near; PostgreSQL holds a megabyte of words and refuses a row with more.
MOST_LETTERS = 100_000
BETWEEN = " › "
NAMED = ("reference", "major", "minor")
COPIED = ("position", "kind", "anchor", "path", "number", "heading", "words", "force", "roles")


def write(version) -> None:
    """Make the entries of ``version`` in one statement, however many clauses it has."""
    columns = ["version_id", "title", "reference", *COPIED]
    head = "%s, %s, %s, " + ", ".join(_taken(name) for name in COPIED)
    each = "json_array_elements(%s::json)" if connection.vendor == "postgresql" else "json_each(%s)"
    table = ClauseEntry._meta.db_table
    values = [version.pk, version.title, version.reference, json.dumps(entries_of(version))]
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({", ".join(columns)}) SELECT {head} FROM {each}', values)


def replace(version, today) -> None:
    """Called inside the issue of ``version``: its entries come; those of texts that ended with it go."""
    if version.previous_seal and version.in_force_from <= today:
        _drop(PolicyVersion.objects.filter(policy_id=version.policy_id))
    write(version)


def keep(today, dry_run=False) -> list[str]:
    """Daily job: drop what counts no longer, add what is missing. The search is right without it, only larger."""
    ended = PolicyVersion.objects.filter(Exists(ClauseEntry.objects.filter(version_id=OuterRef("pk"))))
    ended = ended.exclude(pk__in=living(today).values("pk"))
    missing = living(today).filter(~Exists(ClauseEntry.objects.filter(version_id=OuterRef("pk"))))
    named = [(sign, row) for sign, rows in (("-", ended), ("+", missing)) for row in rows.only(*NAMED)]
    lines = [f"{sign} {row}" for sign, row in named]
    if not dry_run:
        _add(missing)
        _drop(ended)
    return lines


def rebuild(today) -> int:
    """Make the whole index anew; gives the number of versions in it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in clause_tables.refill(connection.vendor):
                cursor.execute(statement)
        _drop(PolicyVersion.objects.all())
        return _add(living(today))


def entries_of(version) -> list[dict]:
    """The pieces of a version in reading order, as plain values of an entry's columns."""
    above: list[tuple[int, str]] = []
    found = []
    for block in version.content["blocks"]:
        level = block.get("level", 1) if block["type"] in ("section", "appendix") else 9
        above = [(height, name) for height, name in above if height < level]
        path = BETWEEN.join(name for _height, name in above)
        found += [_entry(block, path, piece) for piece in _PIECES[block["type"]](block)]
        if level < 9:
            above.append((level, f"{block['number']} {block['title']}"))
    return [{"position": place, **entry} for place, entry in enumerate(found)]


def _entry(block, path, piece) -> dict:
    """``piece``: what differs from kind to kind of block."""
    roles = "".join(f"{role['id']}," for role in block.get("roles", []))
    entry = {
        "kind": block["type"],
        "anchor": block["id"] or "",
        "path": path,
        "number": block.get("number", ""),
        "heading": "",
        "words": "",
        "force": block.get("force", ""),
        "roles": f",{roles}" if roles else "",
        **piece,
    }
    return {name: _plain(value) for name, value in entry.items()}


def _plain(text: str) -> str:
    """Letters with their accents in one sign, no NUL, and no more of them than a database takes."""
    return unicodedata.normalize("NFC", text.replace("\0", ""))[:MOST_LETTERS]


def _heading(block):
    return [{"heading": block["title"]}]


def _clause(block):
    return [{"heading": block["heading"], "words": block["text"]}]


def _roles(block):
    return [
        {"heading": row["role"], "words": text_of(row["responsibilities"] + " " + row["tasks"])}
        for row in block["rows"]
    ]


def _terms(block):
    return [{"heading": row["term"], "words": text_of(row["html"])} for row in block["rows"]]


def _table(block):
    cells = [text_of(cell) for row in block["rows"] for cell in row]
    return [{"heading": block["caption"], "words": " ".join([*block["head"], *cells])}]


def _figure(block):
    return [{"heading": block["caption"], "words": block["alt"]}]


def _attachment(block):
    return [{"heading": block["title"]}]


_PIECES = {
    "section": _heading,
    "appendix": _heading,
    "clause": _clause,
    "roles_table": _roles,
    "definitions": _terms,
    "table": _table,
    "figure": _figure,
    "attachment": _attachment,
    "named": _attachment,
}


def _taken(name: str) -> str:
    """One value out of the JSON of an entry."""
    if connection.vendor == "postgresql":
        return f"(value->>'{name}')::int" if name == "position" else f"value->>'{name}'"
    return f"json_extract(value, '$.{name}')"


def living(today):
    """Versions that count today or will: no higher number has begun, and none begins on the same day or before.

    None of a policy that is withdrawn by today.
    """
    higher = PolicyVersion.objects.filter(policy=OuterRef("policy")).filter(
        Q(major__gt=OuterRef("major")) | Q(major=OuterRef("major"), minor__gt=OuterRef("minor"))
    )
    ended = Q(in_force_from__lte=today) | Q(in_force_from__lte=OuterRef("in_force_from"))
    living = PolicyVersion.objects.filter(~Exists(higher.filter(ended)))
    return living.exclude(retirement__withdrawn_from__lte=today)


def _add(versions) -> int:
    number = 0
    for version in versions.defer("html", "control").iterator(chunk_size=100):
        write(version)
        number += 1
    return number


def _drop(versions) -> None:
    """One statement; a delete through the model would read every row first."""
    rows = ClauseEntry.objects.filter(version__in=versions.values("pk"))
    rows._raw_delete(rows.db)

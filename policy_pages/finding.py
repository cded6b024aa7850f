"""Clauses that hold given words: one query that asks who may read first, then ranks and takes one page.

A bounded set is ranked: what has the words in its heading, then the rest, ``MOST`` of each; beyond that the answer is
"more than 1,000".
"""

from dataclasses import dataclass

from django.db import connection

from policy_pages import reading, wanted
from policy_pages.clause_tables import CONFIGURATION, TABLE, WORDS
from policy_pages.wanted import Wanted

MOST, PER_PAGE = 1000, 20
SHOWN = (
    "e.version_id, e.position, e.anchor, e.title, e.reference, e.path, e.number, e.heading, e.words, e.force"
)


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """Which texts and clauses alone: topic and type of the policy, force and job roles of the clause."""

    topic: str = ""
    document_type: str = ""
    force: str = ""
    roles: tuple[int, ...] | None = None

    @property
    def of_policies(self) -> dict[str, str]:
        """The conditions on versions."""
        asked = {"policy__topic": self.topic, "policy__document_type": self.document_type}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Found:
    """``rows``: one page of pieces as dicts; ``total``: how many there are, at most ``MOST`` and one."""

    rows: list[dict]
    total: int


def clauses(reader, words: Wanted, today, *, narrowed=Narrowed(), page=1) -> Found:
    """The pieces in force today that ``reader`` may read and that hold ``words``, best first."""
    if not words or narrowed.roles == ():
        return Found([], 0)
    sql, values = _statement(reader, words, today, narrowed)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, PER_PAGE, (page - 1) * PER_PAGE])
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return Found(rows, min(rows[0]["total"], MOST + 1) if rows else 0)


def _statement(reader, words, today, narrowed) -> tuple[str, list]:
    """Heading matches and the rest, each read no further than the bound; then rank, order and page of both."""
    allowed, values = _allowed(reader, today, narrowed)
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    led, rest, led_values, rest_values = build(words)
    sql = (
        "SELECT f.*, count(*) OVER () AS total FROM ("
        f"SELECT * FROM ({led} AND {allowed} LIMIT {MOST + 1}) AS a UNION ALL "
        f"SELECT * FROM ({rest} AND {allowed} LIMIT {MOST + 1}) AS b) AS f "
        "ORDER BY led DESC, weight DESC, title, version_id, position LIMIT %s OFFSET %s"
    )
    return sql, [*led_values, *values, *rest_values, *values]


def _postgresql(words: Wanted):
    """The weights are of words, headings above, number with heading, title with reference."""
    query = f"to_tsquery('{CONFIGURATION}', %s)"
    weight = f"ts_rank('{{0.4, 0.1, 1.0, 0.2}}', e.whole, {query}) AS weight"
    led, rest = wanted.for_postgresql(words)
    return (
        f'SELECT {SHOWN}, 1 AS led, {weight} FROM "{TABLE}" e WHERE e.lead @@ {query}',
        f'SELECT {SHOWN}, 0 AS led, {weight} FROM "{TABLE}" e WHERE e.whole @@ {query} AND NOT e.lead @@ {query}',
        [led, led],
        [led, rest, led],
    )


def _sqlite(words: Wanted):
    """The weights are in the order of ``clause_tables.COLUMNS``."""
    weight = f'-bm25("{WORDS}", 0.2, 0.2, 0.1, 2.0, 2.0, 1.0) AS weight'
    where = f'FROM "{WORDS}" JOIN "{TABLE}" e ON e.id = "{WORDS}".rowid WHERE "{WORDS}" MATCH %s'
    led, rest = wanted.for_sqlite(words)
    heads = (f"SELECT {SHOWN}, {place} AS led, {weight} {where}" for place in (1, 0))
    return *heads, [led], [f"({rest}) NOT ({led})"]


def _allowed(reader, today, narrowed) -> tuple[str, list]:
    """The rule of reading as ``policy_pages.reading`` has it, asked of the version of each piece that is met."""
    versions = reading.readable(reader, today).order_by().filter(**narrowed.of_policies)
    sql, values = versions.values("id").query.sql_with_params()
    parts, values = [f"EXISTS (SELECT 1 FROM ({sql}) AS v WHERE v.id = e.version_id)"], list(values)
    if narrowed.force:
        parts.append("e.force = %s")
        values.append(narrowed.force)
    if narrowed.roles:
        parts.append("(" + " OR ".join("e.roles LIKE %s" for _role in narrowed.roles) + ")")
        values += [f"%,{role},%" for role in narrowed.roles]
    return " AND ".join(parts), values

"""What is asked of people today: rows for one reader, for a line, for one policy, and numbers for many policies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection

from policy_pages.readers.asked_sql import ask, asked

_READER = """
SELECT q.policy_id, q.person_id, q.essential, q.call_id, q.owed, q.text_id, q.reference, q.title,
    q.major, q.minor, k.version_id, kv.major, kv.minor, k.read_on, k.at
FROM asked q
LEFT JOIN policy_pages_acknowledgement k ON k.id = (
    SELECT l.id FROM policy_pages_acknowledgement l WHERE l.person_id = q.person_id AND l.policy_id = q.policy_id
    ORDER BY l.version_id DESC LIMIT 1)
LEFT JOIN policy_pages_policyversion kv ON kv.id = k.version_id
"""
_EACH = """
(SELECT policy_id, person_id, MAX(call_id) AS call_id, MIN(text_id) AS text_id, MIN(team_id) AS team_id,
    MIN(owed) AS owed
FROM asked WHERE essential AND NOT away GROUP BY policy_id, person_id) each_one
"""


@dataclass(frozen=True)
class Asked:
    """One policy for one person. ``due`` is the last day to read what is asked; None: it has been read.

    ``number`` is of the version in force; ``read`` of the newest one that the person confirmed, "" for none.
    """

    policy_id: int
    person_id: int
    essential: bool
    call_id: int
    due: date | None
    text_id: int
    reference: str
    title: str
    number: str
    read_id: int | None = None
    read: str = ""
    read_on: date | None = None
    read_at: datetime | None = None

    @property
    def done(self) -> bool:
        return self.due is None

    @property
    def to_read(self) -> bool:
        return self.essential and not self.done

    def late(self, today: date) -> bool:
        return self.to_read and self.due < today


@dataclass(frozen=True)
class Count:
    """How many are asked to read a policy, how many of them have, and how many are late."""

    asked: int = 0
    read: int = 0
    late: int = 0

    @property
    def to_read(self) -> int:
        return self.asked - self.read


@dataclass(frozen=True)
class Standing:
    """One person's place with one policy, for lists of many people; ``due`` as in ``Asked``."""

    policy_id: int
    person_id: int
    team_id: int
    call_id: int
    text_id: int
    due: date | None

    @property
    def done(self) -> bool:
        return self.due is None


def of_reader(person_id: int, today: date, *, policy_id: int = 0) -> list[Asked]:
    """All that ``person_id`` has to read, late first, and whatever is asked of them about ``policy_id``; one query."""
    sql = (
        asked(people=[person_id])
        + _READER
        + "WHERE q.essential AND q.owed IS NOT NULL OR q.policy_id = %(policy)s"
    )
    return _once(ask(sql, today, policy=policy_id))


def about(person_id: int, today: date, policies: Iterable[int]) -> dict[int, Asked]:
    """What is asked of one person about these policies, by policy; one query."""
    rows = _once(ask(asked(people=[person_id], policies=list(policies)) + _READER, today))
    return {row.policy_id: row for row in rows}


def counts_for(policies: Iterable[int] | None, today: date) -> dict[int, Count]:
    """Numbers by policy (None: of every policy), for those that ask anybody; one query."""
    sql = asked(policies=policies) + (
        "SELECT policy_id, COUNT(*), COUNT(*) - COUNT(owed), SUM(CASE WHEN owed < %(today)s THEN 1 ELSE 0 END)"
        f" FROM {_EACH} GROUP BY policy_id"
    )
    return {pk: Count(int(n), int(read), int(late)) for pk, n, read, late in ask(sql, today)}


def standings(
    today: date,
    *,
    people: Iterable[int] | None = None,
    policies: Iterable[int] | None = None,
    to_read: bool = False,
) -> list[Standing]:
    """One row for each person and essential policy, without those who are away; one query."""
    sql = asked(people=people, policies=policies) + (
        f"SELECT policy_id, person_id, team_id, call_id, text_id, owed FROM {_EACH}"
        + (" WHERE owed IS NOT NULL" if to_read else "")
    )
    return [
        Standing(policy, person, team, call, text, due=_day(owed))
        for policy, person, team, call, text, owed in ask(sql, today)
    ]


def _once(rows) -> list[Asked]:
    """Several rules or posts may ask for one policy: the newest call counts, and the earliest day."""
    found: dict[int, Asked] = {}
    for row in sorted(map(_row, rows), key=_first):
        found.setdefault(row.policy_id, row)
    return list(found.values())


def _first(row: Asked):
    return row.done, not row.essential, row.due or date.max, -row.call_id


def _row(row) -> Asked:
    policy, person, essential, call, owed, text, reference, title, major, minor, *read = row
    read_id, read_major, read_minor, read_on, read_at = read
    return Asked(
        policy_id=policy,
        person_id=person,
        essential=bool(essential),
        call_id=call,
        due=_day(owed),
        text_id=text,
        reference=reference,
        title=title,
        number=f"{major}.{minor}",
        read_id=read_id,
        read=f"{read_major}.{read_minor}" if read_id else "",
        read_on=_day(read_on),
        read_at=_moment(read_at),
    )


def _day(value) -> date | None:
    """SQLite answers with text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value) -> datetime | None:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value is None or value.tzinfo is not None or connection.vendor == "postgresql":
        return value
    return value.replace(tzinfo=UTC)

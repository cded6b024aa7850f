"""Who is asked to read what, as one query for every question: one person, one line, one policy, all of them.

Rules and posts meet in it, which no relation joins; so it is written out. Each statement names the day as
``%(today)s``; narrowing puts numbers alone into the text. SQLite and PostgreSQL differ in how days are added.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

# Before every day that counts.
LONG_AGO = date(1900, 1, 1)

# A post matches a rule when it has all that the rule names.
MATCHES = """
    (r.job_role_id IS NULL OR r.job_role_id = h.job_role_id)
    AND (r.team_id IS NULL OR substr(h.path, 1, length({path})) = {path})
    AND (r.agency_id IS NULL OR r.agency_id = h.agency_id)
    AND (r.person_kind = '' OR r.person_kind = h.kind)
    AND (r.staff_group_id IS NULL OR EXISTS (
        SELECT 1 FROM kernel_organisation_staffgroup_job_roles gj
        WHERE gj.staffgroup_id = r.staff_group_id AND gj.jobrole_id = h.job_role_id))
"""

# Posts held today by people who are here. ``ready``: since when they hold it in one piece, or are back from an
# absence. A change of manager ends a post and begins the next: neither begins anything for the reader.
_HELD = """
held AS MATERIALIZED (
    SELECT p.person_id, p.job_role_id, p.team_id, t.path, s.agency_id, s.kind, a.kind AS sort_of_agency,
        EXISTS (SELECT 1 FROM kernel_organisation_absence w WHERE w.person_id = p.person_id
            AND w.from_on <= %(today)s AND (w.until_on IS NULL OR w.until_on >= %(today)s)) AS away,
        {later}(
            (SELECT MAX(b.from_on) FROM kernel_organisation_post b
             WHERE b.person_id = p.person_id AND b.team_id = p.team_id AND b.job_role_id = p.job_role_id
             AND b.from_on <= p.from_on AND NOT EXISTS (
                SELECT 1 FROM kernel_organisation_post e
                WHERE e.person_id = b.person_id AND e.team_id = b.team_id AND e.job_role_id = b.job_role_id
                AND e.from_on < b.from_on AND (e.until_on IS NULL OR {e_after} >= b.from_on))),
            COALESCE(
                (SELECT MAX({back}) FROM kernel_organisation_absence w
                 WHERE w.person_id = p.person_id AND w.until_on < %(today)s),
                %(ever)s)
        ) AS ready
    FROM kernel_organisation_post p
    JOIN kernel_organisation_staffprofile s ON s.id = p.person_id
    JOIN kernel_organisation_agency a ON a.id = s.agency_id
    JOIN kernel_organisation_team t ON t.id = p.team_id
    WHERE p.from_on <= %(today)s AND (p.until_on IS NULL OR p.until_on >= %(today)s)
    AND s.active AND a.active AND (s.left_on IS NULL OR s.left_on >= %(today)s) {people}
)"""

_TEXTS = """
texts AS MATERIALIZED (
    SELECT v.id, v.policy_id, v.audience, v.reference, v.title, v.major, v.minor
    FROM policy_pages_policyversion v
    WHERE v.in_force_from <= %(today)s AND v.policy_id IN (
        SELECT r.policy_id FROM policy_pages_readingrule r WHERE 1 = 1 {policies})
    AND NOT EXISTS (
        SELECT 1 FROM policy_pages_policyversion n
        WHERE n.policy_id = v.policy_id AND n.in_force_from <= %(today)s
        AND (n.major > v.major OR n.major = v.major AND n.minor > v.minor))
    AND NOT EXISTS (
        SELECT 1 FROM policy_pages_retirement w WHERE w.version_id = v.id AND w.withdrawn_from <= %(today)s)
)"""

# The newest call to everybody, and what was asked of some since. ``topped``: some are asked for a newer one.
_CALLS = """
calls AS MATERIALIZED (
    SELECT c.id, c.policy_id, c.version_id, c.first_day, c.everybody,
        EXISTS (SELECT 1 FROM policy_pages_readingcall m WHERE m.policy_id = c.policy_id
            AND m.version_id > c.version_id AND m.first_day <= %(today)s) AS topped
    FROM policy_pages_readingcall c
    JOIN (SELECT e.policy_id, MAX(e.version_id) AS newest FROM policy_pages_readingcall e
        WHERE e.everybody AND e.first_day <= %(today)s GROUP BY e.policy_id) n ON n.policy_id = c.policy_id
    WHERE c.version_id >= n.newest AND c.first_day <= %(today)s {calls}
)"""

# One of the person's posts is named by a call.
_HOLDS = """EXISTS (
        SELECT 1 FROM policy_pages_readingcall_job_roles cj
        JOIN kernel_organisation_post o ON o.job_role_id = cj.jobrole_id
        WHERE cj.readingcall_id = {call} AND o.person_id = h.person_id AND o.from_on <= %(today)s
        AND (o.until_on IS NULL OR o.until_on >= %(today)s))"""

# Each rule with what it asks: the text in force and the calls.
_WANTED = """
wanted AS MATERIALIZED (
    SELECT r.policy_id, r.essential, r.staff_group_id, r.job_role_id, r.agency_id, r.team_id, r.person_kind,
        r.joiner_days, r.from_on, rt.path, {until} AS until, c.id AS call, c.version_id AS call_id, c.everybody,
        c.topped, x.id AS text_id, x.audience, x.reference, x.title, x.major, x.minor
    FROM policy_pages_readingrule r
    JOIN texts x ON x.policy_id = r.policy_id
    JOIN calls c ON c.policy_id = r.policy_id
    LEFT JOIN kernel_organisation_team rt ON rt.id = r.team_id
    WHERE r.from_on <= %(today)s AND (r.until_on IS NULL OR r.until_on >= %(today)s) {policies}
)"""

_ASKED = """
asked AS (
    SELECT r.policy_id, h.person_id, h.team_id, h.away, r.essential, r.call_id, r.text_id,
        r.reference, r.title, r.major, r.minor,
        CASE WHEN NOT EXISTS (SELECT 1 FROM policy_pages_acknowledgement k WHERE k.person_id = h.person_id
            AND k.policy_id = r.policy_id AND k.version_id >= r.call_id) THEN {owed} END AS owed
    FROM wanted r CROSS JOIN held h
    WHERE {matches}
    AND (r.everybody OR {holds_c})
    AND (NOT r.topped OR NOT EXISTS (
        SELECT 1 FROM calls m WHERE m.policy_id = r.policy_id AND m.version_id > r.call_id AND {holds_m}))
    AND (r.audience IN ('public', 'partners')
        OR r.audience = 'staff' AND h.sort_of_agency = 'host'
        OR r.audience = 'groups' AND EXISTS (
            SELECT 1 FROM policy_pages_policyversion_audience_groups g
            JOIN kernel_organisation_staffgroup_job_roles gj ON gj.staffgroup_id = g.staffgroup_id
            JOIN kernel_organisation_post o ON o.job_role_id = gj.jobrole_id
            WHERE g.policyversion_id = r.text_id AND o.person_id = h.person_id AND o.from_on <= %(today)s
            AND (o.until_on IS NULL OR o.until_on >= %(today)s)))
)"""


def asked(*, people: Iterable[int] | None = None, policies: Iterable[int] | None = None) -> str:
    """The beginning of a statement: after it ``asked`` has a row for each rule and post that match.

    ``owed`` is the last day to read what has not been read; NULL where it has been.
    """
    return "WITH " + ",".join(_parts(people, policies))


def named(policy: int) -> str:
    """A statement for the people whom the rules of one policy name, with their job roles, before any version asks.

    ``%(audience)s`` is who may read it: a text for our staff asks nobody else.
    """
    return f"""WITH {_parts(None, [policy])[0]}
        SELECT DISTINCT h.person_id, o.job_role_id FROM policy_pages_readingrule r
        LEFT JOIN kernel_organisation_team rt ON rt.id = r.team_id
        JOIN held h ON {MATCHES.format(path="rt.path")}
        JOIN held o ON o.person_id = h.person_id
        WHERE r.essential AND r.policy_id = {int(policy)} AND NOT h.away
        AND r.from_on <= %(today)s AND (r.until_on IS NULL OR r.until_on >= %(today)s)
        AND (%(audience)s IN ('public', 'partners') OR h.sort_of_agency = 'host')"""


def _parts(people, policies) -> list[str]:
    later = "GREATEST" if _is_postgresql() else "MAX"
    words = {
        "later": later,
        "e_after": _plus("e.until_on", "1"),
        "back": _plus("w.until_on", "1"),
        "people": _among("p.person_id", people),
        "policies": _among("r.policy_id", policies),
        "calls": _among("c.policy_id", policies),
        "matches": MATCHES.format(path="r.path"),
        "until": _plus("c.first_day", "r.days"),
        "owed": f"{later}(r.until, {_plus(f'{later}(h.ready, r.from_on)', 'r.joiner_days')})",
        "holds_c": _HOLDS.format(call="r.call"),
        "holds_m": _HOLDS.format(call="m.id"),
    }
    return [part.format(**words) for part in (_HELD, _TEXTS, _CALLS, _WANTED, _ASKED)]


def ask(sql: str, today, **values) -> list[tuple]:
    days = {"today": today, "ever": LONG_AGO}
    days = {name: connection.ops.adapt_datefield_value(day) for name, day in days.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**days, **values})
        return cursor.fetchall()


def _plus(day: str, days: str) -> str:
    if _is_postgresql():
        return f"({day} + {days})"
    return f"date({day}, '+' || {days} || ' days')"


def _among(column: str, numbers: Iterable[int] | None) -> str:
    """Narrow to those numbers; none at all finds nothing."""
    if numbers is None:
        return ""
    listed = ", ".join(str(int(number)) for number in numbers)
    return f"AND {column} IN ({listed})" if listed else "AND 1 = 0"


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"

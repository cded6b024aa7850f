"""The database's own refusals that reach over several tables: who judges nothing, and what stops an issue.

Each is a trigger. SQLite forgets triggers when a migration rebuilds a table, and cannot rebuild one that a trigger
elsewhere names: so ``lift`` runs before every ``migrate`` there, and ``restore`` after it everywhere.
"""

from dataclasses import dataclass

from django.db import connections
from django.db.migrations.operations.base import Operation

from kernel.audit.triggers import run
from kernel.lifecycle.enums import JUDGING

DECISION, SUBMISSION = "kernel_lifecycle_decision", "kernel_lifecycle_submission"
MESSAGE = "an author of this text cannot judge it"
BY_PROPOSER = "who proposed this cannot decide it"
BY_CHAIR = "the chair who issued this text cannot ratify it"
BY_ABSENT = "who takes no part cannot judge this"
CONDITION_OPEN = "a condition of this text is open"

JUDGEMENT = "NEW.kind IN ({})".format(", ".join(f"'{kind.value}'" for kind in JUDGING))
HANDS = "IN (NEW.actor_id, NEW.principal_user_id)"
OPEN_CONDITION = """EXISTS (
    SELECT 1 FROM kernel_lifecycle_condition c WHERE c.submission_id = {submission} AND NOT EXISTS (
        SELECT 1 FROM kernel_lifecycle_decision d WHERE d.condition_id = c.id))"""


@dataclass(frozen=True)
class Guard:
    """Refuse a row of ``table`` for which ``found`` holds. ``needs`` are the tables that it reads."""

    name: str
    event: str
    table: str
    found: str
    message: str
    needs: tuple[str, ...]


GUARDS = [
    Guard(
        "kernel_lifecycle_no_author_judges",
        "INSERT",
        DECISION,
        f"""{JUDGEMENT} AND NEW.submission_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM kernel_lifecycle_authorship a
            WHERE a.page_id_copy = NEW.page_id_copy AND a.cycle = NEW.cycle AND a.user_id_copy {HANDS})""",
        MESSAGE,
        ("kernel_lifecycle_authorship",),
    ),
    Guard(
        "kernel_lifecycle_no_proposer_decides",
        "INSERT",
        DECISION,
        f"""{JUDGEMENT} AND NEW.proposal_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM kernel_lifecycle_proposal p
            WHERE p.id = NEW.proposal_id AND p.proposed_by_id {HANDS})""",
        BY_PROPOSER,
        ("kernel_lifecycle_proposal",),
    ),
    Guard(
        "kernel_lifecycle_no_chair_ratifies_alone",
        "INSERT",
        DECISION,
        f"""NEW.kind IN ('sign', 'confirm') AND EXISTS (
            SELECT 1 FROM kernel_lifecycle_chairaction a JOIN kernel_lifecycle_decision d
            ON d.submission_id = a.submission_id AND d.kind = 'chair'
            WHERE a.submission_id = NEW.submission_id AND (d.actor_id {HANDS} OR d.principal_user_id {HANDS}))""",
        BY_CHAIR,
        ("kernel_lifecycle_chairaction",),
    ),
    Guard(
        "kernel_lifecycle_no_absent_judges",
        "INSERT",
        DECISION,
        f"""{JUDGEMENT} AND EXISTS (
            SELECT 1 FROM kernel_lifecycle_decision d WHERE d.kind = 'no part'
            AND (d.submission_id = NEW.submission_id OR d.proposal_id = NEW.proposal_id)
            AND (d.actor_id {HANDS} OR d.principal_id = NEW.principal_id))""",
        BY_ABSENT,
        (),
    ),
    Guard(
        "kernel_lifecycle_no_judgement_past_condition",
        "INSERT",
        DECISION,
        "NEW.kind IN ('sign', 'minute', 'confirm', 'chair') AND "
        + OPEN_CONDITION.format(submission="NEW.submission_id"),
        CONDITION_OPEN,
        ("kernel_lifecycle_condition",),
    ),
    Guard(
        "kernel_lifecycle_no_issue_past_condition",
        "UPDATE",
        SUBMISSION,
        "NEW.state IN ('approved', 'recorded', 'issued') AND " + OPEN_CONDITION.format(submission="NEW.id"),
        CONDITION_OPEN,
        ("kernel_lifecycle_condition", DECISION),
    ),
]


def register(guard: Guard) -> None:
    """A refusal of an app above, about its own tables or a decision beneath them; from its ``ready()``."""
    if guard not in GUARDS:
        GUARDS.append(guard)


def install(connection) -> None:
    """Put all refusals in place whose tables exist; safe to run again."""
    _lay(connection, GUARDS)


def remove(connection) -> None:
    tables = set(connection.introspection.table_names())
    for guard in GUARDS:
        if guard.table in tables:
            run(connection, _without(connection, guard))


def lift(sender=None, using="default", **kwargs) -> None:
    """Before ``migrate`` on SQLite: a table that a trigger elsewhere reads could not be rebuilt."""
    if connections[using].vendor == "sqlite":
        remove(connections[using])


def restore(sender=None, using="default", **kwargs) -> None:
    """After every ``migrate``."""
    install(connections[using])


class NoAuthorJudges(Operation):
    """Migration operation of 0002, from the time before ``restore`` put every refusal in place."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label, state):
        """The refusal is no part of the models' state."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Nothing: the tables that the refusals read are made later."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        remove(schema_editor.connection)

    def describe(self):
        return "Refuse judgements by authors"


def _lay(connection, guards) -> None:
    tables = set(connection.introspection.table_names())
    for guard in guards:
        if {guard.table, *guard.needs} <= tables:
            run(connection, [*_without(connection, guard), *_with(connection, guard)])


def _with(connection, guard) -> list[str]:
    on = f"BEFORE {guard.event} ON {guard.table}"
    if connection.vendor != "postgresql":
        return [
            f"CREATE TRIGGER {guard.name} {on} WHEN {guard.found} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        ]
    return [
        f"""CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {guard.found} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'restrict_violation'; END IF;
        RETURN NEW; END $$""",
        f"CREATE TRIGGER {guard.name} {on} FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]


def _without(connection, guard) -> list[str]:
    on_table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {guard.name}{on_table}"]

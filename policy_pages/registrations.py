"""What policies bring to the registries below them. Imported once, when all models are loaded."""

from django.db.models.signals import post_migrate

from kernel.accounts.facts import register_fact
from kernel.lifecycle import jobs, proposals, rounds
from kernel.meetings import kinds
from kernel.organisation import grants
from policy_pages import clause_tables, permissions, reports
from policy_pages.agenda.chair_actions import ChairActions
from policy_pages.agenda.proposals import Proposals
from policy_pages.agenda.submissions import Submissions
from policy_pages.duties import index
from policy_pages.imports.reading import sweep
from policy_pages.outcomes import kinds as outcomes
from policy_pages.services import bring_into_force


def register(app) -> None:
    grants.register_holders("policy-owner", permissions.owners)
    jobs.register("policies.bring_into_force", bring_into_force)
    jobs.register("policies.keep_clause_index", index.keep)
    rounds.register("policies.sweep_imports", sweep)
    for kind in (ChairActions(), Proposals(), Submissions()):
        kinds.register(kind)
    for kind in outcomes.KINDS:
        proposals.register(kind)
    register_fact(permissions.OWNS, permissions.owns)
    register_fact("policies.wrote", reports.wrote)
    register_fact("policies.brought", reports.brought)
    post_migrate.connect(clause_tables.restore, sender=app)

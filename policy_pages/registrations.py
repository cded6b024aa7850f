"""What policies bring to the registries below them. Imported once, when all models are loaded."""

from django.db.models.signals import post_migrate

from kernel.accounts.facts import register_fact
from kernel.lifecycle import four_eyes, jobs, proposals, rounds
from kernel.meetings import kinds
from kernel.organisation import grants
from policy_pages import clause_tables, naming, permissions, reports
from policy_pages.agenda.chair_actions import ChairActions
from policy_pages.agenda.proposals import Proposals
from policy_pages.agenda.submissions import Submissions
from policy_pages.board import spreading
from policy_pages.board import telling as late_assurance
from policy_pages.duties import index, local, telling
from policy_pages.imports.reading import sweep
from policy_pages.outcomes import kinds as outcomes
from policy_pages.readers import mine
from policy_pages.readers import reminding as reading_reminders
from policy_pages.reviews import asked, orphans, reminding
from policy_pages.screening import guards, leading
from policy_pages.services import bring_into_force


def register(app) -> None:
    grants.register_holders("policy-owner", permissions.owners)
    jobs.register("policies.bring_into_force", bring_into_force)
    jobs.register("policies.find_orphans", orphans.find)
    jobs.register("policies.keep_clause_index", index.keep)
    jobs.register("policies.remind", reminding.remind)
    jobs.register("policies.tell_of_unheld_duties", telling.tell_owners)
    jobs.register("policies.tell_of_late_assurance", late_assurance.tell)
    jobs.register("policies.remind_readers", reading_reminders.remind)
    rounds.register("policies.sweep_imports", sweep)
    for kind in (ChairActions(), Proposals(), Submissions()):
        kinds.register(kind)
    for kind in (*outcomes.KINDS, spreading.KIND):
        proposals.register(kind)
    register_fact(permissions.OWNS, permissions.owns)
    register_fact(local.AGENCY, local.agency)
    register_fact(mine.ASKED, mine.is_asked)
    register_fact(mine.LEADS, mine.leads)
    register_fact("policies.wrote", reports.wrote)
    register_fact("policies.brought", reports.brought)
    register_fact(asked.ASKED, asked.is_asked)
    register_fact(leading.LEADS, leading.leads)
    for guard in guards.GUARDS:
        four_eyes.register(guard)
    naming.register()
    post_migrate.connect(clause_tables.restore, sender=app)

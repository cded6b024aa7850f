from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PolicyPagesConfig(AppConfig):
    name = "policy_pages"
    label = "policy_pages"
    verbose_name = _("Policies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from kernel.accounts.facts import register_fact  # noqa: PLC0415  models are loaded by now
        from kernel.lifecycle import jobs, rounds  # noqa: PLC0415
        from kernel.organisation import grants  # noqa: PLC0415
        from policy_pages import clause_index, clause_tables  # noqa: PLC0415
        from policy_pages.imports.reading import sweep  # noqa: PLC0415
        from policy_pages.permissions import OWNS, owners, owns  # noqa: PLC0415
        from policy_pages.readers import mine, reminding  # noqa: PLC0415
        from policy_pages.reports import brought, wrote  # noqa: PLC0415
        from policy_pages.services import bring_into_force  # noqa: PLC0415

        grants.register_holders("policy-owner", owners)
        jobs.register("policies.bring_into_force", bring_into_force)
        jobs.register("policies.keep_clause_index", clause_index.keep)
        jobs.register("policies.remind_readers", reminding.remind)
        rounds.register("policies.sweep_imports", sweep)
        register_fact(OWNS, owns)
        register_fact(mine.ASKED, mine.is_asked)
        register_fact(mine.LEADS, mine.leads)
        register_fact("policies.wrote", wrote)
        register_fact("policies.brought", brought)
        post_migrate.connect(clause_tables.restore, sender=self)

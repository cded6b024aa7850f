from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "kernel.organisation"
    label = "kernel_organisation"
    verbose_name = _("Organisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from kernel.accounts.facts import register_fact  # noqa: PLC0415  models are loaded by now
        from kernel.organisation import asking  # noqa: PLC0415

        for name, expression in asking.FACTS.items():
            register_fact(name, expression)

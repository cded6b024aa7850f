from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import roles


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        roles.register()
        from portal import checks, daily, role_answers  # noqa: F401, PLC0415 - they need settings and models

        daily.register()

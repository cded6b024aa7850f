from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "kernel.content"
    label = "kernel_content"
    verbose_name = _("Content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from kernel.content import converters, kept  # noqa: F401, PLC0415  models are loaded by now

        kept.listen()

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CourseCatalogueConfig(AppConfig):
    name = "course_catalogue"
    label = "course_catalogue"
    verbose_name = _("Training")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from course_catalogue import registrations  # noqa: PLC0415  models are loaded by now

        registrations.register(self)

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import restore


class AuditConfig(AppConfig):
    name = "kernel.audit"
    label = "kernel_audit"
    verbose_name = _("Audit trail")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        post_migrate.connect(restore, sender=self, dispatch_uid="kernel_audit_append_only")

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from kernel.lifecycle import four_eyes


class LifecycleConfig(AppConfig):
    name = "kernel.lifecycle"
    label = "kernel_lifecycle"
    verbose_name = _("Lifecycle")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from kernel.lifecycle import approvals, jobs, wagtail_mails  # noqa: PLC0415  models are loaded by now
        from kernel.lifecycle.waiting import OWES, SEATED, owes, seated  # noqa: PLC0415
        from kernel.organisation.asking import register_fact  # noqa: PLC0415

        wagtail_mails.silence()
        jobs.register("lifecycle.complete_approvals", approvals.complete)
        register_fact(SEATED, seated)
        register_fact(OWES, owes)
        pre_migrate.connect(four_eyes.lift, sender=self, dispatch_uid="kernel_lifecycle_guards_lifted")
        post_migrate.connect(four_eyes.restore, sender=self, dispatch_uid="kernel_lifecycle_four_eyes")

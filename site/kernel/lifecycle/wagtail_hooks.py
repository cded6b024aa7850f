from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_audit_actions")
def audit_actions():
    return {"lifecycle.retry_outbox": _("Had a mail or event that was given up tried again")}

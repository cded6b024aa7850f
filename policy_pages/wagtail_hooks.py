from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_audit_actions")
def audit_actions():
    return {
        "policies.issue": _("Issued a version"),
        "policies.fill_placeholder": _("Filled a placeholder"),
    }

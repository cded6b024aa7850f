from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_audit_actions")
def audit_actions():
    return {"audit.erase_words": _("Erased the personal words of an audit entry")}

"""The registers of the kernel's rows, read only."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from kernel.audit.models import AuditEntry
from kernel.content.registers import RegisterAdmin
from kernel.outbox.models import OutboxMail

ENTRY = ["id", "at", "action", "actor_name", "target_type", "target_id", "target_title", "refused"]
MAIL = ["id", "created_at", "kind", "to", "state", "attempts", "last_error", "sent_at"]


class AuditRegister(RegisterAdmin):
    """Who did what, when. Refused attempts stand here too."""

    model = AuditEntry
    menu_label = _("Audit trail")
    menu_icon = "history"
    list_display = ENTRY
    list_export = ENTRY
    list_filter = ["refused", "action"]
    list_select_related = ["beside"]
    search_fields = ["action", "target_id"]
    inspect_view_fields = [*ENTRY, "facts"]
    export_filename = "audit-trail"


class MailRegister(RegisterAdmin):
    """What was sent, waits or was given up: to whom, what kind, why not. Never the text."""

    model = OutboxMail
    menu_label = _("Outbox")
    menu_icon = "mail"
    list_display = MAIL
    list_export = MAIL
    list_filter = ["state", "kind"]
    search_fields = ["kind", "last_error"]
    inspect_view_fields = MAIL
    export_filename = "outbox"


class Registers(ModelAdminGroup):
    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_order = 900
    items = (AuditRegister, MailRegister)

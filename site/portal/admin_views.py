"""The registers of evidence, read only."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from kernel.audit.models import AuditEntry
from kernel.content.registers import RegisterAdmin
from kernel.lifecycle.models import Decision
from kernel.outbox.models import OutboxMail
from policy_pages.models import PolicyVersion

ENTRY = ["id", "at", "action", "actor_name", "target_type", "target_id", "target_title", "refused"]
DECISION = ["id", "at", "page_title", "kind", "actor_name", "for_name", "body_name", "minute_reference"]
VERSION = ["reference", "title", "number", "in_force_from", "ratified_on", "issued_by_name"]
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


class DecisionRegister(RegisterAdmin):
    """Every recorded act on an exact text."""

    model = Decision
    menu_label = _("Decisions")
    menu_icon = "tick-inverse"
    list_display = DECISION
    list_export = [*DECISION, "statement", "text_sha256"]
    list_filter = ["kind"]
    search_fields = ["page_title", "actor_name", "minute_reference"]
    inspect_view_fields = [*DECISION, "statement", "text_sha256", "quorum", "counted"]
    export_filename = "decisions"


class VersionRegister(RegisterAdmin):
    """Every issued version."""

    model = PolicyVersion
    menu_label = _("Issued versions")
    menu_icon = "doc-full"
    list_display = VERSION
    list_export = [*VERSION, "change_note", "seal"]
    search_fields = ["title", "reference"]
    inspect_view_fields = [*VERSION, "change_note", "text_sha256", "previous_seal", "seal"]
    export_filename = "issued-versions"


class Registers(ModelAdminGroup):
    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_order = 900
    items = (AuditRegister, MailRegister, DecisionRegister, VersionRegister)

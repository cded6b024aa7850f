"""Puts script into every free text of every model: by the services where rows are evidence, by hand elsewhere."""

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import CharField, TextField

LONG = "\"'><script>wa7e()</script><img src=x onerror=wa7e()>"
SHORT = "<i wa7e>"
# What would run, or break out of the attribute in which it stands.
RAW = ("<script>wa7e", "<img src=x onerror=wa7e", "<i wa7e", 'href="javascript:wa7e', "href='javascript:wa7e")
NO_PAGE = ("Content-Type: application/json", "Content-Type: text/csv", "Content-Type: text/calendar")
# No free text: keys, places, digests, words of the machine.
NOT_FREE = {
    "slug", "path", "url_path", "password", "email", "username", "codename", "app_label", "model", "language_code",
    "hostname", "sha256", "text_sha256", "seal", "previous_seal", "digest", "file", "file_hash", "filter_spec",
    "focal_point_key", "state", "kind", "action", "object_id", "content_type", "base_content_type", "session_key",
    "role", "reference", "code", "key", "colour", "brand_colour", "nation", "contentpath", "position", "timezone",
    "preferred_language", "restriction_type", "old_path", "domain", "name_id", "short_name", "status",
    "content_path", "model_path", "content_path_hash", "content_hash", "message_id", "last_error", "to", "html",
    "lead_role",
}  # fmt: skip
LEFT_ALONE = {"sessions", "contenttypes", "axes", "django_tasks_database", "account", "mfa", "socialaccount"}
# Words of the machine, and what is free but needs a row that a later walk will have.
WITHOUT_A_MARK = {
    # The digest of what stands in a link; one link opens one row.
    "course_catalogue.Joining.secret",
    "kernel_accounts.SecondFactorReset.reason",
    "kernel_accounts.UserSession.session_data",
    "kernel_audit.AuditEntry.actor_id",
    "kernel_audit.AuditEntry.target_id",
    "kernel_audit.AuditEntry.target_type",
    "kernel_audit.AuditEntry.words_digest",
    "kernel_audit.AuditSeal.hash",
    "kernel_audit.AuditSeal.previous",
    "kernel_audit.AuditWords.salt",
    "kernel_lifecycle.Decision.capacity",
    "kernel_lifecycle.Decision.outcome",
    "kernel_lifecycle.JobRun.error",
    "kernel_lifecycle.JobRun.name",
    "kernel_lifecycle.ReminderSent.cycle",
    "kernel_lifecycle.ReminderSent.milestone",
    "kernel_lifecycle.ReminderSent.thing_id",
    "kernel_lifecycle.ReminderSent.thing_type",
    # The key of an outcome that the kind of the item offers; the database ties it to the item's state.
    "kernel_meetings.AgendaItem.outcome",
    # The process that makes the PDF, and the digest of the papers that it is made for.
    "kernel_meetings.PaperPack.claim",
    "kernel_meetings.PaperPack.fingerprint",
    "kernel_organisation.StaffProfile.staff_number",
    "kernel_outbox.EventReceipt.receiver",
    "policy_pages.PolicyImport.base_sha256",
    "policy_pages.PolicyImport.claim",
    "policy_pages.PolicyImport.doing",
    "policy_pages.PolicyImport.receipt_sha256",
    "policy_pages.PolicyImport.task",
    "policy_pages.VersionFile.name",
}
OURS = ("portal", "policy_pages", "course_catalogue", "kernel_")


def runs(text: str) -> bool:
    """Is there a mark that a browser would run? Data for scripts, spreadsheets and calendars are no pages."""
    head = text.split("\n\n", 1)[0]
    return not any(kind in head for kind in NO_PAGE) and any(mark in text for mark in RAW)


def mark_for(field) -> str:
    longest = field.max_length or 10_000
    return LONG if longest >= len(LONG) else SHORT[:longest]


def free_fields(model):
    return [
        field
        for field in model._meta.local_concrete_fields
        if type(field) in (CharField, TextField)
        and not (field.choices or field.unique or field.primary_key)
        and field.name not in NOT_FREE
    ]


def plant() -> None:
    """Every free text of the rows that are there; rows of evidence refuse, and are marked when they are made."""
    for model in apps.get_models():
        if not model._meta.managed or model._meta.proxy or model._meta.app_label in LEFT_ALONE:
            continue
        for field in free_fields(model):
            try:
                with transaction.atomic():
                    model._base_manager.update(**{field.name: mark_for(field)})
            except DatabaseError:
                continue


def unmarked() -> set[str]:
    """Free texts of our models that no row has a mark in."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label.startswith(OURS)
        for field in free_fields(model)
        if not model._base_manager.filter(**{f"{field.name}__contains": "wa7e"}).exists()
    }

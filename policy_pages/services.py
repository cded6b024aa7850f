"""Acts on policies that are no decision of a body. Decisions stand in ``kernel.lifecycle.submissions``."""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kernel.audit import act, record
from policy_pages import permissions
from policy_pages.models import Placeholder, PolicyVersion
from policy_pages.placeholders import MARK, key_of

log = logging.getLogger("jobs")


@act("policies.fill_placeholder")
def fill_placeholder(page, *, actor, mark: str, value: str) -> Placeholder:
    """Give the organisation's value for a mark, once for all policies; ``page`` is where it was met (S1-02, S1-18).

    A text that waits for a decision changes with it: its decision is refused until it is submitted again.
    """
    if not permissions.can_fill_placeholders(actor):
        raise PermissionDenied(_("Policy authors fill placeholders."))
    value = " ".join(value.split())
    if not value or MARK.search(value) or "<" in value:
        raise ValidationError({"value": _("Enter the words that stand in its place, without brackets.")})
    Placeholder(key=key_of(mark), value=value).clean_fields()
    # get_or_create, because two may fill the same new mark in the same moment
    made, _new = Placeholder.objects.get_or_create(key=key_of(mark), defaults={"value": value})
    row = Placeholder.objects.select_for_update().get(pk=made.pk)
    row.value = value
    row.save()
    record("policies.fill_placeholder", actor=actor, target=page, facts={"mark": row.key, "value": value})
    return row


def bring_into_force(today, dry_run=False) -> list[str]:
    """Daily job: move the page's own live text to the version that counts, however many days were missed.

    Readers do not depend on it: their page asks for the version in force. Gives a line for each page moved.
    A page that cannot be moved stops no other; its line says why.
    """
    moved = []
    for version in PolicyVersion.objects.in_force(today).select_related("policy", "revision"):
        if version.policy.live_revision_id != version.revision_id:
            moved.append(f"{version.reference} {version.number}" + ("" if dry_run else _move(version)))
    return moved


def _move(version) -> str:
    try:
        with transaction.atomic():
            version.revision.publish(skip_permission_checks=True)
    except ValidationError as refusal:
        why = " ".join(refusal.messages)
        log.error("%s %s could not be moved: %s", version.reference, version.number, why)
        return _(" not moved: %(why)s") % {"why": why}
    return ""

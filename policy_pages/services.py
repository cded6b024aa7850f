"""Acts on policies that are no decision of a body. Decisions stand in ``kernel.lifecycle.submissions``."""

import logging
import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from kernel.audit import act, record
from policy_pages import freezing, permissions
from policy_pages.models import Placeholder, PolicyPage, PolicyVersion
from policy_pages.placeholders import MARK, is_number, key_of, open_marks

log = logging.getLogger("jobs")


@act("policies.fill_placeholder")
def fill_placeholder(page, *, actor, mark: str, value: str) -> Placeholder:
    """Give the organisation's value for a mark, once for all policies; ``page`` is where it was met (S1-02, S1-18).

    Whoever fills it wrote a part of every draft that has the mark, and so judges none of them. A text that waits for
    a decision changes with it: its decision is refused until it is submitted again. Raises ValidationError for a
    mark that does not stand in this text.
    """
    if not permissions.can_fill_placeholders(actor):
        raise PermissionDenied(_("Policy authors fill placeholders."))
    value = " ".join(value.split())
    if not value or MARK.search(value) or "<" in value:
        raise ValidationError({"value": _("Enter the words that stand in its place, without brackets.")})
    if key_of(mark) not in _marks_in(page):
        raise ValidationError({"value": _("This placeholder does not stand in this text any more.")})
    Placeholder(key=key_of(mark), value=value).clean_fields()
    # get_or_create, because two may fill the same new mark in the same moment
    made, _new = Placeholder.objects.get_or_create(key=key_of(mark), defaults={"value": value})
    row = Placeholder.objects.select_for_update().get(pk=made.pk)
    row.value = value
    row.save()
    for draft in _drafts_with(row.key):
        draft.keep_author(actor)
    facts, words = {"mark": row.key}, {"value": value}
    record("policies.fill_placeholder", actor=actor, target=page, facts=facts, words=words)
    return row


def _marks_in(page) -> set[str]:
    """The marks that stand in the working text, filled or not."""
    content = freezing.freeze(page.get_latest_revision_as_object(), filled=False).content
    return {key_of(mark) for _place, mark in open_marks(content) if not is_number(mark)}


def _drafts_with(key: str) -> list[PolicyPage]:
    """Policies whose working text has the mark: those that hold all its plain words are looked at."""
    text = Cast("latest_revision__content", TextField())
    likely = PolicyPage.objects.annotate(draft=text)
    for word in re.findall(r"[a-z0-9]+", key):
        likely = likely.filter(draft__icontains=word)
    return [page for page in likely if key in _marks_in(page)]


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
    except (ValidationError, PermissionDenied, DatabaseError) as refusal:
        why = " ".join(getattr(refusal, "messages", [type(refusal).__name__]))
        log.error("%s %s could not be moved: %s", version.reference, version.number, why)
        return _(" not moved: %(why)s") % {"why": why}
    return ""

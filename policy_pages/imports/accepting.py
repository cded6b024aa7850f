"""A person decides on a file that was read: it becomes a draft, or it goes."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.audit import act, record
from kernel.content.storage import files_taken_back
from kernel.lifecycle.moves import require_move
from kernel.organisation import people
from policy_pages import freezing
from policy_pages.enums import IMPORT_MOVES, ImportState
from policy_pages.imports import drafting, rights
from policy_pages.imports.bringing import MAY_NOT, NO_ROOM, keep
from policy_pages.imports.looking import LONGEST_TITLE, Look, look
from policy_pages.imports.reading import drop_file, drop_pictures, enqueue, hold
from policy_pages.models import PolicyImport


def accept(row, *, actor, today, losses_reason: str = "", title: str = "") -> PolicyImport:
    """Make the draft that was previewed, all of it or nothing. A second press gives the first result.

    ``title`` is for a document that states none.

    Raises PermissionDenied for whoever may not write there; ValidationError when words are missing and nobody says
    why it goes on without them, and when the policy changed since it was compared.
    """
    words = {"losses_reason": losses_reason.strip(), "title": title.strip()}
    with files_taken_back(NO_ROOM) as made:
        return _accept(row, actor=actor, made=made, **words)


@act("policies.accept_import")
def _accept(row, *, actor, losses_reason, title, made) -> PolicyImport:
    row = _locked(row, actor)
    if row.state == ImportState.ACCEPTED:
        return row
    require_move(ImportState(row.state), ImportState.ACCEPTED, IMPORT_MOVES)
    _take_losses(row, actor, losses_reason)
    if len(title) > LONGEST_TITLE:
        words = _("The title must have at most %(most)d signs; this has %(n)d.")
        raise ValidationError({"title": words % {"most": LONGEST_TITLE, "n": len(title)}})
    make = drafting.next_draft if row.is_again else drafting.new_policy
    page = make(row, actor=actor, made=made, title=title)
    drop_pictures(row)
    row.policy_id, row.cycle = page.pk, page.versions_issued()
    row.receipt_sha256 = freezing.digest_of(row.receipt)
    _decided(row, ImportState.ACCEPTED, actor)
    facts = {
        "import": row.pk,
        "file": row.sha256,
        "receipt": row.receipt_sha256,
        "cycle": row.cycle,
        "lost": row.lost,
    }
    record("policies.accept_import", actor=actor, target=page, facts=facts, words={"why": row.losses_reason})
    return row


@act("policies.discard_import")
def discard(row, *, actor, today) -> PolicyImport:
    """Let a file go that became nothing: its bytes, text and pictures go with it. Pressed twice, once."""
    row = _locked(row, actor)
    if row.state == ImportState.DISCARDED:
        return row
    require_move(ImportState(row.state), ImportState.DISCARDED, IMPORT_MOVES)
    _forget(row)
    drop_file(row)
    row.claim, row.next_at, row.doing = "", None, ""
    _decided(row, ImportState.DISCARDED, actor)
    record("policies.discard_import", actor=actor, target=row, facts={"file": row.sha256})
    return row


@act("policies.compare_import")
def compare_again(row, *, actor, today) -> PolicyImport:
    """Read the file once more, because the policy with which it was compared changed since."""
    row = _locked(row, actor)
    if row.state in (ImportState.WAITING, ImportState.READING):
        return row
    require_move(ImportState(row.state), ImportState.WAITING, IMPORT_MOVES)
    _forget(row)
    row.state, row.attempts = ImportState.WAITING, 0
    row.save()
    enqueue(row)
    record("policies.compare_import", actor=actor, target=row, facts={"file": row.sha256})
    return row


def take(
    file, name: str, *, actor, today, library=None, policy=None, losses_reason: str = ""
) -> tuple[PolicyImport | None, Look]:
    """Bring, read and accept in one go, for a command. What is not taken leaves no row at all."""
    found = look(file, name, policy=policy)
    if found.refused or found.unchanged or (found.lost and not losses_reason.strip()):
        return None, found
    with files_taken_back() as made:
        return _take(
            file,
            name,
            found,
            made,
            actor=actor,
            today=today,
            library=library,
            policy=policy,
            losses_reason=losses_reason,
        ), found


@transaction.atomic
def _take(file, name, found, made, *, actor, today, library, policy, losses_reason) -> PolicyImport:
    row = keep(file, name, actor=actor, library=library, policy=policy, made=made, queue=False)
    row = _locked(row, actor)
    hold(row, found, made)
    return accept(row, actor=actor, today=today, losses_reason=losses_reason)


def missing_words(lost: int) -> str:
    return ngettext(
        "%(n)d word did not come through. Say why it goes on without it, or discard this and mend the file.",
        "%(n)d words did not come through. Say why it goes on without them, or discard this and mend the file.",
        lost,
    ) % {"n": lost}


def _locked(row, actor) -> PolicyImport:
    row = PolicyImport.objects.select_for_update().get(pk=row.pk)
    if not rights.can_see(actor, row):
        raise PermissionDenied(MAY_NOT)
    return row


def _forget(row) -> None:
    """What was read of the file goes: pictures, text, receipt and comparison."""
    drop_pictures(row)
    row.receipt, row.blocks, row.match, row.base_sha256, row.lost = {}, [], {}, "", 0


def _take_losses(row, actor, reason: str) -> None:
    if not row.lost:
        return
    if not reason:
        raise ValidationError({"losses_reason": missing_words(row.lost)})
    row.losses_reason, row.losses_by_id, row.losses_by_name = reason, actor.pk, people.name_of(actor)


def _decided(row, state, actor) -> None:
    row.state, row.decided_at = state, timezone.now()
    row.decided_by_id, row.decided_by_name = actor.pk, people.name_of(actor)
    row.save()

"""Somebody brings a file: it is kept under its digest and waits to be read."""

import unicodedata

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.audit import act, record
from kernel.content.storage import files_taken_back
from kernel.organisation import people
from policy_pages import permissions
from policy_pages.importing.source import Refusal
from policy_pages.imports.looking import digest_of, size_of
from policy_pages.imports.reading import LEASE, enqueue
from policy_pages.models import PolicyImport

LONGEST_NAME = 255
NO_ROOM = gettext_lazy(
    "There is no room to store this file. Nothing was changed: tell the people who look after this site."
)
WAITS = gettext_lazy(
    "This policy waits for a decision. Recall it first, or wait until it is decided; then bring the file."
)
MAY_NOT = gettext_lazy("Policy authors bring documents.")


def bring(file, name: str, *, actor, today, library=None, policy=None) -> PolicyImport:
    """Keep a file for a new policy in ``library`` or for the next draft of ``policy``; a worker reads it.

    The same file for the same place while the first is open is the same row, whoever brings it and however often.
    Raises PermissionDenied for whoever may not write there, ValidationError for a file too big or empty and for a
    policy that waits for a decision.
    """
    with files_taken_back(NO_ROOM) as made:
        return keep(file, name, actor=actor, library=library, policy=policy, made=made)


@act("policies.bring_import")
def keep(file, name, *, actor, library, policy, made, queue: bool = True) -> PolicyImport:
    """As ``bring``; ``made`` gathers the stored file, and with ``queue`` off the caller reads it itself."""
    check_target(actor, library, policy)
    try:
        size = size_of(file)
    except Refusal as refusal:
        raise ValidationError(refusal.message) from refusal
    sha256 = digest_of(file)
    if found := _open(sha256, library, policy):
        return found
    row = PolicyImport(
        name=shown_name(name),
        sha256=sha256,
        size=size,
        library=library,
        policy=policy,
        brought_by_id=actor.pk,
        brought_by_name=people.name_of(actor),
        brought_at=timezone.now(),
        next_at=timezone.now() + LEASE,
    )
    row.file.save(sha256, File(file), save=False)
    made.append(row.file)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.file.storage.delete(made.pop().name)
        return _open(sha256, library, policy)
    if queue:
        enqueue(row)
    facts = {
        "sha256": sha256,
        "size": size,
        "library": library and library.pk,
        "policy": policy and policy.pk,
    }
    record("policies.bring_import", actor=actor, target=row, facts=facts, words={"name": row.name})
    return row


def check_target(actor, library, policy) -> None:
    if (library is None) == (policy is None):
        raise ValueError("an import goes into a library or into one policy")
    if library is not None and not permissions.can_write_in(actor, library):
        raise PermissionDenied(MAY_NOT)
    if policy is not None:
        if not permissions.can_edit(actor, policy):
            raise PermissionDenied(MAY_NOT)
        if policy.open_submission:
            raise ValidationError(WAITS)


def shown_name(name: str) -> str:
    """The file's own name without its folder and without signs that are not seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    return " ".join(seen.split())[-LONGEST_NAME:] or _("file without a name")


def _open(sha256, library, policy) -> PolicyImport | None:
    return PolicyImport.objects.open().filter(sha256=sha256, library=library, policy=policy).first()

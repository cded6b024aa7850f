"""The door: every act is written down here, and nowhere else."""

import json
import logging
import secrets
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from kernel.audit import digest, registry
from kernel.audit.models import AuditEntry, AuditWords

log = logging.getLogger("audit")


def record(
    action: str,
    *,
    actor,
    target: models.Model | None = None,
    facts: dict | None = None,
    words: dict | None = None,
    refused: bool = False,
) -> AuditEntry:
    """Write one act down, in the caller's transaction; two inserts at most.

    ``actor`` None is the system. ``facts`` are for ever and must not be personal; ``words`` can be erased.
    The log line is written after commit and holds ids only.
    """
    registry.require(action)
    entry = AuditEntry(
        action=action, actor_id=_actor_id(actor), facts=digest.plain(facts or {}), refused=refused
    )
    entry.target_type, entry.target_id = _identity(target)
    beside = AuditWords(
        actor_name=_name(actor)[:255],
        target_title="" if target is None else str(target)[:255],
        words=digest.plain(words or {}),
        salt=secrets.token_hex(32),
    )
    entry.words_digest = digest.words_digest(beside)
    with transaction.atomic(savepoint=False):
        entry.save(force_insert=True)
        beside.entry = entry
        beside.save(force_insert=True)
    transaction.on_commit(lambda: log.info(_line(entry)))
    return entry


def act(action: str) -> Callable:
    """Decorate a service: one transaction, and a refusal is written down although the act is rolled back.

    The row of success is the service's own ``record``. What a refusal said is kept under ``words``: it may quote
    a title or a name. A refusal inside another decorated act is rolled back
    with the outer one, which then writes its own row.
    """

    def decorate(service):
        @wraps(service)
        def run(*args, **kwargs):
            registry.require(action)
            try:
                with transaction.atomic():
                    return service(*args, **kwargs)
            except (ValidationError, PermissionDenied) as refusal:
                _record_refusal(action, refusal, args, kwargs.get("actor"))
                raise

        return run

    return decorate


def _record_refusal(action, refusal, args, actor) -> None:
    target = args[0] if args and isinstance(args[0], models.Model) else None
    why = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    record(action, actor=actor, target=target, words={"why": why}, refused=True)


def _actor_id(actor) -> str:
    return "" if actor is None or actor.pk is None else str(actor.pk)


def _name(actor) -> str:
    if actor is None:
        return _("the system")
    if actor.pk is None:
        return _("nobody signed in")
    full_name = getattr(actor, "get_full_name", str)()  # not every user model has names
    return full_name or actor.get_username()


def _identity(target) -> tuple[str, str]:
    """Type and id; a page at hand as plain ``Page`` is written down as what it really is."""
    if target is None:
        return "", ""
    kind = getattr(target, "cached_content_type", None)
    label = f"{kind.app_label}.{kind.model}" if kind else target._meta.label_lower
    return label, "" if target.pk is None else str(target.pk)


def _line(entry: AuditEntry) -> str:
    return json.dumps(
        {
            "entry": entry.pk,
            "at": entry.at.isoformat(),
            "action": entry.action,
            "actor": entry.actor_id,
            "target": f"{entry.target_type}:{entry.target_id}",
            "refused": entry.refused,
        }
    )

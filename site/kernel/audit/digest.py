"""Canonical text of rows and the hashes over it. Pure."""

import hashlib
import hmac
import json
from datetime import UTC

from django.core.serializers.json import DjangoJSONEncoder


def canonical(value) -> str:
    """One text for one value: sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)


def plain(value: dict) -> dict:
    """The value as a database gives it back. Floats become text: PostgreSQL would rewrite large ones."""
    return json.loads(canonical(value), parse_float=str)


def words_digest(row) -> str:
    """HMAC of an ``AuditWords`` row under its own salt: without the salt nobody can try out names."""
    text = canonical([row.actor_name, row.target_title, row.words])
    return hmac.new(bytes.fromhex(row.salt), text.encode(), hashlib.sha256).hexdigest()


def seal_hash(entry, position: int, previous: str) -> str:
    """SHA-256 over the entry, its place and the hash before it."""
    body = {
        "position": position,
        "previous": previous,
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "actor": entry.actor_id,
        "target": [entry.target_type, entry.target_id],
        "facts": entry.facts,
        "refused": entry.refused,
        "words": entry.words_digest,
    }
    return hashlib.sha256(canonical(body).encode()).hexdigest()

"""Sealing: entries become links of the chain, in the order of their ids, shortly after the act.

The rule. An id is taken before its transaction commits, so a lower id may appear after a higher one. An entry
is sealed only when every transaction that was writing entries at a moment after it was written has ended. On
PostgreSQL such a transaction holds a lock on the table from before it takes an id until it has committed, and
everybody may see who holds one, whatever their role. SQLite has one writer at a time. After that no lower id can
come in honestly: an entry found below the sealed end without a seal was inserted, is never sealed, and ``verify``
names it. Entries younger than ``HOLD`` wait, so that sealing seldom meets an act that is under way. A transaction
that stays open holds sealing up; ``unsealed_since`` reports that.
"""

import os
import re
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from kernel.audit.digest import seal_hash
from kernel.audit.models import AuditEntry, AuditSeal

HOLD = timedelta(seconds=10)
PATIENCE = 2.0  # seconds in which an act under way may end; else the next round seals
LATE = timedelta(hours=1)
BATCH = 1000
LOCK = 7_403_411_902  # any number: names our advisory lock on PostgreSQL
HEAD = re.compile(r"([0-9]{1,18}) ([0-9a-f]{64}) \S+")  # a line of the head file: position, hash, moment


def seal(now: datetime | None = None) -> int:
    """Seal what may be sealed; how many. The head file is written after commit. Two sealers do no harm."""
    now = now or timezone.now()
    total = 0
    while count := _seal_batch(now):
        total += count
    return total


@transaction.atomic
def _seal_batch(now: datetime) -> int:
    if not _alone():
        return 0
    newest = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if not _writers_have_ended():
        return 0
    last = AuditSeal.objects.last()
    position, previous, after = (last.position, last.hash, last.entry_id) if last else (0, "", 0)
    seals = []
    for entry in AuditEntry.objects.filter(pk__gt=after, pk__lte=newest).order_by("pk")[:BATCH]:
        if entry.at >= now - HOLD:
            break
        position += 1
        link = seal_hash(entry, position, previous)
        seals.append(
            AuditSeal(position=position, entry_id=entry.pk, sealed_at=now, previous=previous, hash=link)
        )
        previous = link
    if seals:
        AuditSeal.objects.bulk_create(seals)
        transaction.on_commit(lambda: write_head(seals[-1]))
    return len(seals)


def _alone() -> bool:
    """Hold the chain's lock until commit. SQLite needs none: its writers come one after the other."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _writers_have_ended() -> bool:
    """Wait a little for whoever writes entries at this moment; False while one of them still does."""
    if connection.vendor != "postgresql":
        return True
    writing, end = _writers(), time.monotonic() + PATIENCE
    while writing & _writers():
        if time.monotonic() >= end:
            return False
        time.sleep(0.05)
    return True


def _writers() -> set[str]:
    """The other transactions that hold the lock of somebody who writes entries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND granted "
            "AND mode = 'RowExclusiveLock' AND relation = %s::regclass "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND pid IS DISTINCT FROM pg_backend_pid()",
            [AuditEntry._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}


def unsealed_since(now: datetime) -> datetime | None:
    """The moment of the oldest entry that has waited for its seal for over an hour; None when all is well."""
    last = AuditSeal.objects.last()
    waiting = AuditEntry.objects.filter(pk__gt=last.entry_id if last else 0, at__lt=now - LATE)
    return waiting.order_by("pk").values_list("at", flat=True).first()


def write_head(last: AuditSeal) -> None:
    """Append the end of the chain to the file outside the database, and have it on disk before going on."""
    path = Path(settings.AUDIT_HEAD_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"{last.position} {last.hash} {last.sealed_at.isoformat()}\n".encode("ascii")
    with path.open("ab") as file:
        file.write(line if _ends_well(path) else b"\n" + line)
        file.flush()
        os.fsync(file.fileno())


def _ends_well(path: Path) -> bool:
    """Whether the last line is whole; a machine that stopped in the middle of one leaves it torn."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def read_heads() -> list[tuple[int, str]]:
    """Position and hash of every line of the head file that can be read, oldest first."""
    return [(int(line[1]), line[2]) for line in map(HEAD.fullmatch, _head_lines()) if line]


def unreadable_heads() -> list[int]:
    """The numbers of the other lines, the first being 1."""
    return [number for number, line in enumerate(_head_lines(), 1) if not HEAD.fullmatch(line)]


def _head_lines() -> list[str]:
    path = Path(settings.AUDIT_HEAD_FILE)
    return path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []

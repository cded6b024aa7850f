"""Long packs are made by the worker. Whoever makes one renews its lease; whoever died is overtaken.

A round every few seconds gives to the queue again what nobody makes: the queue itself tries nothing twice.
"""

import logging
from datetime import date, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone
from django_tasks import task

from kernel.meetings import agenda, pack
from kernel.meetings.enums import PackState
from kernel.meetings.models import PaperPack
from kernel.outbox.trouble import kind_of, trace_of

log = logging.getLogger("jobs")

# More papers than this are not made while somebody waits for the answer.
LONG = 5
LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 3


@task()
def make_pack(row_id: int) -> None:
    make(row_id)


@transaction.atomic
def ask(meeting, today: date, *, again: bool = False) -> PaperPack:
    """The pack of a meeting as it stands today: the one that is there, or one that is put into the queue."""
    meeting = agenda.lock(meeting)
    wanted = pack.fingerprint(meeting, today)
    row, _made = PaperPack.objects.get_or_create(
        meeting=meeting, defaults={"fingerprint": "", "for_day": today}
    )
    if row.fingerprint == wanted and not (again and row.state == PackState.FAILED):
        return row
    _drop_file(row)
    row.fingerprint, row.for_day, row.state, row.attempts = wanted, today, PackState.WAITING, 0
    row.done, row.of, row.claim = 0, len(pack.items_of(meeting)), ""
    _enqueue(row)
    return row


def make(row_id: int) -> None:
    """Make the file of a pack that waits; nothing to do is no error."""
    row = _claim(row_id)
    if row is None:
        return
    try:
        data = pack.as_pdf(row.meeting, row.for_day, progress=lambda done: _tell(row, done))
    except Overtaken:
        return
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001  whatever a text does to the drawing, the person is told
        log.error("paper pack %s: %s\n%s", row.pk, kind_of(error), trace_of(error))
        data = None
    _settle(row, data)


def sweep() -> list[int]:
    """Give to the queue again what nobody makes; gives the numbers of the rows."""
    late = PaperPack.objects.filter(
        state__in=[PackState.WAITING, PackState.MAKING], next_at__lte=timezone.now()
    )
    return [pk for pk in late.values_list("pk", flat=True) if _given_again(pk)]


class Overtaken(Exception):
    """The papers are others by now, or another process makes the file."""


@transaction.atomic
def _claim(row_id: int) -> PaperPack | None:
    rows = PaperPack.objects.select_for_update(of=("self",)).select_related("meeting__body")
    row = rows.filter(pk=row_id, state=PackState.WAITING).first()
    if row is None:
        return None
    row.attempts += 1
    row.state, row.claim, row.done = PackState.MAKING, uuid4().hex, 0
    if row.attempts > MOST_ATTEMPTS:
        row.state, row.next_at = PackState.FAILED, None
        row.save()
        return None
    row.next_at = timezone.now() + LEASE
    row.save()
    return row


def _tell(row, done: int) -> None:
    mine = PaperPack.objects.filter(pk=row.pk, claim=row.claim, state=PackState.MAKING)
    if not mine.update(done=done, next_at=timezone.now() + LEASE):
        raise Overtaken


@transaction.atomic
def _settle(row, data: bytes | None) -> None:
    mine = PaperPack.objects.select_for_update().filter(pk=row.pk, claim=row.claim, state=PackState.MAKING)
    locked = mine.first()
    if locked is None:
        return
    locked.claim, locked.next_at, locked.made_at = "", None, timezone.now()
    locked.state = PackState.FAILED if data is None else PackState.READY
    if data is not None:
        locked.done = locked.of
        locked.file.save(f"{row.fingerprint[:16]}.pdf", ContentFile(data), save=False)
    locked.save()


@transaction.atomic
def _given_again(row_id: int) -> bool:
    row = PaperPack.objects.select_for_update().filter(pk=row_id, next_at__lte=timezone.now()).first()
    if row is None or row.state not in (PackState.WAITING, PackState.MAKING):
        return False
    row.state, row.claim = PackState.WAITING, ""
    _enqueue(row)
    return True


def _enqueue(row) -> None:
    """In the caller's transaction: a row that is rolled back leaves no task."""
    row.next_at = timezone.now() + LEASE
    row.save()
    make_pack.enqueue(row.pk)


def _drop_file(row) -> None:
    if row.file:
        storage, name = row.file.storage, row.file.name
        transaction.on_commit(lambda: storage.delete(name))
        row.file = ""

"""Reading in the background, and the sweep for what a dead worker left behind.

The queue of tasks tries nothing twice. So each row has the moment ``next_at`` from which it counts as left behind:
whoever reads pushes it on as it goes, whoever died does not. A reader that was overtaken finds another ``claim`` in
the row and lets go. Files are read outside any transaction, so progress is seen while it is made.
"""

import time
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import TaskResultStatus, task
from django_tasks.exceptions import TaskResultDoesNotExist

from kernel.content.storage import files_taken_back
from kernel.lifecycle.moves import require_move
from policy_pages.enums import IMPORT_MOVES, ImportState
from policy_pages.importing.receipt import refusal_receipt
from policy_pages.imports.looking import Look, look, unread
from policy_pages.models import ImportPicture, PolicyImport

LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 3
#: Seconds between two notes of progress.
PAUSE = 0.5
LONGEST_DOING = 255
TOO_OFTEN = gettext_lazy(
    "We began to read this file three times and never came to its end. "
    "Open it in Word, save it under another name, and bring that; or bring it in parts."
)

GONE = gettext_lazy(
    "The policy or the library for which this file was brought is gone. Bring it for another."
)


class Overtaken(Exception):
    """The row was discarded, or given to another reader, while this one read."""


@task()
def read_import(row_id: int) -> None:
    read(row_id)


def enqueue(row) -> None:
    """In the caller's transaction: a row that is rolled back leaves no task."""
    row.task = str(read_import.enqueue(row.pk).id)
    row.next_at = timezone.now() + LEASE
    row.save(update_fields=["task", "next_at"])


def read(row_id: int) -> None:
    """Read the file of a row that waits and write down what it is; nothing to do is no error."""
    row = _claim(row_id)
    if row is None:
        return
    try:
        with row.file.open("rb") as file:
            found = look(file, row.name, policy=row.policy, progress=_Teller(row))
    except Overtaken:
        return
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001  whatever a file does to a reader, the person is told
        found = unread(f"import {row.pk}", error)
    with files_taken_back() as made:
        _settle(row, found, made)


def sweep() -> list[int]:
    """Give to the queue again what nobody reads; called every few seconds. Gives the numbers of the rows."""
    late = PolicyImport.objects.filter(
        state__in=[ImportState.WAITING, ImportState.READING], next_at__lte=timezone.now()
    )
    return [pk for pk in late.values_list("pk", flat=True) if _given_again(pk)]


def hold(row, found: Look, made: list) -> None:
    """Write into a locked row what its file turned out to be; ``made`` gathers the files that are stored."""
    row.receipt, row.blocks, row.match = found.receipt, found.blocks, found.match
    row.base_sha256, row.lost = found.base_sha256, found.lost
    row.claim, row.next_at, row.doing = "", None, ""
    if found.refused or found.unchanged:
        row.state = ImportState.REFUSED if found.refused else ImportState.UNCHANGED
        row.blocks, row.match, row.base_sha256, row.lost = [], {}, "", 0
        drop_file(row)
    else:
        row.state = ImportState.READY
        _keep_pictures(row, found.pictures, made)
    row.save()


def drop_file(row) -> None:
    """The file goes when the transaction is over; the row forgets it now."""
    if row.file:
        delete_later([row.file])
        row.file = ""


def drop_pictures(row) -> None:
    delete_later([picture.file for picture in row.pictures.all()])
    row.pictures.all().delete()


def delete_later(files) -> None:
    for storage, name in [(file.storage, file.name) for file in files]:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))


# --- claim and settle ----------------------------------------------------------------------------------


@transaction.atomic
def _claim(row_id: int) -> PolicyImport | None:
    row = PolicyImport.objects.select_for_update().filter(pk=row_id, state=ImportState.WAITING).first()
    if row is None:
        return None
    if why := _hopeless(row):
        hold(row, Look(refusal_receipt(why), refused=why), [])
        return None
    row.state, row.claim, row.attempts = ImportState.READING, uuid4().hex, row.attempts + 1
    row.done, row.of, row.doing = 0, 0, _("Opening the file.")
    row.next_at = timezone.now() + LEASE
    row.save()
    return row


def _hopeless(row) -> str:
    """Why nobody need begin to read; empty when somebody may."""
    if row.place is None:
        return str(GONE)
    return str(TOO_OFTEN) if row.attempts >= MOST_ATTEMPTS else ""


@transaction.atomic
def _settle(row, found: Look, made: list) -> None:
    mine = PolicyImport.objects.select_for_update().filter(
        pk=row.pk, claim=row.claim, state=ImportState.READING
    )
    locked = mine.first()
    if locked is not None:
        hold(locked, found, made)


@transaction.atomic
def _given_again(row_id: int) -> bool:
    row = PolicyImport.objects.select_for_update().filter(pk=row_id, next_at__lte=timezone.now()).first()
    if row is None or row.state not in (ImportState.WAITING, ImportState.READING):
        return False
    if row.state == ImportState.READING:
        require_move(ImportState.READING, ImportState.WAITING, IMPORT_MOVES)
        row.state, row.claim = ImportState.WAITING, ""
    elif _still_queued(row.task):
        row.next_at = timezone.now() + LEASE
        row.save()
        return False
    row.save()
    enqueue(row)
    return True


def _still_queued(task_id: str) -> bool:
    try:
        return bool(task_id) and read_import.get_result(task_id).status == TaskResultStatus.READY
    except TaskResultDoesNotExist:
        return False


def _keep_pictures(row, pictures, made) -> None:
    drop_pictures(row)
    for sha256, picture in pictures.items():
        kept = ImportPicture(policy_import=row, sha256=sha256, name=picture.name, place=picture.place[:255])
        kept.file.save(sha256, ContentFile(picture.data), save=False)
        made.append(kept.file)
        kept.save()


class _Teller:
    """Writes progress into the row, now and then, each time a sign of life."""

    def __init__(self, row):
        self.row = row
        self.last = 0.0

    def __call__(self, done: int, of: int, doing: str) -> None:
        if time.monotonic() - self.last < PAUSE:
            return
        mine = PolicyImport.objects.filter(pk=self.row.pk, claim=self.row.claim, state=ImportState.READING)
        told = mine.update(done=done, of=of, doing=str(doing)[:LONGEST_DOING], next_at=timezone.now() + LEASE)
        if not told:
            raise Overtaken
        self.last = time.monotonic()

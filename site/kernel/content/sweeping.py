"""Files that no record names: what an act copied before it died, parts of an upload that was cut off.

An act that fails takes its files along where it can; a process that was killed cannot. Every file of a storage
belongs to a file field of a record: what is older than a day and stands in none is nobody's.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField
from django.utils import timezone
from django.utils.translation import gettext as _

BATCH = 500
FEW = 20


class MostFilesHaveNoRecord(Exception):
    """Rather the wrong database or folder than litter: somebody has to look."""


def sweep(today: date, dry_run: bool) -> list[str]:
    """Remove the old files without a record; a dry run names them."""
    lines, fields = [], _file_fields()
    for storage in {id(field.storage): field.storage for field in fields}.values():
        old = list(_old_files(storage, today))
        lost = [name for batch in _batches(old) for name in _without_record(batch, fields)]
        if len(lost) > max(FEW, len(old) / 2):
            raise MostFilesHaveNoRecord
        if dry_run:
            lines += lost
        elif lost:
            lines.append(_("Files without a record, removed: %(count)d") % {"count": len(lost)})
            _remove(storage, lost)
    return lines


def _file_fields() -> list[FileField]:
    models = [model._meta for model in apps.get_models(include_auto_created=True)]
    own = [meta for meta in models if meta.managed and not meta.proxy]
    return [field for meta in own for field in meta.local_concrete_fields if isinstance(field, FileField)]


def _old_files(storage: Storage, today: date, folder: str = "") -> Iterator[str]:
    """Names beneath ``folder`` of files last written before yesterday."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was stored yet
        return
    for file in sorted(files):
        name = f"{folder}{file}"
        with suppress(FileNotFoundError):  # its owner removed it meanwhile
            if timezone.localtime(storage.get_modified_time(name)).date() < today - timedelta(days=1):
                yield name
    for inner in sorted(folders):
        yield from _old_files(storage, today, f"{folder}{inner}/")


def _batches(names: list[str]) -> Iterator[list[str]]:
    left = iter(names)
    while batch := list(islice(left, BATCH)):
        yield batch


def _without_record(names: list[str], fields: list[FileField]) -> list[str]:
    """Every field is asked, of whatever storage: two may be two names of one folder."""
    known: set[str] = set()
    for field in fields:
        rows = field.model._base_manager.filter(**{f"{field.name}__in": names})
        known.update(rows.values_list(field.name, flat=True))
    return [name for name in names if name not in known]


def _remove(storage: Storage, names: list[str]) -> None:
    for name in names:
        storage.delete(name)

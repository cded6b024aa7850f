"""Uploads on disk: a file is there whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def has_no_room(error: BaseException | None) -> bool:
    """Was this, or what caused it, a disk without room?"""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def files_taken_back(no_room: str = "") -> Iterator[list]:
    """Stored files (``FieldFile``) that the block adds to the list are deleted again when it fails.

    Where the disk had no room, ValidationError says ``no_room`` instead, if there are such words.
    """
    made: list = []
    try:
        yield made
    except BaseException as error:
        for file in made:
            file.storage.delete(file.name)
        if no_room and has_no_room(error):
            raise ValidationError(no_room) from error
        raise


class WholeFileStorage(FileSystemStorage):
    """Writes aside, forces the bytes to disk, then gives the name; what fails on the way leaves nothing behind."""

    def _save(self, name, content):
        aside = os.path.join(os.path.dirname(name), f"{get_random_string(16)}.part")
        try:
            written = super()._save(aside, content)
            _to_disk(self.path(written))
            return self._named(written, name)
        finally:
            with suppress(FileNotFoundError):
                os.remove(self.path(aside))

    def _named(self, written, name):
        """A link is refused where a file stands, so that of two at once none overwrites the other."""
        while True:
            try:
                os.link(self.path(written), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def _to_disk(path):
    """A full disk is told here at the latest, and not after the row was written."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""A disk without room, made by the limit of a file's size: what is bigger cannot be written by this process."""

import resource
from contextlib import contextmanager

ROOM = 16 * 1024 * 1024  # the database of the suite stays far below
TOO_MUCH = b"x" * (ROOM + 1024 * 1024)


@contextmanager
def little_room(room: int = ROOM):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

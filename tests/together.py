"""Acts pressed at one moment, in trials of locks: a thread each, on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection


def press_together(*acts) -> list[str]:
    """Start all acts at one moment, each on its own connection; say how each ended."""
    start = Barrier(len(acts))

    def press(act):
        start.wait()
        try:
            act()
            return "done"
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(press, acts))

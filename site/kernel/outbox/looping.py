"""A worker that goes on until it is told to stop, also while the database is away."""

import logging
import signal
import threading
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, close_old_connections

log = logging.getLogger("outbox")


class Loop:
    """Run steps every few seconds. SIGTERM and SIGINT let the step under way finish, then end the loop."""

    def __init__(self, pause: float):
        self.pause = pause
        self.stopped = threading.Event()

    def stop(self, *_signal) -> None:
        self.stopped.set()

    def run(self, *steps: Callable[[], object]) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.stopped.is_set():
            for step in steps:
                self._run(step)
            self.stopped.wait(self.pause)

    def _run(self, step: Callable[[], object]) -> None:
        """A database or disk that is away is waited for; anything else ends the worker, visibly."""
        close_old_connections()
        try:
            step()
        except (DatabaseError, InterfaceError, OSError) as error:
            log.error("database or disk do not answer: %s", type(error).__name__)
        finally:
            close_old_connections()

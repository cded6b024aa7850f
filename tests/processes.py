"""Other processes on the suite's database, some of which die."""

import multiprocessing
import os
import signal
import subprocess
import tempfile
import time
from importlib import import_module
from pathlib import Path

from django.db import connection

WAYS = multiprocessing.get_all_start_methods()
CONTEXT = multiprocessing.get_context("forkserver" if "forkserver" in WAYS else "spawn")
if "forkserver" in WAYS:
    CONTEXT.set_forkserver_preload(["tests.nursery"])
PATIENCE = 120  # seconds


class Gate:
    """``together()`` lets nobody through until ``count`` have come, and then all in the same moment."""

    def __init__(self, count: int):
        self._opens_at = CONTEXT.Value("d", 0.0)
        self._barrier = CONTEXT.Barrier(count)

    def together(self) -> None:
        if self._barrier.wait(PATIENCE) == 0:
            self._opens_at.value = time.time() + 0.05
        self._barrier.wait(PATIENCE)
        time.sleep(max(0, self._opens_at.value - time.time() - 0.01))
        while time.time() < self._opens_at.value:
            pass


class Running:
    """A started script, asked as a ``subprocess.Popen`` is."""

    def __init__(self, script: str, words: dict[str, str], gate: Gate | None):
        self._folder = tempfile.TemporaryDirectory()
        self._files = [Path(self._folder.name) / name for name in ("out", "err")]
        name = str(connection.settings_dict["NAME"])
        self._process = CONTEXT.Process(
            target=_run, args=(script, dict(os.environ) | words, name, *map(str, self._files), gate)
        )
        self._process.start()

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def communicate(self, timeout: float = PATIENCE) -> tuple[str, str]:
        """Wait for the end; what it printed and its errors."""
        self._process.join(timeout)
        if self.returncode is None:
            self.kill()
            self._process.join()
            raise subprocess.TimeoutExpired("script", timeout)
        out, err = (path.read_text() if path.exists() else "" for path in self._files)
        self._folder.cleanup()
        return out, err


def start_python(script: str, *, gate: Gate | None = None, **variables) -> Running:
    """Start a script that has Django, the suite's present database, ``die()`` and the gate's ``together()``."""
    return Running(script, {name: str(value) for name, value in variables.items()}, gate)


def run_python(script: str, **variables) -> tuple[int, str, str]:
    """Exit code (negative: the signal), output and errors of a script."""
    process = start_python(script, **variables)
    out, err = process.communicate()
    return process.returncode, out, err


def at_once(script: str, *each: dict, **common) -> list[str]:
    """A process for each; all go on from ``together()`` in one moment. What each printed, or its last errors."""
    gate = Gate(len(each))
    running = [start_python(script, gate=gate, **common, **variables) for variables in each]
    answers = [process.communicate() for process in running]
    return [out.strip() or err[-600:] for out, err in answers]


def _run(script, words, database, out, err, gate):
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(words)
    import_module("tests.nursery")
    from django.conf import settings  # noqa: PLC0415  where nothing was forked, the line above sets it up

    settings.DATABASES["default"]["NAME"] = database
    known = {"os": os, "signal": signal, "die": lambda: os.kill(os.getpid(), signal.SIGKILL)}
    exec(script, known | {"__name__": "__main__", "together": gate and gate.together})

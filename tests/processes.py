"""Other processes on the suite's database, some of which die."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SET_UP = """
import os, signal, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["SUITE_DATABASE"]
django.setup()
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
"""


def start_python(script: str, **variables: str) -> subprocess.Popen:
    """Start a script that has Django, ``die()`` and the suite's present database."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "SUITE_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    return subprocess.Popen(
        [sys.executable, "-c", SET_UP + script],
        cwd=ROOT,
        env=env | variables,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run_python(script: str, **variables: str) -> tuple[int, str, str]:
    """Exit code (negative: the signal), output and errors of a script, at most a minute long."""
    process = start_python(script, **variables)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err

#!/usr/bin/env python3
"""Run a command of the project; demo settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  the path is set first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

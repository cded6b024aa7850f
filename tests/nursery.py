"""Where the suite's other processes are forked from: Django is set up here once, not in each of them."""

import os
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "site")) if path not in sys.path]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"

import django  # noqa: E402  the path comes first
from django.conf import settings  # noqa: E402

django.setup()
import_module(settings.ROOT_URLCONF)  # what a page may need, so that no process loads it again

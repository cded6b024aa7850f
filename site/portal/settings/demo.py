"""The demo on a laptop: SQLite in var/, mail read on a page, error pages as in production."""

import os

from .base import *  # noqa: F403
from .base import LOGGING, VAR

VAR.mkdir(parents=True, exist_ok=True)
DEBUG = False
DEMO = True
SECRET_KEY = "only-for-the-demo-on-this-machine"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "demo.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        },
    }
}
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
AUDIT_HEAD_FILE = VAR / "demo-audit-head.txt"
WAGTAILADMIN_BASE_URL = os.environ.get("DEMO_ADDRESS", "http://localhost:8000")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
PORTAL_HELP_PHONE = "01632 960 001"
PORTAL_URGENT_PHONE = "01632 960 999"
# The worker's word on each task would push the printed sign-ins off the screen; its troubles are shown.
LOGGING["handlers"]["troubles"] = {**LOGGING["handlers"]["stderr"], "level": "WARNING"}
for name in ("django_tasks", "django_tasks_db"):
    LOGGING["loggers"][name] = {"handlers": ["troubles"], "propagate": False}

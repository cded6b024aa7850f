"""The suite: SQLite in a file, because race trials need one, or the server that DATABASE_URL names."""

import os

import environ

from .base import *  # noqa: F403
from .base import VAR as BASE_VAR

env = environ.Env()
DEBUG = False
DEMO = True
SECRET_KEY = "only-for-the-suite"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
PORTAL_HELP_PHONE = "01632 960 001"
PORTAL_URGENT_PHONE = "01632 960 999"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
KEPT_SECONDS = 0
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
VAR = BASE_VAR / "test"
VAR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR / f"media-{WORKER}"
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AUDIT_HEAD_FILE = VAR / f"audit-head-{WORKER}.txt"
if "DATABASE_URL" in os.environ:
    DATABASES = {"default": env.db("DATABASE_URL")}
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        DATABASES["default"]["OPTIONS"] = {"prepare_threshold": 2}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "suite.sqlite3",
            "TEST": {"NAME": str(VAR / "suite.sqlite3")},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
            },
        }
    }

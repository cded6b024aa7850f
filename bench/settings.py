"""As production serves, on one machine: DEBUG off, cached templates, a database of its own, no static files."""

import os

import environ

from portal.settings.base import *  # noqa: F403
from portal.settings.base import INSTALLED_APPS, MIDDLEWARE, ROOT, TEMPLATES

VAR = ROOT / "var/bench"
VAR.mkdir(parents=True, exist_ok=True)
DEBUG = False
SECRET_KEY = "only-for-the-bench-on-this-machine"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench.stock"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
TEMPLATES[0]["DIRS"].append(ROOT / "bench/templates")
MFA_DEMANDED = True
# Nobody signs in with a password while the bench runs; the content is made faster.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = VAR / "media"
AUDIT_HEAD_FILE = VAR / "audit-head.txt"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
KEPT = 60
if os.environ.get("BENCH_DATABASE") == "postgresql":
    address = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432/assurance_bench")
    kept = {"CONN_MAX_AGE": KEPT, "OPTIONS": {"prepare_threshold": 2}}
    DATABASES = {"default": environ.Env().db_url_config(address) | kept}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "bench.sqlite3",
            "CONN_MAX_AGE": KEPT,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
            },
        }
    }
LOGGING = {"version": 1, "disable_existing_loggers": True}

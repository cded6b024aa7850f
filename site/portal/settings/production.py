"""Production: all from the environment; what is missing or wrong (refusals.py) stops the start."""

from pathlib import Path

import environ

from .base import *  # noqa: F403

env = environ.Env()
PRODUCTION = True
DEMO = False
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES = {"default": env.db("DATABASE_URL") | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
# The server keeps the plans of what every page asks. Behind a pooler that changes connections within a session: 0.
plans_kept_after = env.int("PLANS_KEPT_AFTER", default=2)
if plans_kept_after and DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = plans_kept_after
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://portal_cache")}
WAGTAILADMIN_BASE_URL = env("BASE_URL")
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
# what must outlive a new release; the head belongs where who writes the database cannot reach it
MEDIA_ROOT = Path(env("MEDIA_ROOT"))
AUDIT_HEAD_FILE = Path(env("AUDIT_HEAD_FILE"))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

WAGTAIL_SITE_NAME = env("SITE_NAME", default="wagtail-assurance")
PORTAL_HELP_PHONE = env("HELP_PHONE", default="")
PORTAL_URGENT_PHONE = env("URGENT_PHONE", default="")
STORAGES = {
    "default": {"BACKEND": "kernel.content.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "portal.storage.PortalStaticStorage"},
}

DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")
_mail = env.email("EMAIL_URL")
OUTBOX_DELIVERY_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)

MFA_DEMANDED = env.bool("MFA_DEMANDED", default=True)
ACCOUNTS_BANNED_PASSWORD_WORDS = env.list(
    "BANNED_PASSWORD_WORDS",
    default=ACCOUNTS_BANNED_PASSWORD_WORDS,  # noqa: F405
)

if "OIDC_CLIENT_ID" in env:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": env("OIDC_NAME", default="single sign-on"),
                    "client_id": env("OIDC_CLIENT_ID"),
                    "secret": env("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": env("OIDC_SERVER_URL")},
                }
            ]
        }
    }
    # the provider has verified the address; it opens the login that a user manager made for it
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    # a link, because form-action 'self' stops a form that is led elsewhere
    SOCIALACCOUNT_LOGIN_ON_GET = True

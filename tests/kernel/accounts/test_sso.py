"""Single sign-on is ready by settings: a process of its own, because addresses are read once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOOK = """
import sys; sys.path[:0] = [".", "site"]
import django; django.setup()
from django.urls import NoReverseMatch, reverse
from kernel.accounts.views import _providers
from kernel.accounts.adapter import SocialAccountAdapter
for provider in _providers():
    print(provider["name"], provider["url"])
for name in ("openid_connect_callback", "socialaccount_signup", "socialaccount_connections"):
    try:
        print(name, reverse(name, kwargs={"provider_id": "sso"} if name.startswith("openid") else {}))
    except NoReverseMatch:
        print(name, "has no address")
print("open", SocialAccountAdapter().is_open_for_signup(None, None))
"""
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "k3Yz-9vQ_t7LrW2mXc5BnP8sDfG4hJ6aE1uI0oRqTwZxCvBnM-pLkJhG7",
    "ALLOWED_HOSTS": "board.example.org",
    "DATABASE_URL": "postgres://board@db.example.org/board",
    "BASE_URL": "https://board.example.org",
    "EMAIL_URL": "smtp://mail.example.org",
    "DEFAULT_FROM_EMAIL": "board@example.org",
    "MEDIA_ROOT": "/srv/board/media",
    "AUDIT_HEAD_FILE": "/srv/head/audit-head.txt",
}
SSO = {
    "OIDC_NAME": "NHS sign-in",
    "OIDC_CLIENT_ID": "board",
    "OIDC_CLIENT_SECRET": "hush",
    "OIDC_SERVER_URL": "https://id.example.org",
}


@pytest.mark.parametrize(
    ("extra", "seen"),
    [
        (
            SSO,
            [
                "NHS sign-in /accounts/sso/sso/login/",
                "openid_connect_callback /accounts/sso/sso/login/callback/",
                "socialaccount_signup has no address",
                "socialaccount_connections has no address",
                "open False",
            ],
        ),
        (
            {},
            [
                "openid_connect_callback has no address",
                "socialaccount_signup has no address",
                "socialaccount_connections has no address",
                "open False",
            ],
        ),
    ],
    ids=["configured", "not configured"],
)
def test_single_sign_on_has_addresses_only_when_configured(extra, seen):
    environment = {**{k: v for k, v in os.environ.items() if k not in SSO}, **PRODUCTION, **extra}

    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )

    assert done.stdout.splitlines() == seen, done.stderr

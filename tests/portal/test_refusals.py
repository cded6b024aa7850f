"""Each wrong setting of production gives its own id; the right ones give none."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from portal.checks import fit_for_production
from portal.refusals import refusals, stand_or_refuse

ROOT = Path(__file__).parents[2]
RIGHT = {
    "SECRET_KEY": "k3Yz-9vQ_t7LrW2mXc5BnP8sDfG4hJ6aE1uI0oRqTwZxCvBnM-pLkJhG7",
    "ALLOWED_HOSTS": "board.example.org",
    "DATABASE_URL": "postgres://board@db.example.org/board",
    "BASE_URL": "https://board.example.org",
    "EMAIL_URL": "smtp+tls://board:pass@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "board@example.org",
    "MEDIA_ROOT": "/srv/board/media",
    "AUDIT_HEAD_FILE": "/srv/head/audit-head.txt",
}
NAMES = [*RIGHT, "DEBUG", "MFA_DEMANDED", "CACHE_URL", "TRUSTED_PROXIES", "OIDC_CLIENT_ID"]
WRONG = [
    ({"DEBUG": "1"}, ["portal.E001"]),
    ({"SECRET_KEY": "only-for-the-demo-on-this-machine"}, ["portal.E002"]),
    ({"SECRET_KEY": "a" * 80}, ["portal.E002"]),
    ({"DATABASE_URL": "sqlite:///board.sqlite3"}, ["portal.E003"]),
    ({"ALLOWED_HOSTS": "board.example.org,*"}, ["portal.E004"]),
    ({"BASE_URL": "http://board.example.org"}, ["portal.E005"]),
    ({"EMAIL_URL": "consolemail://"}, ["portal.E006"]),
    ({"DEFAULT_FROM_EMAIL": "webmaster@localhost"}, ["portal.E006"]),
    ({"MFA_DEMANDED": "0"}, ["portal.E007"]),
    ({"CACHE_URL": "locmemcache://"}, ["portal.E008"]),
    ({"TRUSTED_PROXIES": "0.0.0.0/0"}, ["portal.E012"]),
    ({"TRUSTED_PROXIES": "*"}, ["portal.E012"]),
    ({"BASE_URL": "https://elsewhere.example.org"}, ["portal.E013"]),
]


def load_production(monkeypatch, **changed):
    """Production's settings as a namespace, from this environment and no other."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in {**RIGHT, **changed}.items():
        monkeypatch.setenv(name, value)
    return SimpleNamespace(
        **{
            "CSRF_COOKIE_SECURE": False,
            "SESSION_COOKIE_SECURE": False,
            **runpy.run_module("portal.settings.production"),
        }
    )


def run(*words, **changed):
    kept = {
        name: value for name, value in os.environ.items() if name not in {*NAMES, "DJANGO_ALLOW_ASYNC_UNSAFE"}
    }
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "portal.settings.production", **RIGHT, **changed}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(("changed", "ids"), WRONG, ids=[str(changed) for changed, _ids in WRONG])
def test_refusals_of_one_wrong_setting_name_that_one(monkeypatch, changed, ids):
    settings = load_production(monkeypatch, **changed)

    found = refusals(settings)

    assert [code for code, _wrong, _cure in found] == ids
    assert all(str(wrong) and str(cure) for _code, wrong, cure in found)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_missing_stops_the_start_by_its_name(monkeypatch, name):
    monkeypatch.delitem(RIGHT, name)
    monkeypatch.delenv(name, raising=False)

    with pytest.raises(ImproperlyConfigured, match=f"Set the {name} environment variable"):
        load_production(monkeypatch)


def test_what_must_outlive_a_release_lies_where_the_environment_says(monkeypatch):
    settings = load_production(monkeypatch)

    assert (str(settings.MEDIA_ROOT), str(settings.AUDIT_HEAD_FILE)) == (
        "/srv/board/media",
        "/srv/head/audit-head.txt",
    )


def test_refusals_of_right_settings_are_none(monkeypatch):
    assert refusals(load_production(monkeypatch)) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"WAGTAILDOCS_SERVE_METHOD": "direct"}, "portal.E009"),
        ({"DEMO": True}, "portal.E010"),
        ({"AUTH_PASSWORD_VALIDATORS": []}, "portal.E011"),
        ({"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}, "portal.E011"),
        ({"SECURE_HSTS_SECONDS": 3600}, "portal.E005"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}, "portal.E006"),
    ],
)
def test_refusals_of_settings_changed_by_hand(monkeypatch, changed, code):
    settings = load_production(monkeypatch)
    vars(settings).update(changed)

    assert [found for found, _wrong, _cure in refusals(settings)] == [code]


def test_a_wrong_site_that_is_not_production_starts():
    stand_or_refuse(SimpleNamespace(PRODUCTION=False))

    assert fit_for_production() == []


@override_settings(PRODUCTION=True)
def test_the_suite_itself_would_be_refused_in_production():
    assert "portal.E010" in [error.id for error in fit_for_production()]


def test_single_sign_on_is_ready_by_settings(monkeypatch):
    settings = load_production(
        monkeypatch,
        OIDC_CLIENT_ID="board",
        OIDC_CLIENT_SECRET="hush",
        OIDC_SERVER_URL="https://id.example.org",
    )

    assert settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["client_id"] == "board"
    assert load_production(monkeypatch).SOCIALACCOUNT_PROVIDERS == {}


def test_check_deploy_stops_a_wrong_site_and_says_what_to_do():
    changed = {"DATABASE_URL": "sqlite:///x", "DEBUG": "1", "SECRET_KEY": "short", "ALLOWED_HOSTS": "*"}

    done = run("manage.py", "check", "--deploy", **changed)

    assert done.returncode == 1
    for code in ("portal.E001", "portal.E002", "portal.E003", "portal.E004"):
        assert code in done.stderr
    assert "Set DATABASE_URL to a PostgreSQL database." in done.stderr


def test_check_deploy_lets_a_right_site_pass_without_a_warning():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_the_server_itself_refuses_to_start(door):
    start = f"import sys; sys.path[:0] = ['.', 'site']; import portal.{door}"

    wrong = run("-c", start, DATABASE_URL="sqlite:///x")
    right = run("-c", start)

    assert ImproperlyConfigured.__name__ in wrong.stderr
    assert "portal.E003" in wrong.stderr and "Set DATABASE_URL" in wrong.stderr
    assert (right.returncode, "portal.E" in right.stderr) == (0, False), right.stderr

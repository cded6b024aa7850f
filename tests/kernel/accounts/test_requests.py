"""Rows A11 and A12 for the addresses of signing in: GET changes nothing, POST needs its own token."""

import hashlib
from urllib.parse import urlencode

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from kernel.accounts.models import User, UserSession
from tests.factories.accounts import PASSWORD, make_user
from tests.kernel.accounts.totp import make_device, make_recovery_codes

pytestmark = pytest.mark.django_db
KNOWN = "priya.nair@example.org"
NAMES = [
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "shadowed_admin_login",
    "shadowed_admin_logout",
]


def state_of_tables():
    """One digest of every row of every table but sessions, which every visit may write."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if model is not UserSession:
            digest.update(serializers.serialize("json", model._base_manager.order_by("pk")).encode())
    return digest.hexdigest()


def addresses(user):
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return [
        *(reverse(name) for name in NAMES),
        reverse("account_reset_password_from_key", kwargs=key),
        reverse("account_lost_device", args=[user.pk]),
        "/admin/password_reset/",
        "/admin/account/",
    ]


def test_get_changes_nothing():
    root = make_user("root@example.org", is_superuser=True)
    user = make_user(KNOWN)
    for person in (root, user):
        make_device(person)
        make_recovery_codes(person)
    visitor, superuser = Client(), Client()
    superuser.force_login(root)
    superuser.get("/admin/account/")
    visitor.get("/accounts/login/")  # Wagtail makes the row of a site's settings at the first look
    before = state_of_tables()

    for address in addresses(user):
        for client in (superuser, visitor):
            client.get(address)
            client.head(address)

    assert state_of_tables() == before


def test_a_post_does_change_something(client):
    """Control of the digest."""
    make_user(KNOWN)
    before = state_of_tables()

    client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})

    assert state_of_tables() != before


def token_of(client):
    client.get("/accounts/login/")
    return client.cookies["csrftoken"].value


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/logout/", "/accounts/password/reset/"])
@pytest.mark.parametrize("forgery", ["no token", "another's token", "another origin"])
def test_a_forged_post_is_refused_with_a_plain_page(address, forgery):
    user = make_user(KNOWN)
    client, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    token, foreign = token_of(client), token_of(other)
    if address == "/accounts/logout/":
        client.force_login(user)
    data = {"login": KNOWN, "password": PASSWORD, "email": KNOWN}
    headers = {}
    if forgery == "another's token":
        data["csrfmiddlewaretoken"] = foreign
    if forgery == "another origin":
        data["csrfmiddlewaretoken"] = token
        headers = {"Origin": "https://evil.example"}
    before = User.objects.get(pk=user.pk).last_login

    answer = client.post(address, data, headers=headers)

    assert answer.status_code == 403
    assert "Traceback" not in answer.content.decode()
    assert User.objects.get(pk=user.pk).last_login == before


def test_a_post_with_its_own_token_is_taken():
    """Control."""
    make_user(KNOWN)
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        "/accounts/login/", {"login": KNOWN, "password": PASSWORD, "csrfmiddlewaretoken": token_of(client)}
    )

    assert answer.status_code == 302


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_other_methods_sign_nobody_in_or_out(client, method):
    make_user(KNOWN)
    body = urlencode({"login": KNOWN, "password": PASSWORD})
    call = getattr(client, method)

    answer = call("/accounts/login/") if method == "trace" else call("/accounts/login/", body)

    assert answer.status_code in {200, 405}
    assert UserSession.objects.filter(user__isnull=False).count() == 0

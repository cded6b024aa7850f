"""Addresses: ours, those that shadow Wagtail's, and those that must not exist."""

import pytest
from django.contrib.auth import get_user
from django.urls import NoReverseMatch, get_resolver, reverse

from kernel.accounts.models import UserSession
from kernel.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, make_user, make_user_manager

pytestmark = pytest.mark.django_db

EVIL = [
    "//evil.example",
    "/\\evil.example",
    " //evil.example",
    "https:evil.example",
    "https://evil.example",
    "http:///evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "https://testserver@evil.example/",
    "javascript:alert(1)",
    "///evil.example",
    "\\\\evil.example",
]


@pytest.mark.parametrize("target", EVIL)
@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/logout/", "/admin/login/", "/admin/logout/"])
def test_next_leads_nowhere_else(client, page, target):
    make_user("priya.nair@example.org")

    answer = client.post(page, {"next": target, "login": "priya.nair@example.org", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] in {"/desk/", "/", "/accounts/login/"}


def test_next_inside_the_site_is_kept(client):
    """Control."""
    make_user("priya.nair@example.org")

    answer = client.post(
        "/accounts/login/?next=/policies/",
        {"next": "/policies/", "login": "priya.nair@example.org", "password": PASSWORD},
    )

    assert answer["Location"] == "/policies/"


def test_sign_out_by_get_asks_and_changes_nothing(client):
    client.force_login(make_user())
    client.get("/accounts/logout/")
    before = list(UserSession.objects.values_list("session_key", "session_data"))

    for address in ("/accounts/logout/", "/admin/logout/"):
        page = client.get(address, follow=True)
        assert "Sign out" in page.content.decode()

    assert get_user(client).is_authenticated
    assert list(UserSession.objects.values_list("session_key", "session_data")) == before


@pytest.mark.parametrize("address", ["/accounts/logout/", "/admin/logout/"])
def test_sign_out_kills_the_old_cookie_on_the_server(client, address):
    client.force_login(make_user())
    cookie = client.cookies["sessionid"].value

    client.post(address)
    client.cookies["sessionid"] = cookie

    assert not get_user(client).is_authenticated
    assert not UserSession.objects.filter(session_key=cookie).exists()
    assert AuditEntry.objects.filter(action="accounts.sign_out").count() == 1


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/login/?next=/admin/pages/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_sign_in_leads_to_ours(client, address, method):
    make_user_manager()

    data = {"username": "uma.manager@example.org", "password": PASSWORD}
    answer = getattr(client, method)(address, data if method == "post" else {})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=%2Fadmin%2F")
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize(
    "tail", ["", "done/", "complete/", "confirm/MQ/set-password/", "confirm/MQ/abc-123/", "anything/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_reset_leads_to_ours(client, tail, method):
    answer = getattr(client, method)(f"/admin/password_reset/{tail}")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/reset/")


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
        "/accounts/password/set/",
        "/accounts/login/code/",
        "/accounts/social/connections/",
        "/accounts/3rdparty/",
        "/accounts/2fa/",
        "/accounts/sso/sso/login/",
        "/django-admin/login/",
        "/admin/users/1/copy/",
    ],
)
def test_what_is_not_offered_does_not_exist(client, address):
    client.force_login(make_user_manager())

    assert client.get(address).status_code == 404


def test_the_addresses_of_signing_in_are_these():
    """A new one needs a rule of who may ask for it, so it is written down here first."""
    names = {name for name in get_resolver("kernel.accounts.urls").reverse_dict if isinstance(name, str)}

    assert names == {
        "account_change_password",
        "account_login",
        "account_logout",
        "account_lost_device",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
    }


@pytest.mark.parametrize("name", ["account_signup", "account_email", "admin:index", "socialaccount_signup"])
def test_names_without_an_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "evil.example:80"])
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/accounts/login/", headers={"Host": host}).status_code == 400


def test_the_account_page_of_the_admin_changes_neither_password_nor_address(client):
    user = make_user_manager()
    client.force_login(user)

    client.post(
        "/admin/account/",
        {
            "name_email-first_name": "Uma",
            "name_email-last_name": "Manager",
            "name_email-email": "evil@example.org",
            "password-old_password": PASSWORD,
            "password-new_password1": "short",
            "password-new_password2": "short",
            "notifications-submitted_notifications": "on",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )

    user.refresh_from_db()
    assert user.email == "uma.manager@example.org"
    assert user.check_password(PASSWORD)

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
STRICT = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
}


def policy(response):
    return {part.strip() for part in response["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize(
    "address",
    ["/", "/search/", "/accounts/login/", "/desk/", "/nothing/", "/x.txt", "/static/portal/site.css"],
)
def test_headers_on_every_kind_of_answer(client, address):
    response = client.get(address)

    assert policy(response) == STRICT
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Server" not in response and "X-Powered-By" not in response


def test_the_admin_has_a_policy_of_its_own_without_other_origins(client):
    found = policy(client.get("/admin/"))

    assert "script-src 'self' 'unsafe-inline'" in found
    assert not [part for part in found if "http" in part or "*" in part]


def test_files_may_do_nothing(client):
    found = policy(client.get("/documents/1/x.svg"))

    assert {"default-src 'none'", "sandbox"} <= found


@pytest.mark.parametrize("address", ["/", "/desk/", "/search/?q=x", "/nothing/", "/demo/mail/"])
def test_nothing_of_somebody_signed_in_stays_in_a_cache(client, reader, address):
    assert client.get(address)["Cache-Control"] == "no-store"


def test_a_visitor_without_a_session_may_keep_a_public_page(client):
    assert "Cache-Control" not in client.get("/")


def test_a_stylesheet_may_be_kept_also_by_somebody_signed_in(client, reader):
    assert client.get("/static/portal/site.css").get("Cache-Control") != "no-store"


def test_two_people_at_one_computer_see_their_own_page(client, reader):
    assert b"Priya Nair" in client.get("/").content
    assert b"Priya Nair" not in Client().get("/").content

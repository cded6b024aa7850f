import pytest
from django.contrib.auth import get_user

from kernel.accounts.models import UserSession
from kernel.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, email="priya.nair@example.org", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_sign_in_by_address_in_any_spelling_leads_to_the_desk(client):
    user = make_user("priya.nair@example.org")

    answer = sign_in(client, email="Priya.Nair@Example.ORG")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert get_user(client) == user


def test_sign_in_page_shows_a_form_and_no_way_to_register(client):
    page = client.get(LOGIN).content.decode()

    assert 'name="login"' in page
    assert "signup" not in page


def test_sign_in_is_written_down_with_the_network_beside_it(client):
    user = make_user("priya.nair@example.org")

    sign_in(client)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.words) == (
        "accounts.sign_in",
        str(user.pk),
        {"network": "127.0.0.1"},
    )


def test_sign_in_takes_a_new_session_name(client):
    make_user("priya.nair@example.org")
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else session.session_key

    sign_in(client)

    after = client.cookies["sessionid"].value
    assert after != before
    assert not UserSession.objects.filter(session_key=before).exists()

"""Row A6: what is withdrawn counts from the next request on."""

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from kernel.accounts import services
from kernel.accounts.models import UserSession
from kernel.audit.models import AuditEntry
from tests.factories.accounts import make_group, make_user, make_user_manager

pytestmark = pytest.mark.django_db
PRIYA = "priya.nair@example.org"
INSIDE = "/accounts/second-factor/"


def make_signed_in(user, browsers=1):
    clients = [Client() for _browser in range(browsers)]
    for client in clients:
        client.force_login(user)
    return clients


def test_a_closed_login_is_out_at_the_next_request():
    user, manager = make_user(PRIYA), make_user_manager()
    here, there = make_signed_in(user, browsers=2)

    services.close_login(user, actor=manager)

    assert [client.get(INSIDE).status_code for client in (here, there)] == [302, 302]
    assert UserSession.objects.filter(user=user).count() == 0
    entry = AuditEntry.objects.get(action="accounts.close_login")
    assert (entry.actor_id, entry.facts) == (str(manager.pk), {"sessions_ended": 2})


def test_an_open_login_stays_in():
    """Control."""
    (client,) = make_signed_in(make_user(PRIYA))

    assert client.get(INSIDE).status_code == 200


def test_end_sessions_ends_this_persons_alone():
    priya, sam = make_user(PRIYA), make_user("sam.okafor@example.org")
    (first,), (second,) = make_signed_in(priya), make_signed_in(sam)

    ended = services.end_sessions(priya.pk)

    assert ended == 1
    assert not get_user(first).is_authenticated
    assert get_user(second).is_authenticated


def test_end_sessions_of_nobody_ends_nothing():
    (client,) = make_signed_in(make_user(PRIYA))

    assert services.end_sessions() == 0
    assert get_user(client).is_authenticated


def test_an_inactive_login_is_out_even_with_its_session_left():
    """The second line: were the sessions forgotten, the user would still be nobody."""
    user = make_user(PRIYA)
    (client,) = make_signed_in(user)

    type(user).objects.filter(pk=user.pk).update(is_active=False)

    assert UserSession.objects.filter(user=user).count() == 1
    assert client.get(INSIDE).status_code == 302


def test_a_closed_login_cannot_sign_in_again_until_it_is_opened(client):
    user, manager = make_user(PRIYA), make_user_manager()
    services.close_login(user, actor=manager)

    closed = client.post("/accounts/login/", {"login": PRIYA, "password": "long-green-heron-42"})
    services.open_login(user, actor=manager)
    opened = client.post("/accounts/login/", {"login": PRIYA, "password": "long-green-heron-42"})

    assert (closed.status_code, opened.status_code) == (200, 302)


def test_admin_access_withdrawn_counts_at_the_next_request():
    manager = make_user_manager()
    (client,) = make_signed_in(manager)
    assert client.get("/admin/").status_code == 200

    manager.user_permissions.clear()

    assert client.get("/admin/").status_code == 404


def test_the_edit_screen_ends_sessions_when_it_closes_a_login():
    user, manager = make_user(PRIYA), make_user_manager()
    (theirs,), (desk,) = make_signed_in(user), make_signed_in(manager)

    desk.post(
        f"/admin/users/edit/{user.pk}/",
        {"username": user.username, "email": PRIYA, "first_name": "Priya", "last_name": "Nair"},
    )

    assert theirs.get(INSIDE).status_code == 302
    assert UserSession.objects.filter(user=user).count() == 0


@pytest.mark.parametrize("service", [services.close_login, services.open_login, services.delete_login])
def test_people_without_the_right_change_no_login(service):
    user, reader = make_user(PRIYA), make_user("sam.okafor@example.org")

    with pytest.raises(PermissionDenied):
        service(user, actor=reader)

    user.refresh_from_db()
    assert user.is_active
    assert AuditEntry.objects.get().refused


def test_nobody_closes_or_deletes_his_own_login():
    manager = make_user_manager()

    for service in (services.close_login, services.delete_login):
        with pytest.raises(ValidationError, match="your own login"):
            service(manager, actor=manager)


def test_the_system_closes_logins_of_leavers():
    user = make_user(PRIYA, groups=[make_group("Readers")])

    services.close_login(user, actor=None)

    assert AuditEntry.objects.get().actor_id == ""


def test_a_session_knows_its_owner_from_sign_in_to_sign_out(client):
    user = make_user(PRIYA)
    client.get("/accounts/login/?next=/")
    client.force_login(user)
    client.get(INSIDE)

    owners = list(UserSession.objects.values_list("user_id", flat=True))
    client.post("/accounts/logout/")

    assert owners == [user.pk]
    assert UserSession.objects.count() == 0

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kernel.accounts import services
from kernel.accounts.mfa import has_deciding_role
from kernel.accounts.permissions import can_grant, can_manage_user
from kernel.lifecycle.jobs import JOBS
from kernel.organisation.services import close_leavers
from portal.role_sync import sync_roles
from portal.roles import ROLES
from tests.factories.accounts import make_user
from tests.factories.organisation import make_person, make_role_holder

pytestmark = pytest.mark.django_db
HELD = [role for role in ROLES if role.how != "page"]


@pytest.fixture(autouse=True)
def groups(db):
    sync_roles()


@pytest.mark.parametrize("role", HELD, ids=lambda role: role.slug)
def test_whoever_holds_a_deciding_role_decides_and_nobody_else(role, today):
    assert has_deciding_role(make_role_holder(role.slug), today) is role.deciding


def test_whether_somebody_decides_is_one_query(today, django_assert_num_queries):
    user = make_person(user=True).user

    with django_assert_num_queries(1):
        assert has_deciding_role(user, today) is False


@pytest.mark.parametrize("role", ["body-member", "body-chair", "body-secretary", "approver", "line-manager"])
def test_whoever_decides_is_led_to_the_second_factor(role, client, settings):
    settings.MFA_DEMANDED = True
    client.force_login(make_role_holder(role))

    assert client.get("/desk/").url == reverse("mfa_activate_totp")


def test_a_reader_is_not_led_there(client, settings):
    """Control."""
    settings.MFA_DEMANDED = True
    client.force_login(make_person(user=True).user)

    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("manager", ["user-manager", "site-administrator", "author"])
def test_groups_of_roles_are_given_by_rank(manager):
    user = make_role_holder(manager)

    allowed = {group.name for group in Group.objects.all() if can_grant(user, group)}

    everyday = {"Authors", "Education officers", "Learning and development officers", "User managers"}
    assert (
        allowed
        == {
            "user-manager": everyday,
            "site-administrator": everyday | {"Site administrators"},
            "author": set(),
        }[manager]
    )


@pytest.mark.parametrize(
    ("role", "managed"),
    [
        ("reader", True),
        ("author", True),
        ("hr-partner", True),
        ("records-lead", False),
        ("site-administrator", False),
    ],
)
def test_a_user_manager_touches_no_login_with_a_role_above(role, managed):
    assert can_manage_user(make_role_holder("user-manager"), make_role_holder(role)) is managed


def test_a_user_manager_gives_himself_no_group(client):
    manager, other = make_role_holder("user-manager"), make_user()
    authors = Group.objects.get(name="Authors")
    client.force_login(manager)
    data = {"username": manager.username, "email": manager.email, "first_name": "Uma", "last_name": "M"}
    data |= {"is_active": "on", "groups": [authors.pk], "is_superuser": "on"}

    client.post(reverse("wagtailusers_users:edit", args=[manager.pk]), data)
    with pytest.raises(PermissionDenied, match="Nobody gives a role to themselves"):
        services.give_group(manager, authors, actor=manager)
    data |= {"username": other.username, "email": other.email}
    client.post(reverse("wagtailusers_users:edit", args=[other.pk]), data)

    manager.refresh_from_db(), other.refresh_from_db()
    assert (manager.first_name, manager.is_superuser) == ("Uma", False)
    assert list(manager.groups.values_list("name", flat=True)) == ["User managers"]
    assert list(other.groups.values_list("name", flat=True)) == ["Authors"]
    assert other.is_superuser is False


def test_leavers_are_closed_by_the_daily_run():
    assert JOBS["organisation.close_leavers"].work is close_leavers

"""Row A7: a user manager who is no superuser raises nobody above himself, whatever he posts where."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from kernel.accounts import permissions
from kernel.accounts.models import User
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxMail
from tests.factories.accounts import PASSWORD, find_permission, make_group, make_user, make_user_manager

pytestmark = pytest.mark.django_db
PRIYA = "priya.nair@example.org"


@pytest.fixture
def manager():
    return make_user_manager()


@pytest.fixture
def desk(manager):
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def higher():
    """A group with a right that user managers do not have."""
    return make_group("Publishers", ["wagtailimages.delete_image"])


def post_edit(client, user, **changed):
    data = {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name or "Priya",
        "last_name": user.last_name or "Nair",
        "is_active": "on" if user.is_active else "",
        "groups": [str(group.pk) for group in user.groups.all()],
    }
    return client.post(f"/admin/users/edit/{user.pk}/", {**data, **changed})


def standing(user):
    fresh = User.objects.get(pk=user.pk)
    return {
        "is_superuser": fresh.is_superuser,
        "is_staff": fresh.is_staff,
        "is_active": fresh.is_active,
        "email": fresh.email,
        "password": fresh.password,
        "groups": sorted(fresh.groups.values_list("name", flat=True)),
        "own": sorted(fresh.user_permissions.values_list("codename", flat=True)),
    }


def test_the_manager_edits_a_reader(desk):
    """Control: the form itself works."""
    reader, group = make_user(PRIYA), make_group("Readers")

    answer = post_edit(desk, reader, first_name="Prija", groups=[str(group.pk)])

    assert answer.status_code == 302
    assert standing(reader)["groups"] == ["Readers"]
    assert User.objects.get(pk=reader.pk).first_name == "Prija"
    assert AuditEntry.objects.get(action="accounts.change_login").facts == {"groups": [[], ["Readers"]]}


@pytest.mark.parametrize("whom", ["himself", "another"])
@pytest.mark.parametrize(
    "extra",
    [
        {"is_superuser": "on"},
        {"is_staff": "on"},
        {"user_permissions": ["1", "2"]},
        {"password": "pbkdf2", "password1": "seven-quiet-otters-9", "password2": "seven-quiet-otters-9"},
        {"date_joined": "2001-01-01", "last_login": "2001-01-01", "id": "1"},
    ],
)
def test_extra_fields_raise_nobody(desk, manager, whom, extra):
    target = manager if whom == "himself" else make_user(PRIYA)
    before = standing(target)

    post_edit(desk, target, **extra)

    assert standing(target) == before


def test_nobody_is_put_into_a_higher_group(desk, higher):
    target = make_user(PRIYA)

    answer = post_edit(desk, target, groups=[str(higher.pk)])

    assert answer.status_code == 200
    assert standing(target)["groups"] == []


def test_nobody_gives_himself_any_group(desk, manager, higher):
    readers = make_group("Readers")

    for group in (higher, readers):
        post_edit(desk, manager, groups=[str(group.pk)])
        desk.post(f"/admin/bulk/kernel_accounts/user/assign_role/?id={manager.pk}", {"role": group.pk})

    assert standing(manager)["groups"] == []
    assert desk.get(f"/admin/users/edit/{manager.pk}/").status_code == 200


def test_a_superuser_puts_anybody_into_any_group(higher):
    """Control."""
    client, reader = Client(), make_user(PRIYA)
    client.force_login(make_user("root@example.org", is_superuser=True))

    post_edit(client, reader, groups=[str(higher.pk)])

    assert standing(reader)["groups"] == ["Publishers"]


def test_page_rights_count_as_rights(manager):
    group = make_group("Section editors")
    assert permissions.can_grant(manager, group)

    GroupPagePermission.objects.create(
        group=group, page=Page.get_first_root_node(), permission=find_permission("wagtailcore.change_page")
    )

    assert not permissions.can_grant(manager, group)


@pytest.fixture
def judges():
    """The registry of judges, put back as it was."""
    before = dict(permissions._judges)
    yield permissions
    permissions._judges.clear()
    permissions._judges.update(before)


def test_a_judge_decides_on_groups_that_carry_a_role(manager, higher, judges):
    readers = make_group("Readers")

    @judges.register_group_judge
    def by_rank(manager, group):
        return {"Publishers": True, "Readers": False}.get(group.name)

    assert permissions.can_grant(manager, higher)
    assert not permissions.can_grant(manager, readers)


def make_superior(kind, higher):
    if kind == "superuser":
        return make_user(PRIYA, is_superuser=True)
    if kind == "higher group":
        return make_user(PRIYA, groups=[higher])
    return make_user(PRIYA, permissions=["wagtailimages.delete_image"])


@pytest.mark.parametrize("kind", ["superuser", "higher group", "higher right"])
@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/admin/users/edit/{pk}/", {"email": "taken.over@example.org", "is_active": ""}),
        ("/admin/users/delete/{pk}/", {}),
        ("/admin/bulk/kernel_accounts/user/delete/?id={pk}", {}),
        ("/admin/bulk/kernel_accounts/user/set_active_state/?id={pk}", {"mark_as_active": "False"}),
        ("/admin/bulk/kernel_accounts/user/assign_role/?id={pk}", {"role": "readers"}),
        ("/admin/bulk/kernel_accounts/user/delete/?id=all", {}),
        ("/admin/bulk/kernel_accounts/user/set_active_state/?id=all", {"mark_as_active": "False"}),
        ("/accounts/lost-device/{pk}/", {"reason": "let me in"}),
    ],
)
def test_whoever_stands_higher_is_not_touched(desk, higher, kind, address, data):
    superior, readers = make_superior(kind, higher), make_group("Readers")
    before = standing(superior)

    desk.post(address.format(pk=superior.pk), {**data, **({"role": readers.pk} if "role" in data else {})})

    assert standing(superior) == before
    assert superior.second_factor_resets.count() == 0


def test_the_edit_page_of_a_superuser_is_refused(desk):
    superior = make_user(PRIYA, is_superuser=True)

    assert desk.get(f"/admin/users/edit/{superior.pk}/").status_code in {302, 403}
    assert PRIYA not in desk.get(f"/admin/users/edit/{superior.pk}/").content.decode()


def test_bulk_does_not_give_a_higher_group(desk, higher):
    reader = make_user(PRIYA)

    desk.post(f"/admin/bulk/kernel_accounts/user/assign_role/?id={reader.pk}", {"role": higher.pk})

    assert standing(reader)["groups"] == []


def test_bulk_gives_a_group_that_the_manager_may_give(desk):
    """Control."""
    reader, group = make_user(PRIYA), make_group("Readers")

    desk.post(f"/admin/bulk/kernel_accounts/user/assign_role/?id={reader.pk}", {"role": group.pk})

    assert standing(reader)["groups"] == ["Readers"]
    assert AuditEntry.objects.get(action="accounts.give_group").facts == {"group": "Readers"}


@pytest.mark.parametrize("tail", ["", "new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/", "usage/{pk}/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_groups_are_a_superusers_matter(desk, manager, tail, method):
    names = ["auth.add_group", "auth.change_group", "auth.delete_group", "auth.view_group"]
    manager.user_permissions.add(*(find_permission(name) for name in names))
    group = make_group("Readers")
    right = find_permission("wagtailimages.delete_image")

    data = {"name": "Mine", "permissions": [str(right.pk)]}
    answer = getattr(desk, method)(f"/admin/groups/{tail.format(pk=group.pk)}", data)

    assert answer.status_code in {302, 403, 404, 405}
    assert answer.status_code != 302 or answer["Location"] == "/admin/"
    assert sorted(Group.objects.values_list("name", flat=True)).count("Mine") == 0
    assert Group.objects.get(pk=group.pk).permissions.count() == 0


def test_groups_open_for_a_superuser():
    """Control."""
    client = Client()
    client.force_login(make_user("root@example.org", is_superuser=True))

    assert client.get("/admin/groups/").status_code == 200
    assert '"/admin/groups/"' in client.get("/admin/").content.decode()


def test_the_menu_offers_no_groups_to_a_manager(desk, manager):
    manager.user_permissions.add(find_permission("auth.change_group"), find_permission("auth.add_group"))

    text = desk.get("/admin/").content.decode()

    assert '"/admin/users/"' in text
    assert "/admin/groups/" not in text


def test_a_new_login_has_no_password_and_its_owner_gets_a_link(desk):
    data = {
        "username": "new",
        "email": "new.person@example.org",
        "first_name": "New",
        "last_name": "Person",
        "is_superuser": "on",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }

    desk.post("/admin/users/new/", data)

    made = User.objects.get(email="new.person@example.org")
    assert (made.has_usable_password(), made.is_superuser) == (False, False)
    assert "/accounts/password/reset/key/" in OutboxMail.objects.get().text


def test_two_logins_do_not_share_an_address_in_two_spellings(desk):
    make_user(PRIYA)

    answer = desk.post(
        "/admin/users/new/",
        {"username": "new", "email": "Priya.Nair@Example.org", "first_name": "P", "last_name": "N"},
    )

    assert "Somebody already signs in with this e-mail address." in answer.content.decode()
    assert User.objects.filter(email__iexact=PRIYA).count() == 1


def test_an_address_changed_by_an_administrator_is_told_to_the_old_one(desk):
    reader = make_user(PRIYA)
    browser = Client()
    browser.force_login(reader)

    post_edit(desk, reader, email="priya.new@example.org")

    assert OutboxMail.objects.get().to == [PRIYA]
    assert browser.get("/accounts/second-factor/").status_code == 302
    assert AuditEntry.objects.get(action="accounts.change_login").words == {
        "email": [PRIYA, "priya.new@example.org"]
    }


@pytest.mark.parametrize(
    ("given", "left", "answer"),
    [
        ({"groups": ["Readers", "Writers"]}, {"groups": ["Readers"]}, 302),
        ({"groups": ["Readers"]}, {"groups": ["Writers"]}, 302),
        ({"is_superuser": True}, {"groups": []}, 302),
        ({"groups": ["Readers"]}, {"groups": ["Readers", "Writers"]}, 200),
        ({"is_superuser": True}, {"is_superuser": "on", "first_name": "Prija"}, 200),
    ],
    ids=["a group less", "another group", "no superuser any more", "a group more", "another name"],
)
def test_rights_taken_away_in_the_form_end_the_sessions(given, left, answer):
    """Row A6: what is withdrawn counts from the next request on."""
    groups = {name: make_group(name) for name in ("Readers", "Writers")}
    given = {**given, "groups": [groups[name] for name in given.get("groups", [])]}
    left = {**left, "groups": [str(groups[name].pk) for name in left.get("groups", [])]}
    root, browser = Client(), Client()
    root.force_login(make_user("root@example.org", is_superuser=True))
    user = make_user(PRIYA, **given)
    browser.force_login(user)

    assert post_edit(root, user, **left).status_code == 302

    assert browser.get("/accounts/second-factor/").status_code == answer

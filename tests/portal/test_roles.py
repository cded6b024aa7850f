from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Workflow

from kernel.organisation import grants
from portal import roles_document
from portal.role_sync import permission_named, sync_roles
from portal.roles import BY_SLUG, ROLES, needs_second_factor
from tests.factories.accounts import make_user

GROUPS = [
    "Authors",
    "Education officers",
    "Learning and development officers",
    "Site administrators",
    "User managers",
]
NOT_BUILT_YET = {f"kernel_lifecycle.{verb}_closedday" for verb in ("add", "change", "view")}


def test_the_table_has_every_role_of_the_project():
    assert [role.slug for role in ROLES] == [
        "reader",
        "author",
        "policy-owner",
        "approver",
        "body-secretary",
        "body-member",
        "body-chair",
        "line-manager",
        "hr-partner",
        "chief-people-officer",
        "subject-expert",
        "education-officer",
        "ld-officer",
        "training-administrator",
        "trainer",
        "assessor",
        "agency-coordinator",
        "equality-lead",
        "records-lead",
        "user-manager",
        "site-administrator",
    ]


def test_only_group_roles_open_the_admin_and_carry_permissions():
    for role in ROLES:
        by_group = role.how == grants.GROUP
        assert bool(role.group) is by_group, role.slug
        assert role.admin is by_group, role.slug
        assert bool(role.permissions) is by_group, role.slug
        assert ("wagtailadmin.access_admin" in role.permissions) is role.admin, role.slug


def test_no_role_deletes_publishes_or_decides_by_permission():
    names = [name for role in ROLES for name in role.permissions]

    assert [name for name in names if "delete" in name or "publish" in name] == []


def test_the_training_administrator_stands_apart_from_quality_assurance():
    assert BY_SLUG["training-administrator"].permissions == ()
    assert "quality assurance" in BY_SLUG["training-administrator"].may_not


def test_who_needs_a_second_factor():
    assert needs_second_factor(["reader", "trainer"]) is False
    assert needs_second_factor(["reader", "author"]) is True
    assert needs_second_factor(["body-chair"]) is True


def test_the_roles_page_is_the_table():
    written = roles_document.DOCS.read_text(encoding="utf-8")

    assert written == roles_document.document()
    assert written.count("\n## ") == len(ROLES)


@pytest.mark.django_db
def test_every_permission_of_the_table_exists_or_waits_for_its_app():
    names = {name for role in ROLES for name in role.permissions}

    assert {name for name in names if permission_named(name) is None} <= NOT_BUILT_YET


@pytest.mark.django_db
def test_a_wrong_word_on_a_model_that_exists_is_an_error():
    with pytest.raises(Permission.DoesNotExist):
        permission_named("kernel_organisation.bless_body")


@pytest.mark.django_db
def test_sync_makes_the_groups_and_a_second_run_changes_nothing():
    assert sync_roles() != []

    assert sync_roles() == []
    assert list(Group.objects.order_by("name").values_list("name", flat=True)) == GROUPS
    held = Group.objects.get(name="User managers").permissions.order_by("codename")
    assert list(held.values_list("codename", flat=True)) == [
        "access_admin",
        "add_delegation",
        "add_rolegrant",
        "add_staffprofile",
        "add_user",
        "change_delegation",
        "change_rolegrant",
        "change_staffprofile",
        "change_user",
        "view_delegation",
        "view_rolegrant",
        "view_staffprofile",
    ]


@pytest.mark.django_db
def test_sync_takes_back_what_the_table_does_not_give():
    sync_roles()
    authors = Group.objects.get(name="Authors")
    authors.permissions.add(Permission.objects.get(codename="change_user"))
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=authors, page=Page.get_first_root_node(), permission=publish)

    done = sync_roles()

    assert [line.split(" (")[0] for line in done] == [
        "group Authors: -change_user",
        f"group Authors: -group page permission {(Page.get_first_root_node().pk, publish.pk)}".split(" (")[0],
    ]
    kept = sorted(authors.permissions.values_list("codename", flat=True))
    assert kept == ["access_admin", "add_acknowledgement", "change_localrole", "change_placeholder"]
    assert GroupPagePermission.objects.filter(group=authors, permission=publish).count() == 0


@pytest.mark.django_db
def test_dry_run_says_the_same_and_changes_nothing():
    out = StringIO()

    call_command("sync_roles", "--dry-run", stdout=out)

    assert "group Authors: made" in out.getvalue()
    assert list(Group.objects.order_by("name").values_list("name", flat=True)) == ["Editors", "Moderators"]
    assert Workflow.objects.count() == 1


@pytest.mark.django_db
def test_stock_groups_and_workflow_go_only_while_unused():
    make_user(groups=["Editors"])
    root = Page.get_first_root_node()
    Workflow.objects.get().workflow_pages.create(page=root.get_children().get())

    done = sync_roles()

    assert [line for line in done if "kept" in line] == [
        "workflow Moderators approval: kept, it is in use",
        "group Editors: kept, it is in use",
        "group Moderators: kept, it is in use",
    ]
    assert Workflow.objects.count() == 1

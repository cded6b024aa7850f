"""Who may manage whose login: nobody raises anybody, himself included, above himself."""

from collections.abc import Callable

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission

_judges: dict[str, Callable[..., bool | None]] = {}
_login_judges: dict[str, Callable[..., bool]] = {}


def register_group_judge(judges: Callable[..., bool | None]) -> Callable[..., bool | None]:
    """``judges(manager, group)`` for groups that carry a role of the site; None = not one of mine."""
    _judges[f"{judges.__module__}.{judges.__qualname__}"] = judges
    return judges


def register_login_judge(judges: Callable[..., bool]) -> Callable[..., bool]:
    """``judges(manager, target)``: False where the target holds a role of the site above the manager's."""
    _login_judges[f"{judges.__module__}.{judges.__qualname__}"] = judges
    return judges


def can_manage_users(user) -> bool:
    return user.is_active and user.has_perm("kernel_accounts.change_user")


def can_manage_user(manager, target) -> bool:
    """A superuser is managed by superusers only; anybody else by those whose rights hold all of theirs."""
    if not can_manage_users(manager):
        return False
    if manager.is_superuser or manager == target:
        return True
    if target.is_superuser or _own_permissions(target) - manager.get_all_permissions():
        return False
    if not all(_login_judges[name](manager, target) for name in sorted(_login_judges)):
        return False
    return all(can_grant(manager, group) for group in target.groups.all())


def can_grant(manager, group) -> bool:
    """Groups of a role go by its judge; others to whom holds everything they give, or is a member."""
    if manager.is_superuser:
        return True
    verdicts = {_judges[name](manager, group) for name in sorted(_judges)} - {None}
    if verdicts:
        return all(verdicts)
    if manager.groups.filter(pk=group.pk).exists():
        return True
    held = {("model", name) for name in manager.get_all_permissions()}
    return _rights([group]) <= _rights(manager.groups.all()) | held


def grantable_groups(manager):
    if manager.is_superuser:
        return Group.objects.all()
    return Group.objects.filter(
        pk__in=[group.pk for group in Group.objects.all() if can_grant(manager, group)]
    )


def _own_permissions(user) -> set[str]:
    return {
        f"{app}.{codename}"
        for app, codename in user.user_permissions.values_list("content_type__app_label", "codename")
    }


def _rights(groups) -> set[tuple]:
    """Everything that membership gives: permissions, on pages, on collections, and workflow tasks."""
    groups = list(groups)
    models = Permission.objects.filter(group__in=groups).values_list("content_type__app_label", "codename")
    pages = GroupPagePermission.objects.filter(group__in=groups).values_list("page_id", "permission_id")
    collections = GroupCollectionPermission.objects.filter(group__in=groups)
    tasks = GroupApprovalTask.objects.filter(groups__in=groups).values_list("pk", flat=True)
    return (
        {("model", f"{app}.{codename}") for app, codename in models}
        | {("page", page, permission) for page, permission in pages}
        | {("collection", *pair) for pair in collections.values_list("collection_id", "permission_id")}
        | {("task", task) for task in tasks}
    )

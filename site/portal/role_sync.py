"""Bring groups and their rights to what the table of roles says. Running it twice changes nothing."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    TaskState,
    Workflow,
    WorkflowState,
)

from kernel.organisation.grants import GROUP
from portal.roles import FILE_RIGHTS, PAGE_RIGHTS, ROLES, Role

STOCK_GROUPS = ("Editors", "Moderators")
STOCK_WORKFLOW = "Moderators approval"


@transaction.atomic
def sync_roles(*, dry_run: bool = False) -> list[str]:
    """One line per change. With ``dry_run`` all of it is done and taken back."""
    done = []
    for role in ROLES:
        if role.how == GROUP:
            done += _sync_group(role)
    done += _drop_stock_workflow() + _drop_stock_groups()
    if dry_run:
        transaction.set_rollback(True)
    return done


def _sync_group(role: Role) -> list[str]:
    group, new = Group.objects.get_or_create(name=role.group)
    done = [f"group {role.group}: made"] if new else []
    wanted = [found for name in role.permissions if (found := permission_named(name))]
    done += _sync_permissions(group, wanted)
    done += _sync_pages(group, role)
    return done + _sync_files(group, role)


def permission_named(name: str) -> Permission | None:
    """None while the app or model is not built yet; a wrong word on a model that is there is an error."""
    app, codename = name.split(".")
    verb, _, model = codename.partition("_")
    if verb != "access" and not _model_exists(app, model):
        return None
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _model_exists(app: str, model: str) -> bool:
    return app in apps.app_configs and model in apps.all_models[app]


def _sync_permissions(group: Group, wanted: list[Permission]) -> list[str]:
    held = set(group.permissions.all())
    if held == set(wanted):
        return []
    group.permissions.set(wanted)
    gained, lost = set(wanted) - held, held - set(wanted)
    return [f"group {group}: +{p.codename}" for p in sorted(gained, key=lambda p: p.codename)] + [
        f"group {group}: -{p.codename}" for p in sorted(lost, key=lambda p: p.codename)
    ]


def _top_pages(names: tuple[str, ...]) -> list[int]:
    """Pages of the named types that stand under no page of the same type; their rights reach down."""
    keys = []
    for name in names:
        app, model = name.split(".")
        if not _model_exists(app, model.lower()):
            continue
        pages = apps.get_model(app, model).objects.order_by("path")
        paths: list[str] = []
        for page in pages:
            if not any(page.path.startswith(path) for path in paths):
                paths.append(page.path)
                keys.append(page.pk)
    return keys


def _sync_pages(group: Group, role: Role) -> list[str]:
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS)
    wanted = {(page, right.pk) for page in _top_pages(role.writes) for right in rights}
    return _sync_rows(GroupPagePermission, "page_id", group, wanted)


def _sync_files(group: Group, role: Role) -> list[str]:
    rights = Permission.objects.filter(codename__in=FILE_RIGHTS if role.files else ())
    rights = rights.filter(content_type__app_label__in=("wagtailimages", "wagtaildocs"))
    root = Collection.get_first_root_node()
    return _sync_rows(
        GroupCollectionPermission, "collection_id", group, {(root.pk, right.pk) for right in rights}
    )


def _sync_rows(model, place: str, group: Group, wanted: set[tuple[int, int]]) -> list[str]:
    held = {(getattr(row, place), row.permission_id): row for row in model.objects.filter(group=group)}
    for key in held.keys() - wanted:
        held[key].delete()
    for where, right in sorted(wanted - held.keys()):
        model.objects.create(group=group, permission_id=right, **{place: where})
    words = model._meta.verbose_name
    return [f"group {group}: +{words} {key}" for key in sorted(wanted - held.keys())] + [
        f"group {group}: -{words} {key}" for key in sorted(held.keys() - wanted)
    ]


def _drop_stock_workflow() -> list[str]:
    """Wagtail starts with a workflow for every page; it goes unless something ever went through it."""
    workflow = Workflow.objects.filter(name=STOCK_WORKFLOW).first()
    if workflow is None:
        return []
    tasks = list(GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow))
    used = (
        WorkflowState.objects.filter(workflow=workflow).exists()
        or TaskState.objects.filter(task__in=tasks).exists()
        or workflow.workflow_content_types.exists()
        or workflow.workflow_pages.exclude(page__depth=1).exists()
    )
    if used:
        return [f"workflow {STOCK_WORKFLOW}: kept, it is in use"]
    workflow.delete()
    GroupApprovalTask.objects.filter(pk__in=[task.pk for task in tasks], workflow_tasks=None).delete()
    return [f"workflow {STOCK_WORKFLOW}: removed"]


def _drop_stock_groups() -> list[str]:
    done = []
    for group in Group.objects.filter(name__in=STOCK_GROUPS).order_by("name"):
        if group.user_set.exists() or GroupApprovalTask.objects.filter(groups=group).exists():
            done.append(f"group {group}: kept, it is in use")
            continue
        done.append(f"group {group}: removed")
        group.delete()
    return done

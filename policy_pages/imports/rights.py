"""Who may bring documents, and see one that was brought."""

from wagtail.permission_policies.pages import PagePermissionPolicy

from policy_pages import permissions
from policy_pages.models import PolicyIndexPage


def libraries_for(user) -> list[PolicyIndexPage]:
    """The libraries in which ``user`` may begin a new policy."""
    rows = PolicyIndexPage.objects.order_by("title")
    return [row for row in rows if permissions.can_write_in(user, row)]


def can_see(user, row) -> bool:
    """Whoever could have brought it: authors of the policy, and before there is one those of the library.

    Where policy or library are gone, whoever did bring it, until they let it go.
    """
    place = row.place
    if place is None:
        return row.is_open and row.brought_by_id == user.pk
    if row.policy_id is None:
        return permissions.can_write_in(user, place)
    return permissions.can_edit(user, place)


def seen_among(user, rows) -> set[int]:
    """Numbers of those of ``rows`` (with policy and library) that ``can_see`` allows, however many in two queries."""
    editable = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change"})
    policies = set(editable.filter(pk__in=[row.policy_id or 0 for row in rows]).values_list("pk", flat=True))
    libraries = {library.pk for library in libraries_for(user)}
    return {
        row.pk
        for row in rows
        if row.policy_id in policies
        or (row.policy_id is None and row.library_id in libraries)
        or (row.place is None and row.is_open and row.brought_by_id == user.pk)
    }

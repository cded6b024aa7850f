"""Who may bring documents, and see one that was brought."""

from policy_pages import permissions
from policy_pages.models import PolicyIndexPage, PolicyPage


def libraries_for(user) -> list[PolicyIndexPage]:
    """The libraries in which ``user`` may begin a new policy."""
    rows = PolicyIndexPage.objects.order_by("title")
    return [row for row in rows if permissions.can_write_in(user, row)]


def can_see(user, row) -> bool:
    """Whoever could have brought it: authors of the policy, and before there is one those of the library."""
    if row.policy_id is not None:
        page = PolicyPage.objects.filter(pk=row.policy_id).first()
        return page is not None and permissions.can_edit(user, page)
    library = PolicyIndexPage.objects.filter(pk=row.library_id).first()
    return library is not None and permissions.can_write_in(user, library)

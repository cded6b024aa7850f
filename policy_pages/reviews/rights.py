"""Who looks after the clock of a policy: its owner, the owner's deputy, and whoever may write its text."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from policy_pages import permissions


def can_keep(user, policy) -> bool:
    return permissions.can_submit(user, policy)


def require_keeper(user, policy) -> None:
    if not can_keep(user, policy):
        raise PermissionDenied(_("The owner, the owner's deputy and its authors look after these reviews."))

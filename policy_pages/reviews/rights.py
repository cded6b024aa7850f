"""Who looks after the clock of a policy: its owner, the owner's deputy, and whoever may write its text."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from kernel.lifecycle.seats import seats_of
from kernel.organisation import people
from policy_pages import permissions


def can_keep(user, policy) -> bool:
    return permissions.can_submit(user, policy)


def can_see(user, policy, today) -> bool:
    """Beside its keepers: the sponsor, and whoever sits in, or writes for, one of its bodies."""
    person = people.profile_of(user)
    if person is not None and person.pk == policy.sponsor_id:
        return True
    bodies = {policy.approving_body_id, policy.ratifying_body_id}
    return any(seat.body_id in bodies for seat in seats_of(user, today))


def require_keeper(user, policy) -> None:
    if not can_keep(user, policy):
        raise PermissionDenied(_("The owner, the owner's deputy and its authors look after these reviews."))

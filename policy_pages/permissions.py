"""Who may do what with a policy. Screens ask to hide, services ask to refuse."""

from django.db.models import Exists, OuterRef, Q
from wagtail.permission_policies.pages import PagePermissionPolicy

from kernel.accounts.facts import facts_of
from kernel.lifecycle.waiting import SEATED
from kernel.organisation import people
from kernel.organisation.asking import asking
from kernel.organisation.models import StaffProfile

OWNS = "policies.owns"


def owners(today) -> set[int]:
    """Logins that own a policy or are an owner's deputy: the role "policy owner" on any day."""
    people_of = StaffProfile.objects.filter(user__isnull=False)
    named = people_of.filter(Q(policies_owned__isnull=False) | Q(policies_deputised__isnull=False))
    return set(named.values_list("user_id", flat=True))


def is_owner(user, page) -> bool:
    """The owner or the owner's deputy."""
    person = people.profile_of(user)
    return person is not None and person.pk in (page.policy_owner_id, page.owner_deputy_id)


def can_submit(user, page) -> bool:
    """Its authors (whoever may edit it), its owner and the owner's deputy."""
    if not user.is_authenticated or not user.is_active:
        return False
    return page.permissions_for_user(user).can_edit() or is_owner(user, page)


def can_propose(user, page) -> bool:
    """Whoever may submit it, and its sponsor: what a review ends in is theirs to ask for."""
    if can_submit(user, page):
        return True
    person = people.profile_of(user) if user.is_authenticated and user.is_active else None
    return person is not None and person.pk == page.sponsor_id


def can_see_draft(user, page, seats) -> bool:
    """Authors, owner and deputy at any time; while it waits, its bodies and whoever sees to a condition of it."""
    if can_submit(user, page):
        return True
    submission = page.open_submission
    if submission is None:
        return False
    bodies = {submission.approving_body_id, submission.ratifying_body_id}
    return any(seat.body_id in bodies for seat in seats) or _sees_to_a_condition(user, submission)


def _sees_to_a_condition(user, submission) -> bool:
    return user.is_authenticated and submission.conditions.open().filter(owner__user_id=user.pk).exists()


def can_see_matter(user, matter, seats) -> bool:
    """A proposal or a chair's action: authors, owner, deputy and sponsor, its body, and whoever decided on it."""
    if can_propose(user, matter.page.specific):
        return True
    if any(seat.body_id == matter.body_id for seat in seats):
        return True
    return user.is_authenticated and any(row.actor_id == user.pk for row in matter.decisions.all())


def can_see_register(request, today) -> bool:
    """Whoever holds a seat in a body, owns a policy or writes policies; which rows, ``register`` decides."""
    known, facts = asking(request, today), facts_of(request, today)
    if known.here and (facts.get(SEATED) or facts.get(OWNS)):
        return True
    return known.empowered and PagePermissionPolicy().user_has_permission(request.user, "change")


def can_see_board(request, today) -> bool:
    """The pages over many policies: whoever holds a seat in a body or writes policies. An owner has the register."""
    if asking(request, today).here and facts_of(request, today).get(SEATED):
        return True
    return can_write_policies(request, today)


def can_write_policies(request, today) -> bool:
    """Authors: whoever may change pages."""
    empowered = asking(request, today).empowered
    return empowered and PagePermissionPolicy().user_has_permission(request.user, "change")


def owns(today):
    """The fact that somebody is named as owner or deputy of a policy, over the login."""
    person = StaffProfile.objects.filter(user_id=OuterRef("pk"))
    # Apart: joined by OR, PostgreSQL reads every policy.
    return Exists(person.filter(policies_owned__isnull=False)) | Exists(
        person.filter(policies_deputised__isnull=False)
    )


def can_fill_placeholders(user) -> bool:
    return user.is_authenticated and user.has_perm("policy_pages.change_placeholder")


def can_write_in(user, library) -> bool:
    """Whoever may begin a new policy in ``library``."""
    return user.is_authenticated and user.is_active and library.permissions_for_user(user).can_add_subpage()


def can_edit(user, page) -> bool:
    """Whoever may save a draft of ``page``."""
    return user.is_authenticated and user.is_active and page.permissions_for_user(user).can_edit()


def keeps_roles(user) -> bool:
    """Whoever says what roles are here, whatever text names them."""
    return user.is_authenticated and user.is_active and user.has_perm("policy_pages.change_localrole")


def owns_here(request, today) -> bool:
    """Whoever owns a policy, or stands in for its owner, and has not left."""
    return asking(request, today).here and bool(facts_of(request, today).get(OWNS))

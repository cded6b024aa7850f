"""Who may change the organisation. ``None`` is the system: loaders, daily jobs."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from kernel.organisation import grants, people
from kernel.organisation.models import Absence, StaffProfile


def can_change(user, thing: str) -> bool:
    """``thing`` is a model of this app: "body". Whoever may change people may change their posts."""
    return user is None or user.has_perm(f"kernel_organisation.change_{thing}")


def require_change(user, thing: str) -> None:
    if not can_change(user, thing):
        raise PermissionDenied(_("Your roles do not include changing this part of the organisation."))


CHOOSING = ("staffprofile", "body", "agency", "delegation")  # what has people in its admin form


def may_choose_people(user) -> bool:
    """Whoever fills an admin form that asks for a person: of the organisation, or of any page."""
    if any(can_change(user, thing) for thing in CHOOSING):
        return True
    return PagePermissionPolicy().user_has_any_permission(user, {"add", "change"})


def may_choose_logins(user) -> bool:
    return user.has_perm("kernel_accounts.change_user") and can_change(user, "rolegrant")


def is_self(user, person: StaffProfile) -> bool:
    return user is not None and person.user_id is not None and person.user_id == user.pk


def require_another(user, person: StaffProfile) -> None:
    """Nobody seats themselves where decisions are made; a superuser answers to the audit trail alone."""
    if is_self(user, person) and not user.is_superuser:
        raise PermissionDenied(_("Nobody gives a seat, a post or a power to themselves. Ask a colleague."))


def rank_of(user, today: date) -> int:
    """The highest rank among the roles by which the user may give roles; -1 without any."""
    giving = [role for role in grants.all_roles() if role.gives_roles]
    return max((role.rank for role in giving if people.holds(user, role.slug, today)), default=-1)


def may_grant(actor, role: str, today: date) -> bool:
    """Only who gives roles at all, and no role above their own."""
    known = grants.role_named(role)
    if actor is None or (actor.is_active and actor.is_superuser):
        return True
    return known.rank <= rank_of(actor, today)


def can_delegate(user, principal: StaffProfile) -> bool:
    return is_self(user, principal) or can_change(user, "delegation")


def may_see_reason(user, absence: Absence, today: date) -> bool:
    """Why somebody is away is for HR and the own manager; no superuser, and not the rest of the line."""
    return handles_absence(user, absence.person, today)


def require_absence(user, person: StaffProfile, today: date) -> None:
    if user is not None and not handles_absence(user, person, today):
        raise PermissionDenied(_("Absences are kept by HR and by the line manager."))


def handles_absence(user, person: StaffProfile, today: date) -> bool:
    if people.managers_of(person, today).filter(user_id=user.pk).exists():
        return True
    return _is_hr_for(user, person, today)


def _is_hr_for(user, person: StaffProfile, today: date) -> bool:
    slugs = [role.slug for role in grants.all_roles() if role.keeps_absences]
    teams = [post.team for post in person.posts.on(today).select_related("team")]
    for slug in slugs:
        if people.holds(user, slug, today, agency=person.agency):
            return True
        if any(people.holds(user, slug, today, team=team) for team in teams):
            return True
    return False

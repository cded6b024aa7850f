"""What sign-in and the screens of logins ask about roles; ``kernel.accounts`` knows none."""

from datetime import date

from django.utils import timezone

from kernel.accounts.mfa import register_deciding
from kernel.accounts.permissions import register_group_judge, register_login_judge
from kernel.accounts.prepared import Prepared
from kernel.organisation import people
from kernel.organisation.models import RoleGrant
from kernel.organisation.permissions import may_grant
from portal.roles import ROLES


def _decider(number: int, today: date):
    roles = [role.slug for role in ROLES if role.deciding]
    return people.holders_of_any(roles, today).filter(pk=number).values_list("pk")


_deciding = Prepared(_decider, int, date)


@register_deciding
def decides(user, today: date) -> bool:
    """Has the login a role that decides? One query, asked at each request of whoever has no second factor."""
    return user.is_authenticated and _deciding.first(user.pk, today) is not None


@register_group_judge
def may_give_group(manager, group) -> bool | None:
    """Groups that carry a role are given like the role itself; the rest is not ours to judge."""
    slugs = [role.slug for role in ROLES if role.group and role.group == group.name]
    return may_grant(manager, slugs[0], timezone.localdate()) if slugs else None


@register_login_judge
def may_manage_login(manager, target) -> bool:
    """Nobody touches the login of somebody with a role above their own: its e-mail address opens the door."""
    today = timezone.localdate()
    held = RoleGrant.objects.on(today).filter(user=target).values_list("role", flat=True)
    return all(may_grant(manager, slug, today) for slug in set(held))

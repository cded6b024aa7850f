from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from kernel.accounts.services import end_sessions
from kernel.audit import act, record
from kernel.organisation import grants
from kernel.organisation.models import RoleGrant
from kernel.organisation.permissions import may_grant
from kernel.organisation.services.rows import check_and_save

# Which kinds of scope a grant may name. None: the whole site.
SCOPES = {
    grants.SITE: {None},
    grants.BODY: {"body"},
    grants.AGENCY: {"agency"},
    grants.TEAM: {"team", "agency"},
    grants.OWN: {None},
}


def _require_right(actor, user, known, today: date) -> None:
    """Nobody gives or takes a role above their own, and a superuser's roles are for superusers."""
    if not may_grant(actor, known.slug, today):
        raise PermissionDenied(_("You may not give a role that stands above your own."))
    if user.is_superuser and actor is not None and not actor.is_superuser:
        raise PermissionDenied(_("Only a superuser changes the roles of a superuser."))


def _require_another(actor, user) -> None:
    if actor is not None and actor.pk == user.pk and not actor.is_superuser:
        raise PermissionDenied(_("Nobody gives a role to themselves. Ask a colleague."))


def _require_scope(known, body, agency, team) -> None:
    named = [kind for kind, row in (("body", body), ("agency", agency), ("team", team)) if row is not None]
    if len(named) > 1 or (named or [None])[0] not in SCOPES[known.scope]:
        raise ValidationError(_("The role “%(role)s” is not held like this."), params={"role": known.label})


@act("organisation.grant_role")
def grant_role(
    user, *, role: str, actor, today: date, from_on=None, until_on=None, body=None, agency=None, team=None
) -> RoleGrant | None:
    """Give a login a role, from today unless said otherwise. A role held by group has no dates and no row."""
    known = grants.role_named(role)
    user = get_user_model().objects.select_for_update().get(pk=user.pk)
    _require_right(actor, user, known, today)
    _require_another(actor, user)
    _require_scope(known, body, agency, team)
    row = None
    if known.how == grants.GROUP:
        _join_group(user, known, from_on, until_on)
    elif known.how == grants.GRANT:
        row = RoleGrant(user=user, role=role, body=body, agency=agency, team=team, until_on=until_on)
        row.from_on = from_on or today
        check_and_save(row)
    else:
        raise ValidationError(_("The role “%(role)s” is not given by hand."), params={"role": known.label})
    facts = {"role": role, "grant": row and row.pk}
    record("organisation.grant_role", actor=actor, target=user, facts=facts)
    return row


def _join_group(user, known, from_on, until_on) -> None:
    if from_on or until_on:
        raise ValidationError(_("This role is held until it is withdrawn: leave the dates empty."))
    user.groups.add(Group.objects.get(name=known.group))


@act("organisation.withdraw_role")
def withdraw_role(
    user, *, role: str, actor, today: date, body=None, agency=None, team=None, grant: RoleGrant | None = None
) -> None:
    """Take the role back at once, in the scope or grant named or, without one, everywhere; sessions end."""
    known = grants.role_named(role)
    user = get_user_model().objects.select_for_update().get(pk=user.pk)
    _require_right(actor, user, known, today)
    if known.how == grants.GROUP:
        user.groups.remove(*Group.objects.filter(name=known.group))
    scope = {"body": body, "agency": agency, "team": team}
    scope = {kind: row for kind, row in scope.items() if row is not None}
    if grant is not None:
        scope["pk"] = grant.pk
    held = RoleGrant.objects.filter(user=user, role=role, withdrawn_on__isnull=True, **scope)
    held.update(withdrawn_on=today)
    end_sessions(user.pk)
    record("organisation.withdraw_role", actor=actor, target=user, facts={"role": role})

"""The persons of the address walk: who asks, and which roles they hold."""

from dataclasses import dataclass

from django.contrib.auth.models import Permission

from portal.addresses import ADMIN, ANYONE, AUDIENCE, SIGNED_IN, Rule
from portal.roles import BY_SLUG
from tests.factories.accounts import make_group, make_user
from tests.factories.organisation import make_agency, make_person

NAMES = ("anonymous", "reader", "partner", "site administrator", "superuser")


@dataclass(frozen=True)
class Persona:
    name: str
    user: object = None
    roles: frozenset[str] = frozenset()

    def is_let_in(self, rule: Rule) -> bool | None:
        """What the rule says; None where the thing behind the address decides."""
        if rule.who == ANYONE:
            return True
        if rule.who == AUDIENCE:
            return None
        if self.user is None:
            return False
        if rule.who == SIGNED_IN or self.user.is_superuser:
            return True
        if rule.who == ADMIN:
            return self.user.has_perm("wagtailadmin.access_admin")
        return None if self.roles & set(rule.who) else False


def make_persona(name: str) -> Persona:
    if name == "anonymous":
        return Persona(name)
    user = make_user(f"{name.replace(' ', '.')}@example.org", is_superuser=name == "superuser")
    if name == "partner":
        make_person(user=user, agency=make_agency())
    if name != "site administrator":
        return Persona(name, user, frozenset({"reader"} if name == "reader" else ()))
    role = BY_SLUG["site-administrator"]
    known = [permission for permission in role.permissions if is_known(permission)]
    user.groups.add(make_group(role.group, known))
    return Persona(name, user, frozenset({role.slug}))


def is_known(permission: str) -> bool:
    """Roles may name permissions of models that a later change adds."""
    app, codename = permission.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename).exists()

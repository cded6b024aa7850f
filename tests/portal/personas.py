"""The persons of the address walk: who asks, and which roles they hold."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from portal.addresses import ADMIN, ANYONE, AUDIENCE, SIGNED_IN, Rule

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
    user = get_user_model().objects.create_user(
        username=name.replace(" ", "."),
        email=f"{name.replace(' ', '.')}@trust.example",
        password=None,
        is_superuser=name == "superuser",
        is_staff=name == "superuser",
    )
    if name != "site administrator":
        return Persona(name, user)
    slug = "site_administrator"
    group, _ = Group.objects.get_or_create(name=GROUPS[slug])
    from django.contrib.auth.models import Permission

    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    return Persona(name, get_user_model().objects.get(pk=user.pk), frozenset({slug}))


GROUPS = {"site_administrator": "Site administrator"}

"""The roles that exist. The portal registers its table; nothing here names one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EVERYONE, GROUP, MEMBERSHIP, POST, PAGE, GRANT = "everyone", "group", "membership", "post", "page", "grant"
SITE, BODY, AGENCY, TEAM, OWN = "site", "body", "agency", "team", "own"


@dataclass(frozen=True)
class KnownRole:
    """``how``: where one looks to see who holds it. ``rank``: nobody gives a role above their own."""

    slug: str
    label: str
    scope: str
    how: str
    group: str = ""
    rank: int = 0
    gives_roles: bool = False
    keeps_absences: bool = False
    capacities: tuple[str, ...] = ()


_roles: dict[str, KnownRole] = {}


def register_roles(roles: Iterable[KnownRole]) -> None:
    _roles.update({role.slug: role for role in roles})


def all_roles() -> list[KnownRole]:
    return list(_roles.values())


def role_named(slug: str) -> KnownRole:
    """A word that is no role is a mistake of the programmer or of a form: never an empty answer."""
    if slug not in _roles:
        raise ValidationError(_("There is no role “%(slug)s”."), params={"slug": slug}, code="unknown_role")
    return _roles[slug]


def known_role(slug: str) -> None:
    role_named(slug)


Holders = Callable[[date], Iterable[int]]
_providers: dict[str, list[Holders]] = {}


def register_holders(slug: str, provider: Holders) -> None:
    """For roles named on a page: ``provider(today)`` answers with the keys of the logins."""
    _providers.setdefault(slug, []).append(provider)


def named_holders(slug: str, today: date) -> set[int]:
    return {key for provider in _providers.get(slug, []) for key in provider(today)}

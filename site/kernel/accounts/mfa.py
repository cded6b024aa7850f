"""Who must have a second factor: everybody who may open the admin, and everybody who decides."""

from collections.abc import Callable
from datetime import date

from allauth.mfa.models import Authenticator

from . import conf

_deciding: dict[str, Callable[..., bool]] = {}


def register_deciding(answers: Callable[..., bool]) -> Callable[..., bool]:
    """``answers(user, today)``: has this person a role that decides? Higher packages register in ready()."""
    _deciding[f"{answers.__module__}.{answers.__qualname__}"] = answers
    return answers


def has_deciding_role(user, today: date) -> bool:
    return any(_deciding[name](user, today) for name in sorted(_deciding))


def is_demanded(user, today: date, empowered: bool = True) -> bool:
    """``empowered`` False spares the question for a permission of somebody known to hold none."""
    if not conf.second_factor_demanded():
        return False
    may_enter = empowered and user.has_perm("wagtailadmin.access_admin")
    return may_enter or has_deciding_role(user, today)


def has_second_factor(user) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()

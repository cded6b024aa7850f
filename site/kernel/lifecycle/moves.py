"""Which state may follow which."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class IllegalMove(ValidationError):
    """A state that may not follow the present one."""


def require_move(current, target, moves: Mapping[object, Collection]) -> None:
    """Raise ``IllegalMove`` unless ``moves`` lets ``target`` follow ``current``. Staying is no move."""
    if target in moves.get(current, ()):
        return
    words = {"current": _label(current), "target": _label(target)}
    raise IllegalMove(_("This is “%(current)s” and cannot become “%(target)s”.") % words, code="illegal_move")


def _label(state) -> str:
    return str(getattr(state, "label", state))

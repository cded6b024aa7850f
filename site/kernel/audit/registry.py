"""The actions that may be written down. Each app names its own in ``wagtail_hooks.py``."""

from wagtail import hooks

HOOK = "register_audit_actions"


class UnknownAction(KeyError):
    """An act without a registered name: a programming error."""


def actions() -> dict[str, str]:
    """Every registered action and its words. Two owners of one name is an error."""
    found: dict[str, str] = {}
    for hook in hooks.get_hooks(HOOK):
        mine = hook()
        if twice := found.keys() & mine.keys():
            raise ValueError(f"audit actions registered twice: {sorted(twice)}")
        found |= mine
    return found


def require(action: str) -> str:
    """The words of a registered action."""
    try:
        return actions()[action]
    except KeyError:
        raise UnknownAction(action) from None

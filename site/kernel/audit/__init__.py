"""One door to the audit trail: ``record`` and ``act``."""

from importlib import import_module

_DOOR = {"record": "trail", "act": "trail", "erase_words": "erasure", "seal": "sealing"}


def __getattr__(name: str):
    """Load the door at first use: Django imports this package before any model may be imported."""
    if name not in _DOOR:
        raise AttributeError(name)
    return getattr(import_module(f"kernel.audit.{_DOOR[name]}"), name)

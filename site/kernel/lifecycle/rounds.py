"""What the worker does every few seconds beside mail and trail; apps register it in ``AppConfig.ready``."""

from collections.abc import Callable

ROUNDS: dict[str, Callable[[], object]] = {}


def register(name: str, step: Callable[[], object]) -> None:
    """Register ``step``, which is quick and may be called again at any time, under a name that never changes."""
    if name in ROUNDS and ROUNDS[name] is not step:
        raise ValueError(f"two steps of the worker are called {name}")
    ROUNDS[name] = step

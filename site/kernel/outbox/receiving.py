"""Who hears what. Filled by the modules that ``AppConfig.ready`` imports."""

from collections.abc import Callable

Receiver = Callable[[int, dict], None]
RECEIVERS: dict[str, dict[str, Receiver]] = {}


def receives(kind: str) -> Callable[[Receiver], Receiver]:
    """Register an idempotent receiver ``fn(event_id, payload)``.

    It runs in a transaction together with its receipt. Its module and name are what the receipt keeps: an event
    waiting at an update finds its receiver by them.
    """

    def register(fn: Receiver) -> Receiver:
        RECEIVERS.setdefault(kind, {})[f"{fn.__module__}.{fn.__qualname__}"] = fn
        return fn

    return register


def receiver_names(kind: str) -> list[str]:
    return sorted(RECEIVERS.get(kind, {}))


def receiver(kind: str, name: str) -> Receiver | None:
    return RECEIVERS.get(kind, {}).get(name)

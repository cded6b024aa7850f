"""Who hears what. Filled by the modules that ``AppConfig.ready`` imports."""

from collections.abc import Callable

Receiver = Callable[[int, dict], None]
RECEIVERS: dict[str, dict[str, Receiver]] = {}


def receives(kind: str) -> Callable[[Receiver], Receiver]:
    """Register an idempotent receiver ``fn(event_id, payload)``.

    It runs in one transaction with its receipt. The receipt keeps its module and name: an event that waits
    through an update finds its receiver by them.
    """

    def register(fn: Receiver) -> Receiver:
        RECEIVERS.setdefault(kind, {})[f"{fn.__module__}.{fn.__qualname__}"] = fn
        return fn

    return register


def receiver_names(kind: str) -> list[str]:
    return sorted(RECEIVERS.get(kind, {}))


def receiver(kind: str, name: str) -> Receiver | None:
    return RECEIVERS.get(kind, {}).get(name)

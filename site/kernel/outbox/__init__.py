"""Mail and events between packages, as rows: ``queue_mail``, ``Attachment``, ``emit``, ``receives``, ``deliver``."""

from importlib import import_module

_DOOR = {
    "Attachment": "attachments",
    "queue_mail": "services",
    "queue_mails": "services",
    "emit": "services",
    "receives": "receiving",
    "deliver": "delivery",
}


def __getattr__(name: str):
    """Load the door at first use: Django imports this package before any model may be imported."""
    if name not in _DOOR:
        raise AttributeError(name)
    return getattr(import_module(f"kernel.outbox.{_DOOR[name]}"), name)

"""Trying rows of the outbox's failed list again: here, because the outbox itself knows no audit."""

from kernel.audit import act, record
from kernel.outbox.models import EventReceipt, OutboxMail
from kernel.outbox.services import retry


@act("lifecycle.retry_outbox")
def retry_outbox(row: OutboxMail | EventReceipt, *, actor) -> OutboxMail | EventReceipt:
    """Put a row that was given up back into the queue."""
    row = retry(row)
    record("lifecycle.retry_outbox", actor=actor, target=row)
    return row

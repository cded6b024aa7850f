from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.outbox.models import EventReceipt, OutboxEvent, OutboxMail

OLD = timedelta(hours=1)


@dataclass(frozen=True)
class QueueReport:
    """How the outbox stands: what was given up, and what has waited for over an hour."""

    failed_mails: int
    failed_events: int
    late_mails: int
    late_events: int

    @property
    def is_well(self) -> bool:
        return not any((self.failed_mails, self.failed_events, self.late_mails, self.late_events))


def queue_report(now: datetime) -> QueueReport:
    unheard = OutboxEvent.objects.filter(fanned_at__isnull=True, created_at__lt=now - OLD)
    return QueueReport(
        failed_mails=OutboxMail.objects.failed().count(),
        failed_events=EventReceipt.objects.failed().count(),
        late_mails=OutboxMail.objects.late(now - OLD).count(),
        late_events=EventReceipt.objects.late(now - OLD).count() + unheard.count(),
    )

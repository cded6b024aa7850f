from datetime import datetime

from django.db import models

from kernel.outbox.enums import SendState


class SendQuerySet(models.QuerySet):
    """Questions that mails and receipts share."""

    def waiting(self):
        return self.filter(state=SendState.WAITING)

    def due(self, now: datetime):
        """Waiting and owed by ``now``, oldest first."""
        return self.waiting().filter(next_at__lte=now).order_by("next_at", "pk")

    def failed(self):
        """Given up: the list that somebody must look at."""
        return self.filter(state=SendState.FAILED)

    def late(self, before: datetime):
        """Written before this moment and still waiting: the queue is old."""
        return self.waiting().filter(created_at__lt=before)

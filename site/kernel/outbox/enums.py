from django.db import models
from django.utils.translation import gettext_lazy as _


class SendState(models.TextChoices):
    """Where a row of the outbox stands. Being sent is no state: a claim only pushes ``next_at`` on."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")

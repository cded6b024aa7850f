import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.outbox.enums import SendState
from kernel.outbox.querysets import SendQuerySet


def new_message_id() -> str:
    """The name of one mail for ever, also when it must be sent again. The host's own name does not leave."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"


class Attempted(models.Model):
    """What is tried until it is done or given up."""

    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=SendState, default=SendState.WAITING, editable=False
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now, editable=False)
    last_error = models.CharField(_("last error"), max_length=100, blank=True, editable=False)

    objects = SendQuerySet.as_manager()

    class Meta:
        abstract = True


class OutboxMail(Attempted):
    """One mail. ``left``: the addresses not reached yet. Secret words go once it is sent or given up."""

    kind = models.CharField(_("kind"), max_length=100)
    to = models.JSONField(_("to"))
    left = models.JSONField(_("not reached yet"), default=list, blank=True, editable=False)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    attachments = models.JSONField(_("files"), default=list, blank=True)
    secret = models.BooleanField(_("carries a secret"), default=False)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "next_at"], name="kernel_outbox_mail_due")]
        constraints = [
            models.CheckConstraint(
                name="kernel_outbox_secret_goes",
                condition=Q(secret=False)
                | Q(state=SendState.WAITING)
                | Q(subject="", text="", html="", attachments=[]),
                violation_error_message=_("A mail with a secret keeps its words only until it is sent."),
            ),
            models.CheckConstraint(
                name="kernel_outbox_sent_has_moment",
                condition=Q(state=SendState.SENT, sent_at__isnull=False)
                | (~Q(state=SendState.SENT) & Q(sent_at__isnull=True)),
                violation_error_message=_("A sent mail has the moment of sending."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.message_id}"

    @property
    def recipients(self) -> str:
        return ", ".join(self.to)

    @property
    def unreached(self) -> str:
        return ", ".join(self.left)


class OutboxEvent(models.Model):
    """What happened, for higher packages to hear. ``fanned_at``: its receipts have been written."""

    kind = models.CharField(_("kind"), max_length=100)
    payload = models.JSONField(_("payload"), default=dict)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    fanned_at = models.DateTimeField(_("handed out"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["id"], name="kernel_outbox_event_new", condition=Q(fanned_at__isnull=True))
        ]

    def __str__(self):
        return f"{self.pk} {self.kind}"


class EventReceipt(Attempted):
    """One event for one receiver, so that a receiver that fails holds nobody else up."""

    event = models.ForeignKey(OutboxEvent, models.PROTECT, related_name="receipts")
    receiver = models.CharField(_("receiver"), max_length=200)
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("event for a receiver")
        verbose_name_plural = _("events for receivers")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "next_at"], name="kernel_outbox_receipt_due")]
        constraints = [
            models.UniqueConstraint(fields=["event", "receiver"], name="kernel_outbox_one_receipt")
        ]

    def __str__(self):
        return f"{self.event_id} {self.receiver}"

"""Writing to the outbox: one row, in the caller's transaction, nothing sent."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.outbox.attachments import Attachment, as_data
from kernel.outbox.enums import SendState
from kernel.outbox.models import EventReceipt, OutboxEvent, OutboxMail


def queue_mail(
    *,
    kind: str,
    to: list[str],
    subject: str,
    text: str,
    html: str = "",
    attachments: Iterable[Attachment] = (),
    secret: bool = False,
) -> OutboxMail:
    """Put one mail into the outbox. Each address gets a copy of its own and does not see the others.

    ``secret``: the mail carries a link or code that lets somebody in; its words and files go once it is sent.
    A malformed address does not stop the act: the mail ends on the failed list.
    """
    mail = _mail(kind, to, subject, text, html, attachments, secret)
    mail.save(force_insert=True)
    return mail


def queue_mails(mails: Iterable[dict]) -> list[OutboxMail]:
    """Put many mails into the outbox at once; each is what ``queue_mail`` takes."""
    rows = [_mail(**{"html": "", "attachments": (), "secret": False, **mail}) for mail in mails]
    return OutboxMail.objects.bulk_create(rows, batch_size=200)


def _mail(kind, to: list[str], subject: str, text, html, attachments, secret) -> OutboxMail:
    to = list(dict.fromkeys(to))
    if not to:
        raise ValidationError(_("A mail needs an address."))
    for line in (kind, subject, *to):
        if "\n" in line or "\r" in line:
            raise ValidationError(_("A subject or an address is one line."))
    return OutboxMail(
        kind=kind,
        to=to,
        left=to,
        subject=subject[:255],
        text=text,
        html=html,
        attachments=as_data(list(attachments)),
        secret=secret,
    )


def emit(kind: str, payload: dict) -> OutboxEvent:
    """Say what happened, in ids and dates; receivers hear of it after commit, at least once."""
    return OutboxEvent.objects.create(kind=kind, payload=payload)


@transaction.atomic
def retry(row: OutboxMail | EventReceipt) -> OutboxMail | EventReceipt:
    """Try a row of the failed list again, from the first pause. A secret mail has no words left to send."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.state != SendState.FAILED:
        raise ValidationError(_("Only what was given up can be tried again."))
    if getattr(row, "secret", False):
        raise ValidationError(_("The words of this mail are gone. Ask for a new one instead."))
    row.state, row.attempts, row.next_at = SendState.WAITING, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "next_at"])
    return row

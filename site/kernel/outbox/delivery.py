"""The worker's side: claim a row in a short transaction, do the work outside it, write down how it went.

At least once. A claim pushes ``next_at`` on by ``LEASE``, and so does each address of a mail: when the process
dies between sending and writing it down, the row is due again later and leaves under the same Message-ID.
"""

import logging
import smtplib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.utils import timezone

from kernel.outbox.enums import SendState
from kernel.outbox.models import Attempted, EventReceipt, OutboxEvent, OutboxMail
from kernel.outbox.receiving import receiver, receiver_names
from kernel.outbox.trouble import kind_of, trace_of

log = logging.getLogger("outbox")

LEASE = timedelta(minutes=10)
ATTEMPTS = 16  # with the pauses below: a mail server may be away for almost two days
LONGEST_PAUSE = 360
BATCH = 200
ROUND = timedelta(minutes=5)  # a slow server ends the round: the next one asks anew what is due
#: what a server says about one address only; anything else ends this round of sending
ABOUT_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError, ValueError)


@dataclass
class Delivered:
    """What one round did."""

    sent: int = 0
    heard: int = 0
    troubled: int = 0


def pause(attempts: int) -> timedelta:
    """How long to wait after this many attempts: 1, 2, 4 minutes and so on, six hours at most."""
    return timedelta(minutes=min(2 ** (attempts - 1), LONGEST_PAUSE))


def deliver(now: datetime | None = None) -> Delivered:
    """Send every mail and hand out every event that is due at ``now``.

    ``now`` only says what is due: leases, pauses and the moments written down count from when they happen.
    """
    now = now or timezone.now()
    done = Delivered()
    _deliver_mails(now, done)
    _fan_out(now)
    _deliver_events(now, done)
    return done


def _moment(now: datetime) -> datetime:
    """What the clock says; never before the round's ``now``, or a row put off would be due in it again."""
    return max(now, timezone.now())


def _end_of_round() -> float:
    return time.monotonic() + ROUND.total_seconds()


def _claims(model: type[Attempted], now: datetime, end: float) -> Iterator[Attempted]:
    """Due rows one by one, each claimed for this process and counted as an attempt, until the round ends."""
    for _turn in range(BATCH):
        if time.monotonic() >= end:
            return
        row = _claim(model, now)
        if row is None:
            return
        yield row


@transaction.atomic
def _claim(model: type[Attempted], now: datetime) -> Attempted | None:
    lock = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    row = model.objects.due(now).select_for_update(**lock).first()
    if row:
        row.attempts += 1
        row.next_at = _moment(now) + LEASE
        row.save(update_fields=["attempts", "next_at"])
    return row


# mail


def _deliver_mails(now: datetime, done: Delivered) -> None:
    """Send what is due over one connection. A server that is away ends the round."""
    server, end = get_connection(settings.OUTBOX_DELIVERY_BACKEND), _end_of_round()
    try:
        for mail in _claims(OutboxMail, now, end):
            troubles, interrupted = _send(mail, server, now, end)
            if interrupted:
                _put_back(mail, _moment(now))
                break
            _settle_mail(mail, troubles, _moment(now))
            done.sent += mail.state == SendState.SENT
            done.troubled += bool(troubles)
            if troubles and not isinstance(troubles[-1], ABOUT_ONE_MAIL):
                break
    finally:
        _close(server)


def _send(mail: OutboxMail, server, now: datetime, end: float) -> tuple[list[Exception], bool]:
    """One copy for each address not reached yet; what was reached is kept at once.

    Returns the troubles, and whether the round ended before every address had its turn.
    """
    troubles: list[Exception] = []
    for address in list(mail.left):
        if time.monotonic() >= end:
            return troubles, True
        try:
            server.open()
            server.send_messages([_message(mail, address)])
        except (OSError, smtplib.SMTPException, ValueError) as error:
            troubles.append(error)
            _close(server)
            log.warning("mail %s attempt %s: %s", mail.pk, mail.attempts, kind_of(error))
            if not isinstance(error, ABOUT_ONE_MAIL):
                break
        else:
            mail.left = [other for other in mail.left if other != address]
        mail.next_at = _moment(now) + LEASE
        mail.save(update_fields=["left", "next_at"])
    return troubles, False


def _put_back(mail: OutboxMail, now: datetime) -> None:
    """The other addresses have their turn in the next round, after what was due before; no attempt is counted."""
    mail.attempts, mail.next_at = mail.attempts - 1, now
    mail.save(update_fields=["attempts", "next_at"])


def _message(mail: OutboxMail, address: str) -> EmailMultiAlternatives:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[address], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for one in mail.attachments:
        message.attach(one["name"], one["text"], one["content_type"])
    return message


def _close(server) -> None:
    """Let go of a connection that may be broken already."""
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        log.info("the mail server had closed before us")


def _settle_mail(mail: OutboxMail, troubles: list[Exception], now: datetime) -> None:
    if not troubles:
        mail.state, mail.sent_at, mail.last_error = SendState.SENT, now, ""
    else:
        _postpone(mail, troubles[-1], now, final=all(map(_is_final, troubles)))
    if mail.secret and mail.state != SendState.WAITING:
        mail.subject = mail.text = mail.html = ""
        mail.attachments = []
    mail.save()


def _postpone(row: Attempted, trouble: Exception, now: datetime, final: bool = False) -> None:
    """Try again after a pause, or give up after ``ATTEMPTS`` or a refusal for good."""
    row.last_error = kind_of(trouble)
    row.next_at = now + pause(row.attempts)
    if final or row.attempts >= ATTEMPTS:
        row.state = SendState.FAILED
        log.error("%s %s given up: %s", row._meta.model_name, row.pk, row.last_error)


def _is_final(trouble: Exception) -> bool:
    """Whether every address was refused with a number that means: never."""
    refused = getattr(trouble, "recipients", {})
    return bool(refused) and all(code >= 500 for code, _words in refused.values())


# events


@transaction.atomic
def _fan_out(now: datetime) -> None:
    """Write the receipts of new events: one for each receiver known today."""
    lock = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    events = list(
        OutboxEvent.objects.filter(fanned_at__isnull=True).select_for_update(**lock).order_by("pk")[:BATCH]
    )
    EventReceipt.objects.bulk_create(
        EventReceipt(event=event, receiver=name, next_at=event.created_at)
        for event in events
        for name in receiver_names(event.kind)
    )
    OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(fanned_at=now)


def _deliver_events(now: datetime, done: Delivered) -> None:
    for receipt in _claims(EventReceipt, now, _end_of_round()):
        trouble = _hand_over(receipt, now)
        if trouble:
            _postpone(receipt, trouble, _moment(now))
            receipt.save()
        done.heard += trouble is None
        done.troubled += trouble is not None


def _hand_over(receipt: EventReceipt, now: datetime) -> Exception | None:
    """Run the receiver and mark its receipt in one transaction; the trouble, if any."""
    try:
        with transaction.atomic():
            fn = receiver(receipt.event.kind, receipt.receiver)
            if fn is None:
                raise LookupError("no such receiver")
            fn(receipt.event_id, receipt.event.payload)
            receipt.state, receipt.done_at, receipt.last_error = SendState.SENT, _moment(now), ""
            receipt.save()
    except Exception as error:  # noqa: BLE001  one item of a batch: the others must be heard
        receipt.state, receipt.done_at = SendState.WAITING, None
        log.error(
            "event %s for %s: %s\n%s", receipt.event_id, receipt.receiver, kind_of(error), trace_of(error)
        )
        return error
    return None

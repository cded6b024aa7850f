"""A process that dies at the worst moment, and several workers at once."""

import signal
import threading
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone

from kernel.outbox import deliver, receives
from kernel.outbox.delivery import LEASE
from kernel.outbox.enums import SendState
from kernel.outbox.models import OutboxMail
from kernel.outbox.receiving import RECEIVERS
from tests.factories.outbox import make_event, make_mail
from tests.processes import run_python
from tests.smtp_server import MailServer

SEND_AND_DIE = """
from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["PORT"])
send = EmailBackend.send_messages
EmailBackend.send_messages = lambda self, mails: (send(self, mails), die())
from kernel.outbox import deliver
deliver()
"""


@pytest.mark.django_db(transaction=True)
def test_a_mail_sent_but_not_marked_leaves_again_under_its_message_id(settings):
    mail = make_mail()
    with MailServer() as server:
        code, _out, _err = run_python(SEND_AND_DIE, PORT=str(server.port))
        settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        mail.refresh_from_db()
        after_the_kill = mail.state, mail.attempts
        during_the_lease = deliver(mail.next_at - timedelta(seconds=1)).sent
        after_the_lease = deliver(mail.next_at).sent

    assert code == -signal.SIGKILL
    assert after_the_kill == (SendState.WAITING, 1)
    assert (during_the_lease, after_the_lease) == (0, 1)
    assert [letter["Message-ID"] for letter in server.letters] == [mail.message_id] * 2
    assert list(OutboxMail.objects.values_list("state", "attempts")) == [(SendState.SENT, 2)]


@pytest.mark.django_db(transaction=True)
def test_the_lease_outlasts_a_round_of_the_worker():
    mail = make_mail()
    moment = timezone.now()
    run_python(SEND_AND_DIE, PORT="9")  # nobody listens there: the attempt is written down

    mail.refresh_from_db()
    assert moment + timedelta(minutes=1) <= mail.next_at < moment + LEASE


def _at_once(count, work):
    def run():
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_mail_once():
    ids = [make_mail().message_id for _turn in range(12)]
    now = timezone.now()

    _at_once(4, lambda: deliver(now))
    deliver(now)

    sent = [letter.extra_headers["Message-ID"] for letter in django_mail.outbox]
    assert sorted(sent) == sorted(ids)


@pytest.mark.django_db(transaction=True)
def test_four_workers_hand_each_event_out_once():
    heard = []
    receives("suite.race")(lambda event_id, payload: heard.append(event_id))
    ids = [make_event(kind="suite.race").pk for _turn in range(12)]
    now = timezone.now()

    try:
        _at_once(4, lambda: deliver(now))
        deliver(now)
    finally:
        del RECEIVERS["suite.race"]

    assert sorted(heard) == ids

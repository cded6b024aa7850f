"""Sending, with a real conversation with a mail server on loopback in six moods."""

import socket
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kernel.outbox import deliver
from kernel.outbox.delivery import ATTEMPTS, LEASE, pause
from kernel.outbox.enums import SendState
from kernel.outbox.models import OutboxMail
from tests.factories.outbox import make_mail
from tests.smtp_server import REFUSED, MailServer

SMTP = "django.core.mail.backends.smtp.EmailBackend"
AHEAD = timedelta(hours=1)  # beyond the clock: every moment of the round is then this one


@pytest.fixture
def post(settings):
    """Send through this server from now on."""

    def use(port):
        settings.OUTBOX_DELIVERY_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5

    return use


def _unused_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _stand(mail):
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.left, mail.last_error


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (ATTEMPTS, 360)]
)
def test_pauses_grow_to_six_hours(attempts, minutes):
    assert pause(attempts) == timedelta(minutes=minutes)


@pytest.mark.django_db
def test_a_kind_server_gets_the_whole_mail_once(post):
    mail = make_mail(html="<p>Your policy is due.</p>")
    now = timezone.now() + AHEAD
    with MailServer() as server:
        post(server.port)
        first, second = deliver(now), deliver(now)

    letter = server.letters[0]
    assert (first.sent, second.sent, len(server.letters)) == (1, 0, 1)
    assert (letter["Message-ID"], letter["To"], letter["Subject"]) == (
        mail.message_id,
        "ada@trust.example",
        "Review due",
    )
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_body(("plain",)).get_content().strip() == "Your policy is due."
    assert letter.get_body(("html",)).get_content().strip() == "<p>Your policy is due.</p>"
    assert _stand(mail) == (SendState.SENT, 1, [], "")
    assert mail.sent_at == now


@pytest.mark.django_db
def test_each_recipient_gets_a_copy_that_does_not_name_the_others(post):
    make_mail(to=["a@trust.example", "b@trust.example"])
    with MailServer() as server:
        post(server.port)
        deliver()

    assert [letter["To"] for letter in server.letters] == ["a@trust.example", "b@trust.example"]
    assert len({letter["Message-ID"] for letter in server.letters}) == 1


@pytest.mark.django_db
def test_a_server_that_is_away_costs_one_mail_one_attempt(post):
    first, second = make_mail(), make_mail()
    now = timezone.now() + AHEAD
    post(_unused_port())

    deliver(now)

    assert _stand(first) == (SendState.WAITING, 1, ["ada@trust.example"], "ConnectionRefusedError")
    assert first.next_at == now + timedelta(minutes=1)
    assert _stand(second) == (SendState.WAITING, 0, ["ada@trust.example"], "")


@pytest.mark.django_db
def test_mail_waits_for_a_server_that_comes_back(post):
    mail = make_mail()
    now = timezone.now() + AHEAD
    post(_unused_port())
    deliver(now)

    with MailServer() as server:
        post(server.port)
        early = deliver(now + timedelta(seconds=59))
        deliver(now + timedelta(seconds=60))

    assert early.sent == 0
    assert _stand(mail) == (SendState.SENT, 2, [], "")
    assert [letter["Message-ID"] for letter in server.letters] == [mail.message_id]


@pytest.mark.django_db
def test_a_slow_server_is_left_after_the_time_out(post):
    mail = make_mail()
    with MailServer("slow") as server:
        post(server.port)
        started = time.monotonic()
        deliver()

    assert time.monotonic() - started < 2.5
    assert _stand(mail) == (SendState.WAITING, 1, ["ada@trust.example"], "SMTPServerDisconnected")


@pytest.mark.django_db
def test_each_claim_and_each_sending_count_from_their_own_moment(post):
    """A lease that began with the round would run out under the last mails of a slow one."""
    first, second = make_mail(), make_mail()
    now = timezone.now()
    with MailServer("slow", slowness=0.3) as server:
        post(server.port)
        deliver(now)

    assert (_stand(first)[0], _stand(second)[0]) == (SendState.SENT, SendState.SENT)
    assert now + timedelta(seconds=0.3) <= first.sent_at <= second.next_at - LEASE <= second.sent_at


MANY = [f"reader{number}@trust.example" for number in range(8)]


@pytest.mark.django_db(transaction=True)
def test_a_mail_to_many_keeps_its_lease_while_it_is_sent(post, monkeypatch):
    """Without that, a second worker would send what is left once more."""
    monkeypatch.setattr("kernel.outbox.delivery.LEASE", timedelta(seconds=1))
    mail = make_mail(to=MANY)
    with MailServer("lazy", slowness=0.3) as server:
        post(server.port)
        first = threading.Thread(target=_deliver_and_close)
        first.start()
        time.sleep(1.6)
        second = deliver()
        first.join(30)

    assert second.sent == 0
    assert sorted(letter["To"] for letter in server.letters) == MANY
    assert _stand(mail) == (SendState.SENT, 1, [], "")


def _deliver_and_close():
    deliver()
    connection.close()


@pytest.mark.django_db
def test_a_mail_to_many_goes_on_in_the_next_round(post, monkeypatch):
    """So that it holds no other mail up; what is due is sent before the rest of it."""
    monkeypatch.setattr("kernel.outbox.delivery.ROUND", timedelta(seconds=0.5))
    mail, now = make_mail(to=MANY), timezone.now() + AHEAD
    with MailServer("lazy", slowness=0.2) as server:
        post(server.port)
        deliver(now)
        reached = len(server.letters)
        stand = _stand(mail)
        urgent = make_mail(to=["urgent@trust.example"])
        deliver(now + timedelta(seconds=1))
        while mail.left:
            deliver(now + AHEAD)
            mail.refresh_from_db()

    told = [letter["To"] for letter in server.letters]
    assert 0 < reached < 8
    assert stand == (SendState.WAITING, 0, MANY[reached:], "")
    assert told[reached] == urgent.to[0]
    assert sorted(told) == sorted([*MANY, *urgent.to])
    assert mail.attempts == 1


@pytest.mark.django_db
def test_a_slow_round_ends_and_leaves_the_rest_unclaimed(post, monkeypatch):
    monkeypatch.setattr("kernel.outbox.delivery.ROUND", timedelta(seconds=0.2))
    first, second = make_mail(), make_mail()
    with MailServer("slow", slowness=0.3) as server:
        post(server.port)
        deliver()
        between = _stand(first)[:2], _stand(second)[:2]
        server.mood = "kind"
        deliver()

    assert between == ((SendState.SENT, 1), (SendState.WAITING, 0))
    assert _stand(second)[:2] == (SendState.SENT, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "state"), [(550, SendState.FAILED), (450, SendState.WAITING)], ids=["for good", "for now"]
)
def test_a_refused_address_does_not_keep_the_others_from_their_copy(post, code, state):
    mail = make_mail(to=["a@trust.example", REFUSED, "b@trust.example"])
    other = make_mail()
    with MailServer("choosy", code=code) as server:
        post(server.port)
        deliver()

    assert [letter["To"] for letter in server.letters] == [
        "a@trust.example",
        "b@trust.example",
        "ada@trust.example",
    ]
    assert _stand(mail) == (state, 1, [REFUSED], f"SMTPRecipientsRefused {code}")
    assert _stand(other)[0] == SendState.SENT


@pytest.mark.django_db
def test_a_server_that_accepts_and_drops_gets_the_same_message_id_again(post):
    mail = make_mail()
    now = timezone.now() + AHEAD
    with MailServer("forgetful") as server:
        post(server.port)
        deliver(now)
        between = _stand(mail)
        server.mood = "kind"
        deliver(now + timedelta(minutes=1))

    assert between == (SendState.WAITING, 1, ["ada@trust.example"], "SMTPServerDisconnected")
    assert [letter["Message-ID"] for letter in server.letters] == [mail.message_id] * 2
    assert _stand(mail) == (SendState.SENT, 2, [], "")
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db
def test_after_the_last_attempt_a_mail_is_given_up_and_listed_without_its_words(post):
    mail = make_mail()
    now = timezone.now()
    post(_unused_port())
    for turn in range(ATTEMPTS + 1):
        deliver(now + timedelta(days=turn))

    assert _stand(mail) == (
        SendState.FAILED,
        ATTEMPTS,
        ["ada@trust.example"],
        "ConnectionRefusedError",
    )
    assert [row.unreached for row in OutboxMail.objects.failed()] == ["ada@trust.example"]


@pytest.mark.django_db
def test_secret_words_stay_while_the_mail_waits_and_go_once_it_is_sent(post):
    mail = make_mail(secret=True, html="<p>Press here</p>")
    post(_unused_port())
    now = timezone.now() + AHEAD
    deliver(now)
    mail.refresh_from_db()
    waiting = mail.subject, mail.text, mail.html
    with MailServer() as server:
        post(server.port)
        deliver(now + timedelta(minutes=1))

    mail.refresh_from_db()
    assert waiting == ("Review due", "Your policy is due.", "<p>Press here</p>")
    assert server.letters[0].get_body(("plain",)).get_content().strip() == "Your policy is due."
    assert (mail.subject, mail.text, mail.html, mail.recipients) == ("", "", "", "ada@trust.example")


@pytest.mark.django_db
def test_secret_words_go_when_the_mail_is_given_up(post):
    mail = make_mail(secret=True, to=[REFUSED])
    with MailServer("choosy") as server:
        post(server.port)
        deliver()

    assert _stand(mail)[0] == SendState.FAILED
    assert (mail.subject, mail.text, mail.html) == ("", "", "")


@pytest.mark.django_db
def test_words_of_a_mail_without_secret_stay():
    mail = make_mail()

    deliver()

    mail.refresh_from_db()
    assert (mail.state, mail.text) == (SendState.SENT, "Your policy is due.")


@pytest.mark.django_db
def test_the_log_names_no_address_and_no_text(post, caplog):
    make_mail(to=[REFUSED])
    with MailServer("choosy") as server:
        post(server.port)
        deliver()

    assert caplog.messages
    assert not [line for line in caplog.messages if REFUSED in line or "policy" in line]


@pytest.mark.django_db
def test_an_address_that_is_none_ends_on_the_failed_list_alone(post):
    bad, good = make_mail(to=["not an address @@"]), make_mail()
    with MailServer() as server:
        post(server.port)
        deliver()

    assert _stand(bad)[0] == SendState.WAITING
    assert _stand(good)[0] == SendState.SENT


@pytest.mark.django_db
def test_sending_costs_the_same_for_each_mail(django_assert_num_queries):
    make_mail()
    with django_assert_num_queries(15):
        deliver()
    for _turn in range(3):
        make_mail()
    with django_assert_num_queries(15 + 2 * 6):
        deliver()

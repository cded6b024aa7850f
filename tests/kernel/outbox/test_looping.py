import os
import signal
import threading
import time

import pytest
from django.core.management import call_command
from django.db import OperationalError

from kernel.outbox.enums import SendState
from kernel.outbox.looping import Loop
from tests.factories.outbox import make_mail
from tests.processes import start_python


@pytest.fixture(autouse=True)
def own_signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.django_db
def test_sigterm_ends_the_loop_after_the_round():
    rounds = []
    loop = Loop(pause=30)

    def step():
        rounds.append("first")
        os.kill(os.getpid(), signal.SIGTERM)
        rounds.append("still first")

    loop.run(step, lambda: rounds.append("second"))

    assert rounds == ["first", "still first", "second"]


@pytest.mark.django_db
def test_a_database_that_is_away_is_waited_for(caplog):
    loop = Loop(pause=0)
    rounds = []

    def step():
        rounds.append(len(rounds))
        if len(rounds) == 3:
            loop.stop()
        raise OperationalError("password of ada is wrong")

    loop.run(step)

    assert rounds == [0, 1, 2]
    assert caplog.messages == ["database or disk do not answer: OperationalError"] * 3


@pytest.mark.django_db
def test_a_mistake_in_the_programme_ends_the_loop():
    def stumble():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Loop(pause=0).run(stumble)


@pytest.mark.django_db
def test_stopping_does_not_wait_for_the_pause():
    loop = Loop(pause=60)
    threading.Timer(0.2, loop.stop).start()
    started = time.monotonic()

    loop.run(lambda: None)

    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_the_command_sends_once_and_says_so(capsys, mailoutbox):
    mail = make_mail()

    call_command("deliver_outbox")

    mail.refresh_from_db()
    assert mail.state == SendState.SENT
    assert len(mailoutbox) == 1
    assert capsys.readouterr().out == "Sent 1, heard 0, in trouble 0.\n"


def _wait_until_sent(mail):
    for _turn in range(200):
        mail.refresh_from_db()
        if mail.state == SendState.SENT:
            return
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ["deliver_outbox --loop", "run_worker"])
def test_a_worker_sends_until_it_is_told_to_stop(command, tmp_path):
    mail = make_mail()
    words = command.split() + ["--pause", "0.2"]
    script = (
        "from django.conf import settings; settings.AUDIT_HEAD_FILE = os.environ['HEAD']\n"
        f"from django.core.management import execute_from_command_line as run; run(['manage.py', *{words}])"
    )
    process = start_python(script, HEAD=str(tmp_path / "head.txt"))

    _wait_until_sent(mail)
    process.terminate()
    _out, err = process.communicate(timeout=20)

    assert (mail.state, process.returncode, err) == (SendState.SENT, 0, "")

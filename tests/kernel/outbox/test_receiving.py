from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.lifecycle.models import ClosedDay
from kernel.outbox import deliver, receives
from kernel.outbox.delivery import ATTEMPTS, LEASE
from kernel.outbox.enums import SendState
from kernel.outbox.models import EventReceipt, OutboxEvent
from kernel.outbox.receiving import RECEIVERS, receiver_names
from tests.factories.outbox import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    """Two receivers of one kind: one keeps what it hears, one stumbles while ``stumbles`` is set."""

    class Board:
        heard, stumbles = [], True

    @receives("suite.issued")
    def listen(event_id, payload):
        Board.heard.append((event_id, payload))

    @receives("suite.issued")
    def stumble(event_id, payload):
        ClosedDay.objects.get_or_create(day="2027-03-12", reason="half done")
        if Board.stumbles:
            raise RuntimeError(f"about {payload}")

    Board.heard = []
    yield Board
    del RECEIVERS["suite.issued"]


def _receipts():
    return {
        row.receiver.rpartition(".")[2]: (row.state, row.attempts, row.last_error)
        for row in EventReceipt.objects.all()
    }


def test_one_receiver_that_fails_does_not_hold_up_the_other(board):
    event = make_event(kind="suite.issued")

    done = deliver()

    assert board.heard == [(event.pk, {"version": 7})]
    assert _receipts() == {
        "listen": (SendState.SENT, 1, ""),
        "stumble": (SendState.WAITING, 1, "RuntimeError"),
    }
    assert (done.heard, done.troubled) == (1, 1)


def test_what_a_failing_receiver_did_is_rolled_back(board):
    make_event(kind="suite.issued")

    deliver()

    assert ClosedDay.objects.count() == 0


def test_only_the_failing_receiver_hears_again_after_the_pause(board):
    make_event(kind="suite.issued")
    now = timezone.now() + timedelta(hours=1)  # beyond the clock: the pause counts from here
    deliver(now)

    deliver(now + timedelta(seconds=59))
    before = _receipts()["stumble"]
    board.stumbles = False
    deliver(now + timedelta(seconds=60))

    assert before == (SendState.WAITING, 1, "RuntimeError")
    assert _receipts()["stumble"] == (SendState.SENT, 2, "")
    assert len(board.heard) == 1
    assert ClosedDay.objects.count() == 1


def test_a_receiver_that_never_manages_is_given_up_and_listed(board):
    make_event(kind="suite.issued")
    now = timezone.now()
    for turn in range(ATTEMPTS + 1):
        deliver(now + timedelta(days=turn))

    failed = EventReceipt.objects.failed().get()
    assert (failed.attempts, failed.last_error) == (ATTEMPTS, "RuntimeError")
    assert failed.receiver in receiver_names("suite.issued")


def test_a_later_event_is_heard_although_an_earlier_one_fails(board):
    make_event(kind="suite.issued", payload={"version": 1})
    make_event(kind="suite.issued", payload={"version": 2})

    deliver()

    assert [payload for _id, payload in board.heard] == [{"version": 1}, {"version": 2}]


def test_an_event_that_nobody_hears_is_put_aside():
    event = make_event(kind="suite.nobody")
    now = timezone.now()

    deliver(now)

    event.refresh_from_db()
    assert event.fanned_at == now
    assert EventReceipt.objects.count() == 0


def test_a_receiver_that_was_taken_away_is_told_by_its_receipt():
    event = OutboxEvent.objects.create(kind="suite.gone", fanned_at=timezone.now())
    EventReceipt.objects.create(event=event, receiver="app.receivers.gone")

    deliver()

    assert _receipts() == {"gone": (SendState.WAITING, 1, "LookupError")}


def test_a_receipt_claimed_by_a_process_that_died_is_due_again_after_the_lease(board):
    board.stumbles = False
    make_event(kind="suite.issued")
    now = timezone.now()
    deliver(now)
    EventReceipt.objects.update(state=SendState.WAITING, done_at=None, next_at=now + LEASE)

    assert deliver(now + LEASE - timedelta(seconds=1)).heard == 0
    assert deliver(now + LEASE).heard == 2


def test_the_log_tells_the_place_of_an_error_and_not_its_words(board, caplog):
    make_event(kind="suite.issued", payload={"name": "Ada Byron"})

    deliver()

    assert "RuntimeError" in caplog.text
    assert "in stumble" in caplog.text
    assert "Ada" not in caplog.text


def test_registering_the_same_receiver_twice_counts_once():
    def listen(event_id, payload):
        return None

    receives("suite.twice")(listen)
    receives("suite.twice")(listen)

    assert len(receiver_names("suite.twice")) == 1
    del RECEIVERS["suite.twice"]

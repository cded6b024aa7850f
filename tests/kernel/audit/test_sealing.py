import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kernel.audit import seal
from kernel.audit.models import AuditEntry, AuditSeal
from kernel.audit.sealing import HOLD, read_heads, unsealed_since
from kernel.audit.verifying import verify
from tests.factories.audit import make_entry, seal_all


def _sealed():
    return list(AuditSeal.objects.values_list("entry_id", flat=True))


@pytest.mark.django_db
def test_entries_are_sealed_in_the_order_of_ids_each_on_the_one_before():
    first, second = make_entry(), make_entry()

    assert seal_all() == 2

    one, two = AuditSeal.objects.all()
    assert (one.position, one.entry_id, one.previous) == (1, first.pk, "")
    assert (two.position, two.entry_id, two.previous) == (2, second.pk, one.hash)


@pytest.mark.django_db
def test_sealing_again_adds_nothing_until_there_is_a_new_entry():
    make_entry()

    assert [seal_all(), seal_all()] == [1, 0]
    make_entry()
    assert seal_all() == 1
    assert verify() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("beyond", "sealed"),
    [(timedelta(microseconds=-1), 0), (timedelta(0), 0), (timedelta(microseconds=1), 1)],
)
def test_an_entry_is_sealed_once_it_is_old_enough(beyond, sealed):
    entry = make_entry()

    assert seal(entry.at + HOLD + beyond) == sealed


@pytest.mark.django_db
def test_an_older_entry_behind_a_younger_one_waits_for_its_turn():
    young = make_entry()
    AuditEntry.objects.create(action="suite.late", at=young.at - timedelta(minutes=1))

    assert seal(young.at) == 0
    assert seal_all() == 2


@pytest.mark.django_db
def test_more_than_one_batch_is_sealed(monkeypatch):
    monkeypatch.setattr("kernel.audit.sealing.BATCH", 2)
    for _turn in range(5):
        make_entry()

    assert seal_all() == 5
    assert verify() == []


@pytest.mark.django_db
def test_the_head_is_written_outside_after_each_sealing():
    make_entry()
    seal_all()
    make_entry()
    seal_all()

    assert read_heads() == list(AuditSeal.objects.values_list("position", "hash"))


@pytest.mark.django_db
def test_the_head_is_not_written_when_the_sealing_is_rolled_back():
    make_entry()
    with transaction.atomic():
        seal(timezone.now() + timedelta(minutes=1))
        transaction.set_rollback(True)

    assert read_heads() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "late"), [(59, False), (60, False), (61, True)])
def test_entries_that_wait_for_over_an_hour_are_reported(minutes, late):
    entry = make_entry()

    assert unsealed_since(entry.at + timedelta(minutes=minutes)) == (entry.at if late else None)


@pytest.mark.django_db
def test_sealed_entries_are_not_reported():
    entry = make_entry()
    seal_all()

    assert unsealed_since(entry.at + timedelta(hours=2)) is None


class OpenAct:
    """An act in another connection: written, and committed or rolled back when told."""

    def __init__(self, commit=True):
        self.written, self.go, self.commit = threading.Event(), threading.Event(), commit
        self.thread = threading.Thread(target=self._run)

    def __enter__(self):
        self.thread.start()
        assert self.written.wait(10)
        return self

    def __exit__(self, *_error):
        self.end()

    def end(self):
        self.go.set()
        self.thread.join(10)

    def _run(self):
        try:
            with transaction.atomic():
                make_entry(actor=None)
                self.written.set()
                self.go.wait(10)
                transaction.set_rollback(not self.commit)
        finally:
            connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_lower_id_that_may_still_commit_is_waited_for():
    later = timezone.now() + timedelta(minutes=1)
    with OpenAct() as act:
        entry = make_entry(actor=None)
        waiting = seal(later)
        act.end()

    assert waiting == 0
    assert seal(later) == 2
    assert len(_sealed()) == 2
    assert _sealed()[1] == entry.pk
    assert verify() == []


@contextmanager
def plain_role():
    """This connection acts as a role that may use the tables and nothing more, as a worker's may."""
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS suite_worker")
        cursor.execute("CREATE ROLE suite_worker NOSUPERUSER NOLOGIN")
        cursor.execute("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO suite_worker")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO suite_worker")
        cursor.execute("SET ROLE suite_worker")
        try:
            yield cursor
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY suite_worker")
            cursor.execute("DROP ROLE suite_worker")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_act_of_another_role_is_waited_for_without_a_special_right():
    later = timezone.now() + timedelta(minutes=1)
    with plain_role() as cursor:
        with OpenAct() as act:
            entry = make_entry(actor=None)
            waiting = seal(later)
            cursor.execute("SELECT min(xact_start) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            told_by_activity = cursor.fetchone()[0]
            act.end()
        sealed = seal(later)

    assert (waiting, sealed) == (0, 2)
    assert _sealed()[1] == entry.pk
    assert told_by_activity is None, "control: the list of activity does not tell such a role"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_act_that_ends_meanwhile_is_sealed_in_the_same_round():
    later = timezone.now() + timedelta(minutes=1)
    with OpenAct() as act:
        make_entry(actor=None)
        soon = threading.Timer(0.3, act.go.set)
        soon.start()
        assert seal(later) == 2

    assert verify() == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_gap_of_an_act_that_was_rolled_back_is_passed():
    later = timezone.now() + timedelta(minutes=1)
    with OpenAct(commit=False) as act:
        entry = make_entry(actor=None)
        act.end()

    assert seal(later) == 1
    assert _sealed() == [entry.pk]
    assert verify() == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_acts_do_not_wait_for_each_other_or_for_the_sealing():
    with OpenAct():
        with transaction.atomic():
            make_entry(actor=None)
            seal(timezone.now())

    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_sealers_at_once_make_one_chain():
    for _turn in range(20):
        make_entry(actor=None)
    later = timezone.now() + timedelta(minutes=1)

    def work():
        try:
            seal(later)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    seal(later)

    assert len(_sealed()) == 20
    assert verify() == []

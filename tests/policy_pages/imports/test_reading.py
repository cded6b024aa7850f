from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.lifecycle.rounds import ROUNDS
from policy_pages.importing.source import Progress
from policy_pages.imports import reading
from policy_pages.models import ImportPicture, PolicyImport
from tests.factories import imports as make
from tests.factories import policies

pytestmark = pytest.mark.django_db
PICTURED = make.pictured("navy")


def late(row, *, minutes=4):
    """As if nobody gave a sign of life for so long."""
    PolicyImport.objects.filter(pk=row.pk).update(next_at=timezone.now() - timedelta(minutes=minutes))
    row.refresh_from_db()
    return row


def test_a_file_that_was_read_waits_to_be_checked():
    row = make.read(make.bring())

    assert (row.state, row.receipt["title"], row.receipt["refused"]) == ("ready", "Lone working policy", None)
    assert [block["type"] for block in row.blocks] == ["section", "clause", "section", "clause", "clause"]
    assert (row.claim, row.next_at, row.lost, row.attempts) == ("", None, 0, 1)


def test_read_twice_changes_nothing():
    row = make.read(make.bring())
    before = PolicyImport.objects.values().get()

    reading.read(row.pk)
    reading.read(row.pk + 1000)

    assert PolicyImport.objects.values().get() == before


def test_a_refused_file_leaves_its_reason_and_nothing_else(stored):
    author = make.make_author()
    with_words = make.bring(actor=author, name="policy.pdf")

    row = make.read(with_words)

    assert row.state == "refused"
    assert "save as .docx" in row.receipt["refused"]
    assert (row.receipt["text"], row.blocks, row.match, bool(row.file)) == ("", [], {}, False)
    assert policies.PolicyPage.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_a_refused_file_are_gone(stored):
    make.read(make.bring(name="policy.pdf"))

    assert stored() == []


def test_a_document_with_a_title_too_long_is_refused():
    long = make.read(make.bring(f"<html><h1>{'x' * 256}</h1><p>1.1 Why</p></html>".encode()))

    assert long.receipt["refused"].startswith("The title has 256 signs; the most is 255.")


def test_pictures_are_kept_until_somebody_decides(stored):
    row = make.read(make.bring(PICTURED))

    (picture,) = row.pictures.all()
    assert (picture.name, row.blocks[-1]["value"]["image"]) == ("picture-1.png", picture.sha256)
    assert f"imports/pictures/{picture.sha256[:2]}/{picture.sha256}" in stored()


def test_a_fault_of_ours_is_told_and_the_row_is_closed(caplog):
    row = make.bring(name="broken.txt")
    row.file.storage.delete(row.file.name)

    row = make.read(row)

    assert row.state == "refused"
    assert row.receipt["refused"].startswith("We could not read this file: the fault is ours")
    assert f"import {row.pk}: FileNotFoundError" in caplog.text


def test_progress_is_written_while_it_is_made_and_is_a_sign_of_life():
    row = late(make.bring())
    claimed = reading._claim(row.pk)
    teller: Progress = reading._Teller(claimed)

    teller(90, 120, "Tables.")

    row.refresh_from_db()
    assert (row.state, row.done, row.of, row.doing) == ("reading", 90, 120, "Tables.")
    assert row.next_at > timezone.now() + timedelta(minutes=2)


def test_a_reader_whose_row_was_discarded_lets_go():
    author = make.make_author()
    row = make.bring(actor=author)
    claimed = reading._claim(row.pk)
    make.accepting.discard(row, actor=author, today=policies.TODAY)

    with pytest.raises(reading.Overtaken):
        reading._Teller(claimed)(1, 2, "Tables.")
    reading._settle(claimed, reading.Look({"refused": None}), [])

    row.refresh_from_db()
    assert (row.state, row.receipt) == ("discarded", {})


# --- the sweep -----------------------------------------------------------------------------------------


def test_the_worker_sweeps():
    assert ROUNDS["policies.sweep_imports"] is reading.sweep


def test_what_a_dead_worker_left_is_read_by_another():
    row = make.bring()
    dead = reading._claim(row.pk)
    assert reading.sweep() == []
    late(row)

    assert reading.sweep() == [row.pk]

    assert (make.queued(), reading.sweep()) == ([row.pk, row.pk], [])
    assert make.read(row).state == "ready"
    reading._settle(dead, reading.Look({"refused": None}), [])
    row.refresh_from_db()
    assert row.receipt["title"] == "Lone working policy"


def test_a_task_that_still_waits_in_the_queue_is_not_doubled():
    row = late(make.bring())

    assert (reading.sweep(), make.queued()) == ([], [row.pk])


def test_a_task_that_is_lost_is_made_again():
    row = late(make.bring())
    make.DBTaskResult.objects.all().delete()

    assert (reading.sweep(), make.queued()) == ([row.pk], [row.pk])


def test_a_file_that_kills_three_workers_is_refused():
    row = make.bring()
    for _turn in range(3):
        assert reading._claim(row.pk)
        late(row)
        reading.sweep()

    row = make.read(row)

    assert (row.state, row.attempts) == ("refused", 3)
    assert "three times" in row.receipt["refused"]


def test_what_is_decided_is_never_swept():
    author = make.make_author()
    make.make_imported(actor=author)

    assert (reading.sweep(), ImportPicture.objects.count()) == ([], 0)

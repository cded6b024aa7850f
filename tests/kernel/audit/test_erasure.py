import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kernel.audit import erase_words
from kernel.audit.models import AuditEntry, AuditWords
from kernel.audit.verifying import verify
from tests.factories.audit import make_actor, make_entry, seal_all

pytestmark = pytest.mark.django_db


def test_erasure_takes_names_words_and_salt_and_the_chain_still_verifies():
    entry = make_entry(target=make_actor())
    seal_all()

    done = erase_words(entry, actor=make_actor("dpo"), reason="asked by letter")

    left = AuditEntry.objects.get(pk=entry.pk)
    assert (left.actor_name, left.target_title, left.words) == ("", "", {})
    assert left.actor_id == entry.actor_id
    assert not AuditWords.objects.filter(pk=entry.pk).exists()
    assert (done.target_id, done.words) == (str(entry.pk), {"reason": "asked by letter"})
    seal_all()
    assert verify() == []


def test_erasure_before_the_seal_verifies_too():
    entry = make_entry()
    erase_words(entry, actor=None, reason="asked by letter")

    assert seal_all() == 2
    assert verify() == []


def test_the_act_of_erasure_can_be_erased_as_well():
    done = erase_words(make_entry(), actor=make_actor(), reason="asked by Ada Byron")

    erase_words(done, actor=None, reason="the reason named her")

    seal_all()
    assert verify() == []


def test_erasure_needs_a_reason_and_the_refusal_is_kept():
    entry = make_entry()

    with pytest.raises(ValidationError, match="Say why"):
        erase_words(entry, actor=None, reason=" ")

    assert AuditWords.objects.filter(pk=entry.pk).exists()
    assert AuditEntry.objects.filter(refused=True, target_id=str(entry.pk)).count() == 1


def test_a_refused_erasure_opens_no_door():
    entry = make_entry()
    with pytest.raises(ValidationError):
        erase_words(entry, actor=None, reason="")

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditWords.objects.filter(pk=entry.pk).delete()


def test_an_erasure_opens_the_door_for_that_entry_only():
    entry, other = make_entry(), make_entry()
    erase_words(entry, actor=None, reason="asked by letter")

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditWords.objects.filter(pk=other.pk).delete()


def test_erasing_twice_is_refused():
    entry = make_entry()
    erase_words(entry, actor=None, reason="asked by letter")

    with pytest.raises(ValidationError, match="erased before"):
        erase_words(entry, actor=None, reason="once more")

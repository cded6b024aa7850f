from datetime import timedelta

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.utils import timezone

from kernel.audit import seal
from kernel.audit.trail import record

ACTION = "audit.erase_words"  # the one action that this package registers itself


def make_actor(username="ada"):
    users = get_user_model().objects
    found = users.filter(username=username).first()
    return found or users.create_user(
        username, f"{username}@trust.example", first_name="Ada", last_name="Byron"
    )


def make_entry(**overrides):
    """An entry with words, written through the one door."""
    fields = {"facts": {"version": "2.1"}, "words": {"note": "spoken with Ada"}} | overrides
    if "actor" not in fields:
        fields["actor"] = make_actor()
    return record(ACTION, **fields)


def seal_all() -> int:
    """Seal as if a minute had passed."""
    with TestCase.captureOnCommitCallbacks(execute=True):  # the head file is written after commit
        return seal(timezone.now() + timedelta(minutes=1))

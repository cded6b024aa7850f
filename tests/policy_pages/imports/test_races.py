"""Two processes bring, read or accept the same file at once, or one dies: one import, one draft, never half of one."""

import pytest

from policy_pages.imports import reading
from policy_pages.models import PolicyImport, PolicyPage
from tests.factories import imports as make
from tests.factories.policies import make_library
from tests.processes import at_once, run_python

pytestmark = pytest.mark.django_db(transaction=True)
RACE = """
from datetime import date
from io import BytesIO
from django.test import override_settings
from kernel.accounts.models import User
from policy_pages.imports import accepting, bringing, reading
from policy_pages.models import PolicyImport, PolicyIndexPage
override_settings(MEDIA_ROOT=os.environ["MEDIA"]).enable()
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
library = PolicyIndexPage.objects.get()
row = PolicyImport.objects.first()
words = {"actor": actor, "today": date(2026, 11, 23)}
acts = {
    "bring": lambda: bringing.bring(BytesIO(os.environ["TEXT"].encode()), "a.txt", library=library, **words).pk,
    "read": lambda: reading.read(row.pk),
    "accept": lambda: accepting.accept(row, **words).policy_id,
}
together()
print(acts[os.environ["ACT"]]())
"""
DIES = """
from django.test import override_settings
from policy_pages.importing import opening
from policy_pages.imports import reading
from policy_pages.models import PolicyImport
override_settings(MEDIA_ROOT=os.environ["MEDIA"]).enable()
opened = opening.read
def read_and_die(file, name, progress):
    opened(file, name, progress)
    die()
opening.read = read_and_die
reading.read(PolicyImport.objects.get().pk)
"""


def race(act, actor, media, count=2):
    """Let ``count`` processes act at the same moment; gives what each was told."""
    words = {"ACT": act, "ACTOR": actor.pk, "MEDIA": media, "TEXT": make.TEXT}
    return at_once(RACE, *[words] * count)


def test_two_processes_bring_the_same_file_at_once(media, stored):
    author = make.make_author()
    make_library()

    answers = race("bring", author, media)

    row = PolicyImport.objects.get()
    assert answers == [str(row.pk)] * 2
    assert (len(stored()), make.queued()) == (1, [row.pk])


def test_two_workers_read_the_same_file_at_once(media):
    author = make.make_author()
    row = make.bring(actor=author)

    assert race("read", author, media) == ["None", "None"]

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("ready", 1)


def test_two_presses_accept_at_once(media, stored):
    author = make.make_author()
    make.read(make.bring(make.pictured("navy"), actor=author))

    answers = race("accept", author, media)

    page = PolicyPage.objects.get()
    assert answers == [str(page.pk)] * 2
    assert (page.revisions.count(), len(stored())) == (1, 2)


def test_a_worker_killed_half_way_is_followed_by_another(media):
    row = make.bring(actor=make.make_author())

    status, _out, _err = run_python(DIES, MEDIA=str(media))

    row.refresh_from_db()
    assert (status, row.state, reading.sweep()) == (-9, "reading", [])
    PolicyImport.objects.filter(pk=row.pk).update(next_at=row.brought_at)
    assert reading.sweep() == [row.pk]
    assert make.read(row).state == "ready"

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django_tasks.exceptions import InvalidTaskBackendError

from kernel.audit.models import AuditEntry
from policy_pages.imports import bringing
from policy_pages.models import PolicyImport
from tests.factories import imports as make
from tests.factories import policies
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
SHA256 = hashlib.sha256(make.TEXT.encode()).hexdigest()


def test_a_file_is_kept_under_its_digest_and_waits(stored):
    author = make.make_author()

    row = make.bring(actor=author, name="C:\\Texts\\lone\u202eworking.txt")

    row.refresh_from_db()
    assert (row.state, row.name, row.sha256, row.size) == (
        "waiting",
        "loneworking.txt",
        SHA256,
        len(make.TEXT),
    )
    assert (row.brought_by_id, row.brought_by_name) == (author.pk, author.staff_profile.name)
    assert stored() == [f"imports/{SHA256[:2]}/{SHA256}"]
    with row.file.open() as file:
        assert file.read().decode() == make.TEXT
    assert make.queued() == [row.pk]


def test_the_same_file_is_one_import_whoever_brings_it_and_however_often(stored):
    author = make.make_author()
    row = make.bring(actor=author)

    again = [make.bring(actor=author), make.bring(actor=make.make_author(), name="copy.txt")]

    assert [other.pk for other in again] == [row.pk, row.pk]
    assert (len(stored()), make.queued()) == (1, [row.pk])
    assert AuditEntry.objects.filter(action="policies.bring_import").count() == 1


def test_the_same_file_for_another_place_is_another_import():
    author = make.make_author()
    first = make.bring(actor=author)

    other = make.bring(actor=author, policy=policies.make_policy(author=author))

    assert other.pk != first.pk


def test_a_file_discarded_before_may_come_again():
    author = make.make_author()
    first = make.bring(actor=author)
    make.accepting.discard(first, actor=author, today=policies.TODAY)

    assert make.bring(actor=author).pk != first.pk


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "This file is empty"), (b"x" * (50 * 1024 * 1024 + 1), "51 MB; the most")]
)
def test_a_file_without_content_or_too_big_is_refused_in_words(stored, content, words):
    author = make.make_author()

    with pytest.raises(ValidationError, match=words):
        bringing.bring(
            make.BytesIO(content),
            "a.txt",
            actor=author,
            today=policies.TODAY,
            library=policies.make_library(),
        )

    assert (PolicyImport.objects.count(), stored()) == (0, [])


def test_whoever_may_not_write_there_is_refused_and_nothing_is_kept(stored):
    library, policy = policies.make_library(), policies.make_policy()
    reader = make_person(user=True).user

    for place in ({"library": library}, {"policy": policy}):
        with pytest.raises(PermissionDenied, match="Policy authors bring documents"):
            bringing.bring(make.file_of(), "a.txt", actor=reader, today=policies.TODAY, **place)

    assert (PolicyImport.objects.count(), make.queued(), stored()) == (0, [], [])
    assert AuditEntry.objects.filter(action="policies.bring_import", refused=True).count() == 2


def test_an_owner_who_is_no_author_brings_nothing():
    policy = policies.make_policy()

    with pytest.raises(PermissionDenied):
        make.bring(actor=policy.policy_owner.user, policy=policy)


def test_a_policy_that_waits_for_a_decision_takes_no_file(stored):
    author = make.make_author()
    policy = policies.make_policy(author=author)
    policies.submit(policy)

    with pytest.raises(ValidationError, match="Recall it first"):
        make.bring(actor=author, policy=policy)

    assert stored() == []


def test_a_failure_after_the_file_was_stored_takes_the_file_back(stored, settings):
    author = make.make_author()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.Nothing"}}

    with pytest.raises(InvalidTaskBackendError):
        make.bring(actor=author)

    assert (PolicyImport.objects.count(), stored()) == (0, [])


def test_the_database_refuses_a_second_open_import_of_one_file():
    row = make.bring()

    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"library": None},
        {"losses_reason": "Because."},
        {"losses_by_id": 1, "losses_by_name": "Ana"},
        {"state": "accepted", "decided_by_id": 1},
        {"state": "accepted"},
        {"state": "refused"},
        {"state": "discarded", "file": ""},
        {"decided_by_id": 1},
    ],
)
def test_the_database_refuses_a_row_that_says_too_little_or_too_much(wrong):
    row = make.bring()

    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyImport.objects.filter(pk=row.pk).update(**wrong)

"""The database's own refusals, beneath every service; each with the guard taken away as the control."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kernel.lifecycle import four_eyes
from kernel.lifecycle.models import Authorship, Decision, Submission
from tests.append_only import append_only_off
from tests.factories import policies as make
from tests.factories.organisation import make_delegation, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def forge(submission, *, kind="approve", actor, principal=None):
    """What somebody with a shell would write."""
    values = {
        "submission": submission,
        "kind": kind,
        "page_id_copy": submission.page_id,
        "page_title": "Forged",
        "cycle": submission.cycle,
        "text_sha256": submission.text_sha256,
        "actor_id": actor.pk,
        "actor_name": "Forger",
        "principal_id": actor.staff_profile.pk,
        "principal_user_id": (principal or actor).pk,
        "at": submission.submitted_at,
    }
    with transaction.atomic():
        return Decision.objects.create(**values)


@pytest.mark.parametrize("kind", ["approve", "sign", "confirm"])
@pytest.mark.parametrize("as_delegate", [False, True])
def test_database_refuses_a_judgement_by_an_author(kind, as_delegate):
    submission = make.submit(make.make_policy())
    author = make.author_of(submission.page.specific)
    delegate = make_delegation(principal=author.staff_profile).delegate.user
    actor = delegate if as_delegate else author

    with pytest.raises(DatabaseError, match=four_eyes.MESSAGE):
        forge(submission, kind=kind, actor=actor, principal=author)


def test_control_without_the_trigger_the_forged_row_stands():
    submission = make.submit(make.make_policy())
    four_eyes.remove(connection)
    try:
        assert forge(submission, actor=make.author_of(submission.page.specific)).pk
    finally:
        four_eyes.install(connection)


def test_restore_puts_a_lost_trigger_back():
    submission = make.submit(make.make_policy())
    four_eyes.remove(connection)

    four_eyes.restore()

    with pytest.raises(DatabaseError, match=four_eyes.MESSAGE):
        forge(submission, actor=make.author_of(submission.page.specific))


def test_database_refuses_the_submitter_as_approver():
    submission = make.submit(make.make_policy())
    row = forge(submission, actor=make_person(user=True).user)
    row.pk, row.actor_id, row.other_party_id = None, submission.submitted_by_id, submission.submitted_by_id

    with pytest.raises(DatabaseError, match="kernel_lifecycle_four_eyes"):
        row.save(force_insert=True)


@pytest.mark.parametrize("columns", [("actor_id",), ("principal_id",)])
def test_database_refuses_a_second_signature_by_the_same_hand_or_member(columns):
    submission = make.submit(make.make_policy())
    first, second = make_person(user=True).user, make_person(user=True).user
    row = forge(submission, kind="sign", actor=first)
    again = {"actor_id": second.pk, "principal_id": second.staff_profile.pk}
    again |= {name: getattr(row, name) for name in columns}
    row.pk, row.principal_user_id = None, second.pk
    for name, value in again.items():
        setattr(row, name, value)

    with pytest.raises(DatabaseError, match="(?i)unique"):
        row.save(force_insert=True)


def test_evidence_is_neither_changed_nor_removed():
    make.issue(make.make_policy())
    for model in (Decision, Authorship):
        with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
            model.objects.all()._raw_delete("default")
        with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
            model.objects.update(page_id_copy=0)


def test_control_without_the_protection_evidence_goes():
    make.submit(make.make_policy())
    with append_only_off():
        assert Decision.objects.update(actor_name="Nobody") == 1


def test_one_open_submission_a_page():
    row = make.submit(make.make_policy())
    row.pk = None

    with pytest.raises(DatabaseError, match="(?i)unique"):
        row.save(force_insert=True)


def test_issued_submission_needs_its_dates():
    row = make.submit(make.make_policy())

    with pytest.raises(DatabaseError, match="kernel_lifecycle_issued_has_dates"):
        Submission.objects.filter(pk=row.pk).update(
            state="issued", ratified_on=TODAY, issued_on=TODAY, in_force_from=date(2026, 11, 22)
        )

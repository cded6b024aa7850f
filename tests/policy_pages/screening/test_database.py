"""What the database itself refuses, beneath every service; each with its control."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from kernel.lifecycle import four_eyes
from kernel.lifecycle.models import Submission
from policy_pages.models import FullAssessment, Screening, ScreeningAnswer
from policy_pages.screening import guards
from tests.factories import policies as make
from tests.factories import screenings
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def recorded():
    return screenings.record(make.make_policy(), screenings.make_kind(), negative=["Age"])


def forge(recorded, **overrides):
    values = {
        "screening": recorded,
        "page_id_copy": recorded.policy_id,
        "cycle": recorded.cycle,
        "text_sha256": recorded.text_sha256,
        "mitigations": "a",
        "consultation": "b",
        "decision": "go on",
        "reason": "c",
        "decided_by_id": make_person(user=True).user.pk,
        "decided_by_name": "Forger",
        "made_by_id": recorded.made_by_id,
        "decided_at": timezone.now(),
    }
    with transaction.atomic():
        return FullAssessment.objects.create(**{**values, **overrides})


def test_an_author_assesses_nothing_in_full(recorded):
    author = make.author_of(recorded.policy)

    with pytest.raises(DatabaseError, match=guards.BY_AUTHOR):
        forge(recorded, decided_by_id=author.pk)


def test_control_without_the_trigger_the_forged_row_stands(recorded):
    author = make.author_of(recorded.policy)
    four_eyes.remove(connection)
    try:
        assert forge(recorded, decided_by_id=author.pk).pk
    finally:
        four_eyes.install(connection)


def test_restore_puts_a_lost_trigger_back(recorded):
    four_eyes.remove(connection)

    four_eyes.restore()

    with pytest.raises(DatabaseError, match=guards.BY_AUTHOR):
        forge(recorded, decided_by_id=make.author_of(recorded.policy).pk)


def test_who_recorded_it_does_not_assess_it(recorded):
    with pytest.raises(IntegrityError, match="policy_pages_full_by_another"):
        forge(recorded, decided_by_id=recorded.made_by_id)


@pytest.mark.parametrize("name", ["mitigations", "consultation", "reason"])
def test_a_full_assessment_has_its_words(recorded, name):
    with pytest.raises(IntegrityError, match="policy_pages_full_has_words"):
        forge(recorded, **{name: ""})


def test_a_negative_answer_has_words(recorded):
    values = {"screening": recorded, "position": 12, "row_id_copy": 1, "label": "x", "comment": ""}
    for answer, adverse in (("negative", True), ("negative", False), ("yes", True)):
        with pytest.raises(IntegrityError, match="negative_needs_words"), transaction.atomic():
            ScreeningAnswer.objects.create(**values, answer=answer, adverse=adverse)
    assert ScreeningAnswer.objects.create(**{**values, "comment": "Why."}, answer="negative", adverse=True).pk


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"adverse_count": 1, "needs_full": False}, "adverse_opens_full"),
        ({"needs_full": True, "lead_role": ""}, "full_has_a_lead"),
        ({"reviewer_role": ""}, "screening_says_who_and_what"),
        ({"number": 1}, "one_screening_a_number|UNIQUE"),
    ],
)
def test_a_forged_screening_is_refused(recorded, changes, constraint):
    forged = Screening.objects.get(pk=recorded.pk)
    forged.pk, forged._state.adding, forged.number = None, True, 2
    for name, value in changes.items():
        setattr(forged, name, value)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        forged.save(force_insert=True)


@pytest.mark.parametrize("model", [Screening, ScreeningAnswer, FullAssessment])
def test_finished_records_are_not_changed_or_deleted(recorded, model):
    forge(recorded)
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id + 1000", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_draft_that_was_never_submitted_can_be_deleted_and_its_record_stays(recorded):
    recorded.policy.delete()

    kept = Screening.objects.get()
    assert (kept.pk, kept.policy_title) == (recorded.pk, recorded.policy_title)


@pytest.mark.parametrize("decision", [None, "change", "stop"])
def test_no_text_moves_on_past_a_full_assessment(recorded, decision):
    submission = forged_submission(recorded, decision)

    for state in ("approved", "recorded"):
        with pytest.raises(DatabaseError, match=guards.FULL_OPEN), transaction.atomic():
            Submission.objects.filter(pk=submission.pk).update(state=state)


def test_control_past_one_that_goes_on_it_moves(recorded):
    submission = forged_submission(recorded, "go on")

    assert Submission.objects.filter(pk=submission.pk).update(state="approved") == 1


def forged_submission(recorded, decision):
    """A text in review whose screening the lead decided in this way, or not yet."""
    if decision:
        forge(recorded, decision=decision)
    four_eyes.remove(connection)
    draft = recorded.policy.get_latest_revision_as_object()
    submission = Submission.objects.create(
        page=draft.page_ptr,
        revision=draft.latest_revision,
        text_sha256=recorded.text_sha256,
        cycle=0,
        significance="major",
        change_note="First.",
        approving_body=draft.approving_body,
        ratifying_body=draft.ratifying_body,
        submitted_at=timezone.now(),
        submitted_on=TODAY,
    )
    four_eyes.install(connection)
    return submission

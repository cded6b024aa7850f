"""The database's own refusals, beneath every service; each with the guard taken away as the control."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kernel.lifecycle import abstaining, four_eyes, proposals, submissions
from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.models import Authorship, Condition, Decision, Submission
from tests.append_only import append_only_off
from tests.factories import matters
from tests.factories import policies as make
from tests.factories.organisation import make_delegation, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def forge(matter, *, kind="approve", actor, principal=None, **more):
    """What somebody with a shell would write."""
    values = {
        **matter.evidence(),
        "kind": kind,
        "page_id_copy": matter.page_id,
        "statement": "Forged.",
        "actor_id": actor.pk,
        "actor_name": "Forger",
        "principal_id": actor.staff_profile.pk,
        "principal_user_id": (principal or actor).pk,
        "at": timezone.now(),
        **more,
    }
    with transaction.atomic():
        return Decision.objects.create(**values)


@pytest.mark.parametrize("kind", ["approve", "approve if", "sign", "confirm", "reject", "chair", "decline"])
@pytest.mark.parametrize("as_delegate", [False, True])
def test_database_refuses_a_judgement_by_an_author(kind, as_delegate):
    submission = make.submit(make.make_policy())
    author = make.author_of(submission.page.specific)
    delegate = make_delegation(principal=author.staff_profile).delegate.user
    actor = delegate if as_delegate else author

    with pytest.raises(DatabaseError, match=four_eyes.MESSAGE):
        forge(submission, kind=kind, actor=actor, principal=author)


def by_the_author():
    submission = make.submit(make.make_policy())
    return submission, make.author_of(submission.page.specific), "approve"


def by_the_proposer():
    proposal = matters.propose(matters.issued())
    return proposal, proposal.proposed_by, "sign"


def by_the_chair_who_acted():
    action = matters.act_alone(make.approve(make.submit(matters.make_chaired_policy())))
    return action, action.acted_by, "sign"


def by_one_who_takes_no_part():
    submission = make.approve(make.submit(make.make_policy()))
    user = make.members_of(submission.ratifying_body)[0]
    abstaining.take_no_part(submission, actor=user, today=TODAY, reason="My ward.")
    return submission, user, "sign"


def past_a_condition():
    submission = make.submit(make.make_policy())
    approver = make.members_of(submission.approving_body)[0]
    asked = Asked(words="Name the helpline.", owner=make_person(user=True), due=TODAY)
    submission = submissions.approve(submission, actor=approver, today=TODAY, conditions=[asked])
    return submission, make.members_of(submission.ratifying_body)[0], "sign"


FORGED = {
    by_the_author: four_eyes.MESSAGE,
    by_the_proposer: four_eyes.BY_PROPOSER,
    by_the_chair_who_acted: four_eyes.BY_CHAIR,
    by_one_who_takes_no_part: four_eyes.BY_ABSENT,
    past_a_condition: four_eyes.CONDITION_OPEN,
}


@pytest.mark.parametrize("case", FORGED, ids=lambda case: case.__name__)
def test_database_refuses_a_forged_judgement(case, monkeypatch):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)
    matter, user, kind = case()

    with pytest.raises(DatabaseError, match=FORGED[case]):
        forge(matter, actor=user, kind=kind)


@pytest.mark.parametrize("case", FORGED, ids=lambda case: case.__name__)
def test_control_without_the_triggers_the_forged_row_stands(case, monkeypatch):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)
    matter, user, kind = case()
    four_eyes.remove(connection)
    try:
        assert forge(matter, actor=user, kind=kind).pk
    finally:
        four_eyes.install(connection)


@pytest.mark.parametrize("state", ["approved", "recorded", "issued"])
def test_database_refuses_to_let_a_text_past_an_open_condition(state):
    submission = past_a_condition()[0]
    dates = {"ratified_on": TODAY, "issued_on": TODAY, "in_force_from": TODAY}
    rows = Submission.objects.filter(pk=submission.pk)

    with pytest.raises(DatabaseError, match=four_eyes.CONDITION_OPEN), transaction.atomic():
        rows.update(state=state, **dates)
    condition = submission.conditions.get()
    forge(submission, kind="close", actor=make_person(user=True).user, condition=condition)

    assert rows.update(state=state, **dates) == 1


def test_database_refuses_a_decision_about_nothing_or_about_two_things(monkeypatch):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)
    proposal = matters.propose(matters.issued())
    user = make_person(user=True).user

    for more in ({"proposal": None}, {"submission": Submission.objects.first()}):
        with pytest.raises(DatabaseError, match="kernel_lifecycle_one_matter"):
            forge(proposal, kind="refuse", actor=user, **more)


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


def test_conditions_are_neither_changed_nor_removed():
    past_a_condition()
    with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
        Condition.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
        Condition.objects.update(words="Nothing.")


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

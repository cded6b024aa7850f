from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxMail
from policy_pages.models import FullAssessment
from policy_pages.screening import services
from policy_pages.screening.enums import GateState
from tests.factories import policies as make
from tests.factories import screenings
from tests.factories.organisation import make_person, make_role_holder
from tests.policy_pages.screening.gate import gate_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
AMENDED = (*make.BODY, make.clause("Managers must ask twice."))


@pytest.fixture
def kind():
    kind = screenings.make_kind()
    screenings.require(kind)
    return kind


@pytest.fixture
def policy():
    return make.make_policy(title="Lone working policy")


@pytest.mark.parametrize(
    ("decision", "state"),
    [("go on", GateState.DONE), ("change", GateState.CHANGE), ("stop", GateState.STOPPED)],
)
def test_only_going_on_opens_the_gate(kind, policy, decision, state):
    screenings.record(policy, kind, negative=["Age"])

    full = screenings.conclude(policy, kind, decision)

    assert gate_of(policy).state == state
    assert (full.decision, full.cycle, full.page_id_copy) == (decision, 0, policy.pk)
    (mail,) = OutboxMail.objects.filter(kind="policies.full_decided")
    assert mail.to == [policy.policy_owner.user.email]


@pytest.mark.parametrize("decision", [None, "change", "stop"])
def test_what_follows_on_an_unsettled_one_goes_to_the_lead_again(kind, policy, decision):
    screenings.record(policy, kind, negative=["Age"])
    if decision:
        screenings.conclude(policy, kind, decision)

    made = screenings.record(policy, kind)

    assert (made.adverse_count, made.needs_full) == (0, True)
    assert gate_of(policy).words == "Equality impact: waits for the equality lead, who looks at it again."


def test_an_unsettled_one_keeps_its_lead_when_its_kind_loses_it(kind, policy):
    screenings.record(policy, kind, negative=["Age"])
    screenings.conclude(policy, kind, "stop")
    kind.lead_role = ""
    kind.save()

    assert screenings.record(policy, kind).lead_role == "equality-lead"


def test_after_going_on_a_clean_record_needs_no_lead(kind, policy):
    screenings.record(policy, kind, negative=["Age"])
    screenings.conclude(policy, kind)

    assert screenings.record(policy, kind).needs_full is False


@pytest.mark.parametrize("who", ["owner", "author", "reader", "records-lead", "approver", "superuser"])
def test_only_the_lead_finishes_a_full_assessment(kind, policy, who):
    screenings.record(policy, kind, negative=["Age"])
    actors = {
        "owner": lambda: policy.policy_owner.user,
        "author": lambda: make.author_of(policy),
        "reader": lambda: make_person(user=True).user,
        "records-lead": lambda: make_role_holder("records-lead"),
        "approver": lambda: make.members_of(policy.approving_body)[0],
        "superuser": lambda: _superuser(),
    }

    with pytest.raises(PermissionDenied):
        screenings.conclude(policy, kind, actor=actors[who]())

    assert FullAssessment.objects.count() == 0


def _superuser():
    user = make_person(user=True).user
    user.is_superuser = True
    user.save()
    return user


def test_a_lead_who_wrote_part_of_the_text_does_not_assess_it(kind, policy):
    lead = make_role_holder("equality-lead")
    make.edit(policy, user=lead, body=AMENDED)
    screenings.record(policy, kind, negative=["Age"])

    with pytest.raises(PermissionDenied, match="You wrote part of this text"):
        screenings.conclude(policy, kind, actor=lead)
    assert OutboxMail.objects.filter(kind="policies.full_opened").count() == 0


def test_a_lead_who_recorded_the_screening_does_not_assess_it(kind, policy):
    owner = policy.policy_owner.user
    make_role_holder("equality-lead", user=owner)
    screenings.record(policy, kind, negative=["Age"], actor=owner)

    with pytest.raises(PermissionDenied, match="You recorded this screening"):
        screenings.conclude(policy, kind, actor=owner)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"mitigations": " "}, "mitigations"),
        ({"consultation": ""}, "consultation"),
        ({"decision": "perhaps"}, "decision"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_full_assessment_needs_all_its_words(kind, policy, words, field):
    screenings.record(policy, kind, negative=["Age"])

    with pytest.raises(ValidationError) as refusal:
        screenings.conclude(policy, kind, words.get("decision", "go on"), **_without_decision(words))

    assert list(refusal.value.message_dict) == [field]
    assert FullAssessment.objects.count() == 0


def _without_decision(words):
    return {name: value for name, value in words.items() if name != "decision"}


def test_a_full_assessment_is_finished_once(kind, policy):
    lead = make_role_holder("equality-lead")
    screenings.record(policy, kind, negative=["Age"])
    screenings.conclude(policy, kind, actor=lead)

    with pytest.raises(ValidationError, match="finished this assessment already: go on with this text"):
        screenings.conclude(policy, kind, "stop", actor=make_role_holder("equality-lead"))


def test_a_full_assessment_is_of_the_text_that_was_read(kind, policy):
    lead = make_role_holder("equality-lead")
    screenings.record(policy, kind, negative=["Age"])
    before = policy.get_latest_revision_as_object().text_digest()
    make.edit(policy, body=AMENDED)

    with pytest.raises(ValidationError, match="The text changed while you had it open"):
        services.conclude_full(
            policy,
            kind=kind,
            actor=lead,
            today=TODAY,
            findings=services.Findings(mitigations="a", consultation="b", decision="go on", reason="c"),
            after=1,
            text_sha256=before,
        )


def test_each_act_is_in_the_trail_and_so_is_a_refusal(kind, policy):
    screenings.record(policy, kind, negative=["Age"])
    screenings.conclude(policy, kind)
    with pytest.raises(ValidationError):
        screenings.record(policy, kind, reviewer_name="")

    rows = AuditEntry.objects.filter(action__startswith="policies.").order_by("pk")
    assert list(rows.values_list("action", "refused")) == [
        ("policies.record_screening", False),
        ("policies.full_assessment", False),
        ("policies.record_screening", True),
    ]

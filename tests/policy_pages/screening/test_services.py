from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.outbox.models import OutboxMail
from policy_pages.models import Screening
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


def test_a_screening_says_who_assessed_what_and_for_which_text(kind, policy):
    made = screenings.record(policy, kind, assessed_on=date(2026, 7, 1), day_known=False)

    assert (made.document, made.of_this_document) == ("Lone working policy", True)
    assert (made.reviewer_name, made.reviewer_role, made.assessed_words) == (
        "Priya Nair",
        "Ward manager",
        "July 2026",
    )
    assert made.text_sha256 == policy.get_latest_revision_as_object().text_digest()
    assert made.duties == [{"number": "1.1", "text": "Staff must tell the named nurse the same day."}]
    assert (made.number, made.cycle, made.adverse_count, made.needs_full) == (1, 0, 0, False)


def test_the_eleven_rows_are_kept_with_answer_comment_and_guidance(kind, policy):
    made = screenings.record(policy, kind, negative=["Disability"])

    answers = list(made.answers.all())
    assert [row.label for row in answers] == [
        "Age",
        "Disability",
        "Race",
        "Sex",
        "Gender reassignment",
        "Sexual orientation",
        "Religion or belief",
        "Pregnancy and maternity",
        "Marriage and civil partnership",
        "Environment",
        "Other groups",
    ]
    assert [row.answer for row in answers] == ["no impact", "negative", *["no impact"] * 9]
    assert answers[1].comment == "Letters alone reach nobody who cannot read them."
    assert answers[0].guidance.startswith("Children, young adults")


def test_any_negative_is_counted_and_opens_a_full_assessment(kind, policy):
    lead = make_role_holder("equality-lead")
    made = screenings.record(policy, kind, negative=["Disability", "Age"])

    assert (made.adverse_count, made.needs_full, made.lead_role) == (2, True, "equality-lead")
    assert gate_of(policy).state == GateState.AT_LEAD
    (mail,) = OutboxMail.objects.filter(kind="policies.full_opened")
    assert mail.to == [lead.email]
    assert f"/policy/{policy.pk}/screening/equality/full/" in mail.text


def test_an_answer_that_is_not_negative_opens_nothing(kind, policy):
    screenings.record(policy, kind)

    assert gate_of(policy).state == GateState.DONE
    assert OutboxMail.objects.filter(kind="policies.full_opened").count() == 0


@pytest.mark.parametrize(
    ("words", "field", "problem"),
    [
        ({"reviewer_name": " "}, "reviewer_name", "Enter the reviewer's name."),
        ({"reviewer_role": ""}, "reviewer_role", "Enter the reviewer's job role."),
        ({"assessed_on": None}, "assessed_on", "Enter the month and the year of the assessment, or the day."),
        (
            {"assessed_on": date(2026, 11, 24)},
            "assessed_on",
            "The date of the assessment must be today or earlier.",
        ),
        ({"of_this_document": False}, "document", "Enter the name of the document that was assessed."),
        ({"reviewer_name": "x" * 121}, "reviewer_name", "at most 120 characters"),
    ],
)
def test_what_is_missing_is_refused_by_field_and_leaves_nothing(kind, policy, words, field, problem):
    with pytest.raises(ValidationError) as refusal:
        screenings.record(policy, kind, **words)

    assert problem in refusal.value.message_dict[field][0]
    assert (Screening.objects.count(), OutboxMail.objects.count()) == (0, 0)


@pytest.mark.parametrize("answer", ["", "maybe", "yes"])
def test_an_answer_that_the_row_does_not_offer_is_refused_by_row(kind, policy, answer):
    row = kind.rows.get(label="Age")
    entry = screenings.make_entry(kind)
    entry.answers[row.pk] = (answer, "Words.")

    with pytest.raises(ValidationError) as refusal:
        screenings.record(policy, kind, answers=entry.answers)

    assert refusal.value.message_dict == {f"answer_{row.pk}": ["Choose an answer for “Age”."]}


@pytest.mark.parametrize("comment", ["", "  \n "])
def test_a_negative_without_words_is_refused_by_row(kind, policy, comment):
    row = kind.rows.get(label="Disability")
    entry = screenings.make_entry(kind)
    entry.answers[row.pk] = ("negative", comment)

    with pytest.raises(ValidationError) as refusal:
        screenings.record(policy, kind, answers=entry.answers)

    assert refusal.value.message_dict == {
        f"comment_{row.pk}": ["Say why “Disability” is answered in this way: it opens a full assessment."]
    }


@pytest.mark.parametrize("who", ["nobody", "reader", "approver", "equality-lead", "body-secretary"])
def test_only_those_who_may_submit_record(kind, policy, who):
    actors = {
        "nobody": lambda: make_person(user=True).user,
        "reader": lambda: make_person(user=True).user,
        "approver": lambda: make.members_of(policy.approving_body)[0],
        "equality-lead": lambda: make_role_holder("equality-lead"),
        "body-secretary": lambda: make_role_holder("body-secretary", body=policy.ratifying_body),
    }

    with pytest.raises(PermissionDenied):
        screenings.record(policy, kind, actor=actors[who]())

    assert Screening.objects.count() == 0


def test_another_document_is_named_and_told(kind, policy):
    made = screenings.record(policy, kind, of_this_document=False, document="Patient safety plan")

    assert (made.of_this_document, made.document) == (False, "Patient safety plan")


def test_another_document_of_the_same_name_is_this_one(kind, policy):
    made = screenings.record(policy, kind, of_this_document=False, document="lone  working POLICY")

    assert (made.of_this_document, made.document) == (True, "Lone working policy")


def test_a_second_press_says_that_it_is_recorded_already(kind, policy):
    screenings.record(policy, kind)

    with pytest.raises(ValidationError) as refusal:
        screenings.record(policy, kind, after=0)

    assert refusal.value.code == services.ALREADY
    assert Screening.objects.count() == 1


def test_who_is_overtaken_is_told_by_whom_and_saves_nothing(kind, policy):
    screenings.record(policy, kind)
    deputy = make_person(user=True)
    make.edit(policy, owner_deputy=deputy)

    with pytest.raises(ValidationError) as refusal:
        screenings.record(policy, kind, actor=deputy.user, after=0)

    assert refusal.value.code == services.OVERTAKEN
    assert policy.policy_owner.name in refusal.value.message
    assert Screening.objects.count() == 1


def test_a_correction_is_another_record_and_the_newest_counts(kind, policy):
    screenings.record(policy, kind)
    made = screenings.record(policy, kind, negative=["Race"], reason="Race was overlooked.")

    assert [row.number for row in policy.screenings.order_by("number")] == [1, 2]
    assert gate_of(policy).record == made


def test_a_screening_holds_while_the_duties_are_the_same(kind, policy):
    screenings.record(policy, kind)
    make.edit(policy, body=(make.section("Why"), *make.BODY[1:], make.clause("It was written with care.")))

    assert gate_of(policy).state == GateState.DONE


def test_a_changed_duty_asks_for_a_confirmation(kind, policy):
    screenings.record(policy, kind)
    make.edit(policy, body=AMENDED)

    assert gate_of(policy).words == (
        "Equality impact: recorded before 1 duty changed. Confirm it or record it anew."
    )


def test_a_confirmation_is_a_record_with_the_same_answers(kind, policy):
    first = screenings.record(policy, kind, assessed_on=date(2026, 7, 1), day_known=False)
    make.edit(policy, body=AMENDED)

    made = services.confirm_screening(
        policy,
        kind=kind,
        actor=policy.policy_owner.user,
        today=TODAY,
        reason="Asking twice burdens nobody.",
        after=1,
    )

    assert (made.confirms, made.number, made.assessed_words) == (first, 2, "July 2026")
    assert [(row.label, row.answer) for row in made.answers.all()] == [
        (row.label, row.answer) for row in first.answers.all()
    ]
    assert first.answers.count() == 11
    assert gate_of(policy).state == GateState.DONE


def test_nothing_is_confirmed_while_no_duty_changed(kind, policy):
    screenings.record(policy, kind)

    with pytest.raises(ValidationError, match="nothing to confirm"):
        services.confirm_screening(
            policy, kind=kind, actor=policy.policy_owner.user, today=TODAY, reason="Yes.", after=1
        )


def test_what_was_negative_is_assessed_anew_not_confirmed(kind, policy):
    screenings.record(policy, kind, negative=["Age"])
    screenings.conclude(policy, kind)
    make.edit(policy, body=AMENDED)

    assert gate_of(policy).words == "Equality impact: recorded before 1 duty changed. Record it anew."
    with pytest.raises(ValidationError, match="Record it anew"):
        services.confirm_screening(
            policy, kind=kind, actor=policy.policy_owner.user, today=TODAY, reason="Yes.", after=1
        )

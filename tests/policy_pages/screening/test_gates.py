from datetime import date

import pytest
from django.core.exceptions import ValidationError

from kernel.lifecycle import submissions
from policy_pages.freezing import freeze
from policy_pages.models import PolicyVersion, RequiredSection
from policy_pages.screening import gates
from policy_pages.screening.enums import GateState
from tests.factories import policies as make
from tests.factories import screenings
from tests.policy_pages.screening.gate import gate_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOT_YET = "Equality impact: not recorded yet."


@pytest.fixture
def kind():
    return screenings.make_kind()


def test_a_type_without_a_template_asks_for_nothing(kind):
    screenings.require(kind, document_type="procedure")

    assert make.make_policy().problems() == []


def test_a_policy_without_its_screening_is_not_submitted(kind):
    screenings.require(kind)
    page = make.make_policy()

    with pytest.raises(ValidationError) as refusal:
        make.submit(page)

    assert refusal.value.messages == [NOT_YET]
    assert page.submissions.count() == 0


def test_a_finished_screening_opens_the_gate(kind):
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind)

    assert gate_of(page).state == GateState.DONE
    assert make.issue(page).number == "1.0"


def test_missing_sections_are_named_and_other_headings_count(kind):
    template = screenings.require(sections=["Purpose", "Monitoring", "Why we have this", "Scope"])
    RequiredSection.objects.filter(template=template, heading="Monitoring").update(
        alternatives="Audit\nHow we check"
    )
    page = make.make_policy(
        body=(*make.BODY, make.section("7. HOW WE CHECK:"), make.section("Aims & purpose"))
    )

    assert page.problems() == ["The section “Purpose” is missing.", "The section “Scope” is missing."]


def test_a_heading_of_a_table_or_an_appendix_counts(kind):
    screenings.require(sections=["Definitions", "Forms"])
    definitions = ("definitions", {"heading": "Definitions", "rows": []})
    appendix = ("appendix", {"number": "Appendix 1", "title": "Forms"})

    assert make.make_policy(body=(*make.BODY, definitions, appendix)).problems() == []


def _blocked(page, kind):
    """A negative answer is recorded while the text waits: it stays in review, and nobody signs it off."""
    screenings.record(page, kind, negative=["Age"])
    return ["Equality impact: a negative answer waits for the full assessment by the equality lead."]


def test_a_text_in_review_with_a_negative_answer_stays_there_until_the_lead_goes_on(kind):
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind)
    submission = make.submit(page)
    words = _blocked(page, kind)

    with pytest.raises(ValidationError) as refusal:
        make.approve(submission)
    submission.refresh_from_db()
    assert (refusal.value.messages, submission.state) == (words, "submitted")

    screenings.conclude(page, kind)
    assert make.approve(submission).state == "approved"


@pytest.mark.parametrize("decision", ["change", "stop"])
def test_a_text_that_the_lead_did_not_let_go_on_is_not_signed(kind, decision):
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind)
    submission = make.approve(make.submit(page))
    _blocked(page, kind)
    screenings.conclude(page, kind, decision)

    with pytest.raises(ValidationError):
        make.sign(submission)

    assert PolicyVersion.objects.count() == 0


def test_the_last_signature_does_not_issue_past_a_gate(kind):
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind)
    submission = make.sign_once(make.approve(make.submit(page)))
    words = _blocked(page, kind)
    second = make.members_of(submission.ratifying_body)[1]

    with pytest.raises(ValidationError) as refusal:
        submissions.sign(submission, actor=second, today=TODAY)

    submission.refresh_from_db()
    assert refusal.value.messages == words
    assert (submission.state, PolicyVersion.objects.count()) == ("approved", 0)


def test_a_meeting_is_neither_recorded_nor_confirmed_past_a_gate(kind):
    screenings.require(kind)
    page = make.make_meeting_policy()
    screenings.record(page, kind)
    submission = make.approve(make.submit(page))
    _blocked(page, kind)
    with pytest.raises(ValidationError):
        make.record(submission)
    screenings.conclude(page, kind)
    recorded = make.record(submission)
    screenings.record(page, kind, negative=["Race"])

    with pytest.raises(ValidationError):
        make.confirm(recorded)

    assert PolicyVersion.objects.count() == 0


def test_a_text_that_is_stopped_can_be_sent_back_and_recalled(kind):
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind)
    submission = make.submit(page)
    _blocked(page, kind)

    recalled = submissions.recall(
        submission, actor=page.policy_owner.user, today=TODAY, reason="To be mended."
    )

    assert recalled.state == "recalled"


def test_a_screening_required_meanwhile_stops_a_text_in_review(kind):
    page = make.make_policy()
    submission = make.submit(page)
    screenings.require(kind)

    with pytest.raises(ValidationError) as refusal:
        make.approve(submission)

    assert refusal.value.messages == [NOT_YET]


def test_a_section_required_meanwhile_stops_no_decision():
    page = make.make_policy()
    submission = make.submit(page)
    screenings.require(sections=["Scope"])

    assert make.approve(submission).state == "approved"


def test_what_was_stopped_stays_stopped_under_another_type(kind):
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind, negative=["Age"])
    screenings.conclude(page, kind, "stop")
    make.edit(page, document_type="overview")

    assert page.get_latest_revision_as_object().problems() == [
        "Equality impact: the equality lead said stop. Another text is screened anew and goes to them again."
    ]


def test_a_screening_of_own_accord_stops_nothing_when_duties_change(kind):
    page = make.make_policy()
    screenings.record(page, kind)
    make.edit(page, body=(*make.BODY, make.clause("Managers must ask twice.")))

    assert gate_of(page).state == GateState.STALE
    assert page.get_latest_revision_as_object().problems() == []


def test_the_next_version_keeps_the_screening_until_its_duties_change(kind):
    screenings.require(kind)
    page = make.make_policy()
    screenings.record(page, kind)
    make.issue(page)
    make.edit(page, title="The same duties")
    make.issue(page, significance="minor")
    make.edit(page, body=(*make.BODY, make.clause("Managers must ask twice.")))

    assert page.get_latest_revision_as_object().problems() == [
        "Equality impact: recorded before 1 duty changed. Confirm it or record it anew."
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_gates_cost_the_same_for_one_kind_and_three(number, django_assert_num_queries):
    kinds = [screenings.make_kind(slug) for slug in ("equality", "privacy", "mental-capacity")[:number]]
    screenings.require(*kinds, sections=["Scope", "Purpose", "Audit"][:number])
    page = make.make_policy()
    for one in kinds:
        screenings.record(page, one)
    draft = page.get_latest_revision_as_object()
    content = freeze(draft).content

    with django_assert_num_queries(3):
        found = gates.problems(draft, content)

    assert len(found) == number

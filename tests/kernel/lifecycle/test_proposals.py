from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.audit.models import AuditEntry
from kernel.lifecycle import abstaining, proposals
from kernel.lifecycle.models import ClosedDay, Decision, Proposal
from kernel.outbox.models import OutboxMail
from policy_pages.models import PolicyVersion
from tests.factories import matters
from tests.factories import policies as make
from tests.factories.organisation import make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def close_a_day(monkeypatch):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)


@pytest.fixture
def signed():
    """Put to a body that signs, quorum two."""
    return matters.propose(matters.issued())


@pytest.fixture
def met():
    """Put to a body that meets."""
    return matters.propose(matters.issued(make.make_meeting_policy()))


def kept(proposal):
    """State, day, acts and effects: what a refusal must leave alone."""
    proposal.refresh_from_db()
    acts = list(proposal.decisions.values_list("kind", flat=True))
    return proposal.state, proposal.decided_on, acts, ClosedDay.objects.count()


def test_propose_keeps_the_question_and_the_text_in_force(signed):
    page, version = signed.page.specific, PolicyVersion.objects.get()

    assert (signed.state, signed.version_number, signed.text_sha256, signed.cycle) == (
        "open",
        "1.0",
        version.text_sha256,
        1,
    )
    assert (signed.body, signed.proposed_by, signed.proposed_on) == (
        page.ratifying_body,
        page.policy_owner.user,
        TODAY,
    )
    row = Decision.objects.get(proposal=signed)
    assert (row.kind, row.submission, row.statement, row.text_sha256, row.page_id_copy) == (
        "propose",
        None,
        "Nobody is there.",
        version.text_sha256,
        page.pk,
    )
    assert OutboxMail.objects.filter(kind="lifecycle.to_decide").count() == 3
    assert AuditEntry.objects.filter(action="lifecycle.propose").count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": "  "}, "Say why"),
        ({"facts": {"day": "never"}}, "no such day"),
    ],
)
def test_propose_is_refused_and_leaves_nothing(values, words):
    page = matters.issued()

    with pytest.raises(ValidationError, match=words):
        matters.propose(page, **values)

    assert not Proposal.objects.exists()
    assert not Decision.objects.filter(kind="propose").exists()


def test_nothing_is_proposed_before_a_version_is_in_force():
    page = matters.issued(make.make_policy())

    with pytest.raises(ValidationError, match="No version is in force"):
        matters.propose(page, today=TODAY - DAY)


def test_one_of_a_kind_waits_at_a_time(signed):
    with pytest.raises(ValidationError, match="already proposed"):
        matters.propose(signed.page.specific)


@pytest.mark.parametrize("persona", ["approver", "member", "stranger"])
def test_only_author_owner_and_deputy_propose(persona):
    page = matters.issued()
    user = {
        "approver": make.members_of(page.approving_body)[0],
        "member": make.members_of(page.ratifying_body)[0],
        "stranger": make_person(user=True).user,
    }[persona]

    with pytest.raises(PermissionDenied, match="propose this"):
        matters.propose(page, actor=user)


def test_signatures_allow_and_carry_it_out_with_the_quorum(signed):
    first, second, _third = make.members_of(signed.body)

    proposals.sign(signed, actor=first, today=TODAY, statement="Right.")
    assert kept(signed) == ("open", None, ["propose", "sign"], 0)
    proposals.sign(signed, actor=second, today=TODAY + DAY)

    assert kept(signed) == ("allowed", TODAY + DAY, ["propose", "sign", "sign"], 1)
    assert ClosedDay.objects.get().reason == "2026-11-24"
    last = signed.decisions.last()
    assert (last.quorum, last.counted, last.other_party_id) == (2, 2, signed.proposed_by_id)
    assert PolicyVersion.objects.count() == 1


def test_what_cannot_be_carried_out_is_not_decided():
    proposal = matters.propose(matters.issued(), facts={"day": "fails"})
    first, second, _third = make.members_of(proposal.body)
    proposals.sign(proposal, actor=first, today=TODAY)

    with pytest.raises(ValidationError, match="cannot be carried out"):
        proposals.sign(proposal, actor=second, today=TODAY)

    assert kept(proposal) == ("open", None, ["propose", "sign"], 0)


def test_meeting_allows_after_a_second_person_confirms(met):
    matters.record(met, proposals, minute_reference="B 5/26", outcome="allow")
    assert kept(met) == ("recorded", None, ["propose", "minute"], 0)

    matters.confirm(met, proposals, today=TODAY + DAY)

    assert kept(met) == ("allowed", TODAY, ["propose", "minute", "confirm"], 1)
    assert ClosedDay.objects.get().reason == "2026-11-23 B 5/26"


def test_meeting_refuses_with_its_reason_and_nothing_is_carried_out(met):
    matters.record(met, proposals, outcome="refuse", statement="Not twice.")
    matters.confirm(met, proposals)

    assert kept(met) == ("refused", TODAY, ["propose", "minute", "confirm"], 0)
    mail = OutboxMail.objects.filter(kind="lifecycle.proposal_decided").get()
    assert mail.subject == f"Refused: {met.page.title}"
    assert "Not twice." in mail.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"outcome": "ratify"}, "outcome"),
        ({"outcome": "refuse"}, "statement"),
        ({"present": []}, "present"),
        ({"outcome": "refuse", "statement": "No.", "present": []}, "present"),
        ({"meeting_on": TODAY + DAY}, "meeting_on"),
        ({"meeting_on": TODAY - DAY}, "meeting_on"),
        ({"minute_reference": " "}, "minute_reference"),
    ],
)
def test_minute_is_refused_by_field(met, values, field):
    with pytest.raises(ValidationError) as refusal:
        matters.record(met, proposals, **values)

    assert list(refusal.value.error_dict) == [field]
    assert kept(met) == ("open", None, ["propose"], 0)


def test_disputed_record_is_recorded_anew(met):
    matters.record(met, proposals)
    chair = make.seated(met.body, "chair")[0]
    proposals.dispute_meeting(met, actor=chair, today=TODAY, reason="Put off to May.")
    assert kept(met) == ("open", None, ["propose", "minute", "dispute"], 0)

    matters.record(met, proposals, minute_reference="B 6/26")
    matters.confirm(met, proposals)

    assert ClosedDay.objects.get().reason == "2026-11-23 B 6/26"


def proposer(proposal):
    user = proposal.proposed_by
    make_seat(body=proposal.body, person=user.staff_profile)
    return user


def delegate_of_the_proposer(proposal):
    user = proposer(proposal)
    return make_delegation(principal=user.staff_profile).delegate.user


def proposer_as_delegate(proposal):
    member = make.members_of(proposal.body)[0]
    make_delegation(principal=member.staff_profile, delegate=proposal.proposed_by.staff_profile)
    return proposal.proposed_by


def stranger(proposal):
    return make_person(user=True).user


def who_takes_no_part(proposal):
    user = make.members_of(proposal.body)[0]
    abstaining.take_no_part(proposal, actor=user, today=TODAY, reason="My ward.")
    return user


NOBODY = [proposer, delegate_of_the_proposer, proposer_as_delegate, stranger, who_takes_no_part]


@pytest.mark.parametrize("persona", NOBODY, ids=lambda persona: persona.__name__)
def test_nobody_else_signs_or_refuses(signed, persona):
    user = persona(signed)
    before = kept(signed)

    with pytest.raises(PermissionDenied):
        proposals.sign(signed, actor=user, today=TODAY)
    with pytest.raises(PermissionDenied):
        proposals.refuse(signed, actor=user, today=TODAY, reason="No.")

    assert kept(signed) == before


def recorder(proposal):
    user = make.seated(proposal.body, "secretary")[0]
    make_seat(body=proposal.body, person=user.staff_profile)
    return user


@pytest.mark.parametrize("persona", [*NOBODY, recorder], ids=lambda persona: persona.__name__)
def test_nobody_else_confirms(met, persona):
    user = persona(met)
    present = [person.staff_profile for person in make.members_of(met.body)]
    secretary_only = [seat.person for seat in met.body.memberships.filter(capacity="member")]
    matters.record(met, proposals, present=[*present, *secretary_only])
    before = kept(met)

    with pytest.raises(PermissionDenied):
        proposals.confirm_meeting(met, actor=user, today=TODAY)

    assert kept(met) == before


def test_proposer_makes_no_quorum(met):
    make_seat(body=met.body, person=met.proposed_by.staff_profile)
    member = make.seated(met.body, "member")[0]

    with pytest.raises(ValidationError, match="2 members are needed, 1 of those present"):
        matters.record(met, proposals, present=[member.staff_profile, met.proposed_by.staff_profile])


@pytest.mark.parametrize("capacity", ["member", "chair"])
def test_only_the_secretary_records(met, capacity):
    user = make.seated(met.body, capacity)[0]

    with pytest.raises(PermissionDenied, match="The secretary of"):
        proposals.record_meeting(
            met, actor=user, today=TODAY, minute=make.minute_of(met.body, outcome="allow")
        )


def test_nothing_is_allowed_about_another_text(signed):
    page = signed.page.specific
    make.edit(page, body=[make.section("New"), make.clause("Other words.")])
    make.issue(page)
    member = make.members_of(signed.body)[0]

    with pytest.raises(ValidationError, match="Another text is in force"):
        proposals.sign(signed, actor=member, today=TODAY)
    proposals.refuse(signed, actor=member, today=TODAY, reason="There is a new version.")

    assert kept(signed) == ("refused", TODAY, ["propose", "refuse"], 0)


def test_withdrawn_by_its_proposer_and_by_nobody_after_a_record(met):
    matters.record(met, proposals)
    with pytest.raises(ValidationError, match="cannot become"):
        proposals.withdraw(met, actor=met.proposed_by, today=TODAY)
    proposals.dispute_meeting(met, actor=make.seated(met.body, "chair")[0], today=TODAY, reason="No.")

    proposals.withdraw(met, actor=met.proposed_by, today=TODAY)

    assert kept(met)[0] == "withdrawn"
    with pytest.raises(PermissionDenied):
        proposals.withdraw(met, actor=make_person(user=True).user, today=TODAY)


def test_decided_is_decided(signed):
    for user in make.members_of(signed.body)[:2]:
        proposals.sign(signed, actor=user, today=TODAY)
    third, before = make.members_of(signed.body)[2], kept(signed)

    for service, words in ((proposals.sign, {}), (proposals.refuse, {"reason": "No."})):
        with pytest.raises(ValidationError, match="cannot become"):
            service(signed, actor=third, today=TODAY, **words)

    assert kept(signed) == before


def test_a_second_kind_under_one_key_is_refused():
    with pytest.raises(ValueError, match="two kinds of proposals are called close a day"):
        proposals.register(
            proposals.ProposalKind(key="close a day", label="Other", check=print, carry_out=print)
        )

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.lifecycle import abstaining, chair_actions, submissions
from kernel.lifecycle.models import ChairAction
from kernel.outbox.models import OutboxMail
from policy_pages.models import PolicyVersion
from tests.factories import matters
from tests.factories import policies as make
from tests.factories.organisation import make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def approved(page=None):
    return make.approve(make.submit(page or matters.make_chaired_policy()))


@pytest.fixture
def action():
    """A text issued by the chair of a body that meets."""
    return matters.act_alone(approved())


@pytest.fixture
def signing():
    """A text issued by the chair of a body that signs, quorum two."""
    return matters.act_alone(approved(matters.make_signing_chaired_policy()))


def kept(action):
    action.refresh_from_db()
    return action.state, action.settled_on, list(action.decisions.values_list("kind", flat=True))


@pytest.mark.parametrize("capacity", ["chair", "vice chair"])
def test_chair_issues_an_approved_text_today(capacity):
    submission = approved()
    page, actor = submission.page.specific, make.seated(submission.ratifying_body, capacity)[0]
    action = matters.act_alone(submission, capacity=capacity)

    version = PolicyVersion.objects.get()
    assert (version.number, version.ratified_on, version.in_force_from) == ("1.0", TODAY, TODAY)
    assert kept(action) == ("open", None, ["submit", "approve", "chair"])
    assert (action.acted_by, action.acted_on, action.reason) == (actor, TODAY, "The ward opens tonight.")
    row = action.decisions.get(kind="chair")
    assert (row.actor_id, row.capacity, row.statement, row.other_party_id) == (
        actor.pk,
        capacity,
        "The ward opens tonight.",
        submission.submitted_by_id,
    )
    told = OutboxMail.objects.filter(kind="lifecycle.chair_action").values_list("to", flat=True)
    assert list(told) == [[page.policy_owner.user.email]]
    assert not OutboxMail.objects.filter(kind="lifecycle.issued").exists()
    agenda = OutboxMail.objects.filter(kind="lifecycle.to_ratify").last()
    assert "was issued by chair's action on 23 November 2026" in agenda.text


def member(submission):
    return make.seated(submission.ratifying_body, "member")[0]


def secretary(submission):
    return make.seated(submission.ratifying_body, "secretary")[0]


def chair_of_the_approving_body(submission):
    return make_seat(body=submission.approving_body, capacity="chair").person.user


def author_in_the_chair(submission):
    user = make.author_of(submission.page.specific)
    submission.ratifying_body.memberships.filter(capacity="chair").update(person=user.staff_profile)
    return user


def chair_until_yesterday(submission):
    user = make.seated(submission.ratifying_body, "chair")[0]
    submission.ratifying_body.memberships.filter(capacity="chair").update(until_on=TODAY - DAY)
    return user


def chair_who_takes_no_part(submission):
    user = make.seated(submission.ratifying_body, "chair")[0]
    abstaining.take_no_part(submission, actor=user, today=TODAY, reason="My brother's firm.")
    return user


@pytest.mark.parametrize(
    "persona",
    [
        member,
        secretary,
        chair_of_the_approving_body,
        author_in_the_chair,
        chair_until_yesterday,
        chair_who_takes_no_part,
    ],
    ids=lambda persona: persona.__name__,
)
def test_nobody_else_acts_alone(persona):
    submission = approved()
    actor = persona(submission)

    with pytest.raises(PermissionDenied):
        chair_actions.issue_now(submission, actor=actor, today=TODAY, reason="It burns.")

    submission.refresh_from_db()
    assert (submission.state, PolicyVersion.objects.count(), ChairAction.objects.count()) == (
        "approved",
        0,
        0,
    )


def test_chair_acts_on_no_text_before_its_approval():
    submission = make.submit(matters.make_chaired_policy())

    with pytest.raises(ValidationError, match="cannot become"):
        matters.act_alone(submission)


def test_chair_acts_on_no_text_that_a_meeting_has_decided():
    submission = approved()
    make.record(submission)

    with pytest.raises(ValidationError, match="cannot become"):
        matters.act_alone(submission)


@pytest.mark.parametrize("reason", ["", "  "])
def test_reason_is_asked(reason):
    with pytest.raises(ValidationError, match="Say why it cannot wait"):
        matters.act_alone(approved(), reason=reason)

    assert not PolicyVersion.objects.exists()


def test_meeting_ratifies_it_afterwards(action):
    matters.record(action, chair_actions, outcome="ratify")
    assert kept(action) == ("recorded", None, ["submit", "approve", "chair", "minute"])
    user = member(action.submission)

    chair_actions.confirm_meeting(action, actor=user, today=TODAY + DAY)

    acts = ["submit", "approve", "chair", "minute", "confirm"]
    assert kept(action) == ("ratified", TODAY + DAY, acts)
    assert PolicyVersion.objects.count() == 1


def test_the_chair_who_acted_neither_confirms_nor_counts(action):
    chair = make.seated(action.body, "chair")[0]
    with pytest.raises(ValidationError, match="2 members are needed, 1 of those present"):
        matters.record(
            action,
            chair_actions,
            outcome="ratify",
            present=[chair.staff_profile, member(action.submission).staff_profile],
        )
    matters.record(action, chair_actions, outcome="ratify")

    for user in (chair, make_delegation(principal=chair.staff_profile).delegate.user):
        with pytest.raises(PermissionDenied):
            chair_actions.confirm_meeting(action, actor=user, today=TODAY)

    assert kept(action)[0] == "recorded"


def test_an_author_does_not_ratify_it_afterwards(action):
    author = make.author_of(action.page.specific)
    make_seat(body=action.body, person=author.staff_profile)
    there = [person.staff_profile for person in make.seated(action.body, "member")]
    matters.record(action, chair_actions, outcome="ratify", present=there)

    with pytest.raises(PermissionDenied, match="wrote part of this or issued it"):
        chair_actions.confirm_meeting(action, actor=author, today=TODAY)


def test_meeting_declines_with_its_reason_and_the_owner_is_told(action):
    matters.record(action, chair_actions, outcome="decline", statement="It could have waited.")
    chair_actions.confirm_meeting(action, actor=member(action.submission), today=TODAY)

    assert kept(action)[:2] == ("declined", TODAY)
    mail = OutboxMail.objects.filter(kind="lifecycle.declined").get()
    assert mail.to == [action.page.specific.policy_owner.user.email]
    assert "It could have waited." in mail.text


def test_declining_needs_a_reason(action):
    with pytest.raises(ValidationError) as refusal:
        matters.record(action, chair_actions, outcome="decline")

    assert list(refusal.value.error_dict) == ["statement"]


def test_disputed_record_is_recorded_anew(action):
    matters.record(action, chair_actions, outcome="ratify")
    chair_actions.dispute_meeting(action, actor=member(action.submission), today=TODAY, reason="No.")
    assert kept(action)[0] == "open"

    matters.record(action, chair_actions, outcome="ratify", minute_reference="B 6")
    chair_actions.confirm_meeting(action, actor=member(action.submission), today=TODAY)

    assert kept(action)[0] == "ratified"


def test_signatures_of_others_ratify_it(signing):
    first, second = make.seated(signing.body, "member")[:2]
    chair_actions.sign(signing, actor=first, today=TODAY)
    assert kept(signing)[0] == "open"

    chair_actions.sign(signing, actor=second, today=TODAY + DAY)

    assert kept(signing)[:2] == ("ratified", TODAY + DAY)


def test_signature_before_counts_but_not_that_of_the_chair():
    submission = approved(matters.make_signing_chaired_policy())
    chair = make.seated(submission.ratifying_body, "chair")[0]
    submissions.sign(submission, actor=chair, today=TODAY)
    action = matters.act_alone(submission)
    first, second = make.seated(submission.ratifying_body, "member")[:2]

    chair_actions.sign(action, actor=first, today=TODAY)
    assert kept(action)[0] == "open"
    chair_actions.sign(action, actor=second, today=TODAY)

    assert kept(action)[0] == "ratified"


def test_chair_signs_and_declines_nothing_of_it(signing):
    chair = make.seated(signing.body, "chair")[0]
    for service, words in ((chair_actions.sign, {}), (chair_actions.decline, {"reason": "No."})):
        with pytest.raises(PermissionDenied):
            service(signing, actor=chair, today=TODAY, **words)

    assert kept(signing)[0] == "open"


def test_member_declines_where_the_body_signs(signing):
    user = make.seated(signing.body, "member")[0]

    chair_actions.decline(signing, actor=user, today=TODAY, reason="It could have waited.")

    assert kept(signing)[:2] == ("declined", TODAY)


def test_settled_is_settled(signing):
    first, second, third = make.seated(signing.body, "member")
    for user in (first, second):
        chair_actions.sign(signing, actor=user, today=TODAY)

    with pytest.raises(ValidationError, match="cannot become"):
        chair_actions.decline(signing, actor=third, today=TODAY, reason="No.")


def flags(*pages):
    return {pk: row.state for pk, row in chair_actions.open_chair_actions(pages).items()}


def flagged_versions():
    return list(PolicyVersion.objects.filter(chair_actions.flagged()).values_list("policy_id", flat=True))


def test_flag_is_there_until_it_is_ratified(action):
    page = action.page.specific
    other = matters.issued()
    assert (flags(page, other), flagged_versions()) == ({page.pk: "open"}, [page.pk])
    assert chair_actions.flag_of(page.versions.get()) == action
    matters.record(action, chair_actions, outcome="ratify")
    assert flags(page, other) == {page.pk: "recorded"}

    chair_actions.confirm_meeting(action, actor=member(action.submission), today=TODAY)

    assert (flags(page, other), flagged_versions()) == ({}, [])
    assert chair_actions.flag_of(page.versions.get()) is None


def test_flag_of_a_declined_one_stays_until_the_next_version():
    page = matters.make_signing_chaired_policy()
    action = matters.act_alone(approved(page))
    user = make.seated(action.body, "member")[0]
    chair_actions.decline(action, actor=user, today=TODAY, reason="It could have waited.")
    assert flags(page) == {page.pk: "declined"}

    page.refresh_from_db()
    make.edit(page, body=[make.section("New"), make.clause("Other words.")], user=make_person(user=True).user)
    make.issue(page)

    assert flags(page) == {}


def test_flags_of_many_pages_cost_one_query(django_assert_num_queries):
    pages = [matters.act_alone(approved()).page for _number in range(3)]

    with django_assert_num_queries(1):
        assert len(chair_actions.open_chair_actions(pages)) == 3

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError

from kernel.lifecycle import abstaining, approvals, submissions
from kernel.lifecycle.conditions import Asked
from kernel.organisation.models import Body
from kernel.outbox.models import OutboxMail
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def submitted(rule, needed=None, members=3):
    """A text that waits for a body of members, none of whom wrote it."""
    people = [make_person(user=True) for _number in range(members)]
    body = make_body(members=people, quorum=1, approves_by=rule, approvals_needed=needed)
    return make.submit(make.make_policy(approving_body=body))


def approve(submission, user):
    submissions.approve(submission, actor=user, today=TODAY)
    submission.refresh_from_db()
    return submission.state


def apart(submission, user, reason="My sister runs that ward."):
    abstaining.take_no_part(submission, actor=user, today=TODAY, reason=reason)
    submission.refresh_from_db()
    return submission.state


@pytest.mark.parametrize(
    ("rule", "needed", "states"),
    [
        ("any", None, ["approved"]),
        ("number", 2, ["submitted", "approved"]),
        ("number", 1, ["approved"]),
        ("all", None, ["submitted", "submitted", "approved"]),
    ],
)
def test_as_many_approve_as_the_body_asks_for(rule, needed, states):
    submission = submitted(rule, needed)
    members = make.members_of(submission.approving_body)

    assert [approve(submission, user) for user in members[: len(states)]] == states
    assert OutboxMail.objects.filter(kind="lifecycle.to_ratify").count() == 3


def test_nobody_approves_twice():
    submission = submitted("number", 2)
    first, second, _third = make.members_of(submission.approving_body)
    make_delegation(principal=second.staff_profile, delegate=first.staff_profile)
    approve(submission, first)

    with pytest.raises(PermissionDenied):
        approve(submission, first)


def test_delegate_and_principal_are_one_voice():
    submission = submitted("number", 2)
    first = make.members_of(submission.approving_body)[0]
    delegate = make_delegation(principal=first.staff_profile).delegate.user
    approve(submission, delegate)

    with pytest.raises(PermissionDenied):
        approve(submission, first)


def test_all_are_those_who_may_judge_it():
    """An author in the body, one who takes no part, one who left: none of them is waited for."""
    submission = submitted("all")
    first, second, third = make.members_of(submission.approving_body)
    make_seat(body=submission.approving_body, person=make.author_of(submission.page.specific).staff_profile)
    seat = submission.approving_body.memberships.get(person=third.staff_profile)
    seat.until_on = TODAY - DAY
    seat.save()
    apart(submission, second)

    assert approve(submission, first) == "approved"


def test_last_abstention_lets_the_text_go_on():
    submission = submitted("all", members=2)
    first, second = make.members_of(submission.approving_body)
    approve(submission, first)

    assert apart(submission, second) == "approved"


def test_abstention_of_everybody_approves_nothing():
    submission = submitted("all", members=2)
    first, second = make.members_of(submission.approving_body)
    apart(submission, first)

    assert apart(submission, second) == "submitted"


def test_one_with_conditions_among_several_makes_the_text_wait():
    asked = Asked(words="Name the helpline.", owner=make_person(user=True), due=TODAY)
    submission = submitted("number", 2)
    first, second, _third = make.members_of(submission.approving_body)
    submissions.approve(submission, actor=first, today=TODAY, conditions=[asked])
    submission.refresh_from_db()
    assert submission.state == "submitted"

    assert approve(submission, second) == "conditional"


def test_any_one_of_several_sends_back():
    submission = submitted("all")
    first, second, _third = make.members_of(submission.approving_body)
    approve(submission, first)

    submissions.send_back(submission, actor=second, today=TODAY, reason="Clause 2.")

    submission.refresh_from_db()
    assert submission.state == "sent back"


@pytest.mark.parametrize(
    ("rule", "needed", "words"),
    [
        ("any", None, ""),
        ("all", None, "All members approve it: 1 of 3 have."),
        ("number", 2, "2 of the 3 members who may judge it approve it: 1 have."),
    ],
)
def test_rule_in_words(rule, needed, words):
    submission = submitted(rule, needed)
    approve(submission, make.members_of(submission.approving_body)[0])

    assert approvals.rule_in_words(submission, TODAY) == words


@pytest.mark.parametrize(("rule", "needed"), [("number", None), ("number", 0), ("any", 2), ("all", 1)])
def test_database_refuses_a_number_without_its_rule(rule, needed):
    body = make_body()

    with pytest.raises(DatabaseError, match="kernel_organisation_approvals_are_counted"):
        Body.objects.filter(pk=body.pk).update(approves_by=rule, approvals_needed=needed)


def test_whoever_takes_no_part_judges_nothing_any_more():
    submission = make.approve(make.submit(make.make_policy()))
    first, second, third = make.members_of(submission.ratifying_body)
    make_delegation(principal=second.staff_profile, delegate=first.staff_profile)
    apart(submission, first)

    for service in (submissions.sign, submissions.send_back):
        words = {"reason": "No."} if service is submissions.send_back else {}
        with pytest.raises(PermissionDenied):
            service(submission, actor=first, today=TODAY, **words)
    with pytest.raises(PermissionDenied):
        apart(submission, first)
    row = submission.decisions.get(kind="no part")
    assert (row.actor_id, row.statement, row.body_name) == (
        first.pk,
        "My sister runs that ward.",
        submission.ratifying_body.name,
    )


def signed_already(submission):
    user = make.members_of(submission.ratifying_body)[0]
    submissions.sign(submission, actor=user, today=TODAY)
    return user


def only_a_delegate(submission):
    member = make.members_of(submission.ratifying_body)[0]
    return make_delegation(principal=member.staff_profile).delegate.user


def stranger(submission):
    return make_person(user=True).user


def author(submission):
    user = make.author_of(submission.page.specific)
    make_seat(body=submission.ratifying_body, person=user.staff_profile)
    return user


@pytest.mark.parametrize(
    "persona", [signed_already, only_a_delegate, stranger, author], ids=lambda persona: persona.__name__
)
def test_nobody_else_takes_no_part(persona):
    submission = make.approve(make.submit(make.make_policy()))

    with pytest.raises(PermissionDenied):
        apart(submission, persona(submission))

    assert not submission.decisions.filter(kind="no part").exists()


def test_taking_no_part_needs_its_reason_and_an_open_matter():
    submission = make.approve(make.submit(make.make_policy()))
    third = make.members_of(submission.ratifying_body)[2]
    with pytest.raises(ValidationError, match="Say why you take no part"):
        apart(submission, third, reason=" ")
    make.sign(submission)

    with pytest.raises(ValidationError, match="decided already"):
        apart(submission, third)


def test_who_took_no_part_makes_no_quorum_and_confirms_nothing():
    submission = make.approve(make.submit(make.make_meeting_policy()))
    first, second = make.seated(submission.ratifying_body, "member")
    chair = make.seated(submission.ratifying_body, "chair")[0]
    there = [user.staff_profile for user in (first, second, chair)]
    with pytest.raises(ValidationError, match="2 members are needed, 1 of those present"):
        make.record(submission, present=there, no_part=there[:2])
    make.record(submission, present=there, no_part=[chair.staff_profile])

    minute = submission.decisions.get(kind="minute")
    assert (minute.counted, minute.no_part) == (
        2,
        [{"id": chair.staff_profile.pk, "name": chair.staff_profile.name}],
    )
    with pytest.raises(PermissionDenied):
        make.confirm(submission)


def test_member_who_said_so_before_makes_no_quorum_in_the_meeting():
    submission = make.approve(make.submit(make.make_meeting_policy()))
    first = make.seated(submission.ratifying_body, "member")[0]
    apart(submission, first)

    with pytest.raises(ValidationError, match="2 members are needed, 1 of those present"):
        make.record(submission)


def one_left(leaves_on):
    """Two of two must approve; one has, the other's seat ends."""
    submission = submitted("all", members=2)
    first, second = make.members_of(submission.approving_body)
    approve(submission, first)
    seat = submission.approving_body.memberships.get(person=second.staff_profile)
    seat.until_on = leaves_on
    seat.save()
    return submission


@pytest.mark.parametrize(
    ("last_day", "state"), [(TODAY - DAY, "approved"), (TODAY, "submitted"), (TODAY + DAY, "submitted")]
)
def test_text_goes_on_the_day_after_the_last_day_of_who_had_not_approved(last_day, state):
    submission = one_left(last_day)

    lines = approvals.complete(TODAY, False)

    submission.refresh_from_db()
    assert (submission.state, len(lines)) == (state, int(state == "approved"))
    assert approvals.complete(TODAY, False) == []


def test_trial_run_says_so_and_changes_nothing():
    submission = one_left(TODAY - DAY)

    assert approvals.complete(TODAY, True) == [f"All members have approved: {submission.page.title}"]
    submission.refresh_from_db()
    assert submission.state == "submitted"


def test_nobody_is_counted_out_who_never_approved():
    submission = submitted("all", members=1)
    submission.approving_body.memberships.update(until_on=TODAY - DAY)

    assert approvals.complete(TODAY, False) == []

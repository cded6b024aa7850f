from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.lifecycle import conditions, submissions
from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.models import Condition, Decision
from kernel.outbox.models import OutboxMail
from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def asked(owner=None, **values):
    words = {"words": "Name the helpline.", "owner": owner or make_person(user=True), "due": TODAY}
    return Asked(**{**words, **values})


def make_approving(**seats):
    people = {name: make_person(user=True) for name in ("chair",)} | seats
    return make_body(members=[make_person(user=True)], quorum=1, **people)


def approve_if(page=None, *rows):
    """A policy approved with conditions by a member of a body that has a chair."""
    page = page or make.make_policy(approving_body=make_approving())
    submission = make.submit(page)
    member = make.seated(page.approving_body, "member")[0]
    return submissions.approve(
        submission, actor=member, today=TODAY, statement="Nearly.", conditions=rows or [asked()]
    )


def close(submission, number=1, *, by="chair", today=TODAY, words="The helpline is named in 2.1."):
    condition = submission.conditions.get(number=number)
    actor = by if not isinstance(by, str) else make.seated(submission.approving_body, by)[0]
    return conditions.close(condition, actor=actor, today=today, words=words)


def kept(submission):
    submission.refresh_from_db()
    return submission.state, list(submission.decisions.values_list("kind", flat=True))


def test_approval_with_conditions_keeps_them_and_stops_the_text():
    owner = make_person(user=True)
    submission = approve_if(None, asked(owner, due=TODAY + DAY), asked(words="Ask the trust's solicitor."))

    decision = Decision.objects.get(kind="approve if")
    assert kept(submission) == ("conditional", ["submit", "approve if"])
    assert decision.conditions[0] == {
        "words": "Name the helpline.",
        "owner": owner.pk,
        "owner_name": owner.name,
        "due": "2026-11-24",
    }
    rows = [(c.number, c.words, c.due, c.decision) for c in submission.conditions.all()]
    assert rows == [
        (1, "Name the helpline.", TODAY + DAY, decision),
        (2, "Ask the trust's solicitor.", TODAY, decision),
    ]
    told = OutboxMail.objects.filter(kind="lifecycle.conditions")
    assert told.filter(to=[owner.user.email]).get().text.count("Name the helpline.") == 1
    assert told.count() == 3


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"words": " "}, "Condition 1: say what must be done."),
        ({"due": TODAY - DAY}, "Condition 1: the day must be today or later."),
    ],
)
def test_condition_is_refused_and_leaves_nothing(values, words):
    page = make.make_policy(approving_body=make_approving())

    with pytest.raises(ValidationError, match=words):
        approve_if(page, asked(**values))

    assert kept(page.open_submission) == ("submitted", ["submit"])
    assert not Condition.objects.exists()


def test_condition_goes_to_somebody_who_is_here():
    with pytest.raises(ValidationError, match="has left; name somebody who is here"):
        approve_if(None, asked(make_person(user=True, left_on=TODAY - DAY)))


def test_no_ratification_while_a_condition_is_open():
    submission = approve_if(None, asked(), asked())
    close(submission, 1)

    with pytest.raises(ValidationError, match="cannot become"):
        make.sign_once(submission)

    assert kept(submission) == ("conditional", ["submit", "approve if", "close"])
    assert not PolicyVersion.objects.exists()


def test_last_closure_lets_the_text_go_on():
    submission = approve_if(None, asked(), asked())
    close(submission, 1)
    close(submission, 2, words="The solicitor agrees.")

    assert kept(submission) == ("approved", ["submit", "approve if", "close", "close"])
    row = submission.conditions.get(number=2).closure
    assert (row.statement, row.other_party_id) == ("The solicitor agrees.", row.condition.owner.user_id)
    make.sign(submission)
    assert PolicyVersion.objects.get().number == "1.0"


def member(submission):
    return make.seated(submission.approving_body, "member")[0]


def ratifying_chair(submission):
    return make_seat(body=submission.ratifying_body, capacity="chair").person.user


def vice_chair_beside_a_chair(submission):
    return make_seat(body=submission.approving_body, capacity="vice chair").person.user


def author_in_the_chair(submission):
    user = make.author_of(submission.page.specific)
    submission.approving_body.memberships.filter(capacity="chair").update(person=user.staff_profile)
    return user


def stranger(submission):
    return make_person(user=True).user


def chair_until_yesterday(submission):
    user = make.seated(submission.approving_body, "chair")[0]
    submission.approving_body.memberships.filter(capacity="chair").update(until_on=TODAY - DAY)
    return user


@pytest.mark.parametrize(
    "persona",
    [
        member,
        ratifying_chair,
        vice_chair_beside_a_chair,
        author_in_the_chair,
        stranger,
        chair_until_yesterday,
    ],
    ids=lambda persona: persona.__name__,
)
def test_nobody_else_closes(persona):
    submission = approve_if()

    with pytest.raises(PermissionDenied):
        close(submission, by=persona(submission))

    assert kept(submission) == ("conditional", ["submit", "approve if"])


def test_vice_chair_closes_where_the_chair_is_an_author():
    submission = approve_if()
    author_in_the_chair(submission)
    vice = vice_chair_beside_a_chair(submission)

    close(submission, by=vice)

    assert kept(submission)[0] == "approved"


def test_vice_chair_closes_where_there_is_no_chair():
    submission = approve_if()
    chair_until_yesterday(submission)

    close(submission, by=vice_chair_beside_a_chair(submission))

    assert kept(submission)[0] == "approved"


def test_whoever_sees_to_a_condition_does_not_close_it():
    body = make_approving()
    chair = body.memberships.get(capacity="chair").person
    submission = approve_if(make.make_policy(approving_body=body), asked(chair))

    with pytest.raises(PermissionDenied, match="You were to see to this"):
        close(submission)


@pytest.mark.parametrize("words", ["", "   "])
def test_closure_says_what_was_done(words):
    submission = approve_if()

    with pytest.raises(ValidationError, match="Say what was done"):
        close(submission, words=words)

    assert kept(submission) == ("conditional", ["submit", "approve if"])


def test_condition_is_closed_once():
    submission = approve_if(None, asked(), asked())
    close(submission, 1)

    with pytest.raises(ValidationError, match="met already"):
        close(submission, 1)


def test_other_words_lead_back_to_the_draft():
    submission = approve_if()
    page = submission.page.specific
    submissions.recall(submission, actor=page.policy_owner.user, today=TODAY, reason="It needs a number.")
    assert kept(submission)[0] == "recalled"

    make.edit(page, body=[make.section("Why"), make.clause("Ring 01632 960 001.")])
    again = make.submit(page)

    assert (again.state, again.conditions.count()) == ("submitted", 0)


def test_changed_text_voids_and_no_condition_is_closed_any_more():
    submission = approve_if()
    make.edit(submission.page.specific, body=[make.section("Why"), make.clause("Other words.")])

    assert kept(submission)[0] == "voided"
    with pytest.raises(ValidationError, match="cannot become"):
        close(submission)


def test_chair_sends_back_what_is_not_met():
    submission = approve_if()
    chair = make.seated(submission.approving_body, "chair")[0]

    submissions.send_back(submission, actor=chair, today=TODAY, reason="Nothing happened.")

    assert kept(submission)[0] == "sent back"


def meeting():
    return make.approve(make.submit(make.make_meeting_policy()))


def test_meeting_ratifies_with_conditions_and_the_last_closure_issues():
    submission = meeting()
    make.record(submission, outcome="ratify if", conditions=[asked(due=TODAY + DAY)])
    make.confirm(submission)
    assert kept(submission) == ("ratified if", ["submit", "approve", "minute", "confirm"])
    assert not PolicyVersion.objects.exists()

    conditions.close(
        submission.conditions.get(),
        actor=make.seated(submission.ratifying_body, "chair")[0],
        today=TODAY + DAY,
        words="Done.",
    )

    version = PolicyVersion.objects.get()
    assert kept(submission)[0] == "issued"
    assert (version.ratified_on, version.in_force_from) == (TODAY, TODAY + DAY)


def test_minute_with_conditions_needs_them():
    submission = meeting()

    with pytest.raises(ValidationError) as refusal:
        make.record(submission, outcome="ratify if")

    assert list(refusal.value.error_dict) == ["conditions"]


def test_approving_chair_closes_nothing_of_the_ratifying_body():
    submission = meeting()
    make_seat(body=submission.approving_body, capacity="chair")
    make.record(submission, outcome="ratify if", conditions=[asked()])
    make.confirm(submission)

    with pytest.raises(PermissionDenied, match="The chair of"):
        close(submission)


def test_nobody_alone_sends_back_what_a_meeting_ratified_with_conditions():
    submission = meeting()
    make.record(submission, outcome="ratify if", conditions=[asked()])
    make.confirm(submission)
    chair = make.seated(submission.ratifying_body, "chair")[0]

    with pytest.raises(ValidationError, match="cannot become"):
        submissions.send_back(submission, actor=chair, today=TODAY, reason="No.")


def test_rejection_ends_it_and_the_same_words_do_not_come_again():
    page = make.make_policy()
    submission = make.submit(page)
    approver = make.members_of(page.approving_body)[0]
    submissions.reject(submission, actor=approver, today=TODAY, reason="We do not do this.")

    assert kept(submission) == ("rejected", ["submit", "reject"])
    assert OutboxMail.objects.filter(kind="lifecycle.closed").get().subject == f"Rejected: {page.title}"
    with pytest.raises(ValidationError, match="These words were rejected"):
        make.submit(page)
    make.edit(page, body=[make.section("Why"), make.clause("Other words.")])
    assert make.submit(page).state == "submitted"


@pytest.mark.parametrize("reason", ["", "  "])
def test_rejection_needs_its_reason(reason):
    submission = make.submit(make.make_policy())
    approver = make.members_of(submission.approving_body)[0]

    with pytest.raises(ValidationError, match="Say why"):
        submissions.reject(submission, actor=approver, today=TODAY, reason=reason)


def test_meeting_rejects_with_its_quorum():
    submission = meeting()
    with pytest.raises(ValidationError, match="2 members are needed"):
        make.record(submission, outcome="reject", statement="No.", present=[])
    make.record(submission, outcome="reject", statement="We do not do this.")
    make.confirm(submission)

    assert kept(submission) == ("rejected", ["submit", "approve", "minute", "confirm"])


def test_nobody_alone_rejects_in_the_place_of_a_meeting():
    submission = meeting()
    for capacity in ("secretary", "chair", "member"):
        user = make.seated(submission.ratifying_body, capacity)[0]
        with pytest.raises((PermissionDenied, ValidationError)):
            submissions.reject(submission, actor=user, today=TODAY, reason="I say so.")

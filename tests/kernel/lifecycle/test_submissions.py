"""Every move of a submission: who may make it, who may not, and what is left behind."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.audit.models import AuditEntry
from kernel.lifecycle import minutes, submissions
from kernel.lifecycle.models import Decision, Submission
from kernel.lifecycle.moves import IllegalMove
from kernel.outbox.models import OutboxEvent, OutboxMail
from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_body, make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def footprint():
    """Everything that an act may leave behind, but for the row of a refusal."""
    return {
        "states": list(Submission.objects.order_by("pk").values_list("pk", "state")),
        "decisions": Decision.objects.count(),
        "versions": PolicyVersion.objects.count(),
        "mails": OutboxMail.objects.count(),
        "events": OutboxEvent.objects.count(),
        "done": AuditEntry.objects.filter(refused=False).count(),
    }


def refused_rows():
    return list(AuditEntry.objects.filter(refused=True).order_by("pk").values_list("action", "actor_id"))


def approving_seat(page, **values):
    return make_seat(body=page.approving_body, **values).person.user


def author(page):
    return author_seated(page, make.author_of(page))


def author_seated(page, user):
    make_seat(body=page.approving_body, person=user.staff_profile)
    return user


def earlier_co_author(page):
    """Wrote a revision that is not the newest."""
    person = make_person(user=True)
    make.edit(page, user=person.user)
    make.edit(page)
    return author_seated(page, person.user)


def superuser_author(page):
    person = make_person(user=make_user(is_superuser=True))
    make.edit(page, user=person.user)
    return author_seated(page, person.user)


def submitter_who_did_not_write(page):
    return author_seated(page, page.policy_owner.user)


def former_member(page):
    return approving_seat(page, until_on=TODAY - DAY)


def future_member(page):
    return approving_seat(page, from_on=TODAY + DAY)


def secretary(page):
    return approving_seat(page, capacity="secretary")


def chair_who_is_author(page):
    user = make.author_of(page)
    make_seat(body=page.approving_body, person=user.staff_profile, capacity="chair")
    return user


def _delegate(page, **values):
    member = approving_seat(page).staff_profile
    return make_delegation(principal=member, **values).delegate.user


def delegate_since_tomorrow(page):
    return _delegate(page, from_on=TODAY + DAY)


def delegate_until_yesterday(page):
    return _delegate(page, until_on=TODAY - DAY)


def delegate_for_another_body(page):
    return _delegate(page, body=make_body())


def delegate_who_is_author(page):
    return _delegate(page, delegate=make.author_of(page).staff_profile)


def delegate_of_an_author(page):
    return make_delegation(principal=author(page).staff_profile).delegate.user


def member_of_the_ratifying_body(page):
    return make.members_of(page.ratifying_body)[0]


def superuser_without_seat(page):
    return make_user(is_superuser=True)


def login_without_person(page):
    return make_user()


def member_whose_login_is_off(page):
    return approving_seat(page, person=make_person(user=make_user(is_active=False)))


def member_who_left(page):
    return approving_seat(page, person=make_person(user=True, left_on=TODAY - DAY))


REFUSED = [
    author,
    earlier_co_author,
    superuser_author,
    submitter_who_did_not_write,
    former_member,
    future_member,
    secretary,
    chair_who_is_author,
    delegate_since_tomorrow,
    delegate_until_yesterday,
    delegate_for_another_body,
    delegate_who_is_author,
    delegate_of_an_author,
    member_of_the_ratifying_body,
    superuser_without_seat,
    login_without_person,
    member_whose_login_is_off,
    member_who_left,
]


@pytest.mark.parametrize("persona", REFUSED, ids=lambda persona: persona.__name__)
def test_nobody_else_approves_and_nothing_stays_behind(persona):
    page = make.make_policy()
    user = persona(page)
    submission = make.submit(page)
    before = footprint()

    for act, words in ((submissions.approve, {}), (submissions.send_back, {"reason": "Clause 4."})):
        with pytest.raises(PermissionDenied):
            act(submission, actor=user, today=TODAY, **words)

    assert footprint() == before
    assert refused_rows() == [("lifecycle.approve", str(user.pk)), ("lifecycle.send_back", str(user.pk))]


def test_author_of_a_revision_before_the_last_issue_may_approve():
    """The control of the refusals: the same seat, without the authorship, decides."""
    page = make.make_policy()
    early = author_seated(page, make.author_of(page))
    make.issue_by(page, approver=make.members_of(page.approving_body)[0])
    other = make_person(user=True).user
    make.edit(page, user=other, body=[*make.BODY, make.clause("Keep a copy.")])

    submission = submissions.approve(make.submit(page), actor=early, today=TODAY)

    assert submission.state == "approved"


def test_delegate_approves_within_the_dates_and_the_record_says_for():
    page = make.make_policy()
    member = make.members_of(page.approving_body)[0].staff_profile
    row = make_delegation(principal=member, from_on=TODAY, until_on=TODAY)

    submission = submissions.approve(make.submit(page), actor=row.delegate.user, today=TODAY)

    decision = submission.decisions.get(kind="approve")
    assert (decision.actor_id, decision.actor_name) == (row.delegate.user.pk, row.delegate.name)
    assert (decision.principal_id, decision.for_name) == (member.pk, member.name)


def test_copied_revisions_bring_their_authors_along():
    """Whoever wrote the words that were copied here cannot approve them."""
    source = make.make_policy()
    copier = make_person(user=True).user
    copy = source.copy(update_attrs={"slug": "copied", "title": "Copied"}, user=copier, keep_live=False)
    make.edit(copy, user=copier, reference="CO-001")
    copy.refresh_from_db()
    first = author_seated(copy, make.author_of(source))
    submission = make.submit(copy)

    with pytest.raises(PermissionDenied):
        submissions.approve(submission, actor=first, today=TODAY)


def test_former_members_of_a_deleted_submitter_still_decide():
    """A seat without a login is no author, also when the submitter's login is gone."""
    page = make.make_policy()
    silent = make_person()
    make_seat(body=page.approving_body, person=silent)
    delegate = make_delegation(principal=silent).delegate.user
    submission = make.submit(page)
    page.policy_owner.user.delete()
    submission.refresh_from_db()

    assert submissions.approve(submission, actor=delegate, today=TODAY).state == "approved"


ACTS = {
    "approve": lambda s: make.approve(s),
    "sign": lambda s: make.sign_once(s),
    "minute": lambda s: make.record(s),
    "confirm": lambda s: make.confirm(s),
    "dispute": lambda s: minutes.dispute_meeting(
        s, actor=make.seated(s.ratifying_body, "chair")[0], today=TODAY, reason="Not so."
    ),
    "recall": lambda s: submissions.recall(s, actor=s.submitted_by, today=TODAY, reason="A slip."),
    "send back": lambda s: submissions.send_back(
        s, actor=make.members_of(s.approving_body)[0], today=TODAY, reason="Clause 4."
    ),
}
MEETING = {
    "submitted": {"approve": "approved", "recall": "recalled", "send back": "sent back"},
    "approved": {"minute": "recorded"},
    "recorded": {"confirm": "issued", "dispute": "approved"},
    "issued": {},
    "sent back": {},
    "recalled": {},
    "voided": {},
}


def meeting_submission(state):
    page = make.make_meeting_policy()
    submission = make.submit(page)
    ways = {
        "submitted": [],
        "approved": ["approve"],
        "recorded": ["approve", "minute"],
        "issued": ["approve", "minute", "confirm"],
        "sent back": ["send back"],
        "recalled": ["recall"],
    }
    if state == "voided":
        make.edit(page, body=[*make.BODY, make.clause("Another.")])
    for name in ways.get(state, []):
        submission = ACTS[name](submission)
    submission.refresh_from_db()
    return submission


@pytest.mark.parametrize("state", MEETING)
@pytest.mark.parametrize("act", ACTS)
def test_every_act_in_every_state_of_a_meeting(state, act):
    submission = meeting_submission(state)
    assert submission.state == state
    before = footprint()

    if act in MEETING[state]:
        ACTS[act](submission)
        submission.refresh_from_db()
        assert submission.state == MEETING[state][act]
        return
    with pytest.raises((ValidationError, PermissionDenied)):
        ACTS[act](submission)
    assert footprint() == before


def test_signature_before_approval_is_refused():
    submission = make.submit(make.make_policy())

    with pytest.raises(IllegalMove):
        make.sign_once(submission)


def test_one_person_cannot_make_a_quorum_of_two_with_a_delegation():
    page = make.make_policy()
    first, second, _third = make.members_of(page.ratifying_body)
    make_delegation(principal=second.staff_profile, delegate=first.staff_profile)
    submission = make.approve(make.submit(page))
    submissions.sign(submission, actor=first, today=TODAY)

    with pytest.raises(PermissionDenied):
        submissions.sign(submission, actor=first, today=TODAY)

    assert list(submission.decisions.filter(kind="sign").values_list("actor_id", flat=True)) == [first.pk]


def test_member_and_delegate_are_one_signature():
    page = make.make_policy()
    first = make.members_of(page.ratifying_body)[0]
    delegate = make_delegation(principal=first.staff_profile).delegate.user
    submission = make.approve(make.submit(page))
    submissions.sign(submission, actor=delegate, today=TODAY)

    with pytest.raises(PermissionDenied):
        submissions.sign(submission, actor=first, today=TODAY)


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_refusal_and_recall_need_a_reason(reason):
    submission = make.submit(make.make_policy())
    before = footprint()

    for act, actor in (
        (submissions.send_back, make.members_of(submission.approving_body)[0]),
        (submissions.recall, submission.submitted_by),
    ):
        with pytest.raises(ValidationError):
            act(submission, actor=actor, today=TODAY, reason=reason)

    assert footprint() == before


def test_a_second_submission_is_refused_while_one_waits():
    page = make.make_policy()
    make.submit(page)
    before = footprint()

    with pytest.raises(ValidationError, match="already waiting"):
        make.submit(page)

    assert footprint() == before


def test_a_stale_page_submits_the_newest_draft():
    page = make.make_policy()
    stale = type(page).objects.get(pk=page.pk)
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])

    submission = make.submit(stale)

    assert submission.revision_id == page.latest_revision_id


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"change_note": "  "}, "Say what changed."),
        ({"wanted_from": date(2026, 11, 22)}, "The first day in force must be today or later."),
    ],
)
def test_submission_says_what_is_wrong(values, words):
    with pytest.raises(ValidationError) as refusal:
        make.submit(make.make_policy(), **values)

    assert refusal.value.messages == [words]


def test_the_words_already_issued_are_not_submitted_again():
    page = make.make_policy()
    make.issue(page)
    make.edit(page)

    with pytest.raises(ValidationError, match="already issued"):
        make.submit(page)


def test_outsider_submits_nothing():
    page = make.make_policy()

    with pytest.raises(PermissionDenied):
        make.submit(page, actor=make_person(user=True).user)

    assert not Submission.objects.exists()


def test_a_library_with_another_workflow_submits_nothing():
    page = make.make_policy()
    page.get_parent().workflowpage.delete()

    with pytest.raises(ValidationError, match="No workflow is set up"):
        make.submit(page)

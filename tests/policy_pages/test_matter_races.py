"""Several processes decide on one matter at once: what follows happens once, or not at all."""

from datetime import date

import pytest

from kernel.lifecycle import proposals, submissions
from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.models import ChairAction, ClosedDay, Decision
from policy_pages.models import PolicyVersion
from tests.factories import matters
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 23)
RACE = """
from datetime import date
from django.core.exceptions import PermissionDenied, ValidationError
from kernel.accounts.models import User
from kernel.lifecycle import abstaining, chair_actions, conditions, proposals, submissions
from kernel.lifecycle.models import Condition, Proposal, Submission
from tests.factories import matters
proposals.register(matters.CLOSE_A_DAY)
ACTS = {
    "approve": (Submission, submissions.approve, {}),
    "chair": (Submission, chair_actions.issue_now, {"reason": "It burns."}),
    "apart": (Submission, abstaining.take_no_part, {"reason": "My ward."}),
    "close": (Condition, conditions.close, {"words": "Done."}),
    "allow": (Proposal, proposals.sign, {}),
    "refuse": (Proposal, proposals.refuse, {"reason": "No."}),
}
model, service, words = ACTS[os.environ["ACT"]]
thing = model.objects.get(pk=int(os.environ["THING"]))
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
together()
try:
    service(thing, actor=actor, today=date(2026, 11, 23), **words)
    print("done")
except (PermissionDenied, ValidationError):
    print("refused")
"""


def race(thing, *acts):
    """Let every (act, actor) press at the same moment; gives what each was told."""
    return sorted(at_once(RACE, *({"ACT": act, "ACTOR": actor.pk} for act, actor in acts), THING=thing.pk))


def test_three_approve_where_two_are_needed():
    people = [make_person(user=True) for _number in range(3)]
    body = make_body(members=people, quorum=1, approves_by="number", approvals_needed=2)
    submission = make.submit(make.make_policy(approving_body=body))

    answers = race(submission, *(("approve", person.user) for person in people))

    submission.refresh_from_db()
    assert answers == ["done", "done", "refused"]
    assert (submission.state, submission.decisions.filter(kind="approve").count()) == ("approved", 2)


def test_one_approves_while_the_last_other_steps_aside():
    people = [make_person(user=True) for _number in range(2)]
    body = make_body(members=people, quorum=1, approves_by="all")
    submission = make.submit(make.make_policy(approving_body=body))

    answers = race(submission, ("approve", people[0].user), ("apart", people[1].user))

    submission.refresh_from_db()
    assert (answers, submission.state) == (["done", "done"], "approved")


def test_chair_and_vice_chair_act_alone_at_once():
    submission = make.approve(make.submit(matters.make_chaired_policy()))
    chairs = [make.seated(submission.ratifying_body, name)[0] for name in ("chair", "vice chair")]

    answers = race(submission, *(("chair", user) for user in chairs))

    assert answers == ["done", "refused"]
    assert (PolicyVersion.objects.count(), ChairAction.objects.count()) == (1, 1)
    assert Decision.objects.filter(kind="chair").count() == 1


def test_the_last_condition_is_closed_twice_at_once():
    body = make_body(members=[make_person(user=True)], chair=make_person(user=True), quorum=1)
    submission = make.submit(make.make_policy(approving_body=body))
    asked = Asked(words="Name it.", owner=make_person(user=True), due=TODAY)
    member, chair = make.seated(body, "member")[0], make.seated(body, "chair")[0]
    submissions.approve(submission, actor=member, today=TODAY, conditions=[asked])

    answers = race(submission.conditions.get(), ("close", chair), ("close", chair))

    submission.refresh_from_db()
    assert (answers, submission.state) == (["done", "refused"], "approved")


@pytest.mark.parametrize("acts", [("allow", "allow", "allow"), ("allow", "allow", "refuse")])
def test_a_proposal_is_carried_out_once_or_refused(monkeypatch, acts):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)
    proposal = matters.propose(matters.issued())

    answers = race(proposal, *zip(acts, make.members_of(proposal.body), strict=True))

    proposal.refresh_from_db()
    assert answers.count("done") >= 1
    assert ClosedDay.objects.count() == (1 if proposal.state == "allowed" else 0)
    assert proposal.state in ({"allowed"} if "refuse" not in acts else {"allowed", "refused"})

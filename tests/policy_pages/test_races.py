"""Several processes decide at once, or one dies: one issue, never two, never half of one."""

import time
from datetime import date

import pytest

from kernel.audit.models import AuditEntry
from kernel.lifecycle.models import Decision, Submission
from kernel.outbox.models import OutboxEvent
from policy_pages import verifying
from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.processes import Gate, at_once, start_python

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 23)
RACE = """
from datetime import date
from django.core.exceptions import PermissionDenied, ValidationError
from kernel.accounts.models import User
from kernel.lifecycle import minutes, submissions
from kernel.lifecycle.models import Submission
service = {"approve": submissions.approve, "sign": submissions.sign, "confirm": minutes.confirm_meeting}
submission = Submission.objects.get(pk=int(os.environ["SUBMISSION"]))
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
together()
try:
    service[os.environ["ACT"]](submission, actor=actor, today=date(2026, 11, 23))
    print("done")
except (PermissionDenied, ValidationError):
    print("refused")
"""


def race(act, submission, actors):
    """Let every actor press at the same moment; gives what each was told."""
    return sorted(
        at_once(RACE, *({"ACTOR": actor.pk} for actor in actors), ACT=act, SUBMISSION=submission.pk)
    )


def test_two_members_approve_at_once():
    page = make.make_policy()
    member = make.members_of(page.approving_body)[0]
    submission = make.submit(page)

    assert race("approve", submission, [member, member]) == ["done", "refused"]
    assert Decision.objects.filter(kind="approve").count() == 1


def test_three_members_sign_at_once_and_one_version_is_issued():
    page = make.make_policy()
    submission = make.approve(make.submit(page))

    answers = race("sign", submission, make.members_of(page.ratifying_body))

    assert answers == ["done", "done", "refused"]
    assert (PolicyVersion.objects.count(), Decision.objects.filter(kind="sign").count()) == (1, 2)


def test_two_people_confirm_at_once_and_one_version_is_issued():
    page = make.make_meeting_policy()
    submission = make.approve(make.submit(page))
    make.record(submission)

    answers = race("confirm", submission, make.seated(page.ratifying_body, "member"))

    assert answers == ["done", "refused"]
    assert (PolicyVersion.objects.count(), Decision.objects.filter(kind="confirm").count()) == (1, 1)


def whole(page):
    """All that belongs to an issue is there, or none of it."""
    page.refresh_from_db()
    submission = Submission.objects.get(page_id=page.pk)
    issued = {
        "state": submission.state == "issued",
        "version": PolicyVersion.objects.filter(policy=page).count() == 1,
        "live": page.live,
        "signed twice": submission.decisions.filter(kind="sign").count() == 2,
        "written": AuditEntry.objects.filter(action="policies.issue", target_id=str(page.pk)).count() == 1,
        "told": OutboxEvent.objects.filter(kind="policies.issued", payload__policy=page.pk).count() == 1,
        "workflow": page.current_workflow_state is None,
    }
    return set(issued.values())


def test_a_process_killed_while_it_ratifies_leaves_nothing_half_done():
    """H1: ten rounds, each killed a little later; what was not done is done by pressing again."""
    for round_number in range(10):
        page = make.make_policy()
        submission = make.sign_once(make.approve(make.submit(page)))
        second = make.members_of(page.ratifying_body)[1]
        gate = Gate(2)
        process = start_python(RACE, gate=gate, ACT="sign", SUBMISSION=submission.pk, ACTOR=second.pk)
        gate.together()
        time.sleep(0.02 * round_number)
        process.kill()
        process.communicate()
        found = whole(page)
        assert found in ({True}, {False}), (round_number, found)
        if found == {False}:
            submission.refresh_from_db()
            make.submissions.sign(submission, actor=second, today=TODAY)
        assert whole(page) == {True}
    assert verifying.first_fault() == ""

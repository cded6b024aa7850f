from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Task, TaskState, Workflow, WorkflowState

from kernel.lifecycle import workflows
from kernel.lifecycle.enums import Outcome
from kernel.lifecycle.models import Decision
from policy_pages.models import PolicyVersion
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_attaching_twice_makes_one_workflow():
    library = make.make_library()

    assert workflows.attach(library) == workflows.attach(library)
    assert [
        (t.name, t.specific.step) for t in Task.objects.filter(name__in=["Approval", "Ratification"])
    ] == [
        ("Approval", "approve"),
        ("Ratification", "ratify"),
    ]


def test_starting_the_workflow_past_a_submission_is_refused():
    page = make.make_policy()

    with pytest.raises(PermissionDenied, match="submitted from its own page"):
        page.get_workflow().start(page, make.author_of(page))

    assert not WorkflowState.objects.exists()


@pytest.mark.parametrize("steps", [0, 1])
def test_approving_the_task_state_past_the_services_is_refused(steps):
    page = make.make_policy()
    submission = make.submit(page)
    if steps:
        make.approve(submission)
    page.refresh_from_db()

    with pytest.raises(Exception, match="(step by step|ratified version)"):
        page.current_workflow_task_state.approve(user=make.author_of(page))

    assert (PolicyVersion.objects.count(), Decision.objects.count()) == (0, 1 + steps)


def test_finishing_the_workflow_past_the_services_is_refused():
    page = make.make_policy()
    make.approve(make.submit(page))
    state = WorkflowState.objects.get()

    with pytest.raises(Exception, match="ratified version"):
        state.finish(user=make.author_of(page))

    assert (PolicyVersion.objects.count(), WorkflowState.objects.get().status) == (0, "in_progress")


@pytest.mark.parametrize("stop", ["cancel", "reject", "delete"])
@pytest.mark.parametrize("steps", [0, 1])
def test_text_whose_workflow_was_stopped_is_never_issued_and_never_stuck(stop, steps):
    from kernel.lifecycle import submissions  # noqa: PLC0415

    page = make.make_policy()
    submission = make.submit(page)
    if steps:
        make.approve(submission)
    page.refresh_from_db()
    ways = {
        "cancel": lambda: page.current_workflow_state.cancel(user=make.author_of(page)),
        "reject": lambda: page.current_workflow_task_state.reject(user=make.author_of(page)),
        "delete": lambda: Workflow.objects.get(name=workflows.NAME).delete(),
    }
    ways[stop]()
    with pytest.raises(Exception, match="stopped from outside"):
        make.sign(submission) if steps else make.approve(submission)

    submissions.recall(submission, actor=submission.submitted_by, today=TODAY, reason="It was stopped.")

    submission.refresh_from_db()
    assert submission.state == ("voided" if steps else "recalled")
    assert Decision.objects.filter(submission=submission).count() == 2 + steps


@pytest.mark.parametrize("outcome", ["ratify", "send back"])
def test_a_meeting_cannot_ratify_what_no_workflow_leads_to_its_issue(outcome):
    page = make.make_meeting_policy()
    submission = make.approve(make.submit(page))
    page.refresh_from_db()
    page.current_workflow_state.cancel(user=make.author_of(page))
    before = Decision.objects.count()

    if outcome == "ratify":
        with pytest.raises(Exception, match="stopped from outside"):
            make.record(submission)
    else:
        make.record(submission, outcome=Outcome.SEND_BACK, statement="Not this way.", in_force_from=None)

    assert Decision.objects.count() == before + (outcome != "ratify")


def test_deleted_workflow_takes_no_evidence_along():
    """The control: Wagtail's own rows go with the workflow."""
    version = make.issue(make.make_policy())
    before = list(Decision.objects.values())

    Workflow.objects.get(name=workflows.NAME).delete()

    assert (list(Decision.objects.values()), TaskState.objects.count()) == (before, 0)
    assert PolicyVersion.objects.get() == version

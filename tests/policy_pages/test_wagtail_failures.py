"""What stock Wagtail does wrong with a controlled text (W2, W3, W6, W7, W13), beside what happens here.

W1 stands in kernel/lifecycle/test_buttons, W4, W5 and W8 in test_admin_doors, W6 also in test_workflows.
"""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail.workflows import publish_workflow_state

from policy_pages import reading, search
from policy_pages.models import PolicyVersion
from portal.models import StandardPage
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def stock(settings):
    """A page in a workflow as Wagtail comes."""
    settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
    page = StandardPage(title="Submitted", slug="stock", body="<p>Words.</p>", live=False)
    make.make_home().add_child(instance=page)
    page.save_revision()
    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.add(Group.objects.get_or_create(name="Lookers")[0])
    workflow = Workflow.objects.create(name="Stock")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(page, make_user(is_superuser=True))
    return page


def test_w2_stock_publishes_an_edit_that_nobody_approved(stock):
    stock.title = "Edited behind the approver"
    stock.save_revision()

    publish_workflow_state(stock.current_workflow_state, user=make_user(is_superuser=True))

    stock.refresh_from_db()
    assert (stock.live, stock.title) == (True, "Edited behind the approver")


def test_w2_the_finish_action_of_this_site_publishes_what_was_approved(stock):
    stock.title = "Edited behind the approver"
    stock.save_revision()

    stock.current_workflow_task_state.approve(user=make_user(is_superuser=True))

    stock.refresh_from_db()
    assert (stock.live, stock.title) == (True, "Submitted")


@pytest.mark.parametrize("steps", [0, 1])
def test_w2_here_an_edit_voids_what_waits_and_nothing_is_issued(steps):
    page = make.make_policy()
    submission = make.submit(page)
    if steps:
        make.approve(submission)
    make.edit(page, title="Edited behind the approver")

    with pytest.raises(ValidationError):
        make.sign(submission) if steps else make.approve(submission)

    submission.refresh_from_db()
    assert (submission.state, PolicyVersion.objects.count()) == ("voided", 0)
    assert page.current_workflow_state is None


def test_w3_stock_is_published_during_a_workflow(stock, settings):
    settings.WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
    stock.latest_revision.publish(user=make_user(is_superuser=True))

    stock.refresh_from_db()
    assert (stock.live, stock.current_workflow_state) == (True, None)


def test_w3_here_it_is_refused_and_the_submission_goes_on():
    page = make.make_policy()
    submission = make.submit(page)

    with pytest.raises(PublishPagePermissionError):
        page.latest_revision.publish(user=make_user(is_superuser=True))

    assert make.approve(submission).state == "approved"


def test_w7_several_future_versions_wait_while_drafting_goes_on():
    page = make.make_policy()
    make.issue(page)
    for number, day in enumerate([date(2026, 12, 1), date(2027, 1, 1)]):
        make.edit(page, body=[*make.BODY, make.clause(f"Step {number}.")])
        make.issue(page, wanted_from=day)
    make.edit(page, title="Still drafting")

    days = (TODAY, date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [reading.in_force(page.pk, day).number for day in days] == ["1.0", "1.0", "2.0", "2.0", "3.0"]
    assert page.draft_title == "Still drafting"


def test_w13_stock_finds_a_restricted_title_and_here_nobody_outside_does():
    page = make.make_policy(title="Zebrafinch handling", audience="staff")
    make.issue(page)
    staff = make_person(user=True).user

    assert Page.objects.live().filter(title__icontains="zebrafinch").exists()
    assert search.find(None, "zebrafinch", TODAY) == []
    assert [hit.title for hit in search.find(staff, "zebrafinch", TODAY)] == ["Zebrafinch handling"]

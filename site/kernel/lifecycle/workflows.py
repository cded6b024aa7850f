"""Wagtail's workflow for controlled texts: approve, then ratify. One for the site, hung on every library."""

from django.db import transaction
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from kernel.lifecycle.enums import Step
from kernel.lifecycle.models import SeparateApproverTask

NAME = "Approval and ratification"
TASKS = {Step.APPROVE: "Approval", Step.RATIFY: "Ratification"}


def is_ours(workflow) -> bool:
    """Approve, then ratify, by bodies: no other workflow issues a controlled text."""
    return [getattr(task.specific, "step", "") for task in workflow.tasks] == list(TASKS)


@transaction.atomic
def attach(page) -> Workflow:
    """Hang the workflow on ``page`` and all beneath it; made at the first call, the same ever after."""
    workflow, made = Workflow.objects.get_or_create(name=NAME)
    if made:
        for order, (step, name) in enumerate(TASKS.items()):
            task = SeparateApproverTask.objects.create(name=name, step=step)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page_id=page.pk, defaults={"workflow": workflow})
    return workflow

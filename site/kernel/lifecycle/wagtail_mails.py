"""Wagtail's own mails about workflows lead into its admin, which most deciders never enter: ``notices`` writes ours."""

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

THEIRS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def silence() -> None:
    """Called once Wagtail's admin has connected its receivers."""
    for signal, sender, name in THEIRS:
        signal.disconnect(sender=sender, dispatch_uid=name)

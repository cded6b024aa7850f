from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from kernel.lifecycle.admin_views import ClosedDays

# Wagtail's mails about workflows lead into its admin, which most deciders never enter: ``notices`` writes ours instead.
task_submitted.disconnect(dispatch_uid="group_approval_task_submitted_email_notification", sender=TaskState)
workflow_submitted.disconnect(
    dispatch_uid="workflow_state_submitted_email_notification", sender=WorkflowState
)
workflow_rejected.disconnect(dispatch_uid="workflow_state_rejected_email_notification", sender=WorkflowState)
workflow_approved.disconnect(dispatch_uid="workflow_state_approved_email_notification", sender=WorkflowState)


@hooks.register("register_admin_viewset")
def closed_days():
    return ClosedDays()


@hooks.register("register_audit_actions")
def audit_actions():
    return {
        "lifecycle.submit": _("Submitted for approval"),
        "lifecycle.approve": _("Approved the text"),
        "lifecycle.sign": _("Signed for ratification"),
        "lifecycle.minute": _("Recorded a meeting's decision"),
        "lifecycle.confirm": _("Confirmed a meeting's decision"),
        "lifecycle.dispute": _("Returned a meeting's record"),
        "lifecycle.send_back": _("Sent back"),
        "lifecycle.recall": _("Recalled"),
        "lifecycle.void": _("Made void by a change of the text"),
        "lifecycle.retry_outbox": _("Had a mail or event that was given up tried again"),
    }

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task

from kernel.lifecycle.enums import OPEN_STATES, Step, SubmissionState


class SeparateApproverTask(Task):
    """A step decided by members of a body who wrote none of the text. Wagtail's buttons call our services."""

    step = models.CharField(_("step"), max_length=10, choices=Step)
    admin_form_fields = [*Task.admin_form_fields, "step"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "step"]

    class Meta:
        verbose_name = _("decision by a body")

    STARTS_IN = {Step.APPROVE: SubmissionState.SUBMITTED, Step.RATIFY: SubmissionState.APPROVED}

    @classmethod
    def get_description(cls):
        return _("Members of the document's approving or ratifying body decide; its authors cannot.")

    def start(self, workflow_state, user=None):
        """Start only beneath an open submission in the right state: no other door leads into the workflow."""
        submission = _open_submission(workflow_state.content_object)
        if submission is None or submission.state != self.STARTS_IN[self.step]:
            raise PermissionDenied(_("A text is submitted from its own page, and decided step by step."))
        return super().start(workflow_state, user=user)

    def locked_for_user(self, obj, user):
        """Nobody edits a text that waits for a decision: its author recalls it, or it is sent back."""
        return True

    def get_actions(self, obj, user):
        return _buttons().actions_offered(obj, self.step, user, timezone.localdate())

    def on_action(self, task_state, user, action_name, **kwargs):
        page = task_state.workflow_state.content_object
        words = kwargs.get("comment", "")
        _buttons().decide_by_button(page, self.step, action_name, user, words, timezone.localdate())

    def get_task_states_user_can_moderate(self, user, **kwargs):
        pages = _buttons().pages_to_decide(user, self.step, timezone.localdate())
        return self.task_states.filter(
            status="in_progress", workflow_state__object_id__in=[str(pk) for pk in pages]
        )


def _open_submission(page):
    return page.submissions.filter(state__in=OPEN_STATES).first()


def _buttons():
    from kernel.lifecycle import buttons  # noqa: PLC0415  the services import these models

    return buttons

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kernel.lifecycle.enums import (
    CHAIR_ACTION_ACTS,
    CHAIR_ACTION_MOVES,
    OPEN_ACTIONS,
    ChairActionState,
)
from kernel.lifecycle.models.submission import Submission


class ChairAction(models.Model):
    """A text issued by a chair alone, until somebody else ratifies it or the body declines.

    Its state changes only in ``kernel.lifecycle.chair_actions``; the acts themselves are decisions of its submission.
    """

    wagtail_reference_index_ignore = True
    STATES, MOVES, ACTS = ChairActionState, CHAIR_ACTION_MOVES, CHAIR_ACTION_ACTS
    TOGETHER = (
        "submission__approving_body",
        "submission__ratifying_body",
        "submission__submitted_by",
        "page",
    )
    DECISIONS = "submission__decisions"

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="chair_action")
    page = models.ForeignKey(Page, models.PROTECT, related_name="chair_actions", verbose_name=_("document"))
    reason = models.TextField(_("why it could not wait"))
    state = models.CharField(
        _("state"), max_length=20, choices=ChairActionState, default=ChairActionState.OPEN, editable=False
    )
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    acted_by_name = models.CharField(_("by, by name"), max_length=255)
    acted_on = models.DateField(_("on"))
    settled_on = models.DateField(_("settled on"), null=True, editable=False)

    class Meta:
        verbose_name = _("chair's action")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="kernel_lifecycle_chair_action_has_reason",
                condition=~models.Q(reason=""),
                violation_error_message=_("Say why it cannot wait."),
            ),
        ]

    def __str__(self):
        return f"{self.page_id}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ACTIONS

    @property
    def body(self):
        return self.submission.ratifying_body

    @property
    def body_id(self) -> int:
        return self.submission.ratifying_body_id

    @property
    def began_on(self):
        return self.acted_on

    @property
    def decisions(self):
        return self.submission.decisions

    def barred(self, written=None) -> set[int]:
        """Its authors, the chair who acted, and for whom that chair acted: somebody else ratifies."""
        acts = [row for row in self.decisions.all() if row.kind == "chair"]
        chairs = {number for row in acts for number in (row.actor_id, row.principal_user_id)}
        return (self.submission.barred(written) | chairs | {self.acted_by_id}) - {None}

    def evidence(self) -> dict:
        return self.submission.evidence()

    def address(self) -> str:
        return self.page.specific.chair_action_address(self)

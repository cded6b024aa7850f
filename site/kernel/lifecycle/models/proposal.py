from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kernel.lifecycle.enums import OPEN_PROPOSALS, PROPOSAL_ACTS, PROPOSAL_MOVES, ProposalState


class Proposal(models.Model):
    """A question put to a body about the text in force, which stays as it is: more time, no change, an end to it.

    Its state changes only in ``kernel.lifecycle.proposals``; what follows from "allowed" is its kind's to do, in
    the same transaction. ``facts`` are the kind's own, dates as ISO words; ``cycle`` counts the versions issued.
    """

    wagtail_reference_index_ignore = True
    STATES, MOVES, ACTS = ProposalState, PROPOSAL_MOVES, PROPOSAL_ACTS
    TOGETHER = ("body", "page", "proposed_by")
    DECISIONS = "decisions"

    page = models.ForeignKey(Page, models.PROTECT, related_name="proposals", verbose_name=_("document"))
    kind = models.CharField(_("what is asked"), max_length=20)
    text_sha256 = models.CharField(_("digest of the text in force"), max_length=64, editable=False)
    version_number = models.CharField(_("version in force"), max_length=20, editable=False)
    cycle = models.PositiveIntegerField(_("versions issued before"), editable=False)
    reason = models.TextField(_("why"))
    risk = models.TextField(_("risk"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    body = models.ForeignKey(
        "kernel_organisation.Body", models.PROTECT, related_name="+", verbose_name=_("body that decides")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ProposalState, default=ProposalState.OPEN, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_by_name = models.CharField(_("proposed by, by name"), max_length=255)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_on = models.DateField(_("proposed on"))
    decided_on = models.DateField(_("decided on"), null=True, editable=False)

    class Meta:
        verbose_name = _("proposal")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "kind"],
                condition=Q(state__in=[state.value for state in OPEN_PROPOSALS]),
                name="kernel_lifecycle_one_open_proposal",
                violation_error_message=_("This is already proposed and waits for a decision."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_proposal_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_decided_proposal_has_day",
                condition=~Q(state__in=["allowed", "refused"]) | Q(decided_on__gte=models.F("proposed_on")),
                violation_error_message=_("A proposal is decided on the day it was made or later."),
            ),
        ]

    def __str__(self):
        return f"{self.page_id}: {self.kind}, {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PROPOSALS

    @property
    def began_on(self):
        return self.proposed_on

    def barred(self) -> set[int]:
        """Who proposed decides nothing of it."""
        return {self.proposed_by_id} - {None}

    def evidence(self) -> dict:
        return {
            "proposal": self,
            "page_title": self.page.title,
            "cycle": self.cycle,
            "text_sha256": self.text_sha256,
        }

    def address(self) -> str:
        return self.page.specific.proposal_address(self)

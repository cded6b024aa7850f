from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from kernel.audit.append_only import append_only
from kernel.lifecycle.enums import (
    BEFORE_APPROVAL,
    OPEN_STATES,
    SUBMISSION_ACTS,
    SUBMISSION_MOVES,
    WITH_CONDITIONS,
    Significance,
    SubmissionState,
)


class Submission(models.Model):
    """One exact text on its way to a decision. Its state changes only in ``kernel.lifecycle.submissions``.

    ``text_sha256`` is the digest of the frozen text; every later decision must find the same digest again.
    ``cycle`` is the number of versions issued before, so that authorship is counted since the last issue.
    """

    wagtail_reference_index_ignore = True
    STATES, MOVES, ACTS = SubmissionState, SUBMISSION_MOVES, SUBMISSION_ACTS
    TOGETHER = ("approving_body", "ratifying_body", "page", "submitted_by")
    DECISIONS = "decisions"

    page = models.ForeignKey(Page, models.PROTECT, related_name="submissions", verbose_name=_("document"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("revision"))
    text_sha256 = models.CharField(_("digest of the text"), max_length=64, editable=False)
    cycle = models.PositiveIntegerField(_("versions issued before"), editable=False)
    significance = models.CharField(_("significance"), max_length=5, choices=Significance)
    change_note = models.TextField(_("what changed"))
    approving_body = models.ForeignKey(
        "kernel_organisation.Body", models.PROTECT, related_name="+", verbose_name=_("approving body")
    )
    ratifying_body = models.ForeignKey(
        "kernel_organisation.Body", models.PROTECT, related_name="+", verbose_name=_("ratifying body")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=SubmissionState, default=SubmissionState.SUBMITTED, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_on = models.DateField(_("submitted on"))
    wanted_from = models.DateField(_("wanted in force from"), null=True, blank=True)
    ratified_on = models.DateField(_("ratified on"), null=True, editable=False)
    in_force_from = models.DateField(_("in force from"), null=True, editable=False)
    issued_on = models.DateField(_("issued on"), null=True, editable=False)

    class Meta:
        verbose_name = _("submission")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
                name="kernel_lifecycle_one_open_submission",
                violation_error_message=_("This text is already waiting for a decision."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_issued_has_dates",
                condition=~Q(state=SubmissionState.ISSUED)
                | Q(ratified_on__lte=F("issued_on"), in_force_from__gte=F("issued_on")),
                violation_error_message=_(
                    "A version cannot be in force before the day it was ratified and issued."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.page_id}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_recallable(self) -> bool:
        """Before the first decision, and while conditions are open."""
        return self.state in (SubmissionState.SUBMITTED, *WITH_CONDITIONS)

    @property
    def step(self) -> str:
        return "approving_body" if self.state in BEFORE_APPROVAL else "ratifying_body"

    @property
    def body(self):
        """The body whose turn it is."""
        return getattr(self, self.step)

    @property
    def body_id(self) -> int:
        return getattr(self, f"{self.step}_id")

    @property
    def began_on(self):
        return self.submitted_on

    def barred(self, written=None) -> set[int]:
        """Logins that wrote any revision since the last issue, and the submitter: they judge nothing of it.

        ``written`` hands the writers in, where a list has asked for all at once.
        """
        if written is None:
            rows = Authorship.objects.filter(page_id_copy=self.page_id, cycle=self.cycle)
            written = set(rows.values_list("user_id_copy", flat=True))
        return {*written, self.submitted_by_id} - {None}

    def evidence(self) -> dict:
        """What every decision on it keeps."""
        return {
            "submission": self,
            "page_title": self.page.title,
            "cycle": self.cycle,
            "text_sha256": self.text_sha256,
        }

    def address(self) -> str:
        return self.page.specific.decision_address()


@append_only
class Authorship(models.Model):
    """Who wrote since the last issue, kept apart from Wagtail's revisions because these may be purged."""

    wagtail_reference_index_ignore = True

    page_id_copy = models.PositiveBigIntegerField()
    cycle = models.PositiveIntegerField()
    user_id_copy = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("authorship")
        constraints = [
            models.UniqueConstraint(
                fields=["page_id_copy", "cycle", "user_id_copy"], name="kernel_lifecycle_one_authorship"
            )
        ]

    def __str__(self):
        return self.name

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from kernel.audit.append_only import append_only
from kernel.lifecycle.enums import OPEN_STATES, DecisionKind, Significance, SubmissionState


class Submission(models.Model):
    """One exact text on its way to a decision. Its state changes only in ``kernel.lifecycle.submissions``.

    ``text_sha256`` is the digest of the frozen text; every later decision must find the same digest again.
    ``cycle`` is the number of versions issued before, so that authorship is counted since the last issue.
    """

    wagtail_reference_index_ignore = True

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
        _("state"), max_length=10, choices=SubmissionState, default=SubmissionState.SUBMITTED, editable=False
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


@append_only
class Decision(models.Model):
    """Evidence: one act on an exact text, added and never changed; people and bodies by id and by name.

    ``principal_id`` and ``for_name`` name whom a delegate acted for. ``other_party_id`` is the login that may
    not make this decision itself: the submitter of an approved text, the recorder of a confirmed minute.
    ``quorum`` and ``counted`` are filled where a body's quorum decided.
    """

    wagtail_reference_index_ignore = True

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=10, choices=DecisionKind)
    page_id_copy = models.PositiveBigIntegerField(_("document's number"))
    page_title = models.CharField(_("document"), max_length=255)
    cycle = models.PositiveIntegerField(_("versions issued before"))
    text_sha256 = models.CharField(_("digest of the text"), max_length=64)
    body_id_copy = models.PositiveBigIntegerField(_("body's number"), null=True)
    body_name = models.CharField(_("body"), max_length=255, blank=True)
    actor_id = models.PositiveBigIntegerField(_("login's number"), null=True)
    actor_name = models.CharField(_("who"), max_length=255)
    principal_id = models.PositiveBigIntegerField(_("person's number"), null=True)
    principal_user_id = models.PositiveBigIntegerField(_("login of the person acted for"), null=True)
    for_name = models.CharField(_("for"), max_length=255, blank=True)
    capacity = models.CharField(_("capacity"), max_length=60, blank=True)
    other_party_id = models.PositiveBigIntegerField(null=True)
    statement = models.TextField(_("statement or reason"), blank=True)
    meeting_on = models.DateField(_("meeting"), null=True)
    minute_reference = models.CharField(_("minute reference"), max_length=60, blank=True)
    present = models.JSONField(_("members present"), default=list)
    outcome = models.CharField(_("outcome"), max_length=10, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True)
    quorum = models.PositiveIntegerField(_("quorum"), null=True)
    counted = models.PositiveIntegerField(_("members counted"), null=True)
    confirms = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("decision")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="kernel_lifecycle_four_eyes",
                condition=Q(other_party_id__isnull=True)
                | Q(actor_id__isnull=False) & ~Q(actor_id=F("other_party_id")),
                violation_error_message=_("A second person must do this."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_judged_by_somebody",
                condition=~Q(kind__in=["approve", "confirm", "sign"])
                | Q(actor_id__isnull=False, principal_id__isnull=False),
                violation_error_message=_("A judgement needs the person who made it."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_minute_complete",
                condition=~Q(kind="minute")
                | Q(meeting_on__isnull=False) & ~Q(minute_reference="") & ~Q(outcome=""),
                violation_error_message=_("A minute needs its date, its reference and its outcome."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_quorum_met",
                condition=~Q(kind="minute", outcome="ratify") | Q(counted__gte=F("quorum"), quorum__gte=1),
                violation_error_message=_("The body was not quorate for this text."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_refusal_has_reason",
                condition=~Q(kind__in=["send back", "dispute", "recall"]) | ~Q(statement=""),
                violation_error_message=_("Say why."),
            ),
            models.UniqueConstraint(
                fields=["submission", "principal_id"],
                condition=Q(kind="sign"),
                name="kernel_lifecycle_one_signature_each",
                violation_error_message=_("This member has already signed."),
            ),
            models.UniqueConstraint(
                fields=["submission", "actor_id"],
                condition=Q(kind="sign"),
                name="kernel_lifecycle_one_signature_a_hand",
                violation_error_message=_("You have already signed; a second person must sign too."),
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(kind="approve"),
                name="kernel_lifecycle_one_approval",
                violation_error_message=_("This text is already approved."),
            ),
        ]

    def __str__(self):
        return f"{self.page_title}: {self.get_kind_display()}"

    @property
    def present_ids(self) -> set[int]:
        return {row["id"] for row in self.present}


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

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.lifecycle.enums import JUDGING, DecisionKind

BOTH = ("submission", "proposal")
WITH_REASON = (
    DecisionKind.SEND_BACK,
    DecisionKind.DISPUTE,
    DecisionKind.RECALL,
    DecisionKind.REJECT,
    DecisionKind.CHAIR,
    DecisionKind.CLOSE,
    DecisionKind.DECLINE,
    DecisionKind.REFUSE,
    DecisionKind.NO_PART,
    DecisionKind.PROPOSE,
)


def _once(name, kinds, words, matters=("submission",)):
    """One such act of a member and one of a hand on each matter: a delegate does not stand for two."""
    return [
        models.UniqueConstraint(
            fields=[matter, column],
            condition=Q(kind__in=kinds),
            name=f"kernel_lifecycle_{name}_{each}_{matter}",
            violation_error_message=words,
        )
        for matter in matters
        for each, column in (("each", "principal_id"), ("a_hand", "actor_id"))
    ]


@append_only
class Decision(models.Model):
    """Evidence: one act on an exact text, added and never changed; people and bodies by id and by name.

    It belongs to a submission, or to a proposal about the text in force. What follows upon a chair's action
    belongs to the submission that it issued.
    ``principal_id`` and ``for_name`` name whom a delegate acted for. ``other_party_id`` is the login that may
    not make this decision itself: the submitter of an approved text, the recorder of a confirmed minute.
    ``quorum`` and ``counted`` are filled where a body's quorum decided.
    """

    wagtail_reference_index_ignore = True

    submission = models.ForeignKey(
        "kernel_lifecycle.Submission", models.PROTECT, null=True, related_name="decisions"
    )
    proposal = models.ForeignKey(
        "kernel_lifecycle.Proposal", models.PROTECT, null=True, related_name="decisions"
    )
    condition = models.OneToOneField(
        "kernel_lifecycle.Condition", models.PROTECT, null=True, related_name="closure"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DecisionKind)
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
    no_part = models.JSONField(_("took no part"), default=list)
    conditions = models.JSONField(_("conditions"), default=list)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)
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
                name="kernel_lifecycle_one_matter",
                condition=Q(submission__isnull=False, proposal__isnull=True)
                | Q(submission__isnull=True, proposal__isnull=False),
                violation_error_message=_("A decision is about one submission or one proposal."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_four_eyes",
                condition=Q(other_party_id__isnull=True)
                | Q(actor_id__isnull=False) & ~Q(actor_id=F("other_party_id")),
                violation_error_message=_("A second person must do this."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_judged_by_somebody",
                condition=~Q(kind__in=[kind.value for kind in (*JUDGING, DecisionKind.NO_PART)])
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
                condition=~Q(kind="minute")
                | Q(outcome="send back")
                | Q(counted__gte=F("quorum"), quorum__gte=1),
                violation_error_message=_("The body was not quorate for this text."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_refusal_has_reason",
                condition=~Q(kind__in=[kind.value for kind in WITH_REASON]) | ~Q(statement=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="kernel_lifecycle_closes_a_condition",
                condition=Q(kind="close", condition__isnull=False)
                | ~Q(kind="close") & Q(condition__isnull=True),
                violation_error_message=_("A condition is met by the act that says so, and by no other."),
            ),
            *_once("one_signature", ["sign"], _("This member has already signed."), BOTH),
            *_once("one_approval", ["approve", "approve if"], _("This member has already approved.")),
            *_once("one_abstention", ["no part"], _("This member takes no part already."), BOTH),
        ]

    def __str__(self):
        return f"{self.page_title}: {self.get_kind_display()}"

    @property
    def present_ids(self) -> set[int]:
        return {row["id"] for row in self.present}

    @property
    def no_part_ids(self) -> set[int]:
        return {row["id"] for row in self.no_part}

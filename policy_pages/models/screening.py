"""Finished screenings and full assessments: evidence, added and never changed; the newest of a kind counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from policy_pages.models.screening_kind import ScreeningKind
from policy_pages.screening.enums import Answer, FullOutcome


@append_only
class Screening(models.Model):
    """One screening of one exact draft. Words of its kind are copied, so that a later edit there changes nothing.

    ``duties`` are the duties of the text that was assessed: while they stay the same, the screening counts for a text
    with other words too. ``adverse_count`` is counted from the answers. ``assessed_on`` is the first of its month
    where ``day_known`` is false. ``needs_full``: it counts only once a full assessment says "go on".
    """

    wagtail_reference_index_ignore = True

    kind = models.ForeignKey(ScreeningKind, models.PROTECT, related_name="records", verbose_name=_("kind"))
    # Outlives a draft that is deleted before it was ever submitted.
    policy = models.ForeignKey(
        "policy_pages.PolicyPage",
        models.DO_NOTHING,
        db_constraint=False,
        related_name="screenings",
        verbose_name=_("policy"),
    )
    number = models.PositiveIntegerField(_("number"))
    cycle = models.PositiveIntegerField(_("versions issued before"))
    kind_name = models.CharField(_("screening"), max_length=80)
    policy_title = models.CharField(_("title of the policy"), max_length=255)
    document = models.CharField(_("document assessed"), max_length=255)
    of_this_document = models.BooleanField(_("assesses this document"))
    reviewer_name = models.CharField(_("reviewer"), max_length=120)
    reviewer_role = models.CharField(_("reviewer's job role"), max_length=120)
    assessed_on = models.DateField(_("assessed on"))
    day_known = models.BooleanField(_("the day is known"))
    text_sha256 = models.CharField(_("digest of the text"), max_length=64)
    duties = models.JSONField(_("duties of the text"))
    adverse_count = models.PositiveSmallIntegerField(_("answers that need words"))
    needs_full = models.BooleanField(_("needs a full assessment"))
    lead_role = models.CharField(_("role that makes the full assessment"), max_length=40, blank=True)
    confirms = models.ForeignKey("self", models.PROTECT, null=True, related_name="confirmed_by")
    reason = models.TextField(_("why it still holds, or what it corrects"), blank=True)
    made_by_id = models.PositiveBigIntegerField(_("login's number"))
    made_by_name = models.CharField(_("recorded by"), max_length=255)
    made_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("screening")
        ordering = ["policy_id", "kind_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "number"],
                name="policy_pages_one_screening_a_number",
                violation_error_message=_("Somebody recorded this screening meanwhile."),
            ),
            models.CheckConstraint(
                name="policy_pages_screening_says_who_and_what",
                condition=~Q(document="") & ~Q(reviewer_name="") & ~Q(reviewer_role=""),
                violation_error_message=_("A screening names the document, the reviewer and the job role."),
            ),
            models.CheckConstraint(
                name="policy_pages_adverse_opens_full",
                condition=Q(adverse_count=0) | Q(lead_role="") | Q(needs_full=True),
                violation_error_message=_("Such an answer opens a full assessment."),
            ),
            models.CheckConstraint(
                name="policy_pages_full_has_a_lead",
                condition=Q(needs_full=False) | ~Q(lead_role=""),
                violation_error_message=_("A full assessment needs a role that makes it."),
            ),
            models.CheckConstraint(
                name="policy_pages_confirms_with_reason",
                condition=Q(confirms__isnull=True) | Q(adverse_count=0) & ~Q(reason=""),
                violation_error_message=_("Say why it still holds."),
            ),
        ]

    def __str__(self):
        return f"{self.kind_name}: {self.policy_title}"

    @property
    def assessed_words(self) -> str:
        return date_format(self.assessed_on, "j F Y" if self.day_known else "F Y")


@append_only
class ScreeningAnswer(models.Model):
    wagtail_reference_index_ignore = True

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField(_("place"))
    row_id_copy = models.PositiveBigIntegerField(_("row's number"))
    label = models.CharField(_("row"), max_length=200)
    guidance = models.TextField(_("guidance"), blank=True)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer)
    adverse = models.BooleanField(_("needs words"))
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("answer of a screening")
        ordering = ["screening_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "position"], name="policy_pages_one_answer_a_row"),
            models.CheckConstraint(
                name="policy_pages_negative_needs_words",
                condition=Q(adverse=False) & ~Q(answer=Answer.NEGATIVE) | Q(adverse=True) & ~Q(comment=""),
                violation_error_message=_("Say why this is so: a negative answer needs words."),
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.answer}"


@append_only
class FullAssessment(models.Model):
    """What the lead found and decided about a screening with a negative answer. Only "go on" opens the gate."""

    wagtail_reference_index_ignore = True

    screening = models.OneToOneField(Screening, models.PROTECT, related_name="full")
    page_id_copy = models.PositiveBigIntegerField(_("document's number"))
    cycle = models.PositiveIntegerField(_("versions issued before"))
    text_sha256 = models.CharField(_("digest of the text that was read"), max_length=64)
    mitigations = models.TextField(_("what is done against it"))
    consultation = models.TextField(_("who was asked, and what they said"))
    decision = models.CharField(_("decision"), max_length=10, choices=FullOutcome)
    reason = models.TextField(_("reason"))
    decided_by_id = models.PositiveBigIntegerField(_("login's number"))
    decided_by_name = models.CharField(_("decided by"), max_length=255)
    made_by_id = models.PositiveBigIntegerField(_("login that recorded the screening"))
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("full assessment")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="policy_pages_full_by_another",
                condition=~Q(decided_by_id=F("made_by_id")),
                violation_error_message=_("Somebody else makes the full assessment."),
            ),
            models.CheckConstraint(
                name="policy_pages_full_has_words",
                condition=~Q(mitigations="") & ~Q(consultation="") & ~Q(reason=""),
                violation_error_message=_("A full assessment needs its words."),
            ),
        ]

    def __str__(self):
        return f"{self.screening}: {self.decision}"

"""Who must know a policy, what a version asks of them, and what they said that they have read."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.lifecycle.models import Submission
from kernel.organisation.models import PersonKind
from kernel.organisation.models.dated import Dated
from policy_pages.enums import Asks, HowRead
from policy_pages.models.version import PolicyVersion

DAYS, MOST_DAYS, MOST_QUESTIONS = 28, 365, 5


def _narrowed(model, label):
    """One condition of a rule; empty narrows nothing."""
    return models.ForeignKey(
        f"kernel_organisation.{model}",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


def _days(label, words):
    bounds = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    return models.PositiveSmallIntegerField(label, default=DAYS, validators=bounds, help_text=words)


class ReadingRule(Dated):
    """People who must know a policy, or for whose information it is: everybody who has all that is named.

    A rule is ended and never changed, so that who was asked on a day can be told later. Who that is follows from
    the posts of the day and is never stored.
    """

    wagtail_reference_index_ignore = True

    policy = models.ForeignKey("policy_pages.PolicyPage", models.PROTECT, related_name="reading_rules")
    essential = models.BooleanField(
        _("essential reading"), default=True, help_text=_("No: for information, nobody is asked to confirm.")
    )
    staff_group = _narrowed("StaffGroup", _("staff group"))
    job_role = _narrowed("JobRole", _("job role"))
    agency = _narrowed("Agency", _("agency"))
    team = _narrowed("Team", _("team and all below it"))
    person_kind = models.CharField(_("kind of person"), max_length=20, choices=PersonKind, blank=True)
    days = _days(_("days to read"), _("From the first day in force."))
    joiner_days = _days(_("days for joiners"), _("From the first day in the post."))

    class Meta(Dated.Meta):
        verbose_name = _("reading rule")
        ordering = ["policy_id", "-essential", "pk"]
        default_permissions = ()
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="policy_pages_days_to_read",
                condition=Q(days__gte=1, days__lte=MOST_DAYS, joiner_days__gte=1, joiner_days__lte=MOST_DAYS),
                violation_error_message=_("Give people 1 to 365 days to read."),
            ),
        ]

    def __str__(self):
        named = [self.staff_group, self.job_role, self.agency, self.team]
        words = [str(thing) for thing in named if thing is not None]
        words += [str(self.get_person_kind_display())] if self.person_kind else []
        return ", ".join(words) or str(_("everybody"))


@append_only
class ReadingChoice(models.Model):
    """Evidence: whom the author chose to ask again when the text was submitted; ``roles`` by id and name."""

    wagtail_reference_index_ignore = True

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="reading_choice")
    asks = models.CharField(_("who is asked again"), max_length=10, choices=Asks)
    roles = models.JSONField(_("job roles"), default=list)
    chosen_by_name = models.CharField(_("chosen by"), max_length=255)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("choice of readers")
        default_permissions = ()

    def __str__(self):
        return str(self.get_asks_display())


@append_only
class ReadingCall(models.Model):
    """An issued version that asks to be read: everybody, or holders of the named job roles.

    A version that asks nobody has none. ``policy`` and ``first_day`` are the version's, here because they are looked
    up for every reader.
    """

    wagtail_reference_index_ignore = True

    version = models.OneToOneField(PolicyVersion, models.PROTECT, related_name="reading_call")
    policy = models.ForeignKey("policy_pages.PolicyPage", models.PROTECT, related_name="+")
    first_day = models.DateField(_("first day in force"))
    everybody = models.BooleanField(_("asks everybody"))
    job_roles = models.ManyToManyField("kernel_organisation.JobRole", related_name="+")

    class Meta:
        verbose_name = _("call to read")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["policy", "everybody", "first_day", "version"], name="policy_pages_calls_of_policy"
            )
        ]

    def __str__(self):
        return str(self.version)


append_only(ReadingCall.job_roles.through)


@append_only
class Acknowledgement(models.Model):
    """Evidence: one person said to have read one version, in these words. Never changed, never taken away."""

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        "kernel_organisation.StaffProfile", models.PROTECT, related_name="acknowledgements", db_index=False
    )
    policy = models.ForeignKey("policy_pages.PolicyPage", models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(
        PolicyVersion, models.PROTECT, related_name="acknowledgements", db_index=False
    )
    text_sha256 = models.CharField(_("digest of the text"), max_length=64)
    statement = models.TextField(_("statement as shown"))
    how = models.CharField(_("how"), max_length=5, choices=HowRead)
    read_on = models.DateField(_("read on"))
    at = models.DateTimeField(_("recorded at"))
    answered_on = models.DateField(_("questions answered on"), null=True)
    recorder_id = models.PositiveBigIntegerField(_("number of the person who recorded it"), null=True)
    recorder_name = models.CharField(_("recorded by"), max_length=255, blank=True)
    kept_at = models.CharField(_("where the sheet is kept"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("acknowledgement")
        default_permissions = ("add", "view")
        indexes = [models.Index(fields=["person", "policy", "version"], name="policy_pages_read_by")]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                name="policy_pages_read_once",
                violation_error_message=_("This person has confirmed this version already."),
            ),
            models.CheckConstraint(
                name="policy_pages_paper_has_place",
                condition=Q(how=HowRead.OWN, recorder_id__isnull=True, recorder_name="", kept_at="")
                | Q(how=HowRead.PAPER) & ~Q(recorder_name="") & ~Q(kept_at=""),
                violation_error_message=_("Say where the sheet is kept."),
            ),
            models.CheckConstraint(
                name="policy_pages_paper_by_another",
                condition=Q(recorder_id__isnull=True) | ~Q(recorder_id=F("person_id")),
                violation_error_message=_("Nobody records on paper for themselves."),
            ),
        ]

    def __str__(self):
        return f"{self.version_id}: {self.person_id}"


class Question(models.Model):
    """One of a few short questions. ``right`` is a place in ``answers``; ``clause`` the id of the answering block."""

    number = models.PositiveSmallIntegerField(_("number"))
    question = models.CharField(_("question"), max_length=300)
    answers = models.JSONField(_("answers"))
    right = models.PositiveSmallIntegerField(_("right answer"))
    clause = models.CharField(_("clause that answers it"), max_length=64)

    class Meta:
        abstract = True

    def __str__(self):
        return self.question


class DraftQuestion(Question):
    """A question for the next version of a policy, written with its draft; copied to the version that is issued.

    It stays here afterwards: what is asked of the version after that begins with it.
    """

    wagtail_reference_index_ignore = True

    policy = models.ForeignKey("policy_pages.PolicyPage", models.CASCADE, related_name="draft_questions")

    class Meta:
        verbose_name = _("question for the next version")
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_pages_draft_question_once"),
            models.CheckConstraint(
                name="policy_pages_few_draft_questions",
                condition=Q(number__gte=1, number__lte=MOST_QUESTIONS),
                violation_error_message=_("A version has 1 to 5 questions."),
            ),
        ]


@append_only
class ReadingQuestion(Question):
    """A question about an issued version, answered before reading is confirmed. Never changed."""

    wagtail_reference_index_ignore = True

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="reading_questions")

    class Meta:
        verbose_name = _("question about a version")
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="policy_pages_question_once"),
            models.CheckConstraint(
                name="policy_pages_few_questions",
                condition=Q(number__gte=1, number__lte=MOST_QUESTIONS),
                violation_error_message=_("A version has 1 to 5 questions."),
            ),
        ]

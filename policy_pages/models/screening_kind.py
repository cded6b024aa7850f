"""What is asked before a text is submitted, as data: kinds of screening, and templates per type of document."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from kernel.organisation.grants import GRANT, known_role, role_named
from policy_pages.enums import DocumentType
from policy_pages.screening.enums import ANSWERS, Answer, AnswerSet


class ScreeningKind(ClusterableModel):
    """One screening, such as equality impact: its aims, its rows, and the answer that needs words.

    With a ``lead_role`` that answer opens a full assessment, which a holder of the role finishes.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    introduction = models.TextField(_("introduction"), blank=True)
    aims = models.TextField(
        _("aims"), blank=True, help_text=_("Shown above the rows, for example the general duty. One a line.")
    )
    answer_set = models.CharField(_("answers"), max_length=10, choices=AnswerSet, default=AnswerSet.IMPACT)
    adverse = models.CharField(
        _("answer that needs words"), max_length=20, choices=Answer, default=Answer.NEGATIVE
    )
    lead_role = models.CharField(
        _("role that makes the full assessment"),
        max_length=40,
        blank=True,
        validators=[known_role],
        help_text=_("For example equality-lead. Empty: that answer needs words and opens nothing."),
    )

    class Meta:
        verbose_name = _("kind of screening")
        verbose_name_plural = _("kinds of screening")
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(answer.value, answer.label.capitalize()) for answer in ANSWERS[AnswerSet(self.answer_set)]]

    @property
    def lead_label(self) -> str:
        return str(role_named(self.lead_role).label).lower() if self.lead_role else ""

    @property
    def aim_lines(self) -> list[str]:
        return [line.strip() for line in self.aims.splitlines() if line.strip()]

    def clean(self):
        super().clean()
        if self.answer_set in AnswerSet.values and self.adverse not in ANSWERS[AnswerSet(self.answer_set)]:
            raise ValidationError({"adverse": _("Choose one of the answers that its rows offer.")})
        if self.answer_set == AnswerSet.IMPACT and self.adverse != Answer.NEGATIVE:
            raise ValidationError({"adverse": _("A negative impact always needs words.")})
        if self.lead_role and role_named(self.lead_role).how != GRANT:
            raise ValidationError({"lead_role": _("Choose a role that is given to people with dates.")})


class ScreeningRow(Orderable):
    kind = ParentalKey(ScreeningKind, on_delete=models.CASCADE, related_name="rows")
    label = models.CharField(_("row"), max_length=200)
    guidance = models.TextField(_("guidance"), blank=True, help_text=_("Shown beneath the row."))

    class Meta(Orderable.Meta):
        verbose_name = _("row of a screening")

    def __str__(self):
        return self.label


class DocumentTemplate(ClusterableModel):
    """What a document of one type must have before it is submitted. A type without a template requires nothing."""

    document_type = models.CharField(_("type of document"), max_length=20, choices=DocumentType, unique=True)
    screenings = ParentalManyToManyField(
        ScreeningKind, blank=True, related_name="templates", verbose_name=_("screenings required")
    )

    class Meta:
        verbose_name = _("document template")
        ordering = ["document_type"]

    def __str__(self):
        return str(self.get_document_type_display())


class RequiredSection(Orderable):
    template = ParentalKey(DocumentTemplate, on_delete=models.CASCADE, related_name="sections")
    heading = models.CharField(_("heading"), max_length=120)
    alternatives = models.TextField(
        _("other headings that count"), blank=True, help_text=_("One a line, for example Aims.")
    )
    guidance = models.TextField(_("what belongs there"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("required section")

    def __str__(self):
        return self.heading

    @property
    def accepted(self) -> list[str]:
        return [self.heading, *(line.strip() for line in self.alternatives.splitlines() if line.strip())]

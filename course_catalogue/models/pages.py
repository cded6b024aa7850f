from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page

from course_catalogue.catalogue import editor
from course_catalogue.catalogue.controlled import ApprovedPageMixin
from course_catalogue.enums import Delivery
from kernel.lifecycle.controlled import ControlledParentMixin

CODE_FITS = RegexValidator(
    r"^[A-Z0-9][A-Z0-9\-]*\Z",
    _("Write the code with letters A to Z, digits and hyphens alone, for example SGC3."),
)


def _one(model: str, label, **more):
    """A row of a list that a draft may lack."""
    return models.ForeignKey(model, models.PROTECT, null=True, blank=True, verbose_name=label, **more)


def _many(model: str, label):
    return ParentalManyToManyField(
        f"course_catalogue.{model}", blank=True, related_name="courses", verbose_name=label
    )


class CourseIndexPage(ControlledParentMixin, Page):
    """The catalogue: courses stand beneath it. What it lists is asked for each reader, never kept."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["course_catalogue.CoursePage"]

    class Meta:
        verbose_name = _("course catalogue")

    def serve(self, request, *args, **kwargs):
        from course_catalogue.views import catalogue  # noqa: PLC0415  views need this model

        return catalogue.index(request, self)


class CoursePage(ApprovedPageMixin, Page):
    """What is taught: versioned, approved by a subject expert and by education before anybody can book it.

    Every field and every row beneath it is part of the text that is approved; ``minutes`` is the time of one learner.
    """

    code = models.CharField(_("code"), max_length=30, unique=True, validators=[CODE_FITS])
    aim = models.CharField(_("what it is for, in a sentence"), max_length=300, blank=True)
    content = models.TextField(_("content"), blank=True)
    delivery = models.CharField(_("delivery"), max_length=20, choices=Delivery)
    kind = _one("course_catalogue.OpportunityKind", _("kind"), related_name="courses")
    level = _one("course_catalogue.Level", _("level"), related_name="courses")
    subjects = _many("Subject", _("subjects"))
    audiences = _many("AudienceGroup", _("whom it is for"))
    priorities = _many("Priority", _("priorities that it serves"))
    minutes = models.PositiveIntegerField(
        _("length in minutes"), default=360, validators=[MinValueValidator(1)]
    )
    agency = _one(
        "kernel_organisation.Agency",
        _("whose course it is"),
        related_name="+",
        help_text=_("Empty: the partnership's own."),
    )
    open_to_partners = models.BooleanField(_("open to partner agencies"), default=False)
    cost = models.DecimalField(
        _("cost of one session"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("What it costs the organisation, in pounds; not what anybody pays."),
    )
    cost_words = models.TextField(_("how the cost is made up"), blank=True)
    rationale = models.TextField(
        _("why it is worth the time and cost"), blank=True, help_text=_("And why no less training would do.")
    )
    subject_expert = _one(
        "kernel_organisation.StaffProfile", _("sponsoring subject expert"), related_name="courses_sponsored"
    )
    review_due = models.DateField(
        _("review due"), null=True, blank=True, help_text=_("The last day on which the approval counts.")
    )
    days_needed = models.PositiveSmallIntegerField(
        _("days needed for the certificate"),
        null=True,
        blank=True,
        help_text=_("Empty: all days of a session."),
    )

    parent_page_types = ["course_catalogue.CourseIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["code"]
    edit_handler = editor.tabs()

    class Meta:
        verbose_name = _("course")
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_cost_not_negative",
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                violation_error_message=_("A cost is never negative."),
            ),
            models.CheckConstraint(name="course_catalogue_some_minutes", condition=Q(minutes__gte=1)),
        ]

    def __str__(self):
        return f"{self.code} {self.title}" if self.code else self.title

    def serve(self, request, *args, **kwargs):
        from course_catalogue.views import catalogue  # noqa: PLC0415  views need this model

        return catalogue.course(request, self)

    def serve_preview(self, request, mode_name):
        """What the editor shows beside the form."""
        from course_catalogue.views import catalogue  # noqa: PLC0415  views need this model

        return catalogue.preview(request, self)

    def clean(self):
        super().clean()
        self.code = (self.code or "").strip().upper()
        if self.delivery == Delivery.SINGLE_AGENCY and self.agency_id is None:
            raise ValidationError({"agency": _("Say whose course it is: it is for a single agency.")})

    def full_clean(self, *args, **kwargs):
        self.code = (self.code or "").strip().upper()
        super().full_clean(*args, **kwargs)

"""The rows of a course: they are versioned and approved with it."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from course_catalogue.catalogue.lengths import length
from course_catalogue.enums import SourceKind

MONTHS = [MinValueValidator(1)]


class CourseOutcome(Orderable):
    """What people can do afterwards, and after how many months that is assessed and refreshed (S0-64)."""

    course = ParentalKey("course_catalogue.CoursePage", on_delete=models.CASCADE, related_name="outcomes")
    words = models.CharField(_("by the end people can"), max_length=300)
    assess_months = models.PositiveSmallIntegerField(
        _("assessed after, months"), null=True, blank=True, validators=MONTHS
    )
    refresh_months = models.PositiveSmallIntegerField(
        _("refreshed after, months"), null=True, blank=True, validators=MONTHS
    )

    class Meta(Orderable.Meta):
        verbose_name = _("outcome")
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_outcome_months",
                condition=(Q(assess_months__isnull=True) | Q(assess_months__gte=1))
                & (Q(refresh_months__isnull=True) | Q(refresh_months__gte=1)),
                violation_error_message=_("A number of months is 1 or more."),
            )
        ]

    def __str__(self):
        return self.words


class CoursePrerequisite(Orderable):
    """Another course that must have been attended first, or whose knowledge the manager confirms (S4-13)."""

    course = ParentalKey(
        "course_catalogue.CoursePage", on_delete=models.CASCADE, related_name="prerequisites"
    )
    needs = models.ForeignKey(
        "course_catalogue.CoursePage",
        models.PROTECT,
        related_name="needed_by",
        verbose_name=_("course first"),
    )
    manager_may_confirm = models.BooleanField(
        _("the manager may confirm it"),
        default=True,
        help_text=_(
            "Then a booking without attendance needs the manager's word that the knowledge is there."
        ),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("course needed first")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "needs"],
                name="course_catalogue_prerequisite_once",
                violation_error_message=_("This course is named already."),
            ),
            models.CheckConstraint(
                name="course_catalogue_prerequisite_another",
                condition=~Q(course=models.F("needs")),
                violation_error_message=_("A course is not needed before itself."),
            ),
        ]

    def __str__(self):
        return f"{self.course_id} {self.needs_id}"

    def clean(self):
        super().clean()
        if self.needs_id and self.needs_id == self.course_id:
            raise ValidationError({"needs": _("A course is not needed before itself.")})


class CourseMethod(Orderable):
    """A method of the course and the minutes of one learner that it takes (S0-67)."""

    course = ParentalKey("course_catalogue.CoursePage", on_delete=models.CASCADE, related_name="methods")
    method = models.ForeignKey(
        "course_catalogue.Method", models.PROTECT, related_name="+", verbose_name=_("method")
    )
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MinValueValidator(1)])

    class Meta(Orderable.Meta):
        verbose_name = _("method of a course")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "method"],
                name="course_catalogue_method_once",
                violation_error_message=_("This method is listed already."),
            ),
            models.CheckConstraint(name="course_catalogue_method_minutes", condition=Q(minutes__gte=1)),
        ]

    def __str__(self):
        return f"{self.method}: {self.minutes}"

    @property
    def length(self) -> str:
        return length(self.minutes)


class CourseSource(Orderable):
    """What the content rests on, with the day from which it is (S4-40)."""

    course = ParentalKey("course_catalogue.CoursePage", on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("source"), max_length=250)
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)
    dated_on = models.DateField(_("published or last checked"))
    address = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("source")

    def __str__(self):
        return self.title

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only


class Programme(models.Model):
    """The training programme of one year, from 1 April of ``first_year`` to 31 March of the next (S4-10).

    Sessions belong to it by their first day and are not tied to it. ``review_due``: the last day on which its yearly
    review is in time (S4-63).
    """

    first_year = models.PositiveSmallIntegerField(_("year in which it begins"), unique=True)
    review_due = models.DateField(_("review due"))
    words = models.TextField(_("what it is for"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-first_year"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_programme_year",
                condition=Q(first_year__gte=2000, first_year__lte=2200),
                violation_error_message=_("A programme begins between 2000 and 2200."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """2026/27"""
        return f"{self.first_year}/{(self.first_year + 1) % 100:02}"


@append_only(changeable_if="OLD.taken_off_on IS NULL")
class ProgrammeCourse(models.Model):
    """A course on the programme of a year. What came after 1 April says which need emerged and what it costs (S4-22).

    ``begins_on`` is that 1 April, kept here so that the database can hold the rule. A course that is taken off keeps
    its row, with the day, the person and the reason; put on again, it has another one.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="entries")
    course = models.ForeignKey("course_catalogue.CoursePage", models.PROTECT, related_name="programmes")
    begins_on = models.DateField(_("programme begins"), editable=False)
    added_on = models.DateField(_("added"))
    added_by_name = models.CharField(_("added by"), max_length=255)
    emerging_need = models.BooleanField(_("emerging need"), default=False)
    cost = models.DecimalField(_("cost"), max_digits=9, decimal_places=2, null=True, blank=True)
    words = models.TextField(_("which need, and why now"), blank=True)
    taken_off_on = models.DateField(_("taken off"), null=True, editable=False)
    taken_off_by_name = models.CharField(_("taken off by"), max_length=255, blank=True, editable=False)
    taken_off_because = models.CharField(
        _("why it was taken off"), max_length=300, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("course of a programme")
        ordering = ["programme_id", "course__title", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "course"],
                condition=Q(taken_off_on__isnull=True),
                name="course_catalogue_programmed_once",
                violation_error_message=_("This course is on the programme of that year already."),
            ),
            models.CheckConstraint(
                name="course_catalogue_added_with_need",
                condition=Q(added_on__lte=F("begins_on")) | Q(emerging_need=True),
                violation_error_message=_("A course that is added after 1 April meets an emerging need."),
            ),
            models.CheckConstraint(
                name="course_catalogue_need_with_cost",
                condition=Q(emerging_need=False) | Q(cost__isnull=False, cost__gte=0) & ~Q(words=""),
                violation_error_message=_("An emerging need has a cost and words."),
            ),
            models.CheckConstraint(
                name="course_catalogue_taken_off_says_why",
                condition=Q(taken_off_on__isnull=True, taken_off_because="", taken_off_by_name="")
                | Q(taken_off_on__isnull=False) & ~Q(taken_off_because="") & ~Q(taken_off_by_name=""),
                violation_error_message=_(
                    "A course that is taken off has the day, the person and the reason."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.course_id}"


@append_only
class ProgrammeReview(models.Model):
    """Evidence: the yearly review of a programme was held, with what it found. The next one is due a year later."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reviews")
    held_on = models.DateField(_("held"))
    due = models.DateField(_("was due"))
    findings = models.TextField(_("what it found"))
    by_name = models.CharField(_("recorded by"), max_length=255)
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("review of a programme")
        ordering = ["-held_on", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.programme_id} {self.held_on}"

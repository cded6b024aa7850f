from django.db import models
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import TrainerGround
from kernel.audit.append_only import append_only
from kernel.organisation.models.dated import Dated


class Trainer(models.Model):
    """A person of the training pool. Who may teach follows from what stands on record of them, day by day.

    The agency is the person's own. ``active``: still in the pool; who left it is assigned to nothing new.
    """

    person = models.OneToOneField(
        "kernel_organisation.StaffProfile",
        models.PROTECT,
        related_name="trainer",
        verbose_name=_("person"),
    )
    topics = models.ManyToManyField(
        "course_catalogue.Subject", blank=True, related_name="+", verbose_name=_("topics")
    )
    active = models.BooleanField(_("in the pool"), default=True)

    class Meta:
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")
        ordering = ["person__name"]
        default_permissions = ("view",)

    def __str__(self):
        return str(self.person)


class Teaching(models.Model):
    """One trainer on one day of a session; the database refuses two days at the same time."""

    day = models.ForeignKey("course_catalogue.SessionDay", models.CASCADE, related_name="teaching")
    trainer = models.ForeignKey(Trainer, models.PROTECT, related_name="teaching")

    class Meta:
        verbose_name = _("trainer of a day")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "trainer"], name="course_catalogue_teaching_once")
        ]

    def __str__(self):
        return f"{self.trainer_id} {self.day_id}"


class TrainerEligibility(Dated):
    """Why somebody may teach: their own organisation's safeguarding trainer, or trained as a trainer (S4-61).

    ``from_on``: since when they hold the role, or the day on which they completed the course. Without such a row that
    covers the day, nobody is assigned.
    """

    trainer = models.ForeignKey(Trainer, models.PROTECT, related_name="grounds")
    ground = models.CharField(_("ground"), max_length=20, choices=TrainerGround)
    evidence = models.CharField(_("where it is seen"), max_length=300)
    by_name = models.CharField(_("recorded by"), max_length=255)

    class Meta(Dated.Meta):
        verbose_name = _("eligibility of a trainer")
        ordering = ["trainer_id", "-from_on", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.trainer_id} {self.ground}"


class Unavailability(Dated):
    """Days on which somebody of the pool cannot teach."""

    trainer = models.ForeignKey(Trainer, models.PROTECT, related_name="unavailable")
    words = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("days that cannot be taught")
        ordering = ["trainer_id", "from_on", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.trainer_id} {self.from_on}"


class SpecificationPoint(models.Model):
    """One point of the person specification for trainers, as data: what is checked before somebody is assigned."""

    words = models.CharField(_("what is asked"), max_length=300, unique=True)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("point of the person specification")
        verbose_name_plural = _("person specification for trainers")
        ordering = ["place", "pk"]

    def __str__(self):
        return self.words


@append_only
class SpecificationCheck(models.Model):
    """Evidence: an officer held somebody against the person specification on a day (S4-36). The newest counts.

    ``points``: pairs of the words asked and whether they were met, as they stood then; ``met``: all of them were.
    """

    trainer = models.ForeignKey(Trainer, models.PROTECT, related_name="checks")
    checked_on = models.DateField(_("checked"))
    points = models.JSONField(_("points"), default=list)
    met = models.BooleanField(_("all points met"))
    words = models.TextField(_("notes"), blank=True)
    by_name = models.CharField(_("checked by"), max_length=255)
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("check against the person specification")
        ordering = ["trainer_id", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.trainer_id} {self.checked_on}"


@append_only
class Observation(models.Model):
    """Evidence: somebody watched a trainer teach, what they saw and how the trainer goes on from there (S4-62)."""

    trainer = models.ForeignKey(Trainer, models.PROTECT, related_name="observations")
    day = models.ForeignKey("course_catalogue.SessionDay", models.PROTECT, null=True, related_name="+")
    observed_on = models.DateField(_("observed"))
    observer = models.CharField(_("observed by"), max_length=255)
    findings = models.TextField(_("findings"))
    development = models.TextField(_("development notes"), blank=True)
    by_name = models.CharField(_("recorded by"), max_length=255)
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("observation of a trainer")
        ordering = ["trainer_id", "-observed_on", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.trainer_id} {self.observed_on}"

"""The words by which courses are found, as data: an organisation adds its own and switches off what it does not use."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import GroupTag, PrioritySource


class Word(models.Model):
    """One entry of a list. ``key`` stands in addresses and in code and never changes."""

    key = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ["place", "name"]

    def __str__(self):
        return self.name


class Subject(Word):
    """What a course is about. The specialist ones are those that a programme has to cover (S2-15)."""

    IT_SKILLS = "it-skills"

    specialist = models.BooleanField(_("specialist topic"), default=False)

    class Meta(Word.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class OpportunityKind(Word):
    """A way in which staff learn, from an induction to a conference (S2-12); with the levels that it serves (S2-13).

    ``event``: a meeting that is listed beside the courses, such as a supervision group (S2-50).
    """

    first_level = models.PositiveSmallIntegerField(_("from level"), null=True, blank=True)
    last_level = models.PositiveSmallIntegerField(_("to level"), null=True, blank=True)
    event = models.BooleanField(_("event"), default=False)

    class Meta(Word.Meta):
        verbose_name = _("kind of opportunity")
        verbose_name_plural = _("kinds of opportunities")
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_kind_levels",
                condition=Q(first_level__isnull=True, last_level__isnull=True)
                | Q(first_level__gte=1, last_level__gte=F("first_level")),
                violation_error_message=_("Give the first and the last level, or neither."),
            )
        ]

    @property
    def levels(self) -> range:
        """The levels that it serves; empty where it serves any."""
        return range(self.first_level, self.last_level + 1) if self.first_level else range(0)


class Framework(models.Model):
    """A published framework of competences in one edition; a new edition is a new row with levels of its own."""

    name = models.CharField(_("name"), max_length=160)
    edition = models.PositiveSmallIntegerField(_("edition, year"), validators=[MinValueValidator(1950)])

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["name", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "edition"],
                name="course_catalogue_edition_once",
                violation_error_message=_("This edition is listed already."),
            )
        ]

    def __str__(self):
        return _t("%(name)s, %(year)s edition") % {"name": self.name, "year": self.edition}


class Level(models.Model):
    """One level of a framework, by its number, in the words of that edition's readers."""

    framework = models.ForeignKey(
        Framework, models.PROTECT, related_name="levels", verbose_name=_("framework")
    )
    number = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1)])
    words = models.CharField(_("whom it is for"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["number", "-framework__edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"],
                name="course_catalogue_level_once",
                violation_error_message=_("This edition has a level of this number already."),
            ),
            models.CheckConstraint(name="course_catalogue_level_from_1", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        words = {"number": self.number, "year": self.framework.edition}
        return _t("Level %(number)s, %(year)s edition") % words


class AudienceGroup(Word):
    """Whom a course is for: a group of a scheme, or a tag such as managers and commissioners (S2-51)."""

    tag = models.CharField(_("tag"), max_length=20, choices=GroupTag, blank=True)
    words = models.CharField(
        _("who belongs"),
        max_length=300,
        blank=True,
        help_text=_("For example: you work mainly with children."),
    )

    class Meta(Word.Meta):
        verbose_name = _("audience group")
        verbose_name_plural = _("audience groups")


class Method(Word):
    """How people learn in a course (S0-67)."""

    digital = models.BooleanField(_("e-learning or e-assessment"), default=False)

    class Meta(Word.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class Priority(models.Model):
    """Why something is on the programme, with what put it there (S4-20)."""

    name = models.CharField(_("priority"), max_length=160, unique=True)
    source = models.CharField(_("what put it there"), max_length=20, choices=PrioritySource)
    words = models.TextField(_("in words"), blank=True)
    stated_on = models.DateField(_("stated on"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} ({self.get_source_display()})"

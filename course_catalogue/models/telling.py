from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import MailKind
from kernel.audit.append_only import append_only


class MailRule(models.Model):
    """What everybody booked is told so many days before the first day: of one course, or of all.

    A rule of a course takes the place of the rules for all courses of the same kind. ``links``: title and address of
    each thing to read or bring. An ended rule stays, because what was sent refers to it.
    """

    course = models.ForeignKey(
        "course_catalogue.CoursePage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mail_rules",
        verbose_name=_("course"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MailKind)
    days_before = models.PositiveSmallIntegerField(
        _("days before the first day"), validators=[MaxValueValidator(90)]
    )
    words = models.TextField(_("words"), max_length=4000)
    links = models.JSONField(_("links"), default=list, blank=True)
    active = models.BooleanField(_("in use"), default=True, editable=False)

    class Meta:
        verbose_name = _("rule for mails before a session")
        ordering = ["course_id", "kind", "-days_before", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_mail_days",
                condition=Q(days_before__lte=90),
                violation_error_message=_("At most 90 days before."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.days_before}"


@append_only
class SessionMessage(models.Model):
    """Evidence: what was written to everybody booked on a session, by whom, to how many. One row for each press."""

    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="messages")
    key = models.UUIDField(unique=True, editable=False)
    subject = models.CharField(_("subject"), max_length=60)
    words = models.TextField(_("message"))
    people = models.PositiveIntegerField(_("sent to"))
    by_name = models.CharField(_("written by"), max_length=255)
    at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("message to everybody booked")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.session_id} {self.subject}"


class CalendarTold(models.Model):
    """What the calendar of one person was last told of one session: how many days, under which number, come or not.

    Calendars take a file only when its number is higher, so it rises over all bookings of the person there.
    """

    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="+")
    person = models.ForeignKey("kernel_organisation.StaffProfile", models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(_("days told"))
    sequence = models.PositiveIntegerField(_("number of the file"))
    comes = models.BooleanField(_("told to come"))

    class Meta:
        verbose_name = _("what a calendar was told")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="course_catalogue_calendar_told_once")
        ]

    def __str__(self):
        return f"{self.session_id} {self.person_id} {self.sequence}"


class Interest(models.Model):
    """Somebody who wants to hear when a course has a date with room for them. Told once, or withdrawn, it is over."""

    course = models.ForeignKey("course_catalogue.CoursePage", models.PROTECT, related_name="interests")
    person = models.ForeignKey("kernel_organisation.StaffProfile", models.PROTECT, related_name="interests")
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    told_at = models.DateTimeField(_("told"), null=True, editable=False)
    told_of = models.ForeignKey(
        "course_catalogue.CourseSession", models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    class Meta:
        verbose_name = _("interest in a course")
        ordering = ["since", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=Q(told_at__isnull=True, withdrawn_at__isnull=True),
                name="course_catalogue_interest_once",
                violation_error_message=_("You asked to be told already."),
            ),
            models.CheckConstraint(
                name="course_catalogue_interest_ends_once",
                condition=Q(told_at__isnull=True, told_of__isnull=True)
                | Q(told_at__isnull=False, told_of__isnull=False, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self):
        return _t("%(person)s: course %(course)s") % {"person": self.person_id, "course": self.course_id}

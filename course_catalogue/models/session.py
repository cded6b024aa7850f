import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import SessionState


class CourseSession(models.Model):
    """One dated delivery of a course, over one day or several. Its row is the lock of everything about its places.

    ``first_at`` and ``last_at`` are the start of its first day and the end of its last one: kept by the planning
    services, because lists order by them; so is ``decide_on``, worked out from ``decide_days``. ``version`` rises with
    every change, so that two editors notice each other; ``sequence`` rises with what calendars must learn.
    """

    course = models.ForeignKey("course_catalogue.CoursePage", models.PROTECT, related_name="sessions")
    state = models.CharField(
        _("state"), max_length=10, choices=SessionState, default=SessionState.PLANNED, editable=False
    )
    host = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, related_name="+", verbose_name=_("host")
    )
    partners = models.ManyToManyField(
        "kernel_organisation.Agency", blank=True, related_name="+", verbose_name=_("held together with")
    )
    first_at = models.DateTimeField(_("begins"))
    last_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as come. 0: none.")
    )
    overbooked_because = models.CharField(_("why more are booked than places"), max_length=300, blank=True)
    minimum = models.PositiveIntegerField(_("at least"), default=0)
    decide_days = models.PositiveSmallIntegerField(_("decided so many working days before"), default=0)
    decide_on = models.DateField(_("go or cancel by"), null=True, blank=True)
    owner = models.ForeignKey(
        "kernel_organisation.StaffProfile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who decides whether it goes ahead"),
    )
    going_at = models.DateTimeField(_("said that it goes ahead"), null=True, editable=False)
    going_words = models.CharField(_("why it goes ahead"), max_length=300, blank=True, editable=False)
    opens_at = models.DateTimeField(_("booking opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("booking closes"), null=True, blank=True)
    held_closed = models.BooleanField(_("closed by hand"), default=False)
    needs_approval = models.BooleanField(_("the line manager releases people"), default=True)
    keeps_list = models.BooleanField(_("keeps a waiting list"), default=True)
    days_needed = models.PositiveSmallIntegerField(
        _("days needed for the certificate"),
        null=True,
        blank=True,
        help_text=_("Empty: as the course says."),
    )
    online_link = models.URLField(_("link to join"), max_length=500, blank=True)
    joining_words = models.TextField(_("joining instructions"), blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)
    changed_by_name = models.CharField(_("changed by"), max_length=255, blank=True, editable=False)
    moved_at = models.DateTimeField(_("moved at"), null=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["first_at", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "first_at"], name="course_catalogue_coming")]
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_session_ends_later",
                condition=Q(last_at__gt=F("first_at")),
                violation_error_message=_("A session ends after it begins."),
            ),
            models.CheckConstraint(
                name="course_catalogue_session_closes_later",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("Booking closes after it opens."),
            ),
            models.CheckConstraint(
                name="course_catalogue_cancelled_with_reason",
                condition=Q(state=SessionState.CANCELLED, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state=SessionState.CANCELLED) & Q(cancelled_at__isnull=True, cancel_reason=""),
                violation_error_message=_("Say why the session is cancelled."),
            ),
        ]

    def __str__(self):
        return f"{self.course_id} {self.first_at:%Y-%m-%d}"


class SessionDay(models.Model):
    """One day of a session: from when to when, and where. Online days have no room."""

    session = models.ForeignKey(CourseSession, models.PROTECT, related_name="days")
    number = models.PositiveSmallIntegerField(_("day"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    room = models.ForeignKey(
        "course_catalogue.Room",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="days",
        verbose_name=_("room"),
    )
    more_rooms = models.ManyToManyField(
        "course_catalogue.Room", blank=True, related_name="more_days", verbose_name=_("further rooms")
    )

    class Meta:
        verbose_name = _("day of a session")
        ordering = ["session_id", "number"]
        default_permissions = ()
        indexes = [models.Index(fields=["starts_at"], name="course_catalogue_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="course_catalogue_day_once"),
            models.CheckConstraint(
                name="course_catalogue_day_ends_later",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A day ends after it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.session_id} {self.number}"

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import LIVE, BookingState, CancelledBy
from kernel.audit.append_only import append_only


class Booking(models.Model):
    """One person's standing with one session: waiting, held, booked, or how it ended. Rows are never deleted.

    ``in_place_of``: the booking whose place this one took, given by a colleague or moved from another date.

    The terms (``fee`` to ``terms_words``) are those that were shown when it was made, with the agency that pays;
    a later policy does not change them (S4-16). None of ``free_until``: no notice rule applied.
    """

    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="bookings")
    person = models.ForeignKey(
        "kernel_organisation.StaffProfile", models.PROTECT, related_name="bookings", verbose_name=_("person")
    )
    agency = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, related_name="+", verbose_name=_("agency that pays")
    )
    state = models.CharField(_("state"), max_length=20, choices=BookingState, editable=False)
    joined_at = models.DateTimeField(_("asked at"))
    priority = models.PositiveSmallIntegerField(_("priority"), default=0)
    priority_reason = models.CharField(_("why first"), max_length=200, blank=True)
    priority_by_name = models.CharField(_("who said first"), max_length=255, blank=True)
    booked_by_name = models.CharField(_("asked by"), max_length=255)
    key = models.UUIDField(_("key of the form"), null=True, unique=True, editable=False)
    group = models.UUIDField(_("asked together"), null=True, editable=False)
    answer_by = models.DateTimeField(_("answer by"), null=True)
    manager = models.ForeignKey(
        "kernel_organisation.StaffProfile",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("manager asked"),
    )
    released = models.BooleanField(_("released from duty"), null=True)
    decided_by_name = models.CharField(_("decided by"), max_length=255, blank=True)
    to_confirm = models.CharField(_("what the manager confirms"), max_length=500, blank=True)
    access_needs = models.TextField(_("what helps"), blank=True)
    auto_accept = models.BooleanField(_("takes an offer at once"), default=False)
    charge_policy_id = models.PositiveBigIntegerField(_("charging policy"), null=True)
    fee = models.DecimalField(_("fee"), max_digits=8, decimal_places=2, null=True)
    late_charge = models.DecimalField(_("charge when late"), max_digits=8, decimal_places=2, null=True)
    free_until = models.DateTimeField(_("free until"), null=True)
    charge_steps = models.JSONField(_("charge by the time left"), default=list, blank=True)
    terms_words = models.TextField(_("how it was counted"), blank=True)
    agreed_at = models.DateTimeField(_("terms agreed"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by_name = models.CharField(_("ended by"), max_length=255, blank=True)
    cancelled_by = models.CharField(_("on whose account"), max_length=10, choices=CancelledBy, blank=True)
    late = models.BooleanField(_("cancelled late"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    diverted_by = models.CharField(_("asked to another task by"), max_length=120, blank=True)
    withdrawn_for = models.ForeignKey(
        "kernel_organisation.StaffProfile",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("manager who withdrew"),
    )
    rebook_due = models.DateField(_("new place due"), null=True)
    in_place_of = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="substitute",
        verbose_name=_("in place of"),
    )

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["session_id", "-priority", "joined_at", "pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["session", "state"], name="course_catalogue_by_session"),
            models.Index(fields=["person", "state"], name="course_catalogue_by_person"),
            models.Index(
                fields=["answer_by"],
                name="course_catalogue_to_answer",
                condition=Q(answer_by__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(state__in=LIVE),
                name="course_catalogue_booked_once",
                violation_error_message=_("This person is booked or waiting for this session already."),
            ),
            models.CheckConstraint(
                name="course_catalogue_priority_says_why",
                condition=Q(priority=0) | ~Q(priority_reason="") & ~Q(priority_by_name=""),
                violation_error_message=_("A priority has its reason and who said so."),
            ),
            models.CheckConstraint(
                name="course_catalogue_answer_awaited",
                condition=Q(state__in=[BookingState.REQUESTED, BookingState.OFFERED], answer_by__isnull=False)
                | ~Q(state__in=[BookingState.REQUESTED, BookingState.OFFERED]) & Q(answer_by__isnull=True),
                violation_error_message=_(
                    "A held place or an offer has a moment until which it is answered."
                ),
            ),
            models.CheckConstraint(
                name="course_catalogue_ended_has_moment",
                condition=Q(state__in=LIVE, ended_at__isnull=True)
                | ~Q(state__in=LIVE) & Q(ended_at__isnull=False),
                violation_error_message=_("A booking that ended has the moment of its end."),
            ),
            models.CheckConstraint(
                name="course_catalogue_amounts_not_negative",
                condition=(Q(fee__isnull=True) | Q(fee__gte=0))
                & (Q(late_charge__isnull=True) | Q(late_charge__gte=0)),
                violation_error_message=_("An amount is never negative."),
            ),
            models.CheckConstraint(
                name="course_catalogue_diverted_by_somebody",
                condition=~Q(cancelled_by=CancelledBy.DIVERTED) | ~Q(diverted_by=""),
                violation_error_message=_("Say who asked for the other task."),
            ),
            models.CheckConstraint(
                name="course_catalogue_withdrawn_says_why",
                condition=~Q(state=BookingState.WITHDRAWN) | Q(rebook_due__isnull=False) & ~Q(reason=""),
                violation_error_message=_(
                    "A withdrawal has its ground and the day by which a new place is due."
                ),
            ),
            models.CheckConstraint(
                name="course_catalogue_not_for_oneself",
                condition=Q(in_place_of__isnull=True) | ~Q(in_place_of=F("id")),
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def reference(self) -> str:
        """What people quote: B-20417."""
        return f"B-{self.pk}"


@append_only
class SkippedWaiting(models.Model):
    """Evidence: at this moment a place was free and this waiting person was passed over, for this reason."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="skips")
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("passed over")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.booking_id} {self.reason}"

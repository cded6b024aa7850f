from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.organisation.models import Sector


class PlaceLimit(models.Model):
    """At most so many places of a session for one agency, sector or staff group. 0: none of them."""

    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="limits")
    agency = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    staff_group = models.ForeignKey(
        "kernel_organisation.StaffGroup", models.PROTECT, null=True, blank=True, related_name="+"
    )
    size = models.PositiveIntegerField(_("at most"))

    class Meta:
        verbose_name = _("limit of places")
        ordering = ["session_id", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="course_catalogue_limit_of_one",
                condition=Q(agency__isnull=False, sector="", staff_group__isnull=True)
                | Q(agency__isnull=True, staff_group__isnull=True) & ~Q(sector="")
                | Q(agency__isnull=True, sector="", staff_group__isnull=False),
                violation_error_message=_("A limit is for one agency, one sector or one staff group."),
            )
        ]

    def __str__(self):
        return f"{self.session_id}: {self.size}"


class HeldPlaces(models.Model):
    """Places of a session kept for an agency, drawn down as its people are booked, given back on a day.

    The places that are still unnamed after ``release_at`` belong to everybody.
    """

    session = models.ForeignKey("course_catalogue.CourseSession", models.PROTECT, related_name="held")
    agency = models.ForeignKey("kernel_organisation.Agency", models.PROTECT, related_name="+")
    size = models.PositiveIntegerField(_("places"))
    release_at = models.DateTimeField(_("given back"))

    class Meta:
        verbose_name = _("places held")
        ordering = ["session_id", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "agency"],
                name="course_catalogue_held_once",
                violation_error_message=_("Places are held for this agency already: change their number."),
            )
        ]

    def __str__(self):
        return f"{self.session_id} {self.agency_id}: {self.size}"

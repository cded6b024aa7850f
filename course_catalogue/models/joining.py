from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Joining(models.Model):
    """How somebody of a partner agency comes to a login: invited by its coordinator, or by an own request.

    ``secret`` is the digest of what stands in the link that was mailed last; the link itself is kept nowhere. An
    invitation is granted from the start, a request once a user manager says so and its address is confirmed.
    """

    agency = models.ForeignKey(
        "kernel_organisation.Agency", models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("work e-mail address"))
    work = models.CharField(_("what you do there"), max_length=200, blank=True)
    invited_by_name = models.CharField(_("invited by"), max_length=255, blank=True)
    person = models.ForeignKey(
        "kernel_organisation.StaffProfile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    network = models.CharField(max_length=64, blank=True, editable=False)
    secret = models.CharField(max_length=64, blank=True, editable=False)
    secret_until = models.DateTimeField(_("link works until"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by_name = models.CharField(_("decided by"), max_length=255, blank=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    joined_at = models.DateTimeField(_("login opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("way in for a partner")
        verbose_name_plural = _("ways in for partners")
        ordering = ["asked_at", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["network", "asked_at"], name="course_catalogue_join_brake")]
        constraints = [
            models.UniqueConstraint(
                fields=["secret"], condition=~Q(secret=""), name="course_catalogue_joining_one_link"
            ),
            models.CheckConstraint(
                name="course_catalogue_joining_decided_whole",
                condition=Q(granted__isnull=True, decided_at__isnull=True)
                | Q(granted__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="course_catalogue_joined_when_granted",
                condition=Q(joined_at__isnull=True)
                | Q(granted=True, confirmed_at__isnull=False, person__isnull=False),
                violation_error_message=_(
                    "A login is opened for whom it was granted, at a confirmed address."
                ),
            ),
            models.CheckConstraint(
                name="course_catalogue_joining_refused_says_why",
                condition=Q(granted__isnull=True) | Q(granted=True) | ~Q(reason=""),
                violation_error_message=_("Say why not."),
            ),
        ]

    def __str__(self):
        return self.name

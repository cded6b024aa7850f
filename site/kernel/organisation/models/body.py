from collections.abc import Callable
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from kernel.organisation.models.dated import Dated
from kernel.organisation.models.staff import StaffProfile


class RatifiesBy(models.TextChoices):
    MEETING = "meeting", _("In a meeting")
    SIGNATURES = "signatures", _("By members signing one by one")


class ApprovesBy(models.TextChoices):
    """How many of those who may judge a text must approve it."""

    ANY = "any", _("Any one member")
    ALL = "all", _("All deciding members")
    NUMBER = "number", _("A number of members")


class Capacity(models.TextChoices):
    MEMBER = "member", _("Member")
    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice chair", _("Vice chair")
    SECRETARY = "secretary", _("Secretary")


NATIONS = [("ENG", _("England")), ("WLS", _("Wales")), ("SCT", _("Scotland")), ("NIR", _("Northern Ireland"))]
DECIDING_CAPACITIES = [Capacity.MEMBER, Capacity.CHAIR, Capacity.VICE_CHAIR]


class Body(ClusterableModel):
    """A committee. Its secretary writes down; members, chair and vice chair decide and make the quorum."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.SlugField(
        _("short name"), max_length=20, unique=True, help_text=_("Begins the references of its minutes.")
    )
    quorum = models.PositiveSmallIntegerField(_("quorum"), validators=[MinValueValidator(1)])
    ratifies_by = models.CharField(
        _("ratifies"), max_length=10, choices=RatifiesBy, default=RatifiesBy.MEETING
    )
    approves_by = models.CharField(_("approves"), max_length=10, choices=ApprovesBy, default=ApprovesBy.ANY)
    approvals_needed = models.PositiveSmallIntegerField(
        _("approvals needed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Only where a number of members approves."),
    )
    meets = models.CharField(_("meets"), max_length=200, blank=True, help_text=_("In words: first Tuesday."))
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    reviews_a_meeting = models.PositiveSmallIntegerField(
        _("reviews it takes at a meeting"),
        null=True,
        blank=True,
        help_text=_("Empty where nobody has agreed on a number; then no month counts as too full."),
    )
    nation = models.CharField(
        _("nation"), max_length=3, choices=NATIONS, default="ENG", help_text=_("Whose bank holidays count.")
    )
    consultation_lead = models.PositiveSmallIntegerField(
        _("consultation closes"), default=5, help_text=_("Working days before papers are due.")
    )
    papers_lead = models.PositiveSmallIntegerField(
        _("papers are due"), default=5, help_text=_("Working days before the meeting.")
    )
    in_force_lead = models.PositiveSmallIntegerField(
        _("in force"), default=2, help_text=_("Working days after the meeting, unless it says otherwise.")
    )
    reading_lead = models.PositiveSmallIntegerField(
        _("to be acknowledged"), default=28, help_text=_("Days after the first day in force.")
    )
    people = models.ManyToManyField(
        StaffProfile, through="kernel_organisation.BodyMembership", related_name="bodies"
    )

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="kernel_organisation_quorum_positive",
                condition=Q(quorum__gte=1),
                violation_error_message=_("A quorum is one person or more."),
            ),
            models.CheckConstraint(
                name="kernel_organisation_approvals_are_counted",
                condition=Q(approves_by="number", approvals_needed__isnull=False, approvals_needed__gte=1)
                | ~Q(approves_by="number") & Q(approvals_needed__isnull=True),
                violation_error_message=_(
                    "Say how many members approve, where a number does, and only there."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyMembership(Dated):
    """A seat in a body. The secretary's is no vote: who also votes has a second seat."""

    body = ParentalKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(
        StaffProfile, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships"
    )
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity, default=Capacity.MEMBER)

    class Meta(Dated.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["from_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(capacity="chair", until_on__isnull=True),
                name="kernel_organisation_one_chair",
                violation_error_message=_("This body has a chair already; end that first."),
            ),
            models.UniqueConstraint(
                fields=["body", "person", "capacity"],
                condition=Q(until_on__isnull=True),
                name="kernel_organisation_one_seat",
                violation_error_message=_("This person has this seat already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_capacity_display()}"


class BodyMeeting(models.Model):
    """A date on which the body sits. Without a day for papers, the body's rules work it out.

    Who keeps minutes knows whether it was held: that app adds its question, of a meeting, to ``held_when``.
    """

    held_when: ClassVar[list[Callable]] = []

    body = ParentalKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="meetings")
    meets_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    papers_due_on = models.DateField(_("papers due"), null=True, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["meets_on", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "meets_on"],
                name="kernel_organisation_one_sitting_a_day",
                violation_error_message=_("This body meets on that day already."),
            ),
            models.CheckConstraint(
                name="kernel_organisation_papers_before_meeting",
                condition=Q(papers_due_on__isnull=True) | Q(papers_due_on__lte=models.F("meets_on")),
                violation_error_message=_("Papers are due on the day of the meeting or before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.meets_on:%d %B %Y}"

    @property
    def is_held(self) -> bool:
        """It has minutes: what was decided then was decided on that day."""
        return any(ask(self) for ask in self.held_when)

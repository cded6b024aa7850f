from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.meetings.enums import OPEN_ITEMS, ItemState
from kernel.meetings.models.entry import MinutesEntry
from kernel.organisation.models import BodyMeeting


class AgendaItem(models.Model):
    """One thing that a meeting is to decide. ``kind`` names the app's handler, ``thing_id`` what it is about.

    What was recorded of it stands here until the minutes are confirmed; the decision itself is the app's.
    """

    meeting = models.ForeignKey(BodyMeeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=40)
    thing_id = models.PositiveBigIntegerField(_("number of the thing"))
    title = models.CharField(_("title as it was then"), max_length=255)
    order = models.PositiveIntegerField(_("order"))
    state = models.CharField(
        _("state"), max_length=10, choices=ItemState, default=ItemState.ON_AGENDA, editable=False
    )
    put_on_by_name = models.CharField(_("put on by"), max_length=255)
    put_on_at = models.DateTimeField(_("put on at"))
    reason = models.TextField(_("why it was taken off"), blank=True)
    entry = models.ForeignKey(MinutesEntry, models.PROTECT, null=True, related_name="items")
    reference = models.CharField(_("minute reference"), max_length=60, blank=True)
    outcome = models.CharField(_("outcome"), max_length=30, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True)
    statement = models.TextField(_("statement or reason"), blank=True)
    took_no_part = models.JSONField(_("took no part"), default=list)
    conditions = models.JSONField(_("conditions"), default=list)
    counted = models.PositiveSmallIntegerField(_("members counted"), null=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        default_permissions = ("view",)
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing_id"],
                condition=Q(state__in=[state.value for state in OPEN_ITEMS]),
                name="kernel_meetings_on_one_agenda",
                violation_error_message=_("This is on an agenda already."),
            ),
            models.CheckConstraint(
                name="kernel_meetings_recorded_in_an_entry",
                condition=Q(state__in=["on agenda", "taken off"], entry__isnull=True, outcome="")
                | Q(state__in=["recorded", "decided", "carried"], entry__isnull=False) & ~Q(outcome=""),
                violation_error_message=_("What was decided stands in an entry of the minutes."),
            ),
            models.CheckConstraint(
                name="kernel_meetings_taken_off_has_reason",
                condition=~Q(state="taken off") | ~Q(reason=""),
                violation_error_message=_("Say why it is taken off."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def took_no_part_ids(self) -> set[int]:
        return {row["id"] for row in self.took_no_part}

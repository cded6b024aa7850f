from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.lifecycle.enums import JobOutcome, Nation


class ClosedDay(models.Model):
    """A day on which work rests beside weekends and bank holidays, in one nation or everywhere."""

    day = models.DateField(_("day"))
    nation = models.CharField(
        _("nation"), max_length=3, choices=Nation, blank=True, help_text=_("Empty: everywhere.")
    )
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["day", "nation"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "nation"],
                name="kernel_lifecycle_closed_once",
                violation_error_message=_("This day is closed there already."),
            )
        ]

    def __str__(self):
        return f"{self.day} {self.reason}"


@append_only
class ReminderSent(models.Model):
    """One reminder of one thing at one milestone. ``cycle`` tells this time round from the next one."""

    thing_type = models.CharField(_("kind of thing"), max_length=100)
    thing_id = models.CharField(_("id of the thing"), max_length=64)
    milestone = models.CharField(_("milestone"), max_length=50)
    cycle = models.CharField(_("cycle"), max_length=50)
    sent_on = models.DateField(_("sent"))

    class Meta:
        verbose_name = _("reminder sent")
        verbose_name_plural = _("reminders sent")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["thing_type", "thing_id", "milestone", "cycle"], name="kernel_lifecycle_remind_once"
            )
        ]

    def __str__(self):
        return f"{self.thing_type}:{self.thing_id} {self.milestone} {self.cycle}"


class JobRun(models.Model):
    """One daily job on one day. The row is what two copies of ``run_daily`` take turns on."""

    name = models.CharField(_("job"), max_length=100)
    for_day = models.DateField(_("for"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=6, choices=JobOutcome, blank=True)
    error = models.CharField(_("error"), max_length=100, blank=True)
    lines = models.JSONField(_("what it did"), default=list, blank=True)

    class Meta:
        verbose_name = _("run of a daily job")
        verbose_name_plural = _("runs of daily jobs")
        ordering = ["-for_day", "name"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["name", "for_day"], name="kernel_lifecycle_job_once"),
            models.CheckConstraint(
                name="kernel_lifecycle_job_finished",
                condition=Q(outcome="", finished_at__isnull=True)
                | (~Q(outcome="") & Q(finished_at__isnull=False)),
                violation_error_message=_("A job that ended has the moment of its end."),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.for_day}"

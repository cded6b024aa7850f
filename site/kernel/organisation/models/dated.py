from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def in_force(today: date, prefix: str = "") -> Q:
    """Rows whose first day has come and whose last day, which still counts, has not passed."""
    ended = Q(**{f"{prefix}until_on__isnull": False, f"{prefix}until_on__lt": today})
    return Q(**{f"{prefix}from_on__lte": today}) & ~ended


def overlaps(from_on: date, until_on: date | None) -> Q:
    """Rows that share at least one day with the period; no last day means for ever."""
    not_over = Q(until_on__isnull=True) | Q(until_on__gte=from_on)
    return not_over if until_on is None else not_over & Q(from_on__lte=until_on)


def given(today: date, prefix: str = "") -> Q:
    """As ``in_force``, and nobody has taken it back; from the day of withdrawal on it is void."""
    back = Q(**{f"{prefix}withdrawn_on__isnull": False, f"{prefix}withdrawn_on__lte": today})
    return in_force(today, prefix) & ~back


class DatedQuerySet(models.QuerySet):
    def on(self, today: date):
        return self.filter(in_force(today))


class Dated(models.Model):
    """Something that holds from one day to another, both included."""

    from_on = models.DateField(_("first day"))
    until_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("The last day still counts.")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("The last day cannot be before the first day."),
            )
        ]

    def covers(self, today: date) -> bool:
        return self.from_on <= today and (self.until_on is None or today <= self.until_on)


class GivenQuerySet(models.QuerySet):
    def on(self, today: date):
        return self.filter(given(today))


class Given(Dated):
    """A power given for a time, which can be taken back at once without losing that it was held."""

    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = GivenQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = True

    def covers(self, today: date) -> bool:
        return super().covers(today) and (self.withdrawn_on is None or today < self.withdrawn_on)

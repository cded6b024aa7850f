"""The schedule of reports to committees (S3-07): what is due next, and what is late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from policy_pages.models import ReportDuty


@dataclass(frozen=True)
class Report:
    """A report that a committee awaits: the next day follows from how many due days have an answer."""

    duty: ReportDuty
    answered: int
    last_on: date | None
    today: date

    @property
    def next_on(self) -> date:
        return self.duty.due(self.answered + 1)

    @property
    def late(self) -> bool:
        """From the day after its due day on."""
        return self.next_on < self.today

    @property
    def missed(self) -> int:
        """How many due days are past without an answer."""
        found = 0
        while self.duty.due(self.answered + found + 1) < self.today:
            found += 1
        return found


def reports_due(today, **which) -> list[Report]:
    """The reports on the schedule, by committee and day."""
    rows = ReportDuty.objects.filter(ended_on__isnull=True, **which).select_related("body")
    rows = rows.annotate(answered=Count("made"), last_on=Max("made__made_on"))
    found = [Report(row, row.answered, row.last_on, today) for row in rows]
    return sorted(found, key=lambda one: (one.duty.body.name, one.next_on, one.duty.pk))


def late_policies(today) -> set[int]:
    """The policies on which a report is late."""
    return {one.duty.policy_id for one in reports_due(today) if one.late}

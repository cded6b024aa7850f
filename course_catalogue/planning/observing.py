"""Trainers whom nobody has watched for longer than the pool's rule allows (S4-62)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max, Min
from django.utils import timezone

from course_catalogue.enums import SessionState
from course_catalogue.models import Observation, Teaching, Trainer
from course_catalogue.planning.in_kind import rule_on
from kernel.lifecycle.review import add_months


@dataclass(frozen=True)
class Seen:
    """When a trainer was last observed and by when it is due; no ``due`` where no rule holds or they never taught."""

    last: date | None = None
    due: date | None = None
    late: bool = False


def of(trainers: Collection[int], today: date) -> dict[int, Seen]:
    """By key of the trainer; three queries. Due is so many months after the last observation, or the first day taught.

    The day on which it is due is still in time.
    """
    rule = rule_on(today)
    seen = _latest(trainers, today)
    taught = _first_taught(trainers, today)
    found = {}
    for key in trainers:
        since = seen.get(key) or taught.get(key)
        due = add_months(since, rule.observe_months) if rule and since else None
        found[key] = Seen(seen.get(key), due, due is not None and due < today)
    return found


def not_observed(today: date) -> list[Trainer]:
    """Everybody of the pool whose observation is late, by name, each with ``seen``."""
    rows = list(Trainer.objects.filter(active=True).select_related("person__agency"))
    known = of([row.pk for row in rows], today)
    for row in rows:
        row.seen = known[row.pk]
    return [row for row in rows if row.seen.late]


def _latest(trainers, today) -> dict[int, date]:
    rows = Observation.objects.filter(trainer__in=trainers, observed_on__lte=today).order_by()
    return dict(rows.values_list("trainer_id").annotate(Max("observed_on")))


def _first_taught(trainers, today) -> dict[int, date]:
    after = timezone.make_aware(datetime.combine(today, time.max))
    rows = Teaching.objects.filter(trainer__in=trainers, day__ends_at__lte=after)
    rows = rows.exclude(day__session__state=SessionState.CANCELLED).order_by()
    found = rows.values_list("trainer_id").annotate(Min("day__starts_at"))
    return {key: timezone.localdate(first) for key, first in found}

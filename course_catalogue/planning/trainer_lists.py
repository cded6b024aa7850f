"""Trainers as rows and one trainer's page: a fixed number of queries, however many there are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from course_catalogue.models import SpecificationPoint, Trainer, Unavailability
from course_catalogue.models.trainer import Teaching
from course_catalogue.planning import assigning, in_kind, observing
from course_catalogue.planning.observing import Seen
from course_catalogue.planning.pool import teaching_days


@dataclass(frozen=True)
class Row:
    """One trainer in the list. ``against``: why they cannot be assigned today, in words; empty: they can."""

    trainer: Trainer
    against: tuple[str, ...]
    seen: Seen
    coming: int


def rows(now: datetime) -> list[Row]:
    """Everybody who is or was of the pool, by name."""
    today = timezone.localdate(now)
    found = Trainer.objects.select_related("person__agency").prefetch_related(
        "topics",
        Prefetch(
            "teaching",
            Teaching.objects.filter(day__ends_at__gt=now).exclude(day__session__state="cancelled"),
            to_attr="coming",
        ),
    )
    found = list(found.order_by("person__name", "pk"))
    against = assigning.why_not(found, today)
    seen = observing.of([row.pk for row in found], today)
    return [Row(row, tuple(against.get(row.pk, ())), seen[row.pk], len(row.coming)) for row in found]


def page(trainer: Trainer, now: datetime) -> dict:
    """All that stands on record of one trainer."""
    today = timezone.localdate(now)
    days = teaching_days(trainer)
    coming = list(days.filter(ends_at__gt=now).select_related("session__course", "room__venue"))
    away = list(trainer.unavailable.filter(Q(until_on__isnull=True) | Q(until_on__gte=today)))
    return {
        "trainer": trainer,
        "against": assigning.why_not([trainer], today).get(trainer.pk, []),
        "seen": observing.of([trainer.pk], today)[trainer.pk],
        "topics": list(trainer.topics.all()),
        "grounds": list(trainer.grounds.all()),
        "checks": list(trainer.checks.all()),
        "points": SpecificationPoint.objects.filter(active=True).exists(),
        "observations": list(trainer.observations.select_related("day__session__course")),
        "away": away,
        "coming": coming,
        "clashing": _clashing(coming, away),
        "taught": list(days.filter(ends_at__lte=now).order_by("-starts_at")[:10]),
        "ledger": list(
            trainer.given.select_related("agency", "day__session__course", "corrects", "corrected_by")[:30]
        ),
        "standing": {row.pk for row in in_kind.standing(trainer.given.all())},
        "today": today,
    }


def _clashing(coming, away: list[Unavailability]) -> list:
    """Days that they teach although they said that they cannot."""
    return [day for day in coming if any(row.covers(timezone.localdate(day.starts_at)) for row in away)]

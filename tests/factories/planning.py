from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from course_catalogue.enums import TrainerGround
from course_catalogue.models import (
    CourseSession,
    PoolRule,
    SpecificationCheck,
    SpecificationPoint,
    Trainer,
    TrainerEligibility,
)
from course_catalogue.planning import scheduling
from course_catalogue.planning.days import Day
from course_catalogue.planning.programme import Need
from tests.factories.courses import make_course, make_trainer
from tests.factories.organisation import make_host, make_person, make_role_holder

NOW = timezone.make_aware(datetime(2026, 11, 23, 9, 0))
NEED = Need(cost=Decimal(100), words="A review of a case asks for it")
FIRST = date(2027, 1, 6)


def make_officer():
    """A login that plans."""
    return make_role_holder("ld-officer", user=make_person(user=True).user)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_day(day: date = FIRST, first=(9, 30), last=(16, 30), **more) -> Day:
    return Day(at(day, *first), at(day, *last), **more)


def make_days(number: int, **more) -> list[Day]:
    return [make_day(FIRST + timedelta(days=place), **more) for place in range(number)]


def make_planned(*, course=None, days=None, actor=None, **more) -> CourseSession:
    """Planned through the service, of the host, with 10 places, on Wednesday 6 January 2027."""
    values = {"capacity": 10, "host": more.pop("host", None) or make_host(), "now": NOW, "need": NEED}
    return scheduling.schedule(
        course or make_course(), days=days or [make_day()], actor=actor, **{**values, **more}
    )


def make_able_trainer(**overrides) -> Trainer:
    """Of the pool, trained as a trainer, and meeting the person specification."""
    trainer = make_trainer(**overrides)
    TrainerEligibility.objects.create(
        trainer=trainer,
        ground=TrainerGround.TRAINED,
        from_on=date(2025, 5, 1),
        evidence="certificate",
        by_name="Officer",
    )
    make_check(trainer)
    return trainer


def make_check(trainer: Trainer, **overrides) -> SpecificationCheck:
    values = {
        "checked_on": date(2026, 5, 1),
        "points": [["Speaks clearly", True]],
        "met": True,
        "by_name": "Officer",
        "at": NOW,
    }
    return SpecificationCheck.objects.create(trainer=trainer, **{**values, **overrides})


def make_point(**overrides) -> SpecificationPoint:
    return SpecificationPoint.objects.create(**{"words": "Has taught a group before", **overrides})


def make_pool_rule(**overrides) -> PoolRule:
    """From 1 April 2026: 10 free places for a trainer day, half up to 4 hours, observed every 12 months."""
    values = {"from_on": date(2026, 4, 1), "free_places": 10, "half_minutes": 240, "observe_months": 12}
    return PoolRule.objects.create(**{**values, **overrides})

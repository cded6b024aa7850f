"""Venues, rooms and the training pool: five trainers, each in another state."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from course_catalogue.enums import TrainerGround
from course_catalogue.models import PoolRule, Room, SpecificationPoint, Subject, Trainer, Venue
from course_catalogue.planning import pool, programme
from kernel.lifecycle.review import add_months
from portal.demo.organisation import person
from portal.demo.steps import login

OFFICER = "Chloe Beaumont"
VENUES = (
    (
        "Moor House education centre",
        "Moor Lane, Northmoor",
        "Level entrance, lift, hearing loop in both rooms.",
        (("Training room 1", 24), ("Training room 2", 12)),
    ),
    (
        "Civic Centre",
        "Market Square, Northmoor",
        "Ramp at the side door, lift, blue badge parking.",
        (("Committee room", 30), ("Library room", 16)),
    ),
    (
        "Harbour Light family centre",
        "Quay Street, Northmoor",
        "Ground floor, no step.",
        (("Garden room", 16),),
    ),
)
POINTS = (
    "Works, or has worked in the last two years, in a role that safeguards children or adults",
    "Has taught a group of adults before",
    "Knows the partnership's current procedures",
    "Has taken part in supervision in the last year",
)
# name, ground, months since the ground began, points met (None: not checked), months since last observed (0: never)
TRAINERS = (
    ("Nadia Brook", TrainerGround.TRAINED, 30, 4, 5),
    ("Beatrice Adeyemi", TrainerGround.OWN_ROLE, 40, 4, 15),
    ("Priya Sandhu", TrainerGround.TRAINED, 26, 4, 7),
    ("Helen Oduya", TrainerGround.TRAINED, 3, None, 0),
    ("Joel Fairbrother", None, 0, 4, 0),
)
TEACHING = ("Nadia Brook", "Beatrice Adeyemi", "Priya Sandhu")


def at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def build(today: date) -> bool:
    if Trainer.objects.exists():
        return False
    for name, address, access, rooms in VENUES:
        venue = Venue.objects.create(name=name, address=address, access=access)
        for room, seats in rooms:
            Room.objects.create(venue=venue, name=room, seats=seats)
    for place, words in enumerate(POINTS, 1):
        SpecificationPoint.objects.create(words=words, place=place)
    first_year = programme.year_of(today)
    PoolRule.objects.create(from_on=programme.begins(first_year - 1), free_places=10, observe_months=12)
    for row in TRAINERS:
        _trainer(*row, today)
    return True


def _trainer(name, ground, since, met, observed, today) -> None:
    who = {"actor": login(OFFICER), "now": at_ten(today - timedelta(days=2))}
    trainer = pool.join(person(name), **who)
    pool.set_topics(trainer, topics=list(Subject.objects.filter(active=True)[:2]), **who)
    if ground:
        words = {
            "from_on": add_months(today, -since),
            "evidence": "Certificate in the training team's folder",
        }
        pool.add_ground(trainer, ground=ground, **words, **who)
    if met is not None:
        points = list(SpecificationPoint.objects.values_list("pk", flat=True))
        pool.check(trainer, met=points[:met], **who)
    if observed:
        pool.observe(
            trainer,
            observed_on=add_months(today, -observed),
            observer=OFFICER,
            findings="Clear aims, calm pace, good use of the case example.",
            development="Leave more time for questions after the second part.",
            **who,
        )


def away(name: str, today: date) -> None:
    """Cannot teach for two weeks in four months; what they are assigned to then is listed."""
    who = {"actor": login(OFFICER), "now": at_ten(today)}
    from_on = today + timedelta(days=120)
    trainer = Trainer.objects.get(person=person(name))
    pool.set_away(trainer, from_on=from_on, until_on=from_on + timedelta(days=13), words="Leave", **who)

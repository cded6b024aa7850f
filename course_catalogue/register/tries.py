"""The brake on codes: who gives too many wrong ones waits. Kept in the database, for all processes together."""

import hashlib
from datetime import datetime, timedelta

from course_catalogue.models import Tried
from course_catalogue.register import conf

KEPT = timedelta(days=1)


def is_shut(door: str, who: str, now: datetime) -> bool:
    """Whether ``who`` has given as many wrong codes at this door lately as anybody may."""
    since = now - timedelta(minutes=conf.tries_minutes())
    return Tried.objects.filter(door=door, who=digest(who), at__gt=since).count() >= conf.tries()


def count_wrong(door: str, who: str, now: datetime) -> None:
    """Remember one wrong code; those of days ago go."""
    Tried.objects.filter(at__lt=now - KEPT).delete()
    Tried.objects.create(door=door, who=digest(who), at=now)


def digest(who: str) -> str:
    return hashlib.sha256(who.encode()).hexdigest()

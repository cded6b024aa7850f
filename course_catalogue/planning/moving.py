"""Move a session: the same bookings on other days, in other rooms or with other trainers; everybody is told."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.charging import deadlines
from course_catalogue.models import CourseSession, SessionDay
from course_catalogue.planning import notices, programme, scheduling
from course_catalogue.planning.days import Day, planned_days, require_days
from kernel.audit import act, record


@act("training.move_session")
@transaction.atomic
def move_session(
    session: CourseSession, *, days: Sequence[Day], actor, now: datetime, version: int | None = None
) -> CourseSession:
    """Put a session on other days, or the same days into other rooms; every booking and the waiting list's order stay.

    The sequence of its calendar entries is raised and whoever is booked, held, offered or waiting is told, trainers
    too. Last free moments move on with a later date, never back. Where trainers alone differ, learners are not told.

    Raises ValidationError when it has begun, when nothing differs, when somebody changed it meanwhile (``version``),
    and as ``schedule`` does.
    """
    programme.require_keeper(actor, now)
    session = scheduling.lock(session, version=version, now=now)
    if session.first_at <= now:
        raise ValidationError(_("This session has begun: it cannot be moved any more."), code="begun")
    days = require_days(days, now)
    before = planned_days(session)
    if _as_facts(before) == _as_facts(days):
        raise ValidationError(_("These are its days, rooms and trainers already."), code="same")
    scheduling.occupy(days, besides=session)
    told = _places(before) != _places(days)
    trainers_before = {trainer for day in before for trainer in day.trainers}
    _rewrite(session, days, actor, now, told)
    facts = {"from": _as_facts(before), "to": _as_facts(days), "sequence": session.sequence}
    record("training.move_session", actor=actor, target=session, facts=facts)
    deadlines.refresh(now=now, sessions=Q(pk=session.pk), actor=actor)
    notices.moved(session, before, now=now, learners=told, trainers_before=trainers_before)
    return session


def _places(days: Sequence[Day]) -> list:
    return [(day.starts_at, day.ends_at, {room.pk for room in day.rooms}) for day in days]


def _rewrite(session: CourseSession, days: list[Day], actor, now: datetime, told: bool) -> None:
    """Rooms and trainers are let go first, so that a session may move into hours that it holds itself."""
    rows = list(session.days.order_by("number"))
    for row in rows:
        row.more_rooms.clear()
        row.teaching.all().delete()
    session.days.update(room=None)
    for row in rows[len(days) :]:
        row.delete()
    for number, day in enumerate(days, 1):
        row = rows[number - 1] if number <= len(rows) else SessionDay(session=session, number=number)
        scheduling.write_day(row, day)
    _keep_distance(session, days[0].starts_at)
    session.first_at, session.last_at = days[0].starts_at, days[-1].ends_at
    if session.minimum:
        session.decide_on = None
    scheduling.require_settled(session, session.partners.all(), now)
    if told:
        session.sequence += 1
        session.moved_at = now
    scheduling.touch(session, actor, now)


def _keep_distance(session: CourseSession, first_at: datetime) -> None:
    """Booking closes as long before the session as it did before, by the clock on the wall."""
    if session.closes_at:
        local = [timezone.localtime(each).replace(tzinfo=None) for each in (session.first_at, first_at)]
        closes = timezone.localtime(session.closes_at).replace(tzinfo=None) + (local[1] - local[0])
        session.closes_at = timezone.make_aware(closes)


def _as_facts(days: Sequence[Day]) -> list[dict]:
    return [
        {
            "starts_at": day.starts_at.isoformat(),
            "ends_at": day.ends_at.isoformat(),
            "rooms": [room.pk for room in day.rooms],
            "trainers": sorted(trainer.pk for trainer in day.trainers),
        }
        for day in days
    ]

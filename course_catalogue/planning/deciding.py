"""Minimum numbers: by when somebody decides whether a session goes ahead, and what they say."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import conf
from course_catalogue.booking.capacity import places_taken
from course_catalogue.enums import SessionState
from course_catalogue.models import CourseSession
from course_catalogue.permissions import keeps_programme
from course_catalogue.planning.programme import written_name
from kernel.audit import act, record
from kernel.lifecycle.closed_days import closed_between
from kernel.lifecycle.working_days import add_working_days
from kernel.organisation import people

MOST_DAYS = 60
# How many working days before the day of the decision it stands on the desk.
ASKED_BEFORE = 5


def decide_on(first_on: date, days: int) -> date:
    """The working day that many working days before the session begins; local closures are left out too."""
    return _back(first_on, days)


def asked_from(last_day: date) -> date:
    """From this day on the decision stands on somebody's desk."""
    return _back(last_day, ASKED_BEFORE)


def _back(day: date, days: int) -> date:
    nation = conf.nation()
    closed = closed_between(day - timedelta(days=3 * days + 30), day, nation)
    return add_working_days(day, -days, closed, nation)


def require_minimum(
    minimum: int, decide_days: int, capacity: int | None, first_on: date, today: date
) -> date | None:
    """The day of the decision; None without a minimum. Raises ValidationError under the field that is wrong."""
    if not minimum:
        return None
    if capacity is not None and minimum > capacity:
        words = _("The least number must be %(places)d or fewer, as many as there are places.")
        raise ValidationError({"minimum": words % {"places": capacity}})
    if not 1 <= decide_days <= MOST_DAYS:
        words = _(
            "Say how many working days before, from 1 to %(most)d, it is decided whether it goes ahead."
        )
        raise ValidationError({"decide_days": words % {"most": MOST_DAYS}})
    last = decide_on(first_on, decide_days)
    if last < today:
        words = _("That many working days before has passed already. Enter a smaller number.")
        raise ValidationError({"decide_days": words})
    return last


def undecided():
    """Sessions with a minimum of which nobody has said yet that they go ahead; those that were cancelled apart."""
    rows = CourseSession.objects.filter(minimum__gt=0, going_at__isnull=True)
    return rows.exclude(state=SessionState.CANCELLED)


def to_decide(now: datetime, rows=None) -> list[CourseSession]:
    """Sessions of ``rows`` (or all) about which it must be decided now, each with ``short``: how many are missing.

    They have begun neither, fewer are booked than the minimum, and the day of the decision is near or past.
    """
    today = timezone.localdate(now)
    rows = undecided() if rows is None else rows
    near = rows.filter(first_at__gt=now, decide_on__lte=today + timedelta(days=3 * ASKED_BEFORE + 15))
    found = [row for row in near.select_related("course", "owner") if asked_from(row.decide_on) <= today]
    numbers = places_taken([row.pk for row in found])
    for row in found:
        row.short = row.minimum - numbers[row.pk]
    return [row for row in found if row.short > 0]


def may_decide(user, session: CourseSession, today: date) -> bool:
    """The owner of the session, and whoever keeps the programme."""
    if keeps_programme(user, today):
        return True
    person = people.profile_of(user)
    return person is not None and person.is_here(today) and session.owner_id == person.pk


@act("training.go_ahead")
@transaction.atomic
def go_ahead(session: CourseSession, *, words: str = "", actor, now: datetime) -> CourseSession:
    """Say that a session with a minimum goes ahead; with fewer than that, why. It is not asked again."""
    if not may_decide(actor, session, timezone.localdate(now)):
        raise PermissionDenied(_("The owner of the session decides whether it goes ahead."))
    session = CourseSession.objects.select_for_update().get(pk=session.pk)
    if session.state == SessionState.CANCELLED or session.last_at <= now:
        raise ValidationError(_("This session is cancelled or over: nothing is left to decide."))
    if not session.minimum or session.going_at:
        raise ValidationError(_("It is decided already that this session goes ahead."), code="twice")
    short = session.minimum - places_taken([session.pk])[session.pk]
    if short > 0 and not words.strip():
        raise ValidationError({"words": _("Say why it goes ahead with fewer people than its minimum.")})
    session.going_at, session.going_words = now, words.strip()[:300]
    session.version += 1
    session.changed_at, session.changed_by_name = now, written_name(actor)
    session.save()
    facts = {"minimum": session.minimum, "short": max(short, 0)}
    record("training.go_ahead", actor=actor, target=session, facts=facts, words={"why": session.going_words})
    return session

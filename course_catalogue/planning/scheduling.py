"""Sessions: put one into the programme, change what it says of itself, open it for booking."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue.booking import offering
from course_catalogue.booking.capacity import places_taken
from course_catalogue.enums import SESSION_MOVES, SessionState
from course_catalogue.models import CoursePage, CourseSession, SessionDay, Teaching
from course_catalogue.planning import assigning, clashes, deciding, notices, programme
from course_catalogue.planning.days import Day, require_days
from kernel.audit import act, record
from kernel.lifecycle.moves import require_move
from kernel.lifecycle.templatetags.dates import clock, full_date
from kernel.organisation import people

PLAIN = (
    "capacity",
    "overbooked_because",
    "minimum",
    "decide_days",
    "days_needed",
    "owner",
    "opens_at",
    "closes_at",
    "held_closed",
    "needs_approval",
    "keeps_list",
    "online_link",
    "joining_words",
)
CHANGEABLE = (*PLAIN, "host", "partners")
# What the calendars of those who are booked must learn.
IN_CALENDARS = ("online_link", "joining_words")


@act("training.schedule")
@transaction.atomic
def schedule(
    course,
    *,
    days: Sequence[Day],
    capacity: int | None,
    host,
    actor,
    now: datetime,
    need: programme.Need | None = None,
    partners: Sequence = (),
    uid: UUID | None = None,
    **more,
) -> CourseSession:
    """Plan a session; nobody can book it before ``open_booking``.

    ``days``: planning.days.Day, in any order, the first still to come. ``capacity``: None is as many as come.
    ``host`` and ``partners``: the agencies that hold it together (S2-16). ``need``: asked for when the course is not
    on the programme of that year and 1 April has passed (S4-22). ``uid``: of the form; a second press gives the
    session that the first one made. ``more``: other plain fields of the session, PLAIN.
    Raises ValidationError with the names of the form's fields; code "clash" and "not_assignable" among them.
    """
    programme.require_keeper(actor, now)
    if (made := _made_before(course, uid)) is not None:
        return made
    days = require_days(days, now)
    session = CourseSession(course_id=course.pk, host=host, first_at=days[0].starts_at)
    session.uid = uid or session.uid
    session.last_at = days[-1].ends_at
    session.owner = people.profile_of(actor)
    _set(session, {"capacity": capacity, **more})
    require_settled(session, partners, now)
    _put_on(course, session, need, actor, now)
    occupy(days)
    session.changed_at, session.changed_by_name = now, programme.written_name(actor)
    _write(session, days, partners)
    facts = {"course": course.pk, "first_on": timezone.localdate(session.first_at).isoformat()}
    record("training.schedule", actor=actor, target=session, facts=facts | {"days": len(days)})
    return session


def _write(session: CourseSession, days: Sequence[Day], partners: Sequence) -> None:
    session.save(force_insert=True)
    session.partners.set(partners)
    for number, day in enumerate(days, 1):
        write_day(SessionDay(session=session, number=number), day)


def _made_before(course, uid) -> CourseSession | None:
    """The session of the same form. Two presses in the same moment wait for each other at the course."""
    CoursePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    return CourseSession.objects.filter(uid=uid, course=course.pk).first() if uid else None


def _put_on(course, session, need, actor, now) -> None:
    year = programme.year_of(timezone.localdate(session.first_at))
    programme.put_on(course, first_year=year, actor=actor, now=now, need=need)


def occupy(days: Sequence[Day], besides: CourseSession | None = None) -> None:
    """Lock the rooms and trainers of the days and raise unless all are free and may be assigned."""
    clashes.lock(days)
    clashes.refuse(days, besides=besides)
    assigning.refuse(days)


def write_day(row: SessionDay, day: Day) -> SessionDay:
    """Write one day with its rooms and trainers; what it had before is replaced."""
    row.starts_at, row.ends_at, row.room = day.starts_at, day.ends_at, day.room
    row.save()
    row.more_rooms.set(day.more_rooms)
    row.teaching.exclude(trainer__in=[trainer.pk for trainer in day.trainers]).delete()
    has = set(row.teaching.values_list("trainer_id", flat=True))
    new = [trainer for trainer in day.trainers if trainer.pk not in has]
    for trainer in new:
        Teaching.objects.create(day=row, trainer=trainer)
    return row


@act("training.change_session")
@transaction.atomic
def change(session: CourseSession, *, version: int, actor, now: datetime, **values) -> CourseSession:
    """Change what stands in CHANGEABLE; ``version`` is the one that was looked at.

    Raises ValidationError: code "stale" when somebody changed it meanwhile (B11); under "capacity" when fewer
    places than are taken, unless ``overbooked_because`` says why (B3). The days are moved by ``moving.move_session``.
    """
    programme.require_keeper(actor, now)
    session = lock(session, version=version, now=now)
    unknown = set(values) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changed here: {sorted(unknown)}")
    before = {name: getattr(session, name) for name in PLAIN}
    partners = values.pop("partners", None)
    _set(session, values)
    require_settled(session, session.partners.all() if partners is None else partners, now)
    _require_room_for_all(session)
    changed = sorted(name for name in PLAIN if getattr(session, name) != before[name])
    session.sequence += any(name in IN_CALENDARS for name in changed)
    touch(session, actor, now)
    if partners is not None:
        session.partners.set(partners)
    facts = {"version": session.version, "changed": changed, "capacity": session.capacity}
    record("training.change_session", actor=actor, target=session, facts=facts)
    if any(name in IN_CALENDARS for name in changed):
        notices.changed(session)
    offering.settle(session, now=now)
    return session


@act("training.open_booking")
@transaction.atomic
def open_booking(session: CourseSession, *, actor, now: datetime) -> CourseSession:
    """Open a planned session for booking, from ``opens_at`` on if that is set. Clearances still count."""
    programme.require_keeper(actor, now)
    session = CourseSession.objects.select_for_update().get(pk=session.pk)
    if session.state == SessionState.OPEN:
        raise ValidationError(_("This session is open for booking already."), code="twice")
    require_move(SessionState(session.state), SessionState.OPEN, SESSION_MOVES)
    if session.first_at <= now:
        raise ValidationError(_("This session has begun: booking cannot be opened any more."))
    session.state = SessionState.OPEN
    touch(session, actor, now)
    record("training.open_booking", actor=actor, target=session)
    return session


def lock(session: CourseSession, *, version: int | None, now: datetime) -> CourseSession:
    """The locked row, as it stands. Raises ValidationError when it is another version, cancelled or over."""
    session = CourseSession.objects.select_for_update().get(pk=session.pk)
    if version is not None and version != session.version:
        raise ValidationError(stale_words(session), code="stale")
    if session.state == SessionState.CANCELLED:
        raise ValidationError(_("This session was cancelled: nothing was changed."), code="cancelled")
    if session.last_at <= now:
        raise ValidationError(_("This session is over: nothing was changed."), code="over")
    return session


def stale_words(session: CourseSession) -> str:
    """Who changed it meanwhile, and when: "Changed by Tom Birch at 9:12am on 4 January 2027, after you opened it"."""
    if session.changed_at is None:
        return _("Somebody changed this session after you opened it. Nothing was overwritten.")
    words = _("Changed by %(who)s at %(time)s on %(day)s, after you opened it. Nothing was overwritten.")
    said = {"time": clock(session.changed_at), "day": full_date(session.changed_at)}
    return words % {"who": session.changed_by_name, **said}


def touch(session: CourseSession, actor, now: datetime) -> None:
    """Save as the next version, with who and when."""
    session.version += 1
    session.changed_at, session.changed_by_name = now, programme.written_name(actor)
    session.save()


def _set(session: CourseSession, values: dict) -> None:
    unknown = set(values) - {*PLAIN, "host"}
    if unknown:
        raise TypeError(f"not a field of planning: {sorted(unknown)}")
    for name, value in values.items():
        setattr(session, name, value)


def require_settled(session: CourseSession, partners, now: datetime) -> None:
    """Raise ValidationError unless the fields fit together; works out the day of the decision."""
    wrong = {}
    if session.host_id in {partner.pk for partner in partners}:
        wrong["partners"] = _("The host holds it already: leave it out here.")
    if session.opens_at and session.closes_at and session.closes_at <= session.opens_at:
        wrong["closes_at"] = _("Booking must close after it opens.")
    if session.closes_at and session.closes_at > session.last_at:
        wrong["closes_at"] = _("Booking must close before the session ends.")
    if wrong:
        raise ValidationError(wrong)
    first_on, today = timezone.localdate(session.first_at), timezone.localdate(now)
    if session.decide_on and session.decide_on == deciding.decide_on(first_on, session.decide_days):
        today = min(today, session.decide_on)  # a day that has come stays as it was said
    session.decide_on = deciding.require_minimum(
        session.minimum, session.decide_days, session.capacity, first_on, today
    )


def _require_room_for_all(session: CourseSession) -> None:
    taken = places_taken([session.pk])[session.pk]
    if session.capacity is None or taken <= session.capacity:
        session.overbooked_because = ""
    elif not session.overbooked_because.strip():
        words = ngettext(
            "%(n)d place is booked or held. Enter %(n)d or more, or say why more are booked than there are places.",
            "%(n)d places are booked or held. Enter %(n)d or more, or say why more are booked than there are places.",
            taken,
        )
        raise ValidationError({"capacity": ValidationError(words % {"n": taken}, code="taken")})

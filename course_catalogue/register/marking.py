"""Saying who came. Each mark is a row; another press adds a row that takes the place of the one before.

``seen`` is the key of the mark that the screen showed, 0 where it showed none: when somebody else marked the person
meanwhile, the second of the two is told and nothing is overwritten (B11). The same press again is one row.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, Booking, SessionDay
from course_catalogue.register import correcting
from course_catalogue.register.counting import CAME, length_of
from course_catalogue.register.rules import (
    day_of,
    lock,
    name_of,
    require_begun,
    require_closed,
    require_held,
    require_keeper,
    require_open,
)
from course_catalogue.register.standing import booked, standing, unmarked
from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import clock
from kernel.organisation.models import StaffProfile


@dataclass(frozen=True)
class Said:
    """What is said of one person on one day; minutes count for those who came alone."""

    mark: Mark
    late: int = 0
    early: int = 0


@act("training.mark")
@transaction.atomic
def mark(day: SessionDay, person: StaffProfile, mark: str, *, actor, now: datetime, seen=0, late=0, early=0):
    """Mark one person on one day of an open register; gives the ``Attendance`` that counts.

    ``late`` and ``early``: minutes that somebody missed at the start and at the end. Raises ValidationError before
    the day (``not_yet``), on a closed register (``closed``), when another mark came meanwhile (``changed``), and for
    somebody who is not on the register (``not_expected``); PermissionDenied for who does not keep it (S0-51, B11).
    """
    session = lock(day.session_id)
    require_keeper(actor, session, now)
    require_held(session)
    require_begun(day, now)
    require_open(day)
    booking = _expected(day, person)
    said = _said(day, mark, late, early, now)
    before = standing(day, person)
    if before is not None and _same(before, said):
        return before
    _require_seen(before, seen)
    row = write(
        day, person, said, actor=actor, now=now, booking=booking, before=before, reason=_changed(before)
    )
    facts = {"day": day.pk, "person": person.pk, "attendance": row.pk}
    record("training.mark", actor=actor, target=session, facts=facts)
    return row


@act("training.mark_rest")
@transaction.atomic
def mark_rest(day: SessionDay, mark: str, *, persons, actor, now: datetime) -> list[Attendance]:
    """Mark at once all of ``persons``, the keys of those shown as not marked; who is marked meanwhile stays so."""
    session = lock(day.session_id)
    require_keeper(actor, session, now)
    require_held(session)
    require_begun(day, now)
    require_open(day)
    said = _said(day, mark, 0, 0, now)
    bookings = {row.person_id: row for row in booked(day)}
    rows = [
        write(day, person, said, actor=actor, now=now, booking=bookings.get(person.pk))
        for person in unmarked(day).filter(pk__in=persons)
    ]
    facts = {"day": day.pk, "marked": [row.pk for row in rows]}
    record("training.mark_rest", actor=actor, target=session, facts=facts)
    return rows


@act("training.walk_in")
@transaction.atomic
def walk_in(
    day: SessionDay, person: StaffProfile, *, actor, now: datetime, late=0, early=0, reason=""
) -> Attendance:
    """Enter somebody of the staff list who came without a booking: attended, counted apart.

    On a closed register the training team may, with a reason; what follows from it is worked out again. Raises
    ValidationError for somebody who has left or whose agency is suspended, and for who is on the register already.
    """
    session = lock(day.session_id)
    require_keeper(actor, session, now)
    require_held(session)
    require_begun(day, now)
    _require_here(person, day)
    if standing(day, person) or booked(day).filter(person=person).exists():
        words = {"name": person.name}
        raise ValidationError(_("%(name)s is on this register already.") % words, code="twice")
    said = _said(day, Mark.ATTENDED, late, early, now)
    closed = day.closings.exists()
    if closed:
        _require_corrector(actor, now, reason)
    with correcting.following(session, person, actor=actor, now=now, reason=reason):
        row = write(day, person, said, actor=actor, now=now, reason=reason.strip())
    facts = {"day": day.pk, "person": person.pk, "attendance": row.pk, "closed": closed}
    record("training.walk_in", actor=actor, target=session, facts=facts, words={"why": reason})
    return row


@act("training.correct_mark")
@transaction.atomic
def correct(
    day: SessionDay,
    person: StaffProfile,
    mark: str,
    *,
    reason: str,
    actor,
    now: datetime,
    seen: int,
    late=0,
    early=0,
):
    """Correct one mark of a closed register, with a reason; gives the new ``Attendance``.

    For the training team. What follows is worked out again: the charge, the certificate, what others hear.
    """
    session = lock(day.session_id)
    require_keeper(actor, session, now)
    _require_corrector(actor, now, reason)
    require_closed(day)
    before = standing(day, person)
    if before is None:
        raise ValidationError(_("This person is not on the register."), code="not_expected")
    said = _said(day, mark, late, early, now)
    if _same(before, said):
        raise ValidationError(_("The register says so already."), code="same")
    _require_seen(before, seen)
    with correcting.following(session, person, actor=actor, now=now, reason=reason):
        row = write(
            day, person, said, actor=actor, now=now, booking=before.booking, before=before, reason=reason
        )
    facts = {"day": day.pk, "person": person.pk, "attendance": row.pk}
    record("training.correct_mark", actor=actor, target=session, facts=facts, words={"why": reason})
    return row


# --- rows -----------------------------------------------------------------------------------------------


def write(day, person, said: Said, *, actor, now, booking=None, before=None, reason="", own=False):
    return Attendance.objects.create(
        day=day,
        person=person,
        booking=booking,
        mark=said.mark,
        minutes_late=said.late,
        minutes_early=said.early,
        corrects=before,
        reason=reason,
        own=own,
        by_name=name_of(actor),
        at=now,
    )


# --- refusals ------------------------------------------------------------------------------------------


def _expected(day: SessionDay, person) -> Booking | None:
    """The person's booking; None for somebody who came without one on any day of the session."""
    booking = booked(day).filter(person=person).first()
    if booking is None and not _came_without(day, person):
        words = {"name": person.name}
        raise ValidationError(
            _("%(name)s is not expected: enter them as somebody who came without a booking.") % words,
            code="not_expected",
        )
    return booking


def _came_without(day: SessionDay, person) -> bool:
    rows = Attendance.objects.filter(day__session=day.session_id, person=person)
    return rows.filter(booking__isnull=True).exists()


def _said(day: SessionDay, mark: str, late: int, early: int, now: datetime) -> Said:
    if mark not in Mark.values:
        raise ValidationError({"mark": _("Choose what the register says.")}, code="mark")
    if mark not in CAME:
        if mark == Mark.DID_NOT_ATTEND and now < day.starts_at:
            words = {"time": clock(day.starts_at)}
            raise ValidationError(_("The day begins at %(time)s: nobody is late yet.") % words, code="early")
        return Said(Mark(mark))
    if late < 0 or early < 0 or late + early >= length_of(day):
        words = {"most": length_of(day), "value": late + early}
        told = _("Minutes must be fewer than the %(most)d of this day; you entered %(value)d.") % words
        raise ValidationError({"late": told}, code="minutes")
    return Said(Mark(mark), late, early)


def _same(before: Attendance, said: Said) -> bool:
    return (before.mark, before.minutes_late, before.minutes_early) == (said.mark, said.late, said.early)


def _require_seen(before: Attendance | None, seen: int) -> None:
    if before is None or before.pk == seen:
        return
    words = {"name": before.person.name, "mark": before.get_mark_display(), "who": before.by_name}
    words["time"] = clock(before.at)
    told = _(
        "%(who)s marked %(name)s “%(mark)s” at %(time)s. Nothing was overwritten: look at it and press again."
    )
    raise ValidationError(told % words, code="changed")


def _changed(before: Attendance | None) -> str:
    return "" if before is None else _("changed before the register was closed")


def _require_here(person: StaffProfile, day: SessionDay) -> None:
    if not person.is_here(day_of(day)):
        words = {"name": person.name}
        told = _("%(name)s has left, or belongs to no agency that takes part: they cannot be entered.")
        raise ValidationError(told % words, code="nobody")


def _require_corrector(actor, now, reason: str) -> None:
    if not permissions.administers(actor, timezone.localdate(now)):
        raise PermissionDenied(_("This register is closed: the training team corrects it."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the mark is corrected.")}, code="reason")

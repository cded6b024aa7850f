"""Checking in oneself: six letters that change every minute and serve one day of one session.

The letters follow from the site's key, the day and the minute; nothing of them is kept. Those of the minute before
still open, so that nobody is too slow. Whoever is marked already stays as they are, and nobody is entered who has no
booking.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, Booking, SessionDay
from course_catalogue.register import conf, tries
from course_catalogue.register.marking import Said, write
from course_catalogue.register.rules import lock, require_held, require_open
from course_catalogue.register.standing import booked, standing
from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import clock, day_and_date
from kernel.organisation import people
from kernel.organisation.models import StaffProfile

DOOR = "check in"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 6
MINUTE = 60


def letters(day: SessionDay, now: datetime) -> str:
    """The six letters of this day and this minute."""
    return _letters(day.pk, int(now.timestamp()) // MINUTE)


def _letters(day_id: int, minute: int) -> str:
    seed = f"{day_id}:{minute}".encode()
    key = f"course_catalogue.check_in:{settings.SECRET_KEY}".encode()
    number = int.from_bytes(hmac.new(key, seed, hashlib.sha256).digest())
    signs = []
    for _place in range(LENGTH):
        number, sign = divmod(number, len(LETTERS))
        signs.append(LETTERS[sign])
    return "".join(signs)


def seconds_left(now: datetime) -> int:
    """Until the letters change: 1 to 60."""
    return MINUTE - int(now.timestamp()) % MINUTE


def opens_at(day: SessionDay) -> datetime:
    return day.starts_at - timedelta(minutes=conf.check_in_before())


def ends_at(day: SessionDay) -> datetime:
    """The last moment at which the letters serve."""
    return day.starts_at + timedelta(minutes=conf.check_in_after())


def serves(day: SessionDay, now: datetime) -> bool:
    """Whether the letters open anything now."""
    try:
        _require_day(day, now)
    except ValidationError:
        return False
    return True


def why_not(day: SessionDay, person: StaffProfile | None, now: datetime) -> str:
    """What stands against this person's checking in now, in words; "" where nothing does."""
    try:
        _require_place(day, person)
        _require_unmarked(standing(day, person))
        _require_day(day, now)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


def check_in(day: SessionDay, code: str, *, actor, now: datetime) -> Attendance:
    """Mark the booked person behind ``actor`` as attended today, with the minutes that they come late.

    The same person again gets the same row. Raises ValidationError outside the time (``not_now``), for wrong or old
    letters (``code``), after too many of them (``braked``), and for who is marked by somebody else (``marked``);
    PermissionDenied for who has no booking.
    """
    person = people.profile_of(actor)
    who = str(actor.pk)
    if tries.is_shut(DOOR, who, now):
        told = _(
            "Too many wrong codes. Wait %(n)d minutes, or speak to the trainer: the trainer can mark you."
        )
        raise ValidationError(told % {"n": conf.tries_minutes()}, code="braked")
    _require_time(day, now)
    if not _fits(day, code, now):
        tries.count_wrong(DOOR, who, now)
        told = _("These letters are wrong or too old. They change every minute: look at the screen again.")
        raise ValidationError({"code": told}, code="code")
    return _mark(day, person, actor=actor, now=now)


def _require_time(day: SessionDay, now: datetime) -> None:
    if opens_at(day) <= now <= ends_at(day):
        return
    words = {"first": clock(opens_at(day)), "last": clock(ends_at(day)), "day": day_and_date(day.starts_at)}
    if now < opens_at(day):
        told = _("You can check in on %(day)s from %(first)s to %(last)s.")
    else:
        told = _("Checking in ended at %(last)s. Speak to the trainer: the trainer can mark you.")
    raise ValidationError(told % words, code="not_now")


def _require_day(day: SessionDay, now: datetime) -> None:
    require_held(day.session)
    require_open(day)
    _require_time(day, now)


def _require_place(day: SessionDay, person: StaffProfile | None) -> Booking:
    booking = booked(day).filter(person=person).first() if person else None
    if booking is None:
        raise PermissionDenied(_("You have no place in this session: speak to the trainer."))
    return booking


def _require_unmarked(before: Attendance | None) -> None:
    if before is not None:
        words = {"mark": before.get_mark_display()}
        told = _("The trainer has marked you already: %(mark)s. Speak to the trainer if that is wrong.")
        raise ValidationError(told % words, code="marked")


def _fits(day: SessionDay, code: str, now: datetime) -> bool:
    """The letters of this minute or of the one before; spaces and small letters do no harm."""
    given = "".join(code.split()).upper()
    minute = int(now.timestamp()) // MINUTE
    return any(
        hmac.compare_digest(given.encode(), _letters(day.pk, one).encode()) for one in (minute, minute - 1)
    )


@act("training.check_in")
@transaction.atomic
def _mark(day: SessionDay, person: StaffProfile | None, *, actor, now: datetime) -> Attendance:
    session = lock(day.session_id)
    require_held(session)
    booking = _require_place(day, person)
    before = standing(day, person)
    if before is not None and before.own:
        return before
    _require_unmarked(before)
    require_open(day)
    late = max(int((now - day.starts_at).total_seconds() // 60), 0)
    said = Said(Mark.ATTENDED, late)
    row = write(day, person, said, actor=actor, now=now, booking=booking, own=True)
    record("training.check_in", actor=actor, target=session, facts={"day": day.pk, "attendance": row.pk})
    return row

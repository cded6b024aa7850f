"""What a booking is now, in one line: the same on every page, list and spreadsheet (screens: mark and words)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue.enums import BookingState, CancelledBy, Mark
from course_catalogue.learning.turn import Turn
from kernel.lifecycle.templatetags.dates import clock, day_and_date, full_date, how_long


class Reader(Enum):
    """Who reads of a booking: its person, whoever is asked to release them, or somebody else."""

    OWN, ASKED, OTHER = "own", "asked", "other"


@dataclass(frozen=True)
class Standing:
    """``kind``: the drawn mark (kernel.content STATES); ``words``: the state; ``more``: until when, and what then."""

    kind: str
    words: str
    more: str = ""


ENDED = {
    BookingState.NOT_RELEASED: ("closed", gettext_lazy("not released")),
    BookingState.LAPSED: ("closed", gettext_lazy("not answered in time")),
    BookingState.LET_GO: ("closed", gettext_lazy("offer let go")),
    BookingState.LEFT: ("closed", gettext_lazy("left the waiting list")),
    BookingState.GIVEN: ("closed", gettext_lazy("given to a colleague")),
    BookingState.WITHDRAWN: ("closed", gettext_lazy("withdrawn for patient safety")),
}
BY_OTHERS = {
    CancelledBy.ORGANISER: gettext_lazy("cancelled by the organiser"),
    CancelledBy.MOVED: gettext_lazy("moved to another date"),
}


def moment(value: datetime) -> str:
    """5pm on Wednesday 23 December 2026 (in 4 weeks): the last moment that still counts."""
    words = {"clock": clock(value), "day": day_and_date(value), "span": how_long(value)}
    return _("%(clock)s on %(day)s (%(span)s)") % words


def hours(starts: datetime, ends: datetime) -> str:
    """9:30am to 4:30pm; over midnight the day of the end is said too."""
    first, last = timezone.localtime(starts), timezone.localtime(ends)
    to = clock(ends) if first.date() == last.date() else f"{clock(ends)}, {full_date(ends)}"
    return _("%(from)s to %(to)s") % {"from": clock(starts), "to": to}


def standing(
    booking,
    now: datetime,
    turn: Turn | None = None,
    marks: Iterable[str] = (),
    reader: Reader = Reader.OTHER,
) -> Standing:
    """``turn`` of a waiting one, ``marks`` of the register that count, one for each day.

    "You" and "your" are said to the person alone, and "waiting for you" to whoever is asked; others read a name.
    """
    state = BookingState(booking.state)
    if state == BookingState.CANCELLED:
        return _cancelled(booking)
    if state in ENDED:
        kind, words = ENDED[state]
        return Standing(kind, str(words), rebook(booking, now) if state == BookingState.WITHDRAWN else "")
    if state == BookingState.BOOKED:
        return _booked(booking, now, list(marks))
    return _pending(booking, state, turn, reader)


def _pending(booking, state, turn, reader) -> Standing:
    if state == BookingState.REQUESTED:
        held = _("Held until %(moment)s.") % {"moment": moment(booking.answer_by)}
        return Standing("waits", _held_for(booking, reader), held)
    if state == BookingState.OFFERED:
        to = _("offered to you") if reader == Reader.OWN else _("offered, no answer yet")
        return Standing("waits", to, _("Answer by %(moment)s.") % {"moment": moment(booking.answer_by)})
    number = _("waiting, number %(number)d") % {"number": turn.number} if turn else _("waiting")
    return Standing("waits", number, turn.ahead if turn and reader == Reader.OWN else "")


def _held_for(booking, reader) -> str:
    if reader == Reader.ASKED:
        return _("place held: waiting for you")
    if booking.manager is None:
        return _("place held: waiting for the training team")
    if reader == Reader.OWN:
        return _("place held: waiting for your manager")
    return _("place held: waiting for %(name)s") % {"name": booking.manager.name}


def _booked(booking, now, marks) -> Standing:
    if marks:
        return _marked(marks)
    if booking.session.last_at <= now:
        return Standing("none", _("booked"), _("The register is not closed yet."))
    if booking.free_until is None:
        return Standing("good", _("booked"))
    if now <= booking.free_until:
        return Standing(
            "good",
            _("booked"),
            _("Cancelling is free until %(moment)s.") % {"moment": moment(booking.free_until)},
        )
    ended = {"moment": moment(booking.free_until)}
    return Standing("good", _("booked"), _("Cancelling was free until %(moment)s.") % ended)


def _marked(marks) -> Standing:
    kinds = set(marks)
    if kinds == {Mark.ATTENDED}:
        return Standing("good", _("attended"))
    if kinds == {Mark.DID_NOT_ATTEND}:
        return Standing("late", _("did not attend"))
    if kinds == {Mark.EXCUSED}:
        return Standing("away", _("excused"))
    return Standing("partly", _("attended in part"))


def _cancelled(booking) -> Standing:
    if booking.cancelled_by in BY_OTHERS:
        words = str(BY_OTHERS[booking.cancelled_by])
    else:
        words = _("cancelled late") if booking.late else _("cancelled in time")
    return Standing("closed", words, _("On %(day)s.") % {"day": full_date(booking.ended_at)})


def taken(booking, *, own: bool) -> str:
    """After an offered place was taken: booked, or held until somebody has released the person."""
    words = {"name": booking.person.name}
    if booking.state == BookingState.BOOKED:
        return _("The place is yours.") if own else _("%(name)s has the place.") % words
    words["asked"] = booking.manager.name if booking.manager else _("the training team")
    words["moment"] = moment(booking.answer_by)
    if own:
        return _("The place is held until %(moment)s. To release you, %(asked)s has been asked.") % words
    return _("The place is held until %(moment)s. To release %(name)s, %(asked)s has been asked.") % words


def rebook(booking, now: datetime) -> str:
    """By when the place that was taken for patient safety is made good (S0-43)."""
    due = booking.rebook_due
    words = {"day": day_and_date(due), "span": how_long(due)}
    if timezone.localdate(now) > due:
        return _("A new place was due by %(day)s (%(span)s).") % words
    return _("A new place is due by %(day)s (%(span)s).") % words

"""How a booking changes: a checked move, one save, the row of the trail; and what follows from it."""

from datetime import datetime

from django.core.exceptions import ValidationError

from course_catalogue import events
from course_catalogue.booking.deadlines import day_of
from course_catalogue.booking.locking import Desk
from course_catalogue.charging import ledger
from course_catalogue.enums import BOOKING_MOVES, LIVE, BookingState
from course_catalogue.models import Booking
from kernel.audit import record
from kernel.lifecycle.moves import require_move
from kernel.outbox import emit


def under_lock(booking: Booking, desk: Desk) -> Booking:
    """The booking as it stands now, with the session and the person at hand."""
    rows = Booking.objects.select_related("person__user", "person__agency", "agency", "manager__user")
    found = rows.get(pk=booking.pk)
    found.session = desk.session
    return found


def shift(booking: Booking, to: BookingState, desk: Desk, **values) -> None:
    """Move to another state and keep the count true. An end is dated; holds and offers need ``answer_by``.

    Raises ``IllegalMove`` (code ``illegal_move``) for a move that is not in the table.
    """
    require_move(BookingState(booking.state), to, BOOKING_MOVES)
    row = desk.row(booking)
    booking.answer_by = None
    if to not in LIVE:
        booking.ended_at = desk.now
    booking.state = to
    for name, value in values.items():
        setattr(booking, name, value)
    booking.save(update_fields=["state", "answer_by", "ended_at", *values])
    if to in LIVE:
        desk.tally.put(row, to)
        row.answer_by = booking.answer_by
    else:
        desk.tally.rows.remove(row)


def note(action: str, booking: Booking, *, actor, why: str = "", **facts) -> None:
    """The row of the trail: ids and states only; the person's name and ``why`` apart, because they can be erased."""
    known = {"session": booking.session_id, "person": booking.person_id, "state": str(booking.state)}
    words = {"person": booking.person.name, **({"why": why} if why else {})}
    record(action, actor=actor, target=booking, facts={**known, **facts}, words=words)


def booked(booking: Booking, *, actor, now: datetime) -> None:
    """What belongs to every place that becomes booked: the fee where there is one, and the word to other apps."""
    if booking.fee:
        ledger.charge_fee(booking, now=now, actor=actor)
    emit(events.BOOKED, {**_facts(booking), "first_on": day_of(booking.session.first_at).isoformat()})


def ended(booking: Booking) -> None:
    """Tell other apps that a place which was booked is not any more."""
    emit(events.BOOKING_ENDED, {**_facts(booking), "state": str(booking.state)})


def _facts(booking) -> dict:
    return {
        "booking": booking.pk,
        "session": booking.session_id,
        "course": booking.session.course_id,
        "person": booking.person_id,
    }


def refused(words: str, code: str) -> ValidationError:
    return ValidationError(words, code=code)

"""Answers: the manager's to a held place, and one's own to an offer from the waiting list."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_catalogue.booking import agreement, offering, releasing, rights, states
from course_catalogue.booking.again import once_more
from course_catalogue.booking.deadlines import closes_at, in_words
from course_catalogue.booking.locking import Desk, open_desk
from course_catalogue.booking.states import refused
from course_catalogue.charging.terms import kept
from course_catalogue.enums import BookingState
from course_catalogue.models import Booking
from course_catalogue.telling import mails
from kernel.audit import act


@once_more
@act("training.approve")
def approve(booking: Booking, *, actor, now: datetime, released: bool) -> Booking:
    """The place that was held becomes booked. ``released``: from duty, with protected time (S0-40, S0-41).

    By a line manager of the person or the manager's deputy, for a person without one by the agency's coordinator or
    training contact; nobody for themselves. Raises ``late`` after the hold has ended, ``illegal_move`` when it is not
    held any more.
    """
    desk, booking = _open(booking, now)
    manager = _require_answerer(actor, booking, desk)
    _require_in_time(booking, desk, BookingState.REQUESTED)
    decided = {"manager": manager, "released": released, "decided_by_name": desk.name_of(actor)}
    states.shift(booking, BookingState.BOOKED, desk, **decided)
    states.note("training.approve", booking, actor=actor, released=released)
    states.booked(booking, actor=actor, now=now)
    mails.confirmed(booking, now=now)
    offering.settle_desk(desk)
    return booking


@once_more
@act("training.refuse")
def refuse(booking: Booking, *, actor, now: datetime, reason: str) -> Booking:
    """Not released: the place goes on, and the person is told the reason, which is needed (``reason``)."""
    desk, booking = _open(booking, now, frees=True)
    manager = _require_answerer(actor, booking, desk)
    if not reason.strip():
        raise refused(_("Say why they are not released."), "reason")
    _require_in_time(booking, desk, BookingState.REQUESTED)
    decided = {"manager": manager, "decided_by_name": desk.name_of(actor), "reason": reason.strip()[:500]}
    states.shift(booking, BookingState.NOT_RELEASED, desk, ended_by_name=desk.name_of(actor), **decided)
    states.note("training.refuse", booking, actor=actor, why=reason)
    mails.not_released(booking)
    offering.settle_desk(desk)
    return booking


@once_more
@act("training.say_released")
def say_released(booking: Booking, *, actor, now: datetime, released: bool) -> Booking:
    """Say later whether somebody who is booked has protected time: "not yet" becomes yes, or the other way (S0-41)."""
    desk, booking = _open(booking, now)
    manager = _require_answerer(actor, booking, desk)
    if booking.state != BookingState.BOOKED:
        raise refused(_("This place is not booked."), "state")
    booking.released, booking.manager = released, manager
    booking.save(update_fields=["released", "manager"])
    states.note("training.say_released", booking, actor=actor, released=released)
    return booking


@once_more
@act("training.take")
def take(booking: Booking, *, actor, now: datetime, agreed: bool = False) -> Booking:
    """Take the offered place: booked, or held for the manager. An offer is good once and until its last moment.

    The terms are those that stand in the offer; ``agreed`` is needed when they cost something (``terms``).
    """
    desk, booking = _open(booking, now)
    rights.require_for(actor, [booking.person], desk.today)
    _require_in_time(booking, desk, BookingState.OFFERED)
    agreement.check([kept(booking)], now=now, agreed=agreed, shown="")
    offering.take_up(desk, booking, actor=actor, **({"agreed_at": now} if agreed else {}))
    offering.settle_desk(desk)
    return booking


@once_more
@act("training.let_go")
def let_go(booking: Booking, *, actor, now: datetime) -> Booking:
    """Do not take the offered place; it goes to the next, and the person is off the list."""
    desk, booking = _open(booking, now, frees=True)
    rights.require_for(actor, [booking.person], desk.today)
    states.shift(booking, BookingState.LET_GO, desk, ended_by_name=desk.name_of(actor))
    states.note("training.let_go", booking, actor=actor)
    offering.settle_desk(desk)
    return booking


def _open(booking: Booking, now: datetime, *, frees: bool = False) -> tuple[Desk, Booking]:
    desk = open_desk(booking.session_id, now=now, people=[booking.person_id], frees=frees)
    return desk, states.under_lock(booking, desk)


def _require_answerer(actor, booking: Booking, desk: Desk):
    manager = releasing.for_whom(actor, booking, desk.today)
    if manager is None:
        raise PermissionDenied(
            _(
                "A line manager of the person answers this, or whoever is their deputy today; nobody for themselves."
            )
        )
    return manager


def _require_in_time(booking: Booking, desk: Desk, state: BookingState) -> None:
    """Raise ``late`` when the moment is over or has been made so, whether or not the place has moved on yet."""
    if booking.state == BookingState.LAPSED:
        raise refused(
            _("That ended at %(when)s; the place went to the next person. Ask again while there are places.")
            % {"when": in_words(booking.ended_at)},
            "late",
        )
    if booking.state != state:
        words = _("This needs no answer any more: it is %(state)s.")
        raise refused(words % {"state": booking.get_state_display()}, "illegal_move")
    last = booking.answer_by
    if state == BookingState.OFFERED:
        last = min(last, closes_at(desk.session))
    if desk.now > last:
        words = _(
            "That ended at %(when)s; the place goes to the next person. Ask again while there are places."
        )
        raise refused(words % {"when": in_words(last)}, "late")

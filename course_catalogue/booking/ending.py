"""How a booking ends before its day: cancelled, left, withdrawn for patient safety, or the date itself cancelled."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_catalogue import conf, permissions
from course_catalogue.booking import fixed, offering, releasing, rights, states
from course_catalogue.booking.again import once_more
from course_catalogue.booking.locking import Desk, open_desk
from course_catalogue.booking.states import refused
from course_catalogue.charging import ledger, policies
from course_catalogue.enums import LIVE, TAKES_A_PLACE, BookingState, CancelledBy
from course_catalogue.models import Booking
from course_catalogue.planning import deciding
from course_catalogue.telling import mails
from kernel.audit import act

PEOPLES = (CancelledBy.OWN, CancelledBy.DIVERTED, CancelledBy.AGENCY)


@once_more
@act("training.cancel")
def cancel(
    booking: Booking,
    *,
    actor,
    now: datetime,
    by: CancelledBy = CancelledBy.OWN,
    reason: str = "",
    diverted_by: str = "",
) -> Booking:
    """Give a place back before the date begins. The managers hear of it at once, and the place is offered on (S0-46).

    By the person, the agency's coordinator or an administrator; a line manager ends a booked place by ``withdraw``
    alone (S0-42). ``by``: on whose account; DIVERTED needs ``diverted_by``, who asked for the other task (S0-45).
    ``late`` of the booking says what the terms make of it. Raises ``past``, ``marked``, ``diverted``, ``account`` and
    ``patient_safety``.
    """
    desk = open_desk(booking.session_id, now=now, people=[booking.person_id], frees=True)
    booking = states.under_lock(booking, desk)
    _require_may_cancel(actor, booking, desk)
    _check_cancel(booking, desk, by, diverted_by)
    was_booked = booking.state == BookingState.BOOKED
    words = {"reason": reason.strip()[:500], "diverted_by": diverted_by.strip()[:120]}
    end(desk, booking, BookingState.CANCELLED, actor=actor, was_booked=was_booked, cancelled_by=by, **words)
    states.note("training.cancel", booking, actor=actor, why=reason, by=str(by), late=booking.late)
    mails.cancelled(booking, releasing.managers([booking.person], desk.today)[booking.person_id])
    offering.settle_desk(desk)
    return booking


@once_more
@act("training.leave")
def leave(booking: Booking, *, actor, now: datetime) -> Booking:
    """Leave the waiting list; whoever stands behind moves up. Nothing is ever charged for waiting."""
    desk = open_desk(booking.session_id, now=now, people=[booking.person_id])
    booking = states.under_lock(booking, desk)
    rights.require_for(actor, [booking.person], desk.today)
    states.shift(booking, BookingState.LEFT, desk, ended_by_name=desk.name_of(actor))
    states.note("training.leave", booking, actor=actor)
    offering.settle_desk(desk)
    return booking


@once_more
@act("training.withdraw")
def withdraw(booking: Booking, *, actor, now: datetime, note: str) -> date:
    """Take a released person back for patient safety, the one ground there is (S0-42); gives the day of ``rebook_due``.

    ``note``: what would not be safe, needed (``note``). A new place is due so many calendar days later (S0-43); the
    withdrawal counts for the manager, also when the deputy presses (S0-44).
    """
    desk = open_desk(booking.session_id, now=now, people=[booking.person_id], frees=True)
    booking = states.under_lock(booking, desk)
    manager = releasing.for_whom(actor, booking, desk.today)
    if manager is None:
        raise PermissionDenied(_("The line manager of the person, or the manager's deputy, withdraws them."))
    if not note.strip():
        raise refused(_("Say what would not be safe for patients. There is no other ground."), "note")
    fixed.require_free(desk, booking)
    due = desk.today + timedelta(days=conf.rebook_days())
    words = {"reason": note.strip()[:500], "withdrawn_for": manager, "rebook_due": due}
    end(desk, booking, BookingState.WITHDRAWN, actor=actor, was_booked=True, **words)
    states.note("training.withdraw", booking, actor=actor, why=note, manager=manager.pk, due=due.isoformat())
    mails.withdrawn(booking)
    offering.settle_desk(desk)
    return due


@once_more
@act("training.end_bookings")
def session_cancelled(session, *, actor, now: datetime) -> int:
    """End everything that lives in a session which its organiser cancelled; gives how many. Nobody is charged."""
    desk = open_desk(session.pk, now=now, frees=True)
    if not deciding.may_decide(actor, desk.session, desk.today):
        raise PermissionDenied(_("The training team and the owner of a date cancel it."))
    rows = Booking.objects.filter(session=session.pk, state__in=LIVE).order_by("pk")
    found = list(rows.select_related("person__user", "person__agency", "agency"))
    for booking in found:
        booking.session = desk.session
        was_booked = booking.state == BookingState.BOOKED
        account = {"cancelled_by": CancelledBy.ORGANISER, "reason": desk.session.cancel_reason}
        end(desk, booking, BookingState.CANCELLED, actor=actor, was_booked=was_booked, **account)
        states.note("training.end_bookings", booking, actor=actor)
        mails.session_cancelled(booking)
    return len(found)


def end(desk: Desk, booking: Booking, to: BookingState, *, actor, was_booked: bool, **values) -> None:
    """End a booking; for a place that was booked ask what it costs and tell other apps."""
    states.shift(booking, to, desk, ended_by_name=desk.name_of(actor), **values)
    if not was_booked:
        return
    ledger.on_cancelled(booking, now=desk.now, actor=actor)
    states.ended(booking)


def may_cancel(actor, booking: Booking, today) -> bool:
    """Whether this login may give a booked place back: by the charging policy of the booking, or for everybody."""
    return permissions.administers(actor, today) or bool(
        policies.who_cancels(booking) & _known_as(actor, booking, today)
    )


def _known_as(actor, booking: Booking, today) -> set[str]:
    known = {
        policies.PERSON: rights.is_self(actor, booking.person),
        policies.COORDINATOR: permissions.coordinates(actor, booking.agency, today),
    }
    return {who for who, is_so in known.items() if is_so}


def _require_may_cancel(actor, booking: Booking, desk: Desk) -> None:
    if may_cancel(actor, booking, desk.today):
        return
    if _known_as(actor, booking, desk.today):
        words = _("By the charging policy of this booking somebody else cancels it: ask the training team.")
        raise refused(words, "policy")
    if booking.state == BookingState.BOOKED and releasing.for_whom(actor, booking, desk.today) is not None:
        words = _(
            "A place that is booked is taken back for patient safety alone: withdraw the person instead."
        )
        raise refused(words, "patient_safety")
    rights.require_for(actor, [booking.person], desk.today)


def _check_cancel(booking: Booking, desk: Desk, by, diverted_by: str) -> None:
    fixed.require_free(desk, booking)
    if by not in PEOPLES:
        raise refused(_("Say on whose account the place is given back."), "account")
    if by == CancelledBy.DIVERTED and not diverted_by.strip():
        raise refused(_("Say who asked for the other task."), "diverted")
    if booking.state == BookingState.WAITING:
        raise refused(_("Nothing is booked yet. Leave the waiting list instead."), "waiting")
    if booking.state not in TAKES_A_PLACE:
        raise refused(_("This has ended already."), "illegal_move")

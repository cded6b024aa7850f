"""A place for somebody else, or another date for the same person: all at once or not at all."""

from datetime import datetime

from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.booking import (
    agreement,
    fixed,
    offering,
    placing,
    prerequisites,
    refusals,
    releasing,
    rights,
    states,
)
from course_catalogue.booking.again import once_more
from course_catalogue.booking.ending import end
from course_catalogue.booking.locking import Desk, open_desk, open_desks
from course_catalogue.booking.placing import Order
from course_catalogue.booking.refusals import Refusal, Refused
from course_catalogue.booking.states import refused
from course_catalogue.charging.notice import is_late
from course_catalogue.charging.terms import kept, terms_for
from course_catalogue.enums import BookingState, CancelledBy
from course_catalogue.models import Booking
from course_catalogue.telling import mails
from kernel.audit import act
from kernel.organisation.models import StaffProfile


@once_more
@act("training.give")
def give(booking: Booking, to: StaffProfile, *, actor, now: datetime) -> Booking:
    """A colleague of the same agency takes the place, free of charge until the date begins; gives the new booking.

    The place never becomes free meanwhile. What stands against the colleague (clash, what must be held first, a limit)
    refuses it. Approval goes with the place when the colleague has the same manager, or when whoever gives may release
    them; else the colleague's manager is asked and the place is held. Raises ``past``, ``marked``, ``agency``,
    ``nobody``, ``illegal_move`` and the codes of ``refusals``.
    """
    desk = open_desk(booking.session_id, now=now, people=[booking.person_id, to.pk])
    booking, to = states.under_lock(booking, desk), desk.people[to.pk]
    rights.require_for(actor, [booking.person], desk.today)
    _check_give(booking, to, desk)
    was_booked = booking.state == BookingState.BOOKED
    _leave_line(desk, to, actor)
    end(desk, booking, BookingState.GIVEN, actor=actor, was_booked=was_booked)
    against = refusals.of_people(desk.session, [to], now=now)[to.pk]
    against += refusals.of_row(desk.tally, desk.tally.row_of(to))
    if against:
        raise Refused(against)
    new = _instead(desk, booking, to, actor, was_booked)
    states.note("training.give", booking, actor=actor, to=to.pk, new=new.pk)
    if new.state == BookingState.BOOKED:
        states.booked(new, actor=actor, now=now)
    mails.given(booking, new, releasing.managers([new.person], desk.today)[new.person_id])
    offering.settle_desk(desk)
    return new


@once_more
@act("training.move")
def move(
    booking: Booking, session, *, actor, now: datetime, agreed: bool = False, shown: str = ""
) -> Booking:
    """Another date for the same person: a place there or nothing changes; gives the new booking.

    When free cancelling is over, moving would be a way round the charge: then the training team alone moves (``late``).
    """
    asked = {booking.session_id, session.pk}
    desks = {d.session.pk: d for d in open_desks(asked, now=now, people=[booking.person_id], frees=True)}
    old_desk, new_desk = desks[booking.session_id], desks[session.pk]
    booking = states.under_lock(booking, old_desk)
    rights.require_for(actor, [booking.person], old_desk.today)
    _check_move(booking, old_desk, new_desk, actor)
    offering.settle_desk(new_desk)
    _require_room(new_desk, [booking.person], old_desk.session)
    terms = terms_for(new_desk.session, booking.agency, now=now)
    agreement.check([terms], now=now, agreed=agreed, shown=shown)
    end_moved(old_desk, booking, actor)
    new = _anew(new_desk, booking, actor, terms, agreed)
    states.note("training.move", booking, actor=actor, new=new.pk, to=new_desk.session.pk)
    mails.moved(booking, new)
    offering.settle_desk(old_desk)
    return new


def end_moved(desk: Desk, booking: Booking, actor) -> None:
    was_booked = booking.state == BookingState.BOOKED
    account = {"cancelled_by": CancelledBy.MOVED}
    end(desk, booking, BookingState.CANCELLED, actor=actor, was_booked=was_booked, **account)


def _to_confirm(desk: Desk, person) -> str:
    return prerequisites.to_confirm(prerequisites.missing(desk.session, [person.pk]).get(person.pk, []))


def _check_give(booking: Booking, to: StaffProfile, desk: Desk) -> None:
    fixed.require_free(desk, booking)
    if to.pk == booking.person_id:
        raise refused(_("Name a colleague."), "nobody")
    if to.agency_id != booking.agency_id:
        words = _("The place belongs to %(agency)s: give it to one of its people.")
        raise refused(words % {"agency": booking.agency}, "agency")


def _leave_line(desk: Desk, to: StaffProfile, actor) -> None:
    """A colleague who waits for the same date leaves the list for the place."""
    row = desk.tally.row_of(to)
    if row.state == BookingState.WAITING:
        booking = states.under_lock(Booking(pk=row.pk), desk)
        states.shift(booking, BookingState.LEFT, desk, ended_by_name=desk.name_of(actor))
        states.note("training.leave", booking, actor=actor)


def _instead(desk: Desk, old: Booking, to: StaffProfile, actor, was_booked: bool) -> Booking:
    """The colleague's booking with the terms of the old one; a fee goes along, so that nothing is charged twice."""
    new = Booking(
        session=desk.session,
        person=to,
        agency=old.agency,
        joined_at=desk.now,
        booked_by_name=desk.name_of(actor),
        in_place_of=old,
        **agreement.values(kept(old), now=desk.now, agreed=old.agreed_at is not None),
    )
    new.to_confirm = _to_confirm(desk, to)
    known = releasing.managers([to], desk.today)
    begin = placing.beginning(desk, new, Order(actor), known)
    mine = {row.user_id for row in known[to.pk] if row.user_id}
    same = old.manager_id is not None and old.manager in known[to.pk]
    if was_booked and not new.to_confirm and (same or actor is not None and actor.pk in mine):
        begin = {
            "state": BookingState.BOOKED,
            "manager": known[to.pk][0],
            "decided_by_name": old.decided_by_name,
        }
    for name, value in begin.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    desk.tally.add(new)
    return new


def _check_move(booking: Booking, old: Desk, new: Desk, actor) -> None:
    if old is new:
        raise refused(_("This is the same date."), "same")
    if old.session.course_id != new.session.course_id:
        raise refused(_("Another date of the same course, please: book other courses apart."), "course")
    fixed.require_free(old, booking)
    if booking.state not in (BookingState.BOOKED, BookingState.REQUESTED):
        raise refused(_("Only a place that is booked or held can be moved."), "illegal_move")
    over = is_late(booking.free_until, old.now) and booking.late_charge
    if booking.state == BookingState.BOOKED and over and not permissions.administers(actor, old.today):
        words = _(
            "Free cancelling is over. Give the place to a colleague, cancel it, or ask the training team."
        )
        raise refused(words, "late")


def _require_room(desk: Desk, people, left) -> None:
    found: list[Refusal] = refusals.of_session(desk.session, now=desk.now)
    if found:
        raise Refused(found)
    against = refusals.of_people(desk.session, people, now=desk.now, besides=left.pk)
    for person in people:
        found += against[person.pk] + refusals.of_row(desk.tally, desk.tally.row_of(person))
    if found:
        raise Refused(found)


def _anew(desk: Desk, old: Booking, actor, terms, agreed: bool) -> Booking:
    booking = Booking(
        session=desk.session,
        person=old.person,
        agency=old.agency,
        joined_at=desk.now,
        booked_by_name=desk.name_of(actor),
        in_place_of=old,
        access_needs=old.access_needs,
        **agreement.values(terms, now=desk.now, agreed=agreed),
    )
    order = Order(actor)
    booking.to_confirm = _to_confirm(desk, old.person)
    known = releasing.managers([old.person], desk.today)
    return placing.write(desk, booking, order, placing.beginning(desk, booking, order, known))

"""Writing bookings: how each begins (booked, held for release, waiting), its mails, and its row of the trail."""

import uuid
from dataclasses import dataclass, field

from course_catalogue.booking import agreement, deadlines, prerequisites, releasing, rights, states
from course_catalogue.booking.line import standing
from course_catalogue.booking.locking import Desk
from course_catalogue.enums import BookingState
from course_catalogue.models import Booking
from course_catalogue.telling import mails
from kernel.organisation.models import StaffProfile


@dataclass(frozen=True)
class Wishes:
    """What one form asks for, the same for all of its people; everything may be left out.

    ``key``: of the form, so that a second press shows the first booking (B2, B12). ``needs``: what helps, for all or
    by key of the person. ``agreed``: yes to the terms; ``shown``: ``agreement.mark`` of those on the screen (B8).
    ``join_list``: wait where there is no place; ``auto_accept``: take a place from the list without being asked.
    ``priority``, with its reason, and ``override``, a reason to pass over what ``refusals.OVERRIDABLE`` names (never
    the number of places), are for the training team. ``manager``: which of several is asked; ``released``: a line
    manager's own answer, when they book for their line.
    """

    key: uuid.UUID | None = None
    needs: str | dict[int, str] | None = None
    agreed: bool = False
    shown: str = ""
    join_list: bool = False
    auto_accept: bool = False
    priority: int = 0
    priority_reason: str = ""
    manager: StaffProfile | None = None
    released: bool | None = None
    override: str = ""

    def needs_of(self, person) -> str:
        said = self.needs.get(person.pk) if isinstance(self.needs, dict) else self.needs
        return (said or "").strip()


@dataclass(frozen=True)
class Order:
    """Who asks, for what; ``group``: of the bookings of one form; ``lacks``: of ``prerequisites.missing``."""

    actor: object
    wish: Wishes = field(default_factory=Wishes)
    group: uuid.UUID | None = None
    lacks: dict = field(default_factory=dict)


def place(desk: Desk, people, terms: dict, order: Order, *, waits: bool) -> list[Booking]:
    """One booking for each; the key stands on the first, because it is unique."""
    known = {} if waits or not desk.session.needs_approval else releasing.managers(people, desk.today)
    name, rows = desk.name_of(order.actor), []
    for number, person in enumerate(people):
        booking = Booking(
            session=desk.session,
            person=person,
            agency=person.agency,
            joined_at=desk.now,
            booked_by_name=name,
            key=order.wish.key if number == 0 else None,
            group=order.group,
            access_needs=order.wish.needs_of(person),
            auto_accept=order.wish.auto_accept,
            to_confirm=prerequisites.to_confirm(order.lacks.get(person.pk, [])),
            priority=order.wish.priority,
            priority_reason=order.wish.priority_reason.strip() if order.wish.priority else "",
            priority_by_name=name if order.wish.priority else "",
            **agreement.values(terms[person.agency_id], now=desk.now, agreed=order.wish.agreed),
        )
        begin = {"state": BookingState.WAITING} if waits else beginning(desk, booking, order, known)
        rows.append(write(desk, booking, order, begin))
    return rows


def beginning(desk: Desk, booking: Booking, order: Order, known: dict) -> dict:
    """Booked at once, or held until the manager has answered: the fields that say so."""
    person, name = booking.person, desk.name_of(order.actor)
    if not (desk.session.needs_approval or booking.to_confirm):
        return {"state": BookingState.BOOKED}
    if rights.frees_without_release(order.actor, person, desk.today):
        return {"state": BookingState.BOOKED, "decided_by_name": name, "released": True}
    if order.wish.released is not None and order.actor is not None:
        known_here = _managers(desk, person, known)
        manager = next((row for row in known_here if row.user_id == order.actor.pk), None)
        if manager is not None:
            decided = {"decided_by_name": name, "released": order.wish.released, "manager": manager}
            return {"state": BookingState.BOOKED, **decided}
    manager = releasing.choose(person, _managers(desk, person, known), order.wish.manager, desk.today)
    until = deadlines.hold_until(desk.session, now=desk.now)
    return {"state": BookingState.REQUESTED, "manager": manager, "answer_by": until}


def _managers(desk: Desk, person, known: dict) -> list[StaffProfile]:
    """Those that were read for all of the form, else read now."""
    return known[person.pk] if person.pk in known else releasing.managers([person], desk.today)[person.pk]


def write(desk: Desk, booking: Booking, order: Order, begin: dict) -> Booking:
    """Save a new booking that begins like this, count it, and tell whom it concerns."""
    for name, value in begin.items():
        setattr(booking, name, value)
    booking.save(force_insert=True)
    desk.tally.add(booking)
    states.note(
        "training.ask",
        booking,
        actor=order.actor,
        why=order.wish.override.strip(),
        override=bool(order.wish.override),
    )
    if booking.state == BookingState.WAITING:
        mails.waiting(booking, standing(booking).number)
    else:
        began(booking, actor=order.actor, now=desk.now)
    return booking


def began(booking: Booking, *, actor, now) -> None:
    """Mails, the fee and the event of a place that is held or booked from now on."""
    if booking.state == BookingState.REQUESTED:
        mails.requested(booking, now=now)
    else:
        states.booked(booking, actor=actor, now=now)
        if booking.in_place_of is None:  # else the mail about the move says it
            mails.confirmed(booking, now=now)

"""Everybody of one date to another: the organiser's act. All or nothing, in order, at the same state."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.booking import fixed, offering, refusals, states, swapping
from course_catalogue.booking.again import once_more
from course_catalogue.booking.locking import Desk, open_desks
from course_catalogue.booking.refusals import Refused
from course_catalogue.booking.states import refused
from course_catalogue.enums import LIVE, BookingState, SessionState
from course_catalogue.models import Booking
from course_catalogue.telling import mails
from kernel.audit import act

KEPT = (
    "agency",
    "state",
    "joined_at",
    "priority",
    "priority_reason",
    "priority_by_name",
    "answer_by",
    "manager",
    "released",
    "decided_by_name",
    "to_confirm",
    "access_needs",
    "auto_accept",
    "charge_policy_id",
    "fee",
    "late_charge",
    "charge_steps",
    "free_until",
    "terms_words",
    "agreed_at",
)
"""What a booking takes along to another date; the place in the waiting list too."""


@once_more
@act("training.move_all")
def move_all(session, to, *, actor, now: datetime) -> list[Booking]:
    """Move everybody who is booked, held, offered or waiting to another date of the course; gives the new bookings.

    Terms, approval and the place in the list go along. Whoever is on the other date already just leaves this one.
    Raises ``full``, ``clash`` and the others with names when one of them cannot come along: then nobody is moved.
    """
    if session.pk == to.pk:
        raise refused(_("This is the same date."), "same")
    locked = Booking.objects.filter(session=session.pk, state__in=LIVE).values_list("person", flat=True)
    desks = open_desks({session.pk, to.pk}, now=now, people=locked, frees=True)
    desks_by_key = {desk.session.pk: desk for desk in desks}
    old, new = desks_by_key[session.pk], desks_by_key[to.pk]
    if not permissions.keeps_programme(actor, old.today):
        raise PermissionDenied(_("The training team moves dates."))
    _check(old, new)
    rows = _in_order(old)
    fixed.require_free(old, *rows)
    there = {row.person_id for row in new.tally.rows}
    _require_room(new, [row for row in rows if row.person_id not in there], old.session)
    made = [_over(old, new, row, actor, stays=row.person_id not in there) for row in rows]
    offering.settle_desk(new)
    return [booking for booking in made if booking is not None]


def _check(old: Desk, new: Desk) -> None:
    if old.session.course_id != new.session.course_id:
        raise refused(_("Another date of the same course, please."), "course")
    if new.session.state == SessionState.CANCELLED or new.session.first_at <= new.now:
        raise refused(_("The other date is cancelled or has begun."), "past")


def _in_order(desk: Desk) -> list[Booking]:
    rows = Booking.objects.filter(session=desk.session, state__in=LIVE)
    related = ("person__user", "person__agency", "agency", "manager__user")
    found = list(rows.select_related(*related).order_by("-priority", "joined_at", "pk"))
    for booking in found:
        booking.session = desk.session
    return found


def _require_room(desk: Desk, rows: list[Booking], left) -> None:
    people = [row.person for row in rows]
    against = refusals.of_people(desk.session, people, now=desk.now, besides=left.pk)
    found = []
    for booking in rows:
        row = desk.tally.row_of(booking.person)
        mine = list(against[booking.person_id])
        if booking.state != BookingState.WAITING:
            mine += refusals.of_row(desk.tally, row)
            desk.tally.put(row, booking.state)
        found += [refusals.Refusal(one.code, f"{booking.person.name}: {one.words}") for one in mine]
    for person in people:
        desk.tally.drop(person)
    if found:
        raise Refused(found)


def _over(old: Desk, new: Desk, booking: Booking, actor, *, stays: bool) -> Booking | None:
    kept = {name: getattr(booking, name) for name in KEPT}
    swapping.end_moved(old, booking, actor)
    fresh = None
    if stays:
        fresh = Booking(session=new.session, person=booking.person, in_place_of=booking, **kept)
        fresh.booked_by_name = new.name_of(actor)
        fresh.save(force_insert=True)
        new.tally.add(fresh)
        if fresh.state == BookingState.BOOKED:
            states.booked(fresh, actor=actor, now=new.now)
        mails.moved(booking, fresh)
    states.note("training.move_all", booking, actor=actor, new=fresh.pk if fresh else None)
    return fresh

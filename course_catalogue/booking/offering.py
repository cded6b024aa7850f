"""What time and freed places bring: holds and offers that ran out, and the waiting list in its strict order.

Every act settles its session under the lock before it looks for a place, and again after it gave one back; a round of
the worker and a daily job settle the others. Nobody who could take a place is passed by somebody later.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from course_catalogue import clearances
from course_catalogue.booking import (
    agreement,
    capacity,
    deadlines,
    placing,
    prerequisites,
    refusals,
    releasing,
    states,
)
from course_catalogue.booking.capacity import Row
from course_catalogue.booking.locking import Desk, open_desk, open_desks
from course_catalogue.booking.placing import Order
from course_catalogue.charging.terms import kept, terms_for
from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import Booking, CourseSession, SkippedWaiting
from course_catalogue.telling import mails


@transaction.atomic
def settle(session, *, now: datetime) -> int:
    """Settle one session; gives how many bookings changed. May be called again at any time."""
    return settle_desk(open_desk(session.pk, now=now))


def settle_all(now: datetime) -> int:
    """Settle every session in which something may be owed, each in a transaction of its own."""
    return sum(settle(session, now=now) for session in _owed(now))


@transaction.atomic
def settle_together(now: datetime) -> int:
    """The same in one transaction, with all sessions locked before anybody: for a job that is one transaction."""
    keys = [session.pk for session in _owed(now)]
    return sum(map(settle_desk, open_desks(keys, now=now, frees=True)))


def settle_desk(desk: Desk) -> int:
    """Lapse what ran out, then offer what is free."""
    return _lapse(desk) + promote(desk)


def _owed(now: datetime) -> list[CourseSession]:
    """Where something has run out, and where somebody waits and not all is taken. One query when nobody waits."""
    offered = Q(bookings__state=BookingState.OFFERED)
    over = Q(bookings__answer_by__lt=now) | offered & (Q(closes_at__lt=now) | Q(first_at__lt=now))
    open_now = Q(state=SessionState.OPEN, held_closed=False, first_at__gt=now)
    ends = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    waits = Q(bookings__state=BookingState.WAITING) & open_now & ends
    rows = list(CourseSession.objects.filter(over | waits).distinct().order_by("pk"))
    if not rows:
        return []
    found = CourseSession.objects.filter(over, pk__in=[row.pk for row in rows])
    due = set(found.values_list("pk", flat=True))
    places = capacity.places([row.pk for row in rows if row.pk not in due], now=now)
    return [row for row in rows if row.pk in due or _has_room(places[row.pk])]


def _has_room(places: capacity.Places) -> bool:
    return places.capacity is None or places.taken < places.capacity


def _lapse(desk: Desk) -> int:
    over = desk.tally.overdue(deadlines.closes_at(desk.session), desk.now)
    for booking in _bookings(desk, over):
        was, until = booking.state, booking.answer_by
        states.shift(booking, BookingState.LAPSED, desk)
        states.note("training.lapse", booking, actor=None, was=str(was))
        mails.lapsed(booking, was, until)
    return len(over)


def promote(desk: Desk) -> int:
    """Offer each free place to the first who can take it. A reason is kept for everybody who is passed over."""
    if not desk.tally.waiting or not _offers_now(desk):
        return 0
    if all(desk.tally.free(row) == 0 for row in desk.tally.waiting):
        return 0
    line = _bookings(desk, desk.tally.waiting)
    lacks = prerequisites.missing(desk.session, [row.person_id for row in line])
    for booking in line:
        booking.to_confirm = prerequisites.to_confirm(lacks.get(booking.person_id, []))
    people = [row.person for row in line]
    against = refusals.of_people(desk.session, people, now=desk.now, lacks=lacks)
    return _walk(desk, line, against)


def _walk(desk: Desk, line: list[Booking], against: dict) -> int:
    number, passed = 0, []
    for booking in line:
        row = desk.row(booking)
        reasons = against[booking.person_id]
        if desk.tally.free(row) == 0:
            passed.append((booking, refusals.why_passed(desk.tally, row)))
        elif reasons:
            _skip(booking, reasons[0].words, desk.now)
        else:
            for earlier, words in passed:
                _skip(earlier, words, desk.now)
            passed = []
            _offer(desk, booking)
            number += 1
    return number


def _offers_now(desk: Desk) -> bool:
    """Nothing is offered before booking is open, after it closes, or for a course that may not be booked."""
    session = desk.session
    if session.state != SessionState.OPEN or session.held_closed or desk.now >= deadlines.closes_at(session):
        return False
    return not clearances.closed([session.course_id], desk.today)


def _offer(desk: Desk, booking: Booking) -> None:
    """The terms are those of today; who chose so has the place at once, unless there is something to agree to anew."""
    terms = terms_for(desk.session, booking.agency, now=desk.now)
    values = {**agreement.values(terms, now=desk.now, agreed=False), "to_confirm": booking.to_confirm}
    if booking.auto_accept and _agreed(booking, terms, desk.now):
        return take_up(desk, booking, actor=None, **{**values, "agreed_at": booking.agreed_at})
    until = deadlines.offer_until(desk.session, now=desk.now)
    states.shift(booking, BookingState.OFFERED, desk, **{**values, "answer_by": until})
    states.note("training.offer", booking, actor=None)
    return mails.offered(booking, now=desk.now)


def _agreed(booking: Booking, terms, now: datetime) -> bool:
    """Nothing has to be agreed to, or these very terms were."""
    if not agreement.must_agree(terms, now=now):
        return True
    return booking.agreed_at is not None and agreement.mark([terms]) == agreement.mark([kept(booking)])


def take_up(desk: Desk, booking: Booking, *, actor, **values) -> None:
    """From the list or an offer to a place: booked, or held for the manager."""
    known = releasing.managers([booking.person], desk.today)
    begin = dict(placing.beginning(desk, booking, Order(actor), known))
    states.shift(booking, begin.pop("state"), desk, **begin, **values)
    states.note("training.take", booking, actor=actor)
    placing.began(booking, actor=actor, now=desk.now)


def _skip(booking: Booking, words: str, now: datetime) -> None:
    """Kept once for each reason, not for each run."""
    reason = words[:300]
    if not SkippedWaiting.objects.filter(booking=booking, reason=reason).exists():
        SkippedWaiting.objects.create(booking=booking, at=now, reason=reason)


def _bookings(desk: Desk, rows: list[Row]) -> list[Booking]:
    """The bookings of rows in the order of the list, with session and people at hand."""
    if not rows:
        return []
    related = ("person__user", "person__agency", "agency", "manager__user")
    found = list(Booking.objects.filter(pk__in=[row.pk for row in rows]).select_related(*related))
    for booking in found:
        booking.session = desk.session
    return sorted(found, key=lambda booking: (-booking.priority, booking.joined_at, booking.pk))

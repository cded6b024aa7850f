"""What a date says of itself, the same in month, list and agenda."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue.booking.capacity import Places
from course_catalogue.booking.deadlines import in_words
from course_catalogue.booking.left import places_left
from course_catalogue.enums import BookingState
from course_catalogue.training_calendar.rows import CANCELLED, CLOSED, FULL, LATER, OPEN, PAST, Day

MINE = {
    BookingState.BOOKED: gettext_lazy("You are booked"),
    BookingState.REQUESTED: gettext_lazy("Your place is held"),
    BookingState.OFFERED: gettext_lazy("A place is offered to you"),
    BookingState.WAITING: gettext_lazy("You are on the waiting list"),
}
MARKS = {OPEN: "good", FULL: "soon", CLOSED: "closed", LATER: "none", CANCELLED: "closed", PAST: "closed"}


def title(day: Day) -> str:
    """The course, and which of its days this is where there are several."""
    if day.of_days < 2:
        return day.title
    words = {"title": day.title, "number": day.number, "total": day.of_days}
    return _("%(title)s, day %(number)d of %(total)d") % words


def hours(start: str, end: str) -> str:
    """9:30am to 4:30pm"""
    return _("%(start)s to %(end)s") % {"start": start, "end": end}


def state(state: str, opens_at: datetime | None, counted: Places) -> str:
    """4 of 20 left; full, 2 wait; cancelled; over; not open for booking, and from when."""
    if state == CANCELLED:
        return _("cancelled")
    if state == PAST:
        return _("over")
    if state == LATER:
        return _("booking opens at %(moment)s") % {"moment": in_words(opens_at)}
    if state == CLOSED:
        return _("booking is closed")
    return places_left(counted)


def mine(state: str, own: str) -> str:
    """What the reader has of it; of a date that is over, that they had a place."""
    if state == PAST:
        return _("You had a place") if own == BookingState.BOOKED else ""
    return str(MINE[own]) if own else ""


def step(state: str, own: str, *, keeps_list: bool, needs_approval: bool) -> str:
    """The one next step of a reader who is signed in; empty where there is none."""
    if own and state != CANCELLED:
        return _("See your place")
    if state == FULL:
        return _("Join the waiting list") if keeps_list else ""
    if state != OPEN:
        return ""
    return _("Ask for this place") if needs_approval else _("Book this place")

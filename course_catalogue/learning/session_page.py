"""One date as a learner sees it: when, where, who holds it, places left, where they stand, and the one next step."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from course_catalogue import visible
from course_catalogue.booking import capacity, next_dates, refusals
from course_catalogue.enums import LIVE, BookingState, SessionState
from course_catalogue.learning import mine, rebooking
from course_catalogue.learning.words import hours
from course_catalogue.models import Booking, CourseSession

BOOK, ASK, JOIN = "book", "ask", "join"


@dataclass
class Seen:
    """``step``: what the button does, empty for none; ``why``: what stands against it, in words.

    ``is_over``: its last day has ended.
    """

    session: CourseSession
    places: capacity.Places
    is_over: bool = False
    line: mine.Line | None = None
    step: str = ""
    why: list[str] = field(default_factory=list)
    again: bool = False

    @property
    def days(self) -> list:
        return [(day, hours(day.starts_at, day.ends_at)) for day in self.session.days.all()]

    @property
    def button(self) -> str:
        return {
            BOOK: _("Book this place"),
            ASK: _("Ask for this place"),
            JOIN: _("Join the waiting list"),
        }.get(self.step, "")

    @property
    def is_booked(self) -> bool:
        return self.line is not None and self.line.booking.state == BookingState.BOOKED

    @property
    def is_live(self) -> bool:
        return self.line is not None and self.line.booking.state in LIVE


def visible_session(hands, pk: int) -> CourseSession:
    """A session of the offer that this login sees, or one they have a booking for; 404 otherwise."""
    learner = visible.learner_of(hands.user, hands.today)
    rows = CourseSession.objects.select_related("course", "host").prefetch_related(
        "partners", "days__room__venue"
    )
    found = rows.filter(pk=pk).first() if learner.here or hands.administers else None
    if found is None:
        raise Http404
    if hands.administers or visible.sessions(learner).filter(pk=pk).exists():
        return found
    if not hands.bookings().filter(session=pk).exists():
        raise Http404
    return found


def seen(session, hands, *, now: datetime) -> Seen:
    """For a person: their own standing and step. For a login without one: the date alone."""
    agency = hands.me.agency_id if hands.me else None
    places = capacity.places([session.pk], now=now, agency=agency)[session.pk]
    page = Seen(session, places, session.last_at <= now, _own(session, hands, now))
    if not page.is_live:
        page.step, page.why = step_for(session, hands.me, now=now)
        page.again = bool(page.step and page.line)
    return page


def next_instead(session, hands, *, now: datetime) -> CourseSession | None:
    """The next date with a place for whoever looks at a date that was cancelled."""
    if session.state != SessionState.CANCELLED:
        return None
    if hands.me is None:
        return next_dates.next_with_place(session.course_id, now=now)
    return rebooking.next_session(session.course, hands.me, now=now, without=session.pk)


def _own(session, hands, now) -> mine.Line | None:
    if hands.me is None:
        return None
    rows = mine.rows(Booking.objects.filter(session=session, person=hands.me)).order_by("-pk")
    found = next(iter(rows.filter(state__in=LIVE)), None) or rows.first()
    return mine.lines([found], now, hands)[0] if found else None


def step_for(session, person, *, now: datetime, over=()) -> tuple[str, list[str]]:
    """The step that the service would take for this person now, and what stands against one.

    ``over``: codes that are passed over; what they say is not among that.
    """
    if person is None:
        return "", []
    against = [row for row in refusals.why_not(session, person, now=now, over=over) if row.code not in over]
    others = [row for row in against if row.code not in refusals.NO_PLACE]
    if others:
        return "", [str(row.words) for row in others]
    if not against:
        return (ASK if session.needs_approval else BOOK), []
    if session.keeps_list and session.state == SessionState.OPEN:
        return JOIN, [str(row.words) for row in against]
    return "", [str(row.words) for row in against]

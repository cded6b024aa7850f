"""Everything that can stand against a booking, each with a code and with words that name the cure (B7).

What concerns the session is asked first; while that stands, nothing else is said. The words are about whoever is to be
booked and fit for themselves and for somebody who books for them.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue import checks, clearances, visible
from course_catalogue.booking import capacity, deadlines, prerequisites
from course_catalogue.booking.capacity import Row, Tally
from course_catalogue.booking.clash import clashes
from course_catalogue.booking.deadlines import day_of, in_words
from course_catalogue.booking.next_dates import next_with_place
from course_catalogue.booking.prerequisites import Missing
from course_catalogue.enums import SessionState
from course_catalogue.visible import Learner
from kernel.organisation.models import AgencyKind, StaffProfile

NO_PLACE = ("full", "limit", "waiting_first")
OVERRIDABLE = ("not_open", "not_yet", "closed", "limit", "brake", "prerequisite")
"""What the training team may pass over with a reason; the number of places never (B3)."""


@dataclass(frozen=True)
class Refusal:
    """``code`` for programs and tests, ``words`` for the person."""

    code: str
    words: str


class Refused(ValidationError):
    """Refusals as an error; ``code`` is that of the first, ``codes`` are all."""

    def __init__(self, refusals: Collection[Refusal]):
        rows = list(refusals)
        super().__init__([ValidationError(row.words, code=row.code) for row in rows])
        self.code, self.codes = rows[0].code, [row.code for row in rows]


def why_not(session, person: StaffProfile, *, now: datetime, over: Collection[str] = ()) -> list[Refusal]:
    """All that stands against booking ``person`` now, as it can be seen without a lock; empty: it may be tried.

    ``over``: codes that are passed over. What they hid is asked all the same.
    """
    found = of_session(session, now=now)
    if any(row.code not in over for row in found):
        return found
    tally = capacity.count(session, now=now, people=[person.pk])
    found += of_people(session, [person], now=now)[person.pk]
    return found + of_row(tally, tally.row_of(person), queue=True)


def of_session(session, *, now: datetime) -> list[Refusal]:
    """What concerns everybody: the session's state, its dates, and whether its course may be booked."""
    if session.state == SessionState.CANCELLED:
        words = {"why": session.cancel_reason.rstrip(". ")}
        return [Refusal("cancelled", _("This date was cancelled: %(why)s. Look for another date.") % words)]
    if session.first_at <= now:
        return [Refusal("past", _("This date has begun or is over. Look for another date."))]
    if session.state != SessionState.OPEN:
        return [Refusal("not_open", _("This date is planned and cannot be booked yet."))]
    if session.opens_at and now < session.opens_at:
        words = {"when": in_words(session.opens_at)}
        return [Refusal("not_yet", _("Booking opens at %(when)s.") % words)]
    if session.held_closed or now >= deadlines.closes_at(session):
        return [Refusal("closed", _closed_words(session))]
    closed = clearances.closed([session.course_id], day_of(now))
    return [Refusal("course", words) for words in closed.values()]


def _closed_words(session) -> str:
    if session.held_closed:
        return _("Booking of this date is closed. Look for another date, or ask the training team.")
    words = {"when": in_words(deadlines.closes_at(session))}
    return _("Booking closed at %(when)s. Look for another date, or ask the training team.") % words


def of_people(
    session,
    people: Collection[StaffProfile],
    *,
    now: datetime,
    besides: int | None = None,
    lacks: dict | None = None,
) -> dict[int, list[Refusal]]:
    """What stands against each person apart from places. ``besides``: a session that they leave for this one.

    ``lacks``: what ``prerequisites.missing`` says, when it was asked already.
    """
    found: dict[int, list[Refusal]] = defaultdict(list)
    today, keys = day_of(now), [person.pk for person in people]
    unseen = _unseen(session, people, today)
    for person in people:
        found[person.pk] += _standing(person, today)
        if person.pk in unseen:
            found[person.pk].append(Refusal("unseen", _("This date is not offered to the agency.")))
    for key, where in clashes(session, keys, besides=besides).items():
        words = _("There is a booking at that time already: %(where)s. Move or cancel that one first.")
        found[key].append(Refusal("clash", words % {"where": where}))
    lacks = prerequisites.missing(session, keys) if lacks is None else lacks
    for key, missing in lacks.items():
        found[key] += [_needed_first(row, now) for row in missing if not row.may_confirm]
    for key, rows in checks.lacking(session.course, keys, today).items():
        found[key] += [Refusal("lacking", words) for words in rows]
    return found


def _standing(person, today) -> list[Refusal]:
    if not person.agency.active:
        words = _("Bookings of %(agency)s are paused. Ask the training team.")
        return [Refusal("suspended", words % {"agency": person.agency})]
    if not person.is_here(today):
        return [Refusal("gone", _("%(name)s is not on the staff list any more.") % {"name": person.name})]
    return []


def _needed_first(missing: Missing, now: datetime) -> Refusal:
    """With the next date that has a place."""
    words = {"course": f"{missing.title} ({missing.code})"}
    session = next_with_place(missing.course_id, now=now)
    if session is None:
        return Refusal(
            "prerequisite", _("%(course)s is needed first. No date of it has a place yet.") % words
        )
    words["when"] = in_words(session.first_at)
    return Refusal(
        "prerequisite", _("%(course)s is needed first. Its next date with a place is at %(when)s.") % words
    )


def _unseen(session, people, today) -> set[int]:
    """Those whose agency is not offered the session."""
    by_agency: dict = defaultdict(list)
    for person in people:
        by_agency[person.agency].append(person.pk)
    found: set[int] = set()
    for agency, keys in by_agency.items():
        learner = Learner(keys[0], agency.pk, agency.kind == AgencyKind.HOST, here=True)
        if not visible.sees(learner, session):
            found.update(keys)
    return found


def of_row(tally: Tally, row: Row, *, queue: bool = False) -> list[Refusal]:
    """Booked already, or no place. ``queue``: those who wait come first, as it is seen without having settled."""
    if row.state:
        words = _("%(state)s for this date already.")
        return [Refusal("twice", words % {"state": _standing_words(row.state)})]
    free = tally.free(row)
    if free == 0:
        return [no_place(tally, row)]
    if queue and free is not None and _in_line(tally) >= free:
        number = len(tally.waiting)
        words = ngettext(
            "A place is free, but %(n)d person waits for it. Join the waiting list.",
            "A place is free, but %(n)d people wait for it. Join the waiting list.",
            number,
        )
        return [Refusal("waiting_first", words % {"n": number})]
    return []


def _in_line(tally: Tally) -> int:
    seen = capacity.passed_over([tally.session.pk])[tally.session.pk]
    return len(tally.waiting) - seen if tally.waiting else 0


def _standing_words(state) -> str:
    return _("On the waiting list") if state == "waiting" else _("A place is booked or held")


def no_place(tally: Tally, row: Row) -> Refusal:
    """Why there is none: a limit of the agency, sector or staff group, or all are taken."""
    limit, waiting = tally.limiting(row), len(tally.waiting)
    if limit is not None and tally.free_for_all() != 0:
        words = _(
            "The %(size)d places for this agency, sector or staff group are taken. Join the waiting list."
        )
        return Refusal("limit", words % {"size": limit.size})
    words = {"places": tally.session.capacity or 0, "wait": waiting, "number": waiting + 1}
    if not tally.session.keeps_list:
        return Refusal("full", _("All %(places)d places are taken. Look for another date.") % words)
    if not waiting:
        return Refusal("full", _("All %(places)d places are taken. You can join the waiting list.") % words)
    some = ngettext(
        "All %(places)d places are taken and %(wait)d person waits. On the list you would be number %(number)d.",
        "All %(places)d places are taken and %(wait)d people wait. On the list you would be number %(number)d.",
        waiting,
    )
    return Refusal("full", some % words)


def why_passed(tally: Tally, row: Row) -> str:
    """Why somebody who waits has no part in a place that is free."""
    if tally.limiting(row) is not None:
        return _("The places for this agency, sector or staff group are taken.")
    return _("The place that is free is kept for another agency.")

"""What one course says to one reader; and short facts of many courses for other parts of training."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import clearances, visible
from course_catalogue.catalogue import approving, dates, looks, price, yours
from course_catalogue.catalogue.lengths import length
from course_catalogue.catalogue.prerequisites import Missing, missing
from course_catalogue.catalogue.waiting import Waiting
from course_catalogue.enums import ApprovingRole, BookingState
from course_catalogue.models import Booking, CoursePage, Interest
from course_catalogue.visible import Learner
from kernel.lifecycle.models import Authorship


@dataclass(frozen=True)
class Facts:
    """A course in short. ``closed``: why nobody can book it on that day; empty: bookings are open."""

    title: str
    code: str
    url: str
    minutes: int
    closed: str


def facts_for(course_ids: Iterable[int], today: date) -> dict[int, Facts]:
    """Facts by course, whoever asks; two queries and those of the addresses' root, for any number of courses."""
    keys = list(course_ids)
    closed = clearances.closed(keys, today)
    rows = CoursePage.objects.filter(pk__in=keys)
    return {
        row.pk: Facts(row.title, row.code, row.url or "", row.minutes, closed.get(row.pk, "")) for row in rows
    }


@dataclass(frozen=True)
class Lack:
    """A course that this reader needs first: ``booked``, when they have a place on it; else its next date."""

    needs: Missing
    url: str
    next: dates.Coming | None
    booked: datetime | None = None


@dataclass(frozen=True)
class Text:
    """The parts of a text in the order of the page, ready to be shown; ``old`` are sources past the set age."""

    outcomes: list
    methods: list
    sources: list[tuple]
    audiences: list
    subjects: list
    priorities: list
    needs: list
    length: str


@dataclass(frozen=True)
class About:
    text: Text
    closed: str
    standing: tuple[str, date | None] | None
    coming: list[dates.Coming]
    lacks: list[Lack]
    signed_in: bool
    price: str
    held: list[yours.Held]
    interest: Interest | None

    @property
    def dates(self) -> list[tuple]:
        """Each date ahead with what the reader has of it, or None."""
        found = {row.session: row for row in self.held}
        return [(row, found.get(row.pk)) for row in self.coming]


def course(page: CoursePage, learner: Learner, *, now: datetime, age: int) -> About:
    """The live text with what holds today for this reader."""
    today = timezone.localdate(now)
    lacking = missing([page.pk], [learner.person_id], today) if learner.person_id else {}
    lacks = lacking.get((page.pk, learner.person_id), [])
    ahead = dates.coming([page.pk, *(row.course_id for row in lacks)], learner, now)
    known = {
        row.pk: row for row in visible.courses(learner).filter(pk__in=[lack.course_id for lack in lacks])
    }
    booked = _booked(learner, [row.course_id for row in lacks], now)
    return About(
        text=text(page, today, age),
        closed=clearances.closed([page.pk], today).get(page.pk, ""),
        standing=clearances.standing([page.pk], today).get(page.pk),
        coming=ahead.get(page.pk, []),
        lacks=[_lack(row, known, ahead, booked) for row in lacks],
        signed_in=learner.here,
        price=price.of_next({page.pk: ahead.get(page.pk, [])}, learner, now).get(page.pk, ""),
        held=yours.held(page.pk, learner, now),
        interest=yours.interest(page.pk, learner),
    )


def _lack(row: Missing, known, ahead, booked) -> Lack:
    page = known.get(row.course_id)
    soonest = next(iter(ahead.get(row.course_id, ())), None)
    return Lack(row, page.url if page else "", soonest, booked.get(row.course_id))


def _booked(learner: Learner, courses: list[int], now: datetime) -> dict[int, datetime]:
    """By course the first date ahead on which this reader has a place."""
    if not courses or not learner.person_id:
        return {}
    rows = Booking.objects.filter(person=learner.person_id, state=BookingState.BOOKED)
    rows = rows.filter(session__course__in=courses, session__first_at__gt=now).order_by("-session__first_at")
    return dict(rows.values_list("session__course", "session__first_at"))


def text(page: CoursePage, today: date, age: int) -> Text:
    """Of this instance, live or draft."""
    before = looks.oldest_day(today, age)
    return Text(
        outcomes=_in_order(page.outcomes),
        methods=_in_order(page.methods),
        sources=[(row, row.dated_on < before) for row in _in_order(page.sources)],
        audiences=list(page.audiences.all()),
        subjects=list(page.subjects.all()),
        priorities=list(page.priorities.all()),
        needs=[(row, row.needs) for row in _in_order(page.prerequisites)],
        length=length(page.minutes),
    )


def _in_order(manager) -> list:
    return sorted(manager.all(), key=lambda row: row.sort_order or 0)


def may_approve_as(page, waits: Waiting, user, today: date) -> list[ApprovingRole]:
    """The roles in which this person can decide about the draft now."""
    if waits.problems:
        return []
    return [role for role in waits.roles if not approving.why_not(page, waits, role, user, today)]


def why_not(page, waits: Waiting, user, today: date) -> list[str]:
    """Why somebody who holds a role whose approval is missing cannot give it."""
    words = {approving.why_not(page, waits, role, user, today) for role in waits.roles}
    return sorted(words - {""} - {_not_held(role) for role in ApprovingRole})


def _not_held(role) -> str:
    return _("You do not hold the role %(role)s.") % {"role": role.label}


def authors(page) -> list[str]:
    """Who wrote since the text last went live, by name."""
    rows = Authorship.objects.filter(page_id_copy=page.pk, cycle=page.times_approved())
    return sorted(rows.values_list("name", flat=True))

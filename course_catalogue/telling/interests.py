"""Interest in a course without a date that has room: told once when there is one, or withdrawn."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from time import monotonic

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import clearances, links, visible
from course_catalogue.booking.capacity import places
from course_catalogue.booking.deadlines import closes_at
from course_catalogue.enums import LIVE, SessionState
from course_catalogue.models import Booking, CourseSession, Interest
from course_catalogue.telling.days import days_of
from course_catalogue.telling.reach import address_of
from course_catalogue.telling.subjects import of_session
from kernel.audit import act, record
from kernel.organisation import people
from kernel.organisation.models import AgencyKind, StaffProfile
from kernel.outbox import queue_mail

PAUSE = 60.0  # seconds between two looks of one worker
_looked: list[float] = []


def live() -> QuerySet[Interest]:
    return Interest.objects.filter(told_at__isnull=True, withdrawn_at__isnull=True)


def of(course, person: StaffProfile | None) -> Interest | None:
    """The open interest of a person in a course."""
    return live().filter(course=course, person=person).first() if person else None


def counts(courses: Iterable[int]) -> dict[int, int]:
    """How many wait for a date of each course; one query."""
    rows = live().filter(course__in=list(courses)).order_by().values_list("course")
    return dict(rows.annotate(n=Count("pk")))


@act("training.register_interest")
@transaction.atomic
def register(course, *, actor, now: datetime) -> Interest:
    """Ask to be told when the course has a date with room.

    Raises ValidationError: ``twice``, ``date`` when there is one already; PermissionDenied for whoever does not see it.
    """
    today = timezone.localdate(now)
    learner = visible.learner_of(actor, today)
    if not learner.here or not visible.courses(learner).filter(pk=course.pk).exists():
        raise PermissionDenied(_("This course is not shared with you."))
    person = StaffProfile.objects.select_for_update().get(pk=learner.person_id)
    if of(course, person):
        raise ValidationError(_("You asked to be told already."), code="twice")
    if with_room([course.pk], learner, now=now):
        raise ValidationError(_("There is a date with places: you can book it now."), code="date")
    interest = Interest.objects.create(course=course, person=person, since=now)
    record("training.register_interest", actor=actor, target=course)
    return interest


@act("training.withdraw_interest")
@transaction.atomic
def withdraw(course, *, actor, now: datetime) -> None:
    """Be told no more; raises ValidationError ``none`` where nothing is open."""
    person = people.profile_of(actor)
    row = live().select_for_update().filter(course=course, person=person).first() if person else None
    if row is None:
        raise ValidationError(_("There is no open request of yours for this course."), code="none")
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    record("training.withdraw_interest", actor=actor, target=course)


def with_room(courses: Iterable[int], learner: visible.Learner, *, now: datetime) -> dict[int, CourseSession]:
    """The next date of each course that this learner may see and that anybody can book now."""
    rows = visible.sessions(learner).filter(
        course__in=list(courses), state=SessionState.OPEN, first_at__gt=now
    )
    rows = rows.filter(Q(opens_at__isnull=True) | Q(opens_at__lte=now), held_closed=False)
    found = [row for row in rows.select_related("course").order_by("first_at", "pk") if now < closes_at(row)]
    if not found:
        return {}
    closed = clearances.closed({row.course_id for row in found}, timezone.localdate(now))
    counted = places([row.pk for row in found], now=now, agency=learner.agency_id)
    free = [row for row in found if row.course_id not in closed and counted[row.pk].free != 0]
    return {row.course_id: row for row in reversed(free)}


@act("training.tell_interested")
@transaction.atomic
def tell(*, now: datetime) -> int:
    """Tell everybody for whom there is a date now, each once; gives how many. Who has a place already is left alone."""
    placed = Booking.objects.filter(
        person=OuterRef("person"),
        session__course=OuterRef("course"),
        state__in=LIVE,
        session__first_at__gt=now,
    )
    rows = live().filter(~Exists(placed)).select_for_update(of=("self",))
    waiting = defaultdict(list)
    today = timezone.localdate(now)
    for row in rows.select_related("person__agency", "person__user", "course"):
        if row.person.is_here(today):
            waiting[_learner(row.person)].append(row)
    told = Counter()
    for learner, some in waiting.items():
        found = with_room({row.course_id for row in some}, learner, now=now)
        for row in some:
            if row.course_id in found:
                _tell(row, found[row.course_id], now)
                told[row.course_id] += 1
    if told:
        record("training.tell_interested", actor=None, facts={"told": sum(told.values())})
    return sum(told.values())


def _learner(person: StaffProfile) -> visible.Learner:
    """What people of one agency see; nobody in person, so that one question serves all of them."""
    return visible.Learner(None, person.agency_id, person.agency.kind == AgencyKind.HOST, here=True)


def _tell(interest: Interest, session: CourseSession, now: datetime) -> None:
    interest.told_at, interest.told_of = now, session
    interest.save(update_fields=["told_at", "told_of"])
    to = address_of(interest.person)
    if not to:
        return
    context = {
        "course": session.course,
        "days": days_of(session),
        "link": links.absolute(links.session(session.pk)),
    }
    queue_mail(
        kind="training.date_opens",
        to=[to],
        subject=of_session(_("A date is open"), session),
        text=render_to_string("course_catalogue/email/date_opens.txt", context),
    )


def go_round() -> int:
    """For the worker, at most once a minute."""
    if _looked and monotonic() - _looked[0] < PAUSE:
        return 0
    _looked[:] = [monotonic()]
    return tell(now=timezone.now()) if live().exists() else 0


def tell_daily(today: date, dry_run: bool = False) -> list[str]:
    """For ``run_daily``, where no worker runs."""
    number = tell(now=timezone.now())
    return [_("%(n)d people told of a date") % {"n": number}] if number else []

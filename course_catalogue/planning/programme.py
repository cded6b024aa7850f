"""Programme years, 1 April to 31 March (S4-10): what is on them, what came later and why, their yearly review."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.enums import SessionState
from course_catalogue.models import CoursePage, CourseSession, Programme, ProgrammeCourse, ProgrammeReview
from course_catalogue.permissions import keeps_programme
from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation.people import name_of

BEGINS_MONTH = 4
ON_IT = Q(taken_off_on__isnull=True)
"""Courses of a programme that nobody took off."""


@dataclass(frozen=True)
class Need:
    """What S4-22 asks of a course that comes after 1 April: what it costs, which need emerged and why now."""

    cost: Decimal | None
    words: str


def year_of(day: date) -> int:
    """The year in which the day's programme begins: 2026 for 1 April 2026 and for 31 March 2027."""
    return day.year if day.month >= BEGINS_MONTH else day.year - 1


def begins(first_year: int) -> date:
    return date(first_year, BEGINS_MONTH, 1)


def ends(first_year: int) -> date:
    """The last day of the programme, which still belongs to it."""
    return begins(first_year + 1) - timedelta(days=1)


def name_of_year(first_year: int) -> str:
    """2026/27"""
    return Programme(first_year=first_year).name


def moments(first_year: int) -> tuple[datetime, datetime]:
    """From the first moment of the programme, included, to the first of the next one, not included; local time."""
    first, after = begins(first_year), begins(first_year + 1)
    return tuple(timezone.make_aware(datetime.combine(day, time.min)) for day in (first, after))


def sessions_of(first_year: int, rows=None):
    """The sessions that begin in the programme year, of ``rows`` or of all."""
    first, after = moments(first_year)
    rows = CourseSession.objects.all() if rows is None else rows
    return rows.filter(first_at__gte=first, first_at__lt=after)


@act("training.set_up_programme")
@transaction.atomic
def set_up(first_year: int, *, review_due: date, words: str = "", actor, now: datetime) -> Programme:
    """Set up the programme of a year or change its review day and words.

    ``review_due``: a day of that year or of the next, on which the yearly review is still in time.
    """
    require_keeper(actor, now)
    if not begins(first_year) <= review_due <= ends(first_year + 1):
        message = _("The review must be due between %(first)s and %(last)s.")
        span = {"first": f"1 April {first_year}", "last": f"31 March {first_year + 2}"}
        raise ValidationError({"review_due": message % span})
    row, _new = Programme.objects.update_or_create(
        first_year=first_year, defaults={"review_due": review_due, "words": words}
    )
    record("training.set_up_programme", actor=actor, target=row, facts={"review_due": review_due.isoformat()})
    return row


@act("training.add_to_programme")
@transaction.atomic
def add_course(course, *, first_year: int, actor, now: datetime, need: Need | None = None) -> ProgrammeCourse:
    """Put a course on the programme of a year. After 1 April it needs an emerging need with cost and words (S4-22).

    1 April itself is still in time. A course that is on it already is refused.
    """
    require_keeper(actor, now)
    row = put_on(course, first_year=first_year, actor=actor, now=now, need=need)
    if row is None:
        raise ValidationError(_("This course is on the programme of that year already."), code="twice")
    return row


def put_on(course, *, first_year, actor, now, need=None) -> ProgrammeCourse | None:
    """As ``add_course``, for the services of planning; None where the course is on that programme already."""
    programme, _new = Programme.objects.get_or_create(
        first_year=first_year, defaults={"review_due": usual_review(first_year)}
    )
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.entries.filter(ON_IT, course_id=course.pk).exists():
        return None
    today = timezone.localdate(now)
    late = today > begins(first_year)
    if late:
        _require_need(need, programme)
    row = ProgrammeCourse.objects.create(
        programme=programme,
        course_id=course.pk,
        begins_on=begins(first_year),
        added_on=today,
        added_by_name=written_name(actor),
        emerging_need=late,
        cost=need.cost if late else None,
        words=need.words.strip() if late else "",
    )
    facts = {"programme": programme.name, "emerging_need": late, "cost": str(row.cost or "")}
    record("training.add_to_programme", actor=actor, target=course, facts=facts, words={"need": row.words})
    return row


@act("training.take_off_programme")
@transaction.atomic
def take_off(course, *, first_year: int, reason: str, actor, now: datetime) -> ProgrammeCourse:
    """Take a course off the programme of a year; its row stays, with day, person and reason.

    Raises ValidationError under "reason" without one, with code "sessions" while sessions of it stand in that year,
    held ones too, each named by its day, and with code "not_on" when it is not on it.
    """
    require_keeper(actor, now)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the course is taken off.")})
    CoursePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    programme = Programme.objects.select_for_update().filter(first_year=first_year).first()
    row = programme and programme.entries.filter(ON_IT, course_id=course.pk).first()
    if row is None:
        raise ValidationError(_("This course is not on the programme of that year."), code="not_on")
    _refuse_dates(standing_in(first_year, course.pk))
    row.taken_off_on, row.taken_off_because = timezone.localdate(now), reason.strip()
    row.taken_off_by_name = written_name(actor)
    row.save(update_fields=["taken_off_on", "taken_off_because", "taken_off_by_name"])
    facts = {"programme": programme.name}
    record("training.take_off_programme", actor=actor, target=course, facts=facts, words={"reason": reason})
    return row


def standing_in(first_year: int, course: int):
    """The sessions of a course in a programme year that are not cancelled, the first one first."""
    rows = sessions_of(first_year).filter(course=course).exclude(state=SessionState.CANCELLED)
    return rows.order_by("first_at", "pk")


def _refuse_dates(sessions) -> None:
    days = [full_date(timezone.localdate(row.first_at)) for row in sessions]
    if days:
        words = _("Sessions of it stand in that year: %(days)s. Move or cancel those to come first.")
        raise ValidationError(words % {"days": ", ".join(days)}, code="sessions")


def _require_need(need: Need | None, programme) -> None:
    wrong = {}
    if need is None or need.cost is None or not need.cost.is_finite() or need.cost < 0:
        wrong["cost"] = _("Enter what it costs, 0 if nothing.")
    elif need.cost != round(need.cost, 2) or need.cost >= 10_000_000:
        wrong["cost"] = _("The cost must be an amount in pounds and pence; you entered %(given)s.") % {
            "given": need.cost
        }
    if need is None or not need.words.strip():
        wrong["need"] = _(
            "Say which need emerged: this course is not on the programme %(name)s, which began on 1 April."
        ) % {"name": programme.name}
    if wrong:
        raise ValidationError(wrong)


@act("training.review_programme")
@transaction.atomic
def review(programme: Programme, *, held_on: date, findings: str, actor, now: datetime) -> ProgrammeReview:
    """Record that the yearly review of a programme was held (S4-63). A later one stands beside it."""
    require_keeper(actor, now)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if held_on > timezone.localdate(now):
        raise ValidationError({"held_on": _("The review must have been held: enter today or a day before.")})
    if not findings.strip():
        raise ValidationError({"findings": _("Say what the review found.")})
    if programme.reviews.filter(held_on=held_on).exists():
        raise ValidationError(_("The review of that day is on record already."), code="twice")
    row = ProgrammeReview.objects.create(
        programme=programme,
        held_on=held_on,
        due=programme.review_due,
        findings=findings.strip(),
        by_name=written_name(actor),
        at=now,
    )
    record("training.review_programme", actor=actor, target=programme, facts={"held_on": held_on.isoformat()})
    return row


def usual_review(first_year: int) -> date:
    """31 January of the year's second half, early enough for the next programme; an officer may say another day."""
    return date(first_year + 1, 1, 31)


def require_keeper(actor, now: datetime) -> None:
    """Raise PermissionDenied unless the actor keeps the programme on that day."""
    if not keeps_programme(actor, timezone.localdate(now)):
        raise PermissionDenied(_("The learning and development officer plans sessions."))


def written_name(actor) -> str:
    """The name under which an act is kept; the system's where nobody did it."""
    return str(_("the system")) if actor is None else name_of(actor)

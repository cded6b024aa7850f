"""The file of attended people for the learning platform, and whether somebody put it there (S0-48)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.models import Attendance, CourseSession, PlatformUpload, RegisterClosing, SessionDay
from course_catalogue.register.counting import CAME, outcomes
from course_catalogue.register.rules import lock, name_of, session_closing
from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation.models import StaffProfile


@dataclass(frozen=True)
class Line:
    """One attended person, as the platform knows people: by staff number, else by e-mail address."""

    staff_number: str
    name: str
    email: str
    agency: str
    course_code: str
    course: str
    day_on: date
    minutes: int
    result: str


def lines(session: CourseSession) -> list[Line]:
    """Everybody who came, by name; empty while the session's register is open."""
    if session_closing(session.pk) is None:
        return []
    came = {person: row for person, row in outcomes(session).items() if row.came}
    people = StaffProfile.objects.filter(pk__in=came).select_related("agency", "user").order_by("name", "pk")
    return [_line(session, person, came[person.pk]) for person in people]


def _line(session: CourseSession, person: StaffProfile, outcome) -> Line:
    email = person.email or (person.user.email if person.user else "")
    return Line(
        staff_number=person.staff_number,
        name=person.name,
        email=email,
        agency=person.agency.name,
        course_code=session.course.code,
        course=session.course.title,
        day_on=timezone.localdate(session.last_at),
        minutes=outcome.minutes,
        result=str(outcome.mark.label),
    )


def newest_mark(session: CourseSession) -> int:
    """The key of the last mark of the session; 0 without any."""
    return Attendance.objects.filter(day__session=session).aggregate(last=Max("pk"))["last"] or 0


def upload_of(session: CourseSession) -> PlatformUpload | None:
    """The confirmed upload that holds the newest mark; None where the file is missing or old."""
    last = session.uploads.last()
    return last if last is not None and last.last_mark >= newest_mark(session) else None


@act("training.confirm_upload")
@transaction.atomic
def confirm_upload(
    session: CourseSession, *, uploaded_on: date, last_mark: int, actor, now: datetime
) -> PlatformUpload:
    """Say that the file is on the platform since ``uploaded_on``. ``last_mark``: the newest mark in that file.

    For the training team. Raises ValidationError while the register is open, for a day that has not come or lies
    before the closing, and where a correction came after the file was taken. A second press gives the same row.
    """
    session = lock(session.pk)
    today = timezone.localdate(now)
    if not permissions.administers(actor, today):
        raise PermissionDenied(_("The training team confirms what is on the learning platform."))
    closing = session_closing(session.pk)
    if closing is None:
        raise ValidationError(_("The register is open: there is no file yet."), code="open")
    if found := upload_of(session):
        return found
    _require_day(uploaded_on, timezone.localdate(closing.at), today)
    if last_mark != newest_mark(session):
        told = _("The register was corrected after this file was taken: take the new file and upload it.")
        raise ValidationError(told, code="changed")
    row = PlatformUpload.objects.create(
        session=session, uploaded_on=uploaded_on, last_mark=last_mark, by_name=name_of(actor), at=now
    )
    record("training.confirm_upload", actor=actor, target=session, facts={"upload": row.pk})
    return row


def _require_day(uploaded_on: date, closed_on: date, today: date) -> None:
    if closed_on <= uploaded_on <= today:
        return
    words = {"first": full_date(closed_on), "last": full_date(today), "value": full_date(uploaded_on)}
    told = _("The day must be from %(first)s to %(last)s; you entered %(value)s.") % words
    raise ValidationError({"uploaded_on": told}, code="day")


def missing():
    """Closed sessions to which somebody came and whose file is not confirmed, or was corrected since; one query.

    The oldest first. Each has ``closed_at``, ``ever``: whether an older file is there, ``last_day``: its key.
    """
    closed = RegisterClosing.objects.filter(session=OuterRef("pk"), day__isnull=True)
    newest = (
        Attendance.objects.filter(day__session=OuterRef("session_id"))
        .order_by()
        .values("day__session")
        .annotate(last=Max("pk"))
        .values("last")
    )
    sent = PlatformUpload.objects.filter(session=OuterRef("pk"))
    came = Attendance.objects.standing().filter(day__session=OuterRef("pk"), mark__in=CAME)
    fresh = sent.filter(last_mark__gte=newest)
    rows = CourseSession.objects.filter(Exists(closed), Exists(came), ~Exists(fresh))
    last = SessionDay.objects.filter(session=OuterRef("pk")).order_by("-number").values("pk")
    rows = rows.annotate(closed_at=closed.values("at")[:1], ever=Exists(sent), last_day=last[:1])
    return rows.select_related("course").order_by("last_at", "pk")

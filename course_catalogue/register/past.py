"""What somebody took part in, for their own page: past sessions with what the register says, and the certificate."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import Attendance, Certificate, CourseSession, RegisterClosing
from course_catalogue.register import certificates
from course_catalogue.register.counting import Outcome, outcomes_of
from course_catalogue.register.mine import morning_of
from kernel.organisation.models import StaffProfile


@dataclass(frozen=True)
class Past:
    """One session. ``outcome``: None while its register is open or the person is not on it."""

    session: CourseSession
    last_on: date
    outcome: Outcome | None = None
    certificate: Certificate | None = None


def of(person: StaffProfile, today: date) -> list[Past]:
    """Sessions that ended before ``today`` to which the person was booked or came, the newest first; six queries."""
    came = Attendance.objects.filter(person=person).values("day__session_id")
    mine = Q(bookings__person=person, bookings__state=BookingState.BOOKED) | Q(pk__in=came)
    rows = CourseSession.objects.filter(mine, last_at__lt=morning_of(today))
    rows = rows.exclude(state=SessionState.CANCELLED)
    sessions = list(rows.select_related("course").distinct().order_by("-last_at", "-pk"))
    keys = [row.pk for row in sessions]
    closed = set(
        RegisterClosing.objects.filter(session__in=keys, day__isnull=True).values_list(
            "session_id", flat=True
        )
    )
    found = outcomes_of(closed) if closed else {}
    papers = {row.session_id: row for row in certificates.valid().filter(person=person, session__in=keys)}
    return [
        Past(
            row,
            timezone.localdate(row.last_at),
            found.get(row.pk, {}).get(person.pk),
            papers.get(row.pk),
        )
        for row in sessions
    ]

"""What would follow from each correction of a mark, worked out before anybody presses."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from course_catalogue.charging import due, ledger
from course_catalogue.charging.kinds import EntryKind
from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, CourseSession, SessionDay
from course_catalogue.register import certificates
from course_catalogue.register.counting import DayMark, length_of, needed_of, of_session
from course_catalogue.register.limits import NONE, limits_of
from course_catalogue.register.rules import session_closing
from kernel.organisation.models import StaffProfile


@dataclass(frozen=True)
class Follows:
    """For one mark without minutes: what happens to the certificate and to the charge, in words; "" is nothing."""

    mark: Mark
    certificate: str
    charge: str


def of(day: SessionDay, person: StaffProfile) -> list[Follows]:
    """For every other mark than the one that stands; empty while the session's register is open."""
    session = CourseSession.objects.select_related("course").get(pk=day.session_id)
    if session_closing(session.pk) is None:
        return []
    rows = list(_rows(session, person))
    stands = next(row.mark for row in rows if row.day_id == day.pk)
    has = certificates.valid().filter(session=session, person=person).exists()
    policies = ledger.policies_of([row.booking for row in rows if row.booking])
    now = _absent(rows, policies)
    found = []
    for mark in Mark:
        if mark != stands:
            then = [_as(row, mark) if row.day_id == day.pk else row for row in rows]
            passed = _passes(session, then)
            found.append(Follows(mark, _paper(has, passed), _money(now, _absent(then, policies))))
    return found


def _rows(session, person):
    rows = Attendance.objects.standing().filter(day__session=session, person=person)
    return rows.select_related("day", "booking").order_by("day__number")


def _as(row: Attendance, mark: Mark) -> Attendance:
    """The row as it would be; never saved."""
    return Attendance(day=row.day, person_id=row.person_id, booking=row.booking, mark=mark)


def _passes(session, rows) -> bool:
    limits = limits_of({row.booking.charge_policy_id for row in rows if row.booking})
    marks = [
        DayMark(
            row.mark,
            row.minutes_late,
            row.minutes_early,
            length_of(row.day),
            limits.get(row.booking.charge_policy_id if row.booking else None, NONE),
        )
        for row in rows
    ]
    return of_session(marks, needed_of(session, session.days.count())).passed


def _absent(rows, policies) -> Decimal:
    """What the booking would owe for not coming."""
    booking = next((row.booking for row in rows if row.booking), None)
    if booking is None:
        return Decimal(0)
    marks = [due.DayMark(row.mark, row.minutes_late, row.minutes_early) for row in rows]
    owed = due.owed(booking, marks, policies.get(booking.charge_policy_id))
    return owed.get(EntryKind.ABSENT, Decimal(0))


def _paper(has: bool, passed: bool) -> str:
    if has == passed:
        return _("the certificate says other minutes, if they change") if has else ""
    return _("a certificate is made") if passed else _("the certificate is withdrawn")


def _money(now: Decimal, then: Decimal) -> str:
    if now == then:
        return ""
    if then:
        return _("£%(sum)s is charged") % {"sum": then}
    return _("£%(sum)s falls away") % {"sum": now}

"""What helps people take part: for whoever must know it, and erased after the session (S1-17)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.models import Booking, CourseSession
from course_catalogue.register import conf
from kernel.audit import act, record


def may_see(user, booking: Booking, today: date) -> bool:
    """The person, the session's trainers, and whoever administers training."""
    if user is not None and user.is_authenticated and booking.person.user_id == user.pk:
        return True
    return permissions.keeps_register(user, booking.session, today)


def of(session: CourseSession, user, today: date) -> dict[int, str]:
    """By person, what helps; nothing for whoever does not keep the session's register."""
    if not permissions.keeps_register(user, session, today):
        return {}
    rows = Booking.objects.filter(session=session).exclude(access_needs="")
    return dict(rows.values_list("person_id", "access_needs"))


def gone_on(session: CourseSession) -> date:
    """The day on which they are erased."""
    return timezone.localdate(session.last_at) + timedelta(days=conf.needs_days())


def erase(today: date, dry_run: bool) -> list[str]:
    """Daily job: erase the needs of every session whose day has come; the trail keeps a number and no words."""
    last_on = today - timedelta(days=conf.needs_days())
    before = timezone.make_aware(datetime.combine(last_on + timedelta(days=1), datetime.min.time()))
    rows = Booking.objects.filter(session__last_at__lt=before).exclude(access_needs="")
    sessions = CourseSession.objects.filter(pk__in=rows.values("session_id"))
    lines = []
    for session in sessions:
        n = rows.filter(session=session).count() if dry_run else _erase(session)
        lines.append(_("session %(session)d: %(n)d") % {"session": session.pk, "n": n})
    return lines


@act("training.erase_needs")
@transaction.atomic
def _erase(session: CourseSession) -> int:
    CourseSession.objects.select_for_update().get(pk=session.pk)
    n = Booking.objects.filter(session=session).exclude(access_needs="").update(access_needs="")
    record("training.erase_needs", actor=None, target=session, facts={"bookings": n})
    return n

"""Certificates that were held back when a register closed, issued as soon as nothing keeps them."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.models import CourseSession, RegisterClosing
from course_catalogue.register import certificates, holds

LOOKS_BACK = timedelta(days=400)


def issue(today: date, dry_run: bool) -> list[str]:
    """Daily job: where another app can hold certificates back, ask again of every session closed in 400 days."""
    if not holds.HOLDS:
        return []
    morning = timezone.make_aware(datetime.combine(today, time(6)))
    closed = RegisterClosing.objects.filter(day__isnull=True, at__gte=morning - LOOKS_BACK)
    lines = []
    for session in CourseSession.objects.filter(pk__in=closed.values("session_id")).select_related("course"):
        n = len(certificates.due(session, today) if dry_run else certificates.issue_due(session, now=morning))
        if n:
            lines.append(_("session %(session)d: %(n)d") % {"session": session.pk, "n": n})
    return lines

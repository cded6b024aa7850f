"""What the home page says to whom."""

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.accounts.facts import facts_of
from portal import frame


def greeting(hour: int) -> str:
    """Good morning to noon, good evening from six."""
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def context(request) -> dict:
    """For a visitor: what is public. For somebody signed in: what waits, and where to go."""
    today = timezone.localdate()
    rows = [row for row in frame.rows_of(request) if not row.later]
    return {
        "greeting": greeting(timezone.localtime().hour),
        "first_name": (frame.person_name(request).split() or [""])[0],
        "count": len(rows),
        "overdue": sum(row.overdue for row in rows),
        "places": frame.sections(request.user, today, facts_of(request, today)),
    }

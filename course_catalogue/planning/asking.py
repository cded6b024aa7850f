"""Daily job: the owner of a session that has too few people is asked, once, whether it goes ahead."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import ngettext

from course_catalogue.models import CourseSession
from course_catalogue.planning import deciding, notices
from kernel.lifecycle.reminders import claim
from kernel.organisation import people
from kernel.organisation.models import StaffProfile


def ask_to_decide(today: date, dry_run: bool = False) -> list[str]:
    """Mail whoever decides, once for each session and day of decision; officers where no owner is there any more."""
    now = timezone.make_aware(datetime.combine(today, time.min))
    asked = 0
    for session in deciding.to_decide(now):
        if claim(session, "decide", session.decide_on.isoformat(), today=today):
            asked += notices.decide(session, askable(session, today), today=today, short=session.short)
    words = ngettext("%(n)d mail about minimum numbers", "%(n)d mails about minimum numbers", asked)
    return [words % {"n": asked}]


def askable(session: CourseSession, today: date) -> list[StaffProfile]:
    """The owner, or all officers where there is none who is still here and signs in."""
    owner = session.owner
    if owner is not None and owner.is_here(today) and owner.user_id is not None:
        return [owner]
    officers = people.holders("ld-officer", today)
    rows = StaffProfile.objects.here(today).filter(user__in=officers)
    return list(rows.select_related("user", "agency").order_by("name", "pk"))

"""What of registers waits on somebody's desk: days to mark and close, files to upload."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.models import SessionDay
from course_catalogue.register import exporting, mine
from kernel.content.desk import DeskRow, Section
from kernel.lifecycle.templatetags.dates import day_and_date, full_date, how_long
from kernel.organisation import people

TEACHES = "training.teaches"
ADMINISTERS = "training.administers"
READS_REPORTS = "training.reads_reports"


def administers(today):
    """The fact behind ``files``."""
    return _hold(permissions.ADMINISTERING, today)


def reads_reports(today):
    """The fact behind the section of reports."""
    return _hold(permissions.REPORTING, today)


def _hold(roles, today):
    return Exists(people.holders_of_any(roles, today).filter(pk=OuterRef("pk")))


def reports() -> Section:
    return Section(key="reports", label=_("Reports"), url=reverse("training_reports"))


def desk(user, today, request=None) -> list[DeskRow]:
    """For trainers: the registers of their own sessions, today's and open ones of past days."""
    if permissions.administers(user, today):
        return []
    rows = mine.days_of(user, today).filter(is_closed=False, starts_at__lt=mine.night_of(today))
    return [_to_close(day, today) for day in rows]


def files(user, today, request=None) -> list[DeskRow]:
    """For the training team: closed registers whose file is not on the learning platform, and old open registers."""
    if not permissions.administers(user, today):
        return []
    rows = mine.days_of(user, today).filter(is_closed=False, starts_at__lt=mine.morning_of(today))
    return [_to_close(day, today) for day in rows] + [_to_upload(row) for row in exporting.missing()]


def _to_close(day: SessionDay, today) -> DeskRow:
    on = timezone.localdate(day.starts_at)
    return DeskRow(
        verb="write",
        title=day.session.course.title,
        why=_("The register of %(day)s (%(span)s) is open.")
        % {"day": day_and_date(on), "span": how_long(on)},
        by=on,
        dated=True,
        url=reverse("training_register", args=[day.pk]),
        button=_("Mark who came"),
        overdue=on < today,
    )


def _to_upload(session) -> DeskRow:
    words = {"day": full_date(timezone.localdate(session.last_at))}
    if session.ever:
        why = _("The register of %(day)s was corrected: the file on the learning platform is old.") % words
    else:
        why = _("The file of %(day)s is not on the learning platform yet.") % words
    return DeskRow(
        verb="write",
        title=session.course.title,
        why=why,
        url=reverse("training_upload", args=[session.last_day]),
        button=_("Take the file"),
    )


PARTS = (((TEACHES,), desk), ((ADMINISTERS,), files))

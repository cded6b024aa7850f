"""What every act on a register asks first: the lock, the person who acts, the day, whether it is closed."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.enums import SessionState
from course_catalogue.models import CourseSession, RegisterClosing, SessionDay
from kernel.lifecycle.templatetags.dates import day_and_date
from kernel.organisation import people


def lock(session_id: int) -> CourseSession:
    """The session's row: one act at a time for its places and its register."""
    return CourseSession.objects.select_for_update().get(pk=session_id)


def name_of(actor) -> str:
    return _("the system") if actor is None else people.name_of(actor)


def day_of(day: SessionDay) -> date:
    return timezone.localdate(day.starts_at)


def require_keeper(actor, session: CourseSession, now: datetime) -> None:
    if not permissions.keeps_register(actor, session, timezone.localdate(now)):
        raise PermissionDenied(_("The session's trainers and the training team keep its register."))


def require_held(session: CourseSession) -> None:
    if session.state == SessionState.CANCELLED:
        raise ValidationError(_("This session was cancelled: there is nobody to mark."), code="cancelled")


def require_begun(day: SessionDay, now: datetime) -> None:
    """Marks are made from the morning of the day on."""
    if timezone.localdate(now) < day_of(day):
        words = {"day": day_and_date(day_of(day))}
        raise ValidationError(_("The register opens on %(day)s.") % words, code="not_yet")


def closing_of(day: SessionDay) -> RegisterClosing | None:
    return RegisterClosing.objects.filter(day=day).first()


def session_closing(session_id: int) -> RegisterClosing | None:
    return RegisterClosing.objects.filter(session=session_id, day__isnull=True).first()


def require_open(day: SessionDay) -> None:
    closing = closing_of(day)
    if closing:
        words = {"who": closing.by_name}
        raise ValidationError(
            _("%(who)s closed this register. The training team corrects it.") % words, code="closed"
        )


def require_closed(day: SessionDay) -> None:
    if closing_of(day) is None:
        raise ValidationError(_("This register is open: change the mark itself."), code="open")

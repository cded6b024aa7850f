"""Cancel a session: every place ends without a charge, the order of those who waited is kept, everybody is told."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import events
from course_catalogue.booking import ending, transferring
from course_catalogue.enums import SESSION_MOVES, SessionState
from course_catalogue.models import CourseSession
from course_catalogue.planning import deciding, notices, scheduling
from kernel.audit import act, record
from kernel.lifecycle.moves import require_move
from kernel.outbox import emit


@act("training.cancel_session")
@transaction.atomic
def cancel_session(
    session: CourseSession,
    *,
    reason: str,
    actor,
    now: datetime,
    version: int | None = None,
    to: CourseSession | None = None,
) -> CourseSession:
    """Cancel a session for a reason that people read. Its owner may, and whoever keeps the programme.

    ``to``: another date of the course to which everybody is moved first, in their order; if one of them cannot come
    along, nobody is moved and nothing is cancelled. Whoever keeps the programme alone moves people.

    Rooms and trainers are free again; the sequence of its calendar entries is raised; nobody is charged. Raises
    ValidationError without a reason, when it is cancelled already or over, or changed meanwhile (``version``).
    """
    if not deciding.may_decide(actor, session, timezone.localdate(now)):
        raise PermissionDenied(_("The learning and development officer cancels sessions."))
    _lock_both(session, to)
    session = scheduling.lock(session, version=version, now=now)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the session is cancelled: whoever is booked reads it.")})
    if to is not None:
        transferring.move_all(session, to, actor=actor, now=now)
        session.refresh_from_db()
    _write(session, reason.strip()[:300], actor, now)
    ending.session_cancelled(session, actor=actor, now=now)
    notices.cancelled(session, now=now)
    return session


def _write(session: CourseSession, reason: str, actor, now: datetime) -> None:
    require_move(SessionState(session.state), SessionState.CANCELLED, SESSION_MOVES)
    session.state = SessionState.CANCELLED
    session.cancelled_at, session.cancel_reason = now, reason
    session.sequence += 1
    scheduling.touch(session, actor, now)
    facts = {"course": session.course_id, "sequence": session.sequence}
    record("training.cancel_session", actor=actor, target=session, facts=facts, words={"why": reason})
    emit(events.SESSION_CANCELLED, {"session": session.pk, "course": session.course_id})


def _lock_both(session: CourseSession, to: CourseSession | None) -> None:
    """In the order of keys, as every act on two sessions does: nobody waits in a circle."""
    keys = [session.pk] if to is None else [session.pk, to.pk]
    list(CourseSession.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))

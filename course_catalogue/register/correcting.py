"""What follows when a mark of a closed register changes: the charge, the certificate, and what others hear."""

from contextlib import contextmanager
from datetime import datetime

from course_catalogue import events
from course_catalogue.models import CourseSession
from course_catalogue.register import certificates, charges, telling
from course_catalogue.register.counting import outcomes
from course_catalogue.register.rules import session_closing
from kernel.outbox import emit


@contextmanager
def following(session: CourseSession, person, *, actor, now: datetime, reason: str):
    """Round the writing of a mark. Before the session's register is closed nothing follows from a mark."""
    if session_closing(session.pk) is None:
        yield
        return
    before = outcomes(session).get(person.pk)
    yield
    after = outcomes(session)[person.pk]
    if before == after:
        return
    certificates.settle(session, person, actor=actor, now=now)
    charges.work_out(session, actor=actor, now=now)
    emit(events.ATTENDANCE_CORRECTED, telling.payload(session, person.pk, after))

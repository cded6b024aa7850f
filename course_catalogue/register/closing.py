"""Closing a register: from then on marks change by corrections alone, and what follows from them happens."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue import events
from course_catalogue.models import CourseSession, RegisterClosing, SessionDay
from course_catalogue.register import certificates, checking_in, telling
from course_catalogue.register import charges as charging
from course_catalogue.register.counting import Outcome, outcomes
from course_catalogue.register.rules import (
    closing_of,
    lock,
    name_of,
    require_begun,
    require_held,
    require_keeper,
)
from course_catalogue.register.standing import unmarked
from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import clock
from kernel.organisation.models import StaffProfile
from kernel.outbox import emit


@dataclass(frozen=True)
class Consequences:
    """What closing does, worked out before it is pressed. ``days_left``: other days whose registers are open."""

    days_left: int
    unmarked: tuple[StaffProfile, ...] = ()
    certificates: tuple[int, ...] = ()
    charges: tuple[charging.Charge, ...] = ()
    file: int = 0
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def last(self) -> bool:
        return not self.days_left


def consequences(day: SessionDay, today: date) -> Consequences:
    """``certificates``: who gets one; ``charges``: for not coming; ``file``: rows for the platform."""
    session = CourseSession.objects.select_related("course").get(pk=day.session_id)
    others = session.days.exclude(pk=day.pk).filter(closings__isnull=True).count()
    left = tuple(unmarked(day))
    if others:
        return Consequences(others, left)
    found = outcomes(session)
    return Consequences(
        days_left=0,
        unmarked=left,
        certificates=tuple(sorted(certificates.due(session, today))),
        charges=tuple(charging.coming(day)),
        file=sum(row.came for row in found.values()),
        outcomes=found,
    )


@act("training.close_register")
@transaction.atomic
def close(day: SessionDay, *, actor, now: datetime) -> RegisterClosing:
    """Close the register of one day; with the last open day, that of the session and all that follows from it.

    Then certificates are issued, the ledger follows, and ATTENDED tells once of everybody who came. A second press
    gives the first one's row. Raises ValidationError before the day has ended (``not_yet``) and while somebody is
    not marked (``unmarked``); PermissionDenied for who does not keep the register.
    """
    session = lock(day.session_id)
    require_keeper(actor, session, now)
    require_held(session)
    before = closing_of(day)
    if before:
        return before
    require_begun(day, now)
    _require_ended(day, now)
    _require_marked(day)
    row = RegisterClosing.objects.create(session=session, day=day, by_name=name_of(actor), at=now)
    record("training.close_register", actor=actor, target=session, facts={"day": day.pk})
    if not session.days.filter(closings__isnull=True).exists():
        _close_session(session, actor=actor, now=now)
    return row


def _close_session(session: CourseSession, *, actor, now: datetime) -> None:
    RegisterClosing.objects.create(session=session, by_name=name_of(actor), at=now)
    certificates.issue_due(session, now=now, actor=actor)
    charging.work_out(session, actor=actor, now=now)
    for person, outcome in sorted(outcomes(session).items()):
        if outcome.came:
            emit(events.ATTENDED, telling.payload(session, person, outcome))


def opens_to_close(day: SessionDay) -> datetime:
    """From when on the register may be closed: nobody who may still come or check in is charged for not coming."""
    return max(day.ends_at, checking_in.ends_at(day))


def _require_ended(day: SessionDay, now: datetime) -> None:
    first = opens_to_close(day)
    if now < first:
        words = {"time": clock(first)}
        raise ValidationError(
            _("The register can be closed from %(time)s, when the day has ended.") % words, code="not_yet"
        )


def _require_marked(day: SessionDay) -> None:
    left = unmarked(day).count()
    if left:
        words = ngettext(
            "%(n)d person is not marked yet: mark them, then close the register.",
            "%(n)d people are not marked yet: mark them, then close the register.",
            left,
        )
        raise ValidationError(words % {"n": left}, code="unmarked")

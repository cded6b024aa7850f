"""A message to everybody booked on a session: written by whoever keeps its register, sent once for each press."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import links, permissions
from course_catalogue.enums import BookingState
from course_catalogue.models import Booking, CourseSession, SessionMessage
from course_catalogue.telling.days import days_of
from course_catalogue.telling.reach import address_of
from kernel.audit import act, record
from kernel.organisation import people
from kernel.outbox import queue_mails


@dataclass(frozen=True)
class Sent:
    """``again``: this press had been heard before, and nothing was sent anew."""

    message: SessionMessage
    again: bool = False


def booked(session: CourseSession) -> QuerySet[Booking]:
    """Whoever gets it: booked places, by name."""
    rows = Booking.objects.filter(session=session, state=BookingState.BOOKED)
    return rows.select_related("person__user", "person__agency").order_by("person__name", "pk")


def reached(session: CourseSession) -> tuple[list[Booking], list[Booking]]:
    """Those who are booked and have an address, and those without one."""
    rows = list(booked(session))
    return [row for row in rows if address_of(row.person)], [
        row for row in rows if not address_of(row.person)
    ]


@act("training.message")
@transaction.atomic
def send(
    session: CourseSession,
    *,
    key: UUID,
    subject: str,
    words: str,
    actor,
    now: datetime,
    seen: int | None = None,
) -> Sent:
    """Send each booked person a mail of their own. ``key`` is that of the form: the same one is heard once.

    ``seen``: how many people the writer was shown. Raises ValidationError: ``nobody`` is booked, ``changed`` when it
    is another number by now; PermissionDenied for anybody but officer, administrator and the session's trainers.
    """
    session = _locked(session, actor, now)
    before = SessionMessage.objects.filter(key=key, session=session).first()
    if before is not None:
        return Sent(before, again=True)
    rows = _readers(session, seen)
    message = SessionMessage(session=session, key=key, words=words.strip(), people=len(rows), at=now)
    message.subject = " ".join(subject.split())
    message.by_name = people.name_of(actor) if actor else ""
    message.full_clean(exclude=["by_name"] if actor is None else [])
    message.save(force_insert=True)
    queue_mails(_mails(message, rows))
    record(
        "training.message", actor=actor, target=session, facts={"message": message.pk, "people": len(rows)}
    )
    return Sent(message)


def _locked(session: CourseSession, actor, now: datetime) -> CourseSession:
    session = (
        CourseSession.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    )
    if not permissions.keeps_register(actor, session, timezone.localdate(now)):
        raise PermissionDenied(
            _("The training team and the trainers of a session write to everybody booked.")
        )
    return session


def _readers(session: CourseSession, seen: int | None) -> list[Booking]:
    rows, _without = reached(session)
    if not rows:
        raise ValidationError(_("Nobody with an address is booked: nothing was sent."), code="nobody")
    if seen is not None and seen != len(rows):
        words = _("Who is booked has changed meanwhile: look again before you send.")
        raise ValidationError(words, code="changed")
    return rows


def _mails(message: SessionMessage, rows: list[Booking]):
    context = {"message": message, "course": message.session.course, "days": days_of(message.session)}
    for booking in rows:
        link = links.absolute(f"{links.HERE}booking/{booking.pk}/")
        yield {
            "kind": "training.message",
            "to": [address_of(booking.person)],
            "subject": message.subject,
            "text": render_to_string("course_catalogue/email/message.txt", {**context, "link": link}),
        }

"""Past registers marked and closed, one corrected, a withdrawn certificate, a missing file; today's is open."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from course_catalogue.booking import answering, asking
from course_catalogue.enums import BookingState, Mark, SessionState
from course_catalogue.models import Booking, CourseSession, RegisterClosing, SessionDay, Teaching, Trainer
from course_catalogue.register import certificates, closing, exporting, marking
from kernel.organisation import people
from portal.demo.organisation import person
from portal.demo.steps import login

ADMINISTRATOR, TRAINER = "Marcus Ilesanmi", "Nadia Brook"
WALK_INS = ("Ingrid Solberg", "Callum Stroud", "Rhiannon Bell", "Bilal Rahman")
HERE_TODAY = ("Hollie Marsden", "Farah Qureshi", "Dominic Vale", "Colin Draper", "Ravi Menon", "Cerys Lloyd")
# What became of the people of a session, in turn; minutes are late and left early.
MARKS = (
    (Mark.ATTENDED, 0, 0),
    (Mark.ATTENDED, 0, 0),
    (Mark.ATTENDED, 10, 0),
    (Mark.ATTENDED, 0, 0),
    (Mark.PART, 0, 120),
    (Mark.ATTENDED, 0, 15),
    (Mark.DID_NOT_ATTEND, 0, 0),
    (Mark.ATTENDED, 0, 0),
    (Mark.EXCUSED, 0, 0),
    (Mark.ATTENDED, 25, 0),
    (Mark.ATTENDED, 0, 0),
)
NEEDS = {"Ravi Menon": "A seat near the front: I lip-read.", "Dominic Vale": "Step-free way to the room."}


def build(today: date) -> bool:
    if RegisterClosing.objects.exists() or not Booking.objects.exists():
        return False
    morning = timezone.make_aware(datetime.combine(today, time()))
    rows = CourseSession.objects.filter(state=SessionState.OPEN, last_at__lt=morning).order_by(
        "last_at", "pk"
    )
    past = [row for row in rows if marking.booked(row.days.first()).exists()]
    for number, session in enumerate(past):
        _hold(session, number, closes=number < len(past) - 1)
    closed = past[:-1]
    if len(closed) > 3:
        _correct(closed[-2])
        _withdraw(closed[-3])
    for session in closed[:-1]:
        _upload(session, today)
    _today(today)
    return True


def _hold(session: CourseSession, number: int, *, closes: bool) -> None:
    """Marked on every day; the newest register is left open, as it happens."""
    for day in session.days.all():
        who = {"actor": login(ADMINISTRATOR), "now": day.ends_at - timedelta(minutes=5)}
        for turn, booking in enumerate(marking.booked(day).select_related("person").order_by("pk")):
            value, late, early = MARKS[(number * 3 + turn) % len(MARKS)]
            if (value, late, early) != MARKS[0]:
                marking.mark(day, booking.person, value, late=late, early=early, **who)
        if closes:
            left = [row.pk for row in marking.unmarked(day)]
            marking.mark_rest(day, Mark.ATTENDED, persons=left, **who)
        if number % 3 == 0 and day.number == 1:
            _walk_in(day, WALK_INS[number // 3 % len(WALK_INS)], **who)
        if closes:
            closing.close(day, actor=login(ADMINISTRATOR), now=day.ends_at + timedelta(minutes=10))


def _walk_in(day: SessionDay, name: str, **who) -> None:
    somebody = person(name)
    if not marking.booked(day).filter(person=somebody).exists():
        marking.walk_in(day, somebody, late=5, **who)


def _correct(session: CourseSession) -> None:
    """Somebody had signed the sheet and was not marked: the charge falls away, a certificate is made."""
    day = session.days.last()
    rows = day.marks.filter(corrected_by__isnull=True, mark=Mark.DID_NOT_ATTEND).select_related("person")
    row = rows.first() or day.marks.filter(corrected_by__isnull=True, mark=Mark.PART).first()
    if row:
        now = session.last_at + timedelta(days=1)
        why = "The signature stands on the sheet; the mark was slipped by a line."
        marking.correct(
            day, row.person, Mark.ATTENDED, reason=why, seen=row.pk, actor=login(ADMINISTRATOR), now=now
        )


def _withdraw(session: CourseSession) -> None:
    row = certificates.valid().filter(session=session).first()
    if row:
        why = "issued to a colleague of the same name"
        certificates.revoke(
            row, reason=why, actor=login(ADMINISTRATOR), now=session.last_at + timedelta(days=2)
        )


def _upload(session: CourseSession, today: date) -> None:
    """On the next day; the file of the last closed session is still to come."""
    on = min(timezone.localdate(session.last_at) + timedelta(days=1), today)
    now = timezone.make_aware(datetime.combine(on, time(23, 50)))
    exporting.confirm_upload(
        session,
        uploaded_on=on,
        last_mark=exporting.newest_mark(session),
        actor=login(ADMINISTRATOR),
        now=max(now, session.last_at + timedelta(days=2)),
    )


def _today(today: date) -> None:
    """A register to mark today: people who asked for it weeks ago, and the trainer who signs in as one."""
    first = timezone.make_aware(datetime.combine(today, time()))
    day = SessionDay.objects.filter(
        starts_at__gte=first, starts_at__lt=first + timedelta(days=1), session__state=SessionState.OPEN
    ).first()
    if day is None:
        return
    _book(day.session, day.starts_at - timedelta(days=28))
    trainer = Trainer.objects.get(person=person(TRAINER))
    if not Teaching.objects.filter(trainer=trainer, day__starts_at__date=today).exists():
        Teaching.objects.create(day=day, trainer=trainer)


def _book(session: CourseSession, asked_at: datetime) -> None:
    """Asked for by the training team and released by their managers; who is booked elsewhere is left out."""
    office = {"actor": login(ADMINISTRATOR), "now": asked_at}
    for name in HERE_TODAY:
        words = {"needs": NEEDS.get(name), "override": "The date of today in the demo.", "agreed": True}
        with suppress(ValidationError):
            for row in asking.ask(session, [person(name)], **office, **words).bookings:
                if row.state == BookingState.REQUESTED:
                    answering.approve(row, released=True, actor=_manager(row, asked_at), now=asked_at)


def _manager(row: Booking, asked_at: datetime):
    managers = people.managers_of(row.person, timezone.localdate(asked_at))
    return managers.filter(user__isnull=False).first().user

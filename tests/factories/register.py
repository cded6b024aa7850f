"""Registers: sessions with booked people, and acts at written moments of the day."""

from datetime import datetime, timedelta

from django.utils import timezone

from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, SessionDay, Teaching
from course_catalogue.register import closing, marking
from tests.factories.courses import make_booking, make_session, make_trainer
from tests.factories.organisation import make_role_holder


def at(hour, minute=0, *, day=6, month=1, year=2027):
    """A moment of the session's first day, Wednesday 6 January 2027, unless another day is named."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))


def make_register(*, booked=2, days=1, **overrides):
    """A session with so many booked people; gives its first day, its bookings and an administrator."""
    session = make_session(days=days, **overrides)
    bookings = [make_booking(session=session) for _number in range(booked)]
    return session.days.first(), bookings, make_administrator()


def make_administrator():
    return make_role_holder("training-administrator")


def make_teacher(day: SessionDay, **overrides):
    """The login of a trainer who teaches on that day."""
    trainer = make_trainer(**overrides)
    Teaching.objects.create(day=day, trainer=trainer)
    return trainer.person.user


def end_day(day: SessionDay) -> None:
    """The day lies eight hours earlier from now on."""
    day.starts_at -= timedelta(hours=8)
    day.ends_at -= timedelta(hours=8)
    day.save(update_fields=["starts_at", "ends_at"])


def mark(day, booking, value=Mark.ATTENDED, *, actor, now=None, **values) -> Attendance:
    """At the end of the day, over whatever stands."""
    before = marking.standing(day, booking.person)
    values = {"seen": before.pk if before else 0, **values}
    return marking.mark(day, booking.person, value, actor=actor, now=now or day.ends_at, **values)


def close_all(session, *, actor, marks=None, now=None):
    """Mark everybody (``marks`` by booking, else attended) on all days and close them; the session is closed then."""
    for day in session.days.all():
        for booking in marking.booked(day):
            value = (marks or {}).get(booking.pk, Mark.ATTENDED)
            said = value if isinstance(value, tuple) else (value, {})
            mark(day, booking, said[0], actor=actor, **said[1])
        closing.close(day, actor=actor, now=now or day.ends_at)

"""Who is told of what becomes of a session: learners through ``telling``, trainers and owners from here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.enums import LIVE, BookingState
from course_catalogue.models import Booking, CourseSession, Trainer
from course_catalogue.planning.days import Day, planned_days
from course_catalogue.telling import mails
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation.models import StaffProfile
from kernel.outbox import queue_mail


@dataclass(frozen=True)
class Told:
    """Whoever is told when a session is moved or cancelled: bookings in the order in which they would be served."""

    bookings: tuple[Booking, ...]
    trainers: tuple[Trainer, ...]

    @property
    def number(self) -> int:
        return len({row.person_id for row in self.bookings} | {row.person_id for row in self.trainers})


def who(session: CourseSession) -> Told:
    """The live bookings and the trainers of a session; two queries."""
    rows = Booking.objects.filter(session=session, state__in=LIVE).select_related(
        "person__user", "person__agency", "agency"
    )
    trainers = Trainer.objects.filter(teaching__day__session=session).distinct()
    return Told(
        tuple(rows.order_by("-priority", "joined_at", "pk")),
        tuple(trainers.select_related("person__user", "person__agency").order_by("person__name", "pk")),
    )


def moved(
    session: CourseSession,
    before: Sequence[Day],
    *,
    now: datetime,
    learners: bool,
    trainers_before: Iterable[Trainer],
) -> None:
    """Tell everybody booked or waiting, if times or places differ; tell trainers who teach or taught."""
    today, told = timezone.localdate(now), who(session)
    after = planned_days(session)
    for booking in told.bookings if learners else ():
        booking.session = session
        mails.session_moved(booking)
    gone = [trainer for trainer in trainers_before if trainer not in told.trainers]
    subject = _("Moved: %(course)s, now %(day)s")
    for trainer in told.trainers:
        _to(trainer.person, "moved", subject, session, today, before=before, after=after)
    for trainer in gone:
        _to(
            trainer.person,
            "not_teaching",
            _("Not needed: %(course)s, %(day)s"),
            session,
            today,
            before=before,
        )


def changed(session: CourseSession) -> None:
    """Tell everybody booked what to join by now; their calendars learn it with the mail."""
    for booking in who(session).bookings:
        if booking.state == BookingState.BOOKED:
            booking.session = session
            mails.session_changed(booking)


def cancelled(session: CourseSession, *, now: datetime) -> None:
    """Tell the trainers; learners are told by the service that ends their bookings."""
    for trainer in who(session).trainers:
        subject = _("Cancelled by us: %(course)s, %(day)s")
        _to(trainer.person, "cancelled", subject, session, timezone.localdate(now))


def decide(session: CourseSession, persons: Iterable[StaffProfile], *, today: date, short: int) -> int:
    """Ask for a decision whether it goes ahead; gives how many were asked."""
    subject = _("Go or cancel by %(by)s: %(course)s")
    return sum(_to(person, "decide", subject, session, today, short=short) for person in persons)


def _to(
    person: StaffProfile, kind: str, subject: str, session: CourseSession, today: date, **context
) -> bool:
    """One plain mail to somebody who is here and can be reached."""
    user = person.user
    address = user.email if user is not None and user.is_active and user.email else person.email
    if not address or not person.is_here(today):
        return False
    facts = {
        "course": session.course.title,
        "day": full_date(session.first_at),
        "by": full_date(session.decide_on),
    }
    link = settings.WAGTAILADMIN_BASE_URL + reverse("training_session_plan", args=[session.pk])
    text = render_to_string(
        f"course_catalogue/planning/email/{kind}.txt",
        {"session": session, "person": person, "link": link, **context},
    )
    line = " ".join((subject % facts).split())
    queue_mail(kind=f"training.{kind}", to=[address], subject=line[:150], text=text)
    return True

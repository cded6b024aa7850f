"""The three ways up, used by an app above: it closes a course, refuses a person, and hears of each attendance once."""

import signal
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from course_catalogue import clearances
from course_catalogue.booking import asking
from course_catalogue.models import Booking, Certificate
from course_catalogue.register import certificates
from kernel.outbox import deliver
from kernel.outbox.models import EventReceipt, OutboxEvent, OutboxMail
from tests.course_catalogue.upper_app import ready
from tests.factories.courses import MOMENT, make_booking, make_session
from tests.factories.organisation import make_person
from tests.factories.register import at, close_all, make_administrator, mark
from tests.processes import run_python


@pytest.fixture(autouse=True)
def upper_app():
    ready.ready()
    yield
    ready.leave()


def cleared(course, **values):
    words = {"given": True, "words": "signed off", **values}
    clearances.set_clearance(course, source=ready.SOURCE, **words)


@pytest.mark.django_db
def test_it_closes_a_course_and_opens_it_again():
    session = make_session()
    person = make_person(user=True, staff_number="7")
    ask = {"actor": person.user, "now": MOMENT}
    with pytest.raises(ValidationError, match="Bookings are not open yet"):
        asking.ask(session, [person], **ask)

    cleared(session.course, given=False, words="the sign-off ended 31 October 2026")
    with pytest.raises(ValidationError, match="Bookings are closed: the sign-off ended 31 October 2026"):
        asking.ask(session, [person], **ask)
    assert not Booking.objects.exists()

    cleared(session.course)
    assert asking.ask(session, [person], **ask).bookings[0].state == "booked"


@pytest.mark.django_db
def test_it_refuses_a_person_inside_the_lock_and_nobody_else():
    session = make_session()
    cleared(session.course)
    lacking, holding = make_person(user=True), make_person(user=True, staff_number="7")

    with pytest.raises(ValidationError, match="You need the practical test first."):
        asking.ask(session, [lacking], actor=lacking.user, now=MOMENT)

    assert asking.ask(session, [holding], actor=holding.user, now=MOMENT).bookings[0].person == holding
    assert Booking.objects.count() == 1


@pytest.mark.django_db
def test_it_holds_a_certificate_back_until_nothing_is_owed():
    session = make_session()
    person = make_person(staff_number="owes")
    make_booking(session=session, person=person)
    close_all(session, actor=make_administrator())
    before = Certificate.objects.count()
    person.staff_number = "paid"
    person.save()

    done = certificates.issue_due(session, now=at(9, day=8))

    assert (before, [row.person_id for row in done]) == (0, [person.pk])


CLOSE_AND_DIE = """
from datetime import datetime
from django.utils import timezone
from course_catalogue.models import SessionDay
from course_catalogue.register import closing
from tests.course_catalogue.upper_app import ready
ready.ready()
day = SessionDay.objects.get(pk=int(os.environ["DAY"]))
closing.close(day, actor=None, now=day.ends_at)
die()
"""
HEAR_AND_DIE = """
from django.utils import timezone
from course_catalogue import events
from kernel.outbox import deliver
from kernel.outbox.receiving import RECEIVERS
from tests.course_catalogue.upper_app import ready
ready.ready()
name, hear = next(iter(RECEIVERS[events.ATTENDED].items()))
heard = []
def once(event_id, payload):
    hear(event_id, payload)
    heard.append(event_id)
    if len(heard) == 2:
        die()
RECEIVERS[events.ATTENDED][name] = once
deliver()
"""


@pytest.mark.django_db(transaction=True)
def test_each_attendance_is_heard_once_although_processes_died():
    """One dies between commit and delivery, one in the middle of the second receiver's transaction."""
    session = make_session(starts=timezone.now() - timedelta(hours=8))
    day, bookings = session.days.get(), [make_booking(session=session) for _number in range(3)]
    for booking in bookings:
        mark(day, booking, actor=None)

    closed, _out, trouble = run_python(CLOSE_AND_DIE, DAY=str(day.pk))
    after_commit = OutboxEvent.objects.filter(kind="training.attended").count(), OutboxMail.objects.count()
    heard, _out, _err = run_python(HEAR_AND_DIE)
    after_the_second = OutboxMail.objects.filter(kind=ready.HEARD).count()
    for hours in (1, 2):
        deliver(timezone.now() + timedelta(hours=hours))

    assert (closed, heard) == (-signal.SIGKILL, -signal.SIGKILL), trouble
    assert after_commit == (3, 0)
    assert after_the_second == 1
    subjects = OutboxMail.objects.filter(kind=ready.HEARD).values_list("subject", flat=True)
    assert sorted(subjects) == sorted(f"{session.pk} {row.person_id} attended" for row in bookings)
    assert not EventReceipt.objects.exclude(state="sent").exists()
    assert Certificate.objects.count() == 3

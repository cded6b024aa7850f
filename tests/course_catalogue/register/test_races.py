"""B11: processes that press at one moment. Each asks the database itself; the lock of the session orders them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from course_catalogue.models import Attendance, Certificate, RegisterClosing
from kernel.outbox.models import OutboxEvent
from tests.factories.courses import make_booking, make_session
from tests.factories.register import mark
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
BEGIN = """
from django.core.exceptions import ValidationError
from course_catalogue.models import SessionDay
from course_catalogue.register import closing, marking
from kernel.organisation.models import StaffProfile
day = SessionDay.objects.select_related("session__course").get(pk=int(os.environ["DAY"]))
person = StaffProfile.objects.filter(pk=int(os.environ.get("PERSON", 0))).first()
together()
try:
    print(%s)
except ValidationError as refusal:
    print(refusal.code)
"""
MARK = BEGIN % 'marking.mark(day, person, os.environ["MARK"], actor=None, now=day.ends_at, seen=0) and "done"'
CLOSE = BEGIN % 'closing.close(day, actor=None, now=day.ends_at) and "done"'


@pytest.fixture
def day():
    return make_session(starts=timezone.now() - timedelta(hours=8)).days.get()


def test_two_different_marks_at_once_are_one_mark_and_a_word_to_the_second(day):
    person = make_booking(session=day.session).person
    same = {"DAY": str(day.pk), "PERSON": str(person.pk)}

    answers = at_once(MARK, {**same, "MARK": "attended"}, {**same, "MARK": "did not attend"})

    assert sorted(answers) == ["changed", "done"]
    assert Attendance.objects.count() == 1


def test_the_same_mark_at_once_is_one_row(day):
    person = make_booking(session=day.session).person
    same = {"DAY": str(day.pk), "PERSON": str(person.pk), "MARK": "attended"}

    assert at_once(MARK, same, same) == ["done", "done"]
    assert Attendance.objects.count() == 1


def test_two_closings_at_once_are_one_with_one_certificate_and_one_event(day):
    mark(day, make_booking(session=day.session), actor=None)
    same = {"DAY": str(day.pk)}

    assert at_once(CLOSE, same, same) == ["done", "done"]
    assert RegisterClosing.objects.count() == 2  # of the day and of the session
    assert Certificate.objects.count() == 1
    assert OutboxEvent.objects.filter(kind="training.attended").count() == 1

from datetime import date, datetime

import pytest
from django.utils import timezone

from course_catalogue.catalogue.prerequisites import missing
from course_catalogue.enums import Mark
from course_catalogue.models import Attendance, Certificate, CoursePrerequisite, Revocation
from tests.factories.courses import MOMENT, make_course, make_session
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _session(course, days=1):
    starts = timezone.make_aware(datetime(2026, 10, 6, 9, 30))
    return make_session(course=course, starts=starts, days=days)


def _mark(day, person, mark=Mark.ATTENDED, **more):
    return Attendance.objects.create(day=day, person=person, mark=mark, by_name="Trainer", at=MOMENT, **more)


@pytest.fixture
def pair():
    basic, level3 = make_course(title="Basic awareness"), make_course(title="Level 3")
    CoursePrerequisite.objects.create(course=level3, needs=basic, sort_order=0)
    return basic, level3


def test_prerequisite_is_missing_for_whoever_never_came(pair):
    basic, level3 = pair
    person = make_person()

    (lacks,) = missing([level3.pk, basic.pk], [person.pk], TODAY)[level3.pk, person.pk]

    assert (lacks.course_id, lacks.title, lacks.may_confirm) == (basic.pk, "Basic awareness", True)


def test_prerequisite_is_held_once_every_day_was_attended(pair):
    basic, level3 = pair
    person, session = make_person(), _session(basic, days=2)
    first, second = session.days.all()

    _mark(first, person)
    assert (level3.pk, person.pk) in missing([level3.pk], [person.pk], TODAY)
    _mark(second, person)
    assert missing([level3.pk], [person.pk], TODAY) == {}


@pytest.mark.parametrize("mark", [Mark.PART, Mark.DID_NOT_ATTEND, Mark.EXCUSED])
def test_prerequisite_is_missing_with_another_mark(pair, mark):
    basic, level3 = pair
    person = make_person()
    _mark(_session(basic).days.get(), person, mark)

    assert (level3.pk, person.pk) in missing([level3.pk], [person.pk], TODAY)


def test_prerequisite_follows_a_correction(pair):
    basic, level3 = pair
    person = make_person()
    wrong = _mark(_session(basic).days.get(), person)
    _mark(wrong.day, person, Mark.DID_NOT_ATTEND, corrects=wrong, reason="Another person signed.")

    assert (level3.pk, person.pk) in missing([level3.pk], [person.pk], TODAY)


def test_prerequisite_is_held_with_a_certificate_until_that_is_withdrawn(pair):
    basic, level3 = pair
    person, session = make_person(), _session(basic)
    certificate = Certificate.objects.create(
        code="AB12-CD34",
        session=session,
        person=person,
        name=person.name,
        course_code=basic.code,
        course_title=basic.title,
        first_on=date(2026, 10, 6),
        last_on=date(2026, 10, 6),
        minutes=420,
        issued_at=MOMENT,
        issued_by_name="the system",
    )
    assert missing([level3.pk], [person.pk], TODAY) == {}

    Revocation.objects.create(
        certificate=certificate, reason="The register was wrong.", by_name="A", at=MOMENT
    )
    assert (level3.pk, person.pk) in missing([level3.pk], [person.pk], TODAY)


def test_prerequisites_are_asked_in_as_many_queries_for_many(pair, django_assert_num_queries):
    basic, level3 = pair
    people = [make_person() for _each in range(3)]
    for person in people:
        _mark(_session(basic).days.get(), person)
    lacking = make_person()

    with django_assert_num_queries(4):
        one = missing([level3.pk], [people[0].pk], TODAY)
    with django_assert_num_queries(4):
        found = missing([level3.pk, basic.pk], [*(person.pk for person in people), lacking.pk], TODAY)

    assert one == {}
    assert list(found) == [(level3.pk, lacking.pk)]

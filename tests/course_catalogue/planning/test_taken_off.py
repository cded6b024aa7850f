from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from course_catalogue.models import Programme, ProgrammeCourse
from course_catalogue.planning import cancelling, lists, programme
from kernel.audit.models import AuditEntry
from tests.factories.courses import make_course, make_session
from tests.factories.organisation import make_role_holder
from tests.factories.planning import NEED, NOW, make_officer

pytestmark = pytest.mark.django_db
BEFORE = timezone.make_aware(datetime(2026, 2, 2, 9, 0))


@pytest.fixture
def course():
    course = make_course()
    programme.add_course(course, first_year=2026, actor=None, now=BEFORE)
    return course


def off(course, **more):
    values = {"first_year": 2026, "reason": " Nobody asked for it ", "actor": make_officer(), "now": NOW}
    return programme.take_off(course, **{**values, **more})


def test_a_course_taken_off_keeps_its_row_with_day_person_and_reason(course):
    row = off(course)

    row.refresh_from_db()
    assert (row.taken_off_on, row.taken_off_because) == (date(2026, 11, 23), "Nobody asked for it")
    assert row.taken_off_by_name
    found = lists.year(2026, NOW)
    assert (found.dated, found.undated, found.taken_off) == ((), (), (row,))
    assert AuditEntry.objects.filter(action="training.take_off_programme", refused=False).count() == 1


def test_a_course_taken_off_comes_back_as_another_row_with_its_need(course):
    first = off(course)

    second = programme.add_course(course, first_year=2026, actor=None, now=NOW, need=NEED)

    assert (first.pk != second.pk, second.emerging_need) == (True, True)
    with pytest.raises(ValidationError) as refusal:
        programme.add_course(course, first_year=2026, actor=None, now=NOW, need=NEED)
    assert refusal.value.code == "twice"
    assert [row.entry for row in lists.year(2026, NOW).undated] == [second]


def test_a_course_with_sessions_in_that_year_stays_and_each_is_named(course):
    held = make_session(course=course, starts=timezone.make_aware(datetime(2026, 5, 6, 9, 0)))
    coming = make_session(course=course)
    make_session(course=course, starts=timezone.make_aware(datetime(2027, 4, 1, 9, 0)))

    with pytest.raises(ValidationError) as refusal:
        off(course)

    assert refusal.value.code == "sessions"
    assert refusal.value.messages == [
        "Sessions of it stand in that year: 6 May 2026, 6 January 2027. Move or cancel those to come first."
    ]
    held.days.all().delete()
    held.delete()
    cancelling.cancel_session(coming, reason="too few", actor=None, now=NOW)
    assert off(course).taken_off_on == date(2026, 11, 23)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_course_is_not_taken_off_without_a_reason(course, reason):
    with pytest.raises(ValidationError) as refusal:
        off(course, reason=reason)
    assert list(refusal.value.message_dict) == ["reason"]


def test_a_course_is_taken_off_once_and_only_where_it_is_on(course):
    for year, done in ((2027, False), (2026, True)):
        if done:
            off(course)
        with pytest.raises(ValidationError) as refusal:
            off(course, first_year=year)
        assert refusal.value.code == "not_on"


def test_only_the_officer_takes_a_course_off(course):
    with pytest.raises(PermissionDenied):
        off(course, actor=make_role_holder("training-administrator"))
    assert ProgrammeCourse.objects.get().taken_off_on is None


@pytest.mark.parametrize(
    "values",
    [
        {"taken_off_on": date(2026, 11, 23)},
        {"taken_off_on": date(2026, 11, 23), "taken_off_because": "x"},
        {"taken_off_because": "x", "taken_off_by_name": "y"},
    ],
)
def test_the_database_refuses_half_of_it(course, values):
    with pytest.raises(IntegrityError, match="taken_off_says_why"), transaction.atomic():
        ProgrammeCourse.objects.update(**values)


def test_the_database_keeps_what_was_taken_off(course):
    off(course)

    for act in (
        lambda: ProgrammeCourse.objects.update(taken_off_on=None, taken_off_because="", taken_off_by_name=""),
        lambda: ProgrammeCourse.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="added and never changed"), transaction.atomic():
            act()


def test_the_officer_takes_a_course_off_on_its_page(course, enter, words):
    page = reverse("training_programme_take_off", args=[2026, course.pk])
    client = enter(make_officer())
    programme_page = reverse("training_programme") + "?year=2026"
    assert page in words(client.get(programme_page))

    empty = client.post(page, {"reason": ""})
    assert "Say why the course is taken off." in words(empty)
    done = client.post(page, {"reason": "Replaced"})

    assert done.url == programme_page
    after = words(client.get(programme_page))
    assert "Taken off (1)" in after and "Replaced" in after and page not in after
    assert client.get(page).status_code == 404


def test_the_page_names_sessions_and_a_direct_post_is_refused(course, enter, words):
    make_session(course=course)
    page = reverse("training_programme_take_off", args=[2026, course.pk])
    client = enter(make_officer())

    shown, refused = words(client.get(page)), client.post(page, {"reason": "x"})

    assert "1 session of it stands in that year." in shown
    assert "<textarea" not in shown
    assert refused.status_code == 200
    assert ProgrammeCourse.objects.get().taken_off_on is None
    assert enter(make_role_holder("training-administrator")).post(page, {"reason": "x"}).status_code == 404


def test_a_programme_that_is_not_there_takes_nothing_off():
    assert not Programme.objects.exists()
    with pytest.raises(ValidationError) as refusal:
        off(make_course())
    assert refusal.value.code == "not_on"

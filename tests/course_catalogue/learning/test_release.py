"""What HR sees of places given up for another task (S0-45)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from course_catalogue.booking import ending
from course_catalogue.enums import CancelledBy
from course_catalogue.learning import release
from course_catalogue.models import Booking
from tests.factories import booking as b
from tests.factories.courses import make_session
from tests.factories.learning import signed_in
from tests.factories.organisation import make_agency, make_person, make_role_holder

pytestmark = pytest.mark.django_db
QUERIES_OF_RELEASE = 11
SINCE, UNTIL = datetime(2026, 4, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)


def divert(person, by="Sister Bell", *, now=b.NOW, **session):
    booking = b.book(make_session(**session), person, actor=None)
    ending.cancel(booking, by=CancelledBy.DIVERTED, diverted_by=by, actor=person.user, now=now)
    return booking


def test_who_was_asked_to_another_task_is_listed_with_who_asked_newest_first():
    first, second = (b.make_staff(name=name) for name in ("Ada", "Bea"))
    one, two = divert(first), divert(second, "Matron", now=b.later(days=1))
    ending.cancel(b.book(make_session(), first, actor=None), actor=first.user, now=b.NOW)

    rows = release.diverted(Booking.objects.all(), since=SINCE, now=UNTIL)

    assert rows == [two, one]
    assert [(row.person.name, row.diverted_by) for row in rows] == [("Bea", "Matron"), ("Ada", "Sister Bell")]
    assert release.diverted(Booking.objects.all(), since=b.later(hours=1), now=UNTIL) == [two]
    assert release.diverted(Booking.objects.all(), since=SINCE, now=b.later(hours=1)) == [one]


def test_another_task_without_a_name_is_refused():
    booking = b.book(make_session())
    with pytest.raises(ValidationError):
        ending.cancel(booking, by=CancelledBy.DIVERTED, actor=booking.person.user, now=b.NOW)


@pytest.mark.parametrize("number", [1, 3])
def test_hr_reads_names_and_who_asked_in_the_same_number_of_queries(
    number, kept_as_served, django_assert_num_queries
):
    now = timezone.now()
    for place in range(number):
        starts = now + timedelta(days=40)
        divert(b.make_staff(name=f"Person {place}"), f"Asker {place}", now=now, starts=starts)
    client = signed_in(make_role_holder("hr-partner", user=make_person(user=True).user))
    client.get(reverse("training_release"))

    with django_assert_num_queries(QUERIES_OF_RELEASE):
        text = client.get(reverse("training_release")).content.decode()

    assert f"Asked to do another task ({number})" in text
    for place in range(number):
        assert f"Person {place}, " in text and f"asked by Asker {place}" in text


def test_hr_of_one_agency_sees_its_people_alone():
    now, agency = timezone.now(), make_agency()
    starts = now + timedelta(days=40)
    divert(b.make_staff(name="Ours", agency=agency), now=now, starts=starts)
    divert(b.make_staff(name="Theirs"), now=now, starts=starts)
    user = make_person(user=True, agency=agency).user
    client = signed_in(make_role_holder("hr-partner", user=user, agency=agency))

    text = client.get(reverse("training_release")).content.decode()

    assert "Ours, " in text and "Theirs, " not in text
    assert signed_in(b.make_staff()).get(reverse("training_release")).status_code == 404

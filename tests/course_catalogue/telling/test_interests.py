from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from course_catalogue.enums import SessionState
from course_catalogue.models import Interest
from course_catalogue.telling import interests
from kernel.organisation.models import StaffProfile
from kernel.outbox.models import OutboxMail
from tests.factories.courses import MOMENT, make_booking, make_course, make_session
from tests.factories.organisation import make_agency, make_person, make_role_holder

pytestmark = pytest.mark.django_db


def make_interest(course=None, person=None) -> Interest:
    person = person or make_person(user=True)
    return interests.register(course or make_course(), actor=person.user, now=MOMENT)


def told() -> list[str]:
    return [mail.to[0] for mail in OutboxMail.objects.filter(kind="training.date_opens").order_by("pk")]


def test_one_is_told_once_when_a_date_opens():
    interest = make_interest()
    assert interests.tell(now=MOMENT) == 0
    session = make_session(course=interest.course)

    numbers = [interests.tell(now=MOMENT), interests.tell(now=MOMENT)]

    interest.refresh_from_db()
    assert numbers == [1, 0]
    assert (interest.told_at, interest.told_of) == (MOMENT, session)
    (mail,) = OutboxMail.objects.filter(kind="training.date_opens")
    assert mail.to == [interest.person.user.email]
    assert mail.subject == f"A date is open: {interest.course.title}, 6 January 2027"
    assert f"/training/session/{session.pk}/" in mail.text


@pytest.mark.parametrize(
    "more",
    [
        {"state": SessionState.PLANNED},
        {"opens_at": MOMENT + timedelta(seconds=1)},
        {"closes_at": MOMENT},
        {"held_closed": True},
        {"starts": MOMENT},
        {"capacity": 0},
    ],
)
def test_a_date_that_cannot_be_booked_is_none(more):
    """The control: with the hindrance gone it is told."""
    interest = make_interest()
    session = make_session(course=interest.course, **more)

    assert interests.tell(now=MOMENT) == 0

    for name, value in {
        "state": SessionState.OPEN,
        "opens_at": None,
        "closes_at": None,
        "held_closed": False,
        "capacity": 1,
    }.items():
        setattr(session, name, value)
    session.first_at, session.last_at = MOMENT + timedelta(days=9), MOMENT + timedelta(days=10)
    session.save()
    assert interests.tell(now=MOMENT) == 1


def test_a_full_date_is_none_until_a_place_is_free():
    interest = make_interest()
    booking = make_booking(session=make_session(course=interest.course, capacity=1))
    before = interests.tell(now=MOMENT)
    booking.state, booking.ended_at = "cancelled", MOMENT
    booking.save()

    assert (before, interests.tell(now=MOMENT)) == (0, 1)


def test_a_course_that_is_not_cleared_opens_no_date():
    course = make_course(cleared=False)
    make_interest(course)
    make_session(course=course)

    assert interests.tell(now=MOMENT) == 0


def test_interest_is_asked_for_where_no_date_has_room():
    course = make_course()
    make_booking(session=make_session(course=course, capacity=1))
    person = make_person(user=True)

    make_interest(course, person)
    with pytest.raises(ValidationError) as twice:
        make_interest(course, person)
    make_session(course=course)
    with pytest.raises(ValidationError) as date:
        make_interest(course)

    assert (twice.value.code, date.value.code) == ("twice", "date")
    assert interests.counts([course.pk]) == {course.pk: 1}


def test_who_withdraws_is_not_told():
    interest = make_interest()
    other = make_interest(interest.course)
    interests.withdraw(interest.course, actor=interest.person.user, now=MOMENT)
    make_session(course=interest.course)

    interests.tell(now=MOMENT)

    assert told() == [other.person.user.email]
    with pytest.raises(ValidationError):
        interests.withdraw(interest.course, actor=interest.person.user, now=MOMENT)
    assert interests.counts([interest.course_id]) == {}


def test_who_has_a_place_already_is_not_told():
    interest = make_interest()
    session = make_session(course=interest.course)
    make_booking(session=session, person=interest.person)

    assert interests.tell(now=MOMENT) == 0


def test_a_partner_hears_of_dates_that_are_shared_with_partners_alone():
    """A4: a course closed to partners meanwhile tells its own people only."""
    course = make_course()
    partner = make_person(user=True, agency=make_agency())
    make_interest(course, partner)
    mine = make_interest(course)
    course.open_to_partners = False
    course.save()
    make_session(course=course)

    interests.tell(now=MOMENT)

    assert told() == [mine.person.user.email]


def test_who_left_is_not_told():
    interest = make_interest()
    make_session(course=interest.course)
    StaffProfile.objects.filter(pk=interest.person_id).update(left_on=MOMENT.date() - timedelta(days=1))

    assert interests.tell(now=MOMENT) == 0


def test_a_course_that_one_does_not_see_takes_no_interest():
    course = make_course(open_to_partners=False)

    with pytest.raises(PermissionDenied):
        make_interest(course, make_person(user=True, agency=make_agency()))


@pytest.mark.parametrize("number", [1, 3])
def test_a_round_without_dates_asks_the_same_for_one_and_three(number, django_assert_num_queries):
    course = make_course()
    for _each in range(number):
        make_interest(course)

    with django_assert_num_queries(6):  # four of them open and close transactions inside the test's own
        interests.tell(now=MOMENT)


# the screen


def test_the_screen_registers_and_withdraws(client):
    person, course = make_person(user=True), make_course(title="Fire warden")
    client.force_login(person.user)
    address = f"/training/course/{course.pk}/interest/"

    assert "No date has room now." in client.get(address).content.decode()
    client.post(address, {"act": "register"})
    registered = client.get(address).content.decode()
    again = client.post(address, {"act": "register"}, follow=True).content.decode()
    client.post(address, {"act": "withdraw"})

    assert "You asked on" in registered and "Withdraw my interest" in registered
    assert "You asked to be told already." in again
    assert "No date has room now." in client.get(address).content.decode()


def test_the_screen_leads_to_a_date_that_has_room(client):
    client.force_login(make_person(user=True).user)
    session = make_session(starts=timezone.now() + timedelta(days=20))

    text = client.get(f"/training/course/{session.course_id}/interest/").content.decode()

    assert "There is a date with places" in text and f"/training/session/{session.pk}/" in text


def test_whoever_plans_sees_how_many_wait(client):
    interest = make_interest()
    address = f"/training/course/{interest.course_id}/interest/"
    client.force_login(make_role_holder("ld-officer"))
    assert "1 person waits for a date." in client.get(address).content.decode()
    client.force_login(interest.person.user)
    assert "waits for a date" not in client.get(address).content.decode()


def test_a_course_that_is_not_shared_has_no_screen(client):
    course = make_course(open_to_partners=False)
    client.force_login(make_person(user=True, agency=make_agency()).user)

    assert client.get(f"/training/course/{course.pk}/interest/").status_code == 404

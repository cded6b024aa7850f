"""The page of a course knows its reader: what they have there is said, and not offered again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from course_catalogue.catalogue import yours
from course_catalogue.enums import BookingState
from course_catalogue.telling import interests
from course_catalogue.visible import learner_of
from kernel.lifecycle.templatetags.dates import full_date
from tests.factories.courses import make_booking, make_course, make_index, make_session
from tests.factories.learning import signed_in
from tests.factories.organisation import make_person
from tests.factories.policies import make_home

pytestmark = pytest.mark.django_db
SOON = timezone.now() + timedelta(days=30)
TELL_ME = "Be told when one has room"


@pytest.fixture
def course():
    make_home()
    make_index()
    return make_course()


def text_of(client, course) -> str:
    return " ".join(client.get(course.get_url()).content.decode().split())


def book_link(session) -> str:
    return f"/training/session/{session.pk}/book/"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (BookingState.BOOKED, "booked on"),
        (BookingState.REQUESTED, "a place is held on"),
        (BookingState.OFFERED, "a place is offered on"),
        (BookingState.WAITING, "on the waiting list of"),
    ],
)
def test_what_the_reader_has_is_said_and_not_offered_again(course, state, said):
    session, other = (make_session(course=course, starts=SOON + timedelta(days=n)) for n in (0, 7))
    waits = {"answer_by": SOON} if state in (BookingState.REQUESTED, BookingState.OFFERED) else {}
    row = make_booking(session=session, person=make_person(user=True), state=state, **waits)

    own, another = text_of(signed_in(row.person), course), text_of(signed_in(make_person(user=True)), course)

    words = f"{said} {full_date(session.first_at)}"
    assert [words in page for page in (own, another)] == [True, False]
    assert [reverse("training_booking", args=[row.pk]) in page for page in (own, another)] == [True, False]
    assert [book_link(session) in page for page in (own, another)] == [False, True]
    assert book_link(other) in own


def test_what_ended_or_is_over_is_not_said(course):
    person = make_person(user=True)
    session = make_session(course=course, starts=SOON)
    make_booking(session=session, person=person, state=BookingState.LEFT, ended_at=timezone.now())
    make_booking(session=make_session(course=course, starts=SOON - timedelta(days=60)), person=person)

    page = text_of(signed_in(person), course)

    assert ("You:" in page, book_link(session) in page) == (False, True)


def test_who_asked_to_be_told_reads_since_when(course):
    person = make_person(user=True)
    client = signed_in(person)
    assert TELL_ME in text_of(client, course)
    interests.register(course, actor=person.user, now=timezone.now())

    page = text_of(client, course)

    assert f"asked on {full_date(timezone.now())} to be told when a date has room." in page
    assert TELL_ME not in page


def test_what_the_reader_has_is_one_query_for_any_number_and_none_for_a_visitor(course):
    person = make_person(user=True)
    learner, now = learner_of(person.user, timezone.localdate()), timezone.now()
    for n in range(3):
        make_booking(session=make_session(course=course, starts=SOON + timedelta(days=n)), person=person)

    with CaptureQueriesContext(connection) as queries:
        assert len(yours.held(course.pk, learner, now)) == 3
        assert yours.held(course.pk, learner_of(None, timezone.localdate()), now) == []

    assert len(queries) == 1

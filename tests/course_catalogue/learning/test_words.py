"""One booking, told to whoever reads it: "you" and "your" to the right person alone (S4-17, S0-40)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from course_catalogue.learning import mine
from course_catalogue.learning.whom import Hands
from course_catalogue.models import Booking
from tests.factories import booking as make
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_agency, make_delegation, make_person

pytestmark = pytest.mark.django_db


def held(**more) -> Booking:
    return make.book(soon_session(needs_approval=True), now=timezone.now(), **more)


def words_to(person, row) -> str:
    now = timezone.now()
    found = mine.rows(Booking.objects.filter(pk=row.pk)).get()
    return mine.lines([found], now, Hands(person.user, timezone.localdate(now)))[0].standing.words


def test_a_held_place_says_to_each_reader_whose_answer_it_waits_for():
    row = held()
    deputy, other = make_person(user=True), make_person(user=True)
    today = timezone.localdate()
    make_delegation(principal=row.manager, delegate=deputy, from_on=today, until_on=today)

    assert words_to(row.person, row) == "place held: waiting for your manager"
    assert words_to(row.manager, row) == "place held: waiting for you"
    assert words_to(deputy, row) == "place held: waiting for you"
    assert words_to(other, row) == f"place held: waiting for {row.manager.name}"


def test_a_held_place_without_a_manager_waits_for_the_training_team():
    row = held()
    Booking.objects.filter(pk=row.pk).update(manager=None)

    assert words_to(row.person, row) == "place held: waiting for the training team"


def test_the_team_page_and_the_booking_say_to_the_manager_that_it_waits_for_them():
    row = held()
    client = signed_in(row.manager)

    for page in (reverse("training_team"), reverse("training_booking", args=[row.pk])):
        text = client.get(page).content.decode()
        assert "waiting for you<" in text and "waiting for your manager" not in text, page


def test_of_somebody_else_an_offer_and_a_place_in_the_list_are_not_yours():
    mine_, session = make_agency(), soon_session(capacity=1)
    make.book(session, now=timezone.now())
    row = make.wait(session, make_person(user=True, agency=mine_), now=timezone.now())
    coordinator = signed_in(make.make_coordinator(mine_))
    page = reverse("training_booking", args=[row.pk])

    assert "You are number 1 of 1." in signed_in(row.person).get(page).content.decode()
    theirs = coordinator.get(page).content.decode()
    assert "Number 1 of 1 on the waiting list." in theirs and "You are number" not in theirs

    Booking.objects.filter(pk=row.pk).update(state="offered", answer_by=timezone.now())
    assert "offered to you" in signed_in(row.person).get(page).content.decode()
    assert "offered, no answer yet" in coordinator.get(page).content.decode()

"""Places left are said in the same words on every page, list and calendar (S4-11)."""

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import timezone

from course_catalogue.booking import capacity
from course_catalogue.booking.left import places_left
from course_catalogue.catalogue.dates import Coming
from tests.factories import booking as make
from tests.factories.learning import signed_in, soon_session

pytestmark = pytest.mark.django_db


def of(session):
    return capacity.places([session.pk], now=timezone.now())[session.pk]


def test_left_full_waiting_and_without_a_limit():
    some, full, endless = soon_session(capacity=4), soon_session(capacity=1), soon_session(capacity=None)
    make.book(some, now=timezone.now())
    make.book(full, now=timezone.now())
    assert [places_left(of(one)) for one in (some, full, endless)] == [
        "3 of 4 left",
        "full",
        "places for everybody",
    ]

    make.wait(full, now=timezone.now())
    make.wait(full, now=timezone.now())
    assert places_left(of(full)) == "full, 2 wait"


def test_catalogue_and_pages_say_the_same():
    full = soon_session(capacity=1)
    make.book(full, now=timezone.now())
    make.wait(full, now=timezone.now())
    places = of(full)

    card = Coming(full.pk, full.course_id, full.first_at, 1, "", places)
    said = engines["django"].from_string("{% load training %}{{ places|places_left }}")
    page = signed_in(make.make_staff()).get(reverse("training_session", args=[full.pk])).content.decode()

    assert (card.places_words, said.render({"places": places})) == ("full, 1 waits", "Full, 1 waits.")
    assert page.count("Full, 1 waits.") == 2

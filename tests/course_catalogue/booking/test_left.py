"""Places left are said in the same words on every page, list and calendar (S4-11)."""

from datetime import timedelta

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import timezone

from course_catalogue.booking import capacity, shares
from course_catalogue.booking.left import places_left
from course_catalogue.catalogue.dates import Coming
from tests.factories import booking as make
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_host

pytestmark = pytest.mark.django_db


def of(session, agency=None):
    return capacity.places([session.pk], now=timezone.now(), agency=agency)[session.pk]


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


def test_places_kept_for_an_agency_are_left_for_its_people_alone():
    """B3: others read that the date is full; its own people how many are held, and book one."""
    now = timezone.now()
    session, person = soon_session(capacity=3), make.make_staff()
    shares.hold(session, make_host(), size=2, release_at=now + timedelta(days=1), actor=None, now=now)
    make.book(session, make.make_staff(agency=make.make_partner()), now=now)
    own, others = of(session, person.agency_id), of(session, make.make_partner().pk)
    client = signed_in(person)

    page = client.get(reverse("training_session", args=[session.pk])).content.decode()
    first = client.post(reverse("training_book", args=[session.pk]), {"step": "1"}).content.decode()

    assert (places_left(own), own.free, places_left(others), others.free) == (
        "2 held for your agency",
        2,
        "full",
        0,
    )
    assert "2 held for your agency." in page
    assert "Book this place" in page
    assert "Join the waiting list" not in first


def test_held_and_free_places_are_both_said():
    now, session = timezone.now(), soon_session(capacity=10)
    shares.hold(session, make_host(), size=2, release_at=now + timedelta(days=1), actor=None, now=now)

    assert places_left(of(session, make_host().pk)) == "8 of 10 left, 2 held for your agency"

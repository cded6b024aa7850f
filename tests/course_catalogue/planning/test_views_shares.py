"""The officer's screen of shared places. The clock is the machine's: sessions lie ahead of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_catalogue.booking import capacity, shares
from course_catalogue.models import Booking, HeldPlaces, PlaceLimit
from kernel.organisation.models import Sector
from tests.factories.booking import ask, make_partner, make_staff
from tests.factories.learning import soon_session
from tests.factories.organisation import make_agency, make_role_holder, make_staff_group
from tests.factories.planning import make_officer
from tests.portal.staged import on

pytestmark = pytest.mark.django_db


def place(session) -> str:
    return f"/training/session/{session.pk}/plan/places/"


def holding(agency, *, size=3, weeks=4, clock="5pm", **more) -> dict:
    day = timezone.localdate() + timedelta(weeks=weeks)
    words = {"act": "hold", "hold-agency": agency.pk, "hold-size": size, "hold-clock": clock}
    return {**words, **on("hold-until", day), **more}


def test_an_officer_holds_places_changes_them_and_gives_them_back(enter, words):
    session, agency = soon_session(), make_partner()
    client = enter(make_officer())

    done = words(client.post(place(session), holding(agency), follow=True))
    assert "The places are held." in done
    assert f"<strong>{agency.name}</strong>: 3 places, 3 without a name, until 5pm on" in done
    client.post(place(session), holding(agency, size=4, clock="noon"))

    row = HeldPlaces.objects.get()
    assert (row.size, timezone.localtime(row.release_at).hour) == (4, 12)
    assert capacity.places([session.pk], now=timezone.now())[session.pk].left == 6
    back = {"act": "give_back", "row": agency.pk}
    assert "belong to everybody again" in words(client.post(place(session), back, follow=True))
    assert capacity.places([session.pk], now=timezone.now())[session.pk].left == 10
    assert client.post(place(session), back).status_code == 404


@pytest.mark.parametrize("kind", ["agency", "sector", "staff_group"])
def test_an_officer_limits_an_agency_a_sector_or_a_staff_group(kind, enter, words):
    session = soon_session()
    of = {"agency": make_agency(), "sector": Sector.HEALTH, "staff_group": make_staff_group()}[kind]
    key = of if kind == "sector" else of.pk
    client = enter(make_officer())
    data = {"act": "limit", "limit-of": f"{kind}:{key}", "limit-size": "2"}

    done = words(client.post(place(session), data, follow=True))
    client.post(place(session), {**data, "limit-size": "0"})

    assert f"<strong>{of.label if kind == 'sector' else of}</strong>: at most 2" in done
    row = PlaceLimit.objects.get()
    assert (getattr(row, kind), row.size) == (of, 0)
    off = {"act": "remove", "row": row.pk}
    assert "The limit is taken off." in words(client.post(place(session), off, follow=True))
    assert not PlaceLimit.objects.exists()
    assert client.post(place(session), off).status_code == 404


def test_what_is_wrong_stands_at_its_field_and_keeps_what_was_typed(enter, words):
    session = soon_session(capacity=2)
    ask(session, make_staff(), now=timezone.now())
    agency, client = make_partner(), enter(make_officer())

    full = words(client.post(place(session), holding(agency, size=2)))
    late = words(client.post(place(session), holding(agency, size=1, weeks=30)))
    odd = client.post(place(session), holding(agency, size=1, clock="25:00"))
    which = words(client.post(place(session), {"act": "limit", "limit-of": "", "limit-size": "1"}))

    assert "1 places are free: no more can be held." in full
    assert "Give the places back at a moment that is to come" in late
    assert "The time must be like 9:30am" in words(odd)
    assert 'value="25:00"' in odd.content.decode()
    assert "There is a problem" in which
    assert not HeldPlaces.objects.exists() and not PlaceLimit.objects.exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2027, 3, 28), "1:30am does not exist"), (date(2027, 10, 31), "1:30am comes twice")],
)
def test_a_time_that_the_clocks_skip_or_repeat_is_asked_again(day, words, enter):
    """I2."""
    session, agency = soon_session(), make_partner()

    answer = enter(make_officer()).post(
        place(session), holding(agency, clock="1:30am") | on("hold-until", day)
    )

    assert words in answer.content.decode()
    assert not HeldPlaces.objects.exists()


def test_who_waits_because_of_a_limit_is_served_when_it_is_taken_off(enter):
    session, person = soon_session(), make_staff()
    client = enter(make_officer())
    data = {"act": "limit", "limit-of": f"agency:{person.agency_id}", "limit-size": "0"}
    client.post(place(session), data)
    ask(session, person, now=timezone.now(), join_list=True)

    client.post(place(session), {"act": "remove", "row": PlaceLimit.objects.get().pk})

    assert Booking.objects.get().state == "offered"


@pytest.mark.parametrize("act", ["", "x", "give_back", "remove"])
def test_another_press_is_not_found(act, enter):
    session = soon_session()
    other = PlaceLimit.objects.create(session=soon_session(), sector=Sector.HEALTH, size=1)

    assert enter(make_officer()).post(place(session), {"act": act, "row": other.pk}).status_code == 404
    assert PlaceLimit.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("role", ["training-administrator", "agency-coordinator", "trainer"])
def test_nobody_else_shares_places(role, enter):
    session, agency = soon_session(), make_partner()
    client = enter(make_role_holder(role))

    assert client.get(place(session)).status_code == 404
    assert client.post(place(session), holding(agency)).status_code == 404
    assert not HeldPlaces.objects.exists()


def test_places_stay_as_they_are_once_booking_is_closed(enter, words):
    session = soon_session(closes_at=timezone.now() - timedelta(minutes=1))
    client = enter(make_officer())

    said = words(client.get(place(session), follow=True))

    assert "Nobody books this session any more" in said
    assert "Share places" not in said


@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_asks_the_same_for_one_and_three(number, enter, kept_as_served):
    session, client = soon_session(), enter(make_officer())
    for _turn in range(number):
        until = timezone.now() + timedelta(days=9)
        HeldPlaces.objects.create(session=session, agency=make_agency(), size=1, release_at=until)
        PlaceLimit.objects.create(session=session, agency=make_agency(), size=1)
    client.get(place(session))

    with CaptureQueriesContext(connection) as found:
        assert client.get(place(session)).status_code == 200

    assert len(found) == 35


def test_the_service_too_leaves_places_as_they_are_once_booking_is_closed():
    session, officer = soon_session(), make_officer()
    limit = PlaceLimit.objects.create(session=session, sector=Sector.HEALTH, size=1)
    who = {"actor": officer, "now": session.first_at}

    for act in (
        lambda: shares.set_limit(session, size=2, sector=Sector.HEALTH, **who),
        lambda: shares.remove_limit(limit, **who),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "closed"

    limit.refresh_from_db()
    assert limit.size == 1

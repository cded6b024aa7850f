import uuid
from datetime import date, timedelta

import pytest
import vobject
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Site

from course_catalogue.enums import BookingState
from course_catalogue.feeds import addresses
from course_catalogue.models import CalendarFeed, TrainingSettings
from kernel.audit.models import AuditEntry
from kernel.organisation.models import RoleGrant, StaffProfile
from tests.factories.courses import make_booking, make_course, make_session
from tests.factories.organisation import make_agency, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def coming(**more):
    """Relative to the clock, because an address is asked for on the day that it is."""
    return make_session(starts=timezone.now().replace(microsecond=0) + timedelta(days=20), **more)


def make_feed(person=None, agency=None):
    person = person or make_person(user=True)
    return addresses.renew(person, actor=person.user, today=TODAY, agency=agency)


def make_coordinator(agency) -> StaffProfile:
    person = make_person(user=True, agency=agency)
    RoleGrant.objects.create(user=person.user, role="agency-coordinator", from_on=TODAY, agency=agency)
    return person


def get(client, feed, token=None):
    return client.get(f"/training/feeds/{token or addresses.token_of(feed)}.ics")


def test_an_address_is_read_without_signing_in(client):
    feed = make_feed()
    booking = make_booking(session=coming(), person=feed.person)

    answer = get(client, feed)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    (event,) = vobject.readOne(answer.content.decode()).vevent_list
    assert event.uid.value == f"{booking.session.uid}-1"


def test_a_new_address_ends_the_old_one(client):
    old = make_feed()
    before = addresses.token_of(old)
    assert get(client, old).status_code == 200

    new = addresses.renew(old.person, actor=old.person.user, today=TODAY)

    assert get(client, None, before).status_code == 404
    assert get(client, new).status_code == 200
    assert CalendarFeed.objects.count() == 1


def test_a_stopped_address_finds_nothing(client):
    feed = make_feed()
    token = addresses.token_of(feed)
    assert get(client, None, token).status_code == 200

    addresses.stop(feed.person, actor=feed.person.user, today=TODAY)

    assert get(client, None, token).status_code == 404
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "training.make_feed",
        "training.stop_feed",
    ]


def test_wrong_addresses_answer_as_unknown_ones(client):
    feed, other = make_feed(), make_feed()
    token, foreign = addresses.token_of(feed), addresses.token_of(other)
    wrong = [
        "x",
        "0-" + "a" * 43,
        f"{feed.pk}-" + "a" * 43,
        f"{feed.pk}-{foreign.partition('-')[2]}",
        token[:-1],
        token + "A",
        "9" * 30 + "-" + "a" * 43,
        token.replace(str(feed.pk), f"0{feed.pk}", 1),
    ]

    assert [get(client, None, one).status_code for one in wrong] == [404] * len(wrong)
    assert get(client, None, token).status_code == 200


def test_the_secret_is_not_in_the_address():
    feed = make_feed()

    assert str(feed.secret) not in addresses.address_of(feed)
    assert feed.secret.hex not in addresses.address_of(feed)


def test_a_new_key_of_the_site_keeps_addresses_while_the_old_one_is_named(client, settings):
    feed = make_feed()
    token, before = addresses.token_of(feed), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = uuid.uuid4().hex * 2, [before]
    kept = get(client, None, token).status_code
    settings.SECRET_KEY_FALLBACKS = []

    assert (kept, get(client, None, token).status_code) == (200, 404)


def test_the_address_of_somebody_who_left_finds_nothing(client):
    feed = make_feed()
    assert get(client, feed).status_code == 200

    StaffProfile.objects.filter(pk=feed.person_id).update(left_on=timezone.localdate() - timedelta(days=1))

    assert get(client, feed).status_code == 404


def test_the_address_of_a_closed_login_finds_nothing(client):
    feed = make_feed()
    feed.person.user.is_active = False
    feed.person.user.save()

    assert get(client, feed).status_code == 404


def test_a_coordinator_reads_the_own_people(client):
    police = make_agency()
    coordinator = make_coordinator(police)
    session = coming()
    make_booking(session=session, person=make_person(name="Ann Reid", agency=police))
    make_booking(session=session, person=make_person(name="Eve Hill", agency=make_agency()))

    text = get(client, make_feed(coordinator, police)).content.decode()

    assert "Ann Reid: booked" in text and "Eve Hill" not in text


def test_who_is_coordinator_no_more_reads_nothing(client):
    police = make_agency()
    feed = make_feed(make_coordinator(police), police)
    assert get(client, feed).status_code == 200

    RoleGrant.objects.update(until_on=timezone.localdate() - timedelta(days=1))

    assert get(client, feed).status_code == 404


def test_nobody_makes_the_address_of_somebody_else_or_of_a_strange_agency():
    person, other = make_person(user=True), make_person(user=True)

    with pytest.raises(PermissionDenied):
        addresses.renew(person, actor=other.user, today=TODAY)
    with pytest.raises(PermissionDenied):
        addresses.renew(person, actor=person.user, today=TODAY, agency=make_agency())
    with pytest.raises(PermissionDenied):
        addresses.stop(person, actor=other.user, today=TODAY)
    assert CalendarFeed.objects.count() == 0


# the page on which they are made


def test_the_page_makes_renews_and_stops_an_address(client):
    person = make_person(user=True)
    client.force_login(person.user)
    assert "There is no address yet." in client.get("/training/feeds/").content.decode()

    client.post("/training/feeds/", {"act": "renew", "agency": ""})
    first = addresses.address_of(CalendarFeed.objects.get())
    assert first in client.get("/training/feeds/").content.decode()
    client.post("/training/feeds/", {"act": "renew", "agency": ""})
    second = addresses.address_of(CalendarFeed.objects.get())
    client.post("/training/feeds/", {"act": "stop", "agency": ""})

    assert first != second
    assert CalendarFeed.objects.count() == 0


def test_a_strange_agency_is_refused_on_the_page(client):
    person, strange = make_person(user=True), make_agency()
    client.force_login(person.user)

    assert client.post("/training/feeds/", {"act": "renew", "agency": strange.pk}).status_code == 403
    assert CalendarFeed.objects.count() == 0


# the feed of a course


@pytest.mark.parametrize(("shown", "status"), [(True, 200), (False, 404)])
def test_the_shared_offer_is_open_to_visitors_where_the_site_is(client, shown, status):
    """S2-18: and only what is open to partners."""
    session, inside = coming(), coming(course=make_course(open_to_partners=False))
    TrainingSettings.objects.update_or_create(site=_site(), defaults={"open_to_visitors": shown})

    assert client.get(f"/training/course/{session.course_id}.ics").status_code == status
    assert client.get(f"/training/course/{inside.course_id}.ics").status_code == 404


def test_staff_read_the_dates_of_every_course_and_no_names(client):
    session = coming(course=make_course(open_to_partners=False), online_link="https://meet.example/a")
    make_booking(session=session, person=make_person(name="Eve Hill"))
    make_booking(session=session, state=BookingState.WAITING)
    client.force_login(make_person(user=True).user)

    answer = client.get(f"/training/course/{session.course_id}.ics")

    assert answer.status_code == 200
    assert b"Eve Hill" not in answer.content and b"meet.example" not in answer.content
    assert answer["Cache-Control"] == "no-store"  # a signed-in person's answers are kept nowhere


def _site():
    return Site.objects.get(is_default_site=True)

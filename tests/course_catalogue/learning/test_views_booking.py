"""Booking in three steps: what is shown, what is sealed, what a press does once (S0-40, S4-14, B2, B7, B8)."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from course_catalogue.enums import BookingState
from course_catalogue.learning import steps
from course_catalogue.models import Booking
from kernel.organisation.models import StaffProfile
from kernel.outbox.models import OutboxMail
from tests.factories import booking as make
from tests.factories.charging import FULL, HALF, PLACE, make_classes, make_policy
from tests.factories.courses import make_course, make_session
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_agency, make_person, make_post

pytestmark = pytest.mark.django_db
SHEET = re.compile(r'name="sheet" value="([^"]+)"')


def address(session) -> str:
    return reverse("training_book", args=[session.pk])


def sheet_of(response) -> str:
    return SHEET.search(response.content.decode())[1]


def to_step_3(client, session, *, who=(), **second):
    """The answer of step 2: the page on which the last press stands."""
    first = client.post(
        address(session), {"step": "1", "who": [one.pk for one in who], "needs": "a hearing loop"}
    )
    return client.post(address(session), {"step": "2", "sheet": sheet_of(first), **second})


def test_three_steps_book_a_place_with_what_helps():
    session, person = soon_session(), make.make_staff()
    client = signed_in(person)

    check = to_step_3(client, session)
    assert "Book this place" in check.content.decode()
    assert "a hearing loop" in check.content.decode()
    assert Booking.objects.count() == 0
    done = client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    row = Booking.objects.get()
    assert (row.person, row.state, row.access_needs) == (person, BookingState.BOOKED, "a hearing loop")
    assert done.url == reverse("training_booking", args=[row.pk])


def test_a_place_that_a_manager_releases_is_asked_for():
    session, person = soon_session(needs_approval=True), make.make_staff()
    client = signed_in(person)

    check = to_step_3(client, session).content.decode()

    assert "Ask for this place" in check
    assert make.manager_of(person).name in check
    assert "The place is held until" in check


def test_of_several_managers_one_is_chosen_and_asked():
    session, person, stranger = soon_session(needs_approval=True), make.make_staff(), make.make_staff()
    first, second = make.manager_of(person), make_person(user=True, name="Bea Second")
    make_post(person=person, manager=second, primary=False)
    client = signed_in(person)
    opened = client.post(address(session), {"step": "1"})
    asked = BeautifulSoup(opened.content, "html.parser").select("input[name=manager]")
    assert [(one["value"], one.has_attr("checked")) for one in asked] == [
        (str(first.pk), True),
        (str(second.pk), False),
    ]

    wrong = client.post(
        address(session), {"step": "2", "sheet": sheet_of(opened), "manager": make.manager_of(stranger).pk}
    )
    assert "Step 2 of 3" in wrong.content.decode()
    assert wrong.context["form"].errors["manager"]
    check = client.post(address(session), {"step": "2", "sheet": sheet_of(opened), "manager": second.pk})
    assert "Bea Second is asked to release you." in " ".join(check.content.decode().split())
    client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    assert Booking.objects.get().manager == second
    assert OutboxMail.objects.get(kind="training.ask_release").to == [second.user.email]


def test_a_chosen_manager_who_left_is_refused_and_step_2_goes_on_without():
    session, person = soon_session(needs_approval=True), make.make_staff()
    first, second = make.manager_of(person), make_person(user=True)
    post = make_post(person=person, manager=second, primary=False)
    client = signed_in(person)
    check = to_step_3(client, session, manager=second.pk)
    post.delete()

    refused = client.post(address(session), {"step": "3", "sheet": sheet_of(check)})
    again = client.post(address(session), {"step": "2", "sheet": sheet_of(refused)})
    client.post(address(session), {"step": "3", "sheet": sheet_of(again)})

    assert "Nothing was booked" in refused.content.decode()
    assert Booking.objects.get().manager == first


def test_a_second_press_shows_the_same_booking():
    session, person = soon_session(), make.make_staff()
    client = signed_in(person)
    check = to_step_3(client, session)
    press = {"step": "3", "sheet": sheet_of(check)}

    first, second = client.post(address(session), press), client.post(address(session), press, follow=True)

    assert Booking.objects.count() == 1
    assert second.redirect_chain[0][0] == first.url
    assert "You already did this at" in second.content.decode()


def test_a_sheet_of_somebody_else_or_another_date_or_a_changed_one_is_worth_nothing():
    session, other, person, thief = soon_session(), soon_session(), make.make_staff(), make.make_staff()
    check = to_step_3(signed_in(person), session)
    sheet = sheet_of(check)

    for client, place, sent in (
        (signed_in(thief), session, sheet),
        (signed_in(person), other, sheet),
        (signed_in(person), session, sheet[:-1] + ("A" if sheet[-1] != "A" else "B")),
        (signed_in(person), session, ""),
    ):
        answer = client.post(address(place), {"step": "3", "sheet": sent})
        assert "Step 1 of 3" in answer.content.decode()
    assert Booking.objects.count() == 0


def test_nothing_is_booked_without_the_second_step():
    session, person = soon_session(), make.make_staff()
    client = signed_in(person)
    first = client.post(address(session), {"step": "1"})

    answer = client.post(address(session), {"step": "3", "sheet": sheet_of(first)})

    assert "Step 2 of 3" in answer.content.decode()
    assert Booking.objects.count() == 0


def test_people_outside_ones_hands_cannot_be_named():
    session, person, stranger = soon_session(), make.make_staff(), make.make_staff()
    manager = make.manager_of(person)
    client = signed_in(manager)

    refused = client.post(address(session), {"step": "1", "who": [person.pk, stranger.pk]})

    assert "Choose people from the list." in refused.content.decode()
    sheet = steps.Sheet(session.pk, [stranger.pk], checked=True, agreed=True).sealed(manager.user)
    assert client.post(address(session), {"step": "3", "sheet": sheet}).status_code == 404
    assert Booking.objects.count() == 0


def test_a_manager_books_two_of_the_line_together_and_says_they_are_released():
    session, manager = soon_session(needs_approval=True), make_person(user=True)
    one, two = make.make_staff(manager=manager), make.make_staff(manager=manager)
    client = signed_in(manager)

    first = client.post(address(session), {"step": "1", "who": [one.pk, two.pk]})
    assert f"What helps {one.name} take part?" in first.content.decode()
    check = client.post(
        address(session),
        {"step": "2", "sheet": sheet_of(first), f"needs_{two.pk}": "large print", "released": "yes"},
    )
    assert "All 2 people are booked together, or none." in check.content.decode()
    client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    rows = Booking.objects.order_by("person__pk")
    assert [(row.person, row.state, row.released, row.access_needs) for row in rows] == [
        (one, "booked", True, ""),
        (two, "booked", True, "large print"),
    ]
    assert len({row.group for row in rows}) == 1


def test_a_full_date_offers_the_list_with_the_number():
    session, person = soon_session(capacity=1), make.make_staff()
    make.book(session, now=timezone.now())
    make.wait(session, now=timezone.now())
    client = signed_in(person)

    page = client.get(reverse("training_session", args=[session.pk])).content.decode()
    assert "Join the waiting list" in page
    check = to_step_3(client, session, auto_accept="on")
    assert "You would be number 2" in check.content.decode()
    client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    row = Booking.objects.get(person=person)
    assert (row.state, row.auto_accept) == ("waiting", True)
    assert "You are number 2 of 2." in client.get(reverse("training_booking", args=[row.pk])).content.decode()


def test_the_last_place_that_went_meanwhile_books_nothing_and_says_so():
    session, person = soon_session(capacity=1), make.make_staff()
    client = signed_in(person)
    check = to_step_3(client, session)
    make.book(session, now=timezone.now())

    answer = client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    assert "Nothing was booked" in answer.content.decode()
    assert not Booking.objects.filter(person=person).exists()
    assert "Join the waiting list" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"opens_at": timedelta(days=7)}, "Booking opens at"),
        ({"closes_at": timedelta(days=-1)}, "Booking closed at"),
        ({"state": "planned"}, "cannot be booked yet"),
        ({"held_closed": True}, "Booking of this date is closed"),
    ],
)
def test_what_stands_against_it_is_said_also_by_a_direct_press(change, words):
    session, person = soon_session(), make.make_staff()
    client = signed_in(person)
    check = to_step_3(client, session)
    for name, value in change.items():
        setattr(session, name, timezone.now() + value if isinstance(value, timedelta) else value)
    session.save()

    direct = client.post(address(session), {"step": "3", "sheet": sheet_of(check)}).content.decode()
    page = client.get(reverse("training_session", args=[session.pk])).content.decode()

    assert words in direct
    assert words in page
    assert "Book this place</a>" not in page
    assert Booking.objects.count() == 0


def test_a_session_that_is_not_offered_to_the_agency_is_not_there():
    session = soon_session(course=make_course(open_to_partners=False))
    partner = make_person(user=True, agency=make_agency())
    client = signed_in(partner)

    for name in ("training_session", "training_book"):
        hidden = client.get(reverse(name, args=[session.pk]))
        never = client.get(reverse(name, args=[999_999]))
        assert (hidden.status_code, hidden.content) == (404, never.content)
        assert client.post(reverse(name, args=[session.pk])).status_code in (404, 405)


def test_the_link_to_join_is_for_those_who_are_booked():
    session, person, other = soon_session(), make.make_staff(), make.make_staff()
    session.online_link = "https://meet.example.org/room-9"
    session.save()
    make.book(session, person, now=timezone.now())

    assert "room-9" in signed_in(person).get(reverse("training_session", args=[session.pk])).content.decode()
    assert (
        "room-9" not in signed_in(other).get(reverse("training_session", args=[session.pk])).content.decode()
    )


def test_a_date_without_a_room_says_that_its_place_is_to_be_told():
    session, online, person = soon_session(), soon_session(), make.make_staff()
    online.online_link = "https://meet.example.org/room-9"
    online.save()
    client = signed_in(person)
    pages = [
        client.get(reverse("training_session", args=[row.pk])).content.decode() for row in (session, online)
    ]

    assert [("place to be told" in page, ", online</li>" in page) for page in pages] == [
        (True, False),
        (False, True),
    ]


def test_amounts_are_never_read_from_the_form():
    session, person = soon_session(), make.make_staff()
    client = signed_in(person)
    lies = {
        "fee": "NaN",
        "price": "-1",
        "late_charge": "1e9",
        "state": "booked",
        "person": "1",
        "agency": "1",
    }
    lies |= {"priority": "9", "free_until": "2099-01-01", "user": "1", "override": "because"}

    first = client.post(address(session), {"step": "1", **lies})
    check = client.post(address(session), {"step": "2", "sheet": sheet_of(first), **lies})
    client.post(address(session), {"step": "3", "sheet": sheet_of(check), **lies})

    row = Booking.objects.get()
    assert (row.person, row.agency, row.priority) == (person, person.agency, 0)
    assert (row.fee or Decimal(0), row.late_charge, row.free_until) == (Decimal(0), None, None)


def ticked(client, page) -> list[str]:
    soup = BeautifulSoup(client.get(page).content, "html.parser")
    return [box["value"] for box in soup.select("input[name=who]") if box.has_attr("checked")]


def test_nobody_is_ticked_but_whom_the_address_names():
    agency, session = make_agency(), soon_session()
    coordinator, own = make.make_coordinator(agency), make_person(agency=agency)
    me = StaffProfile.objects.get(user=coordinator)
    client = signed_in(coordinator)

    assert ticked(client, address(session)) == []
    assert ticked(client, f"{address(session)}?for=me") == [str(me.pk)]
    assert ticked(client, f"{address(session)}?for={own.pk}") == [str(own.pk)]


def test_the_page_of_a_date_leads_to_booking_for_oneself_and_an_agency_to_nobody_ticked():
    agency, session = make_agency(), soon_session()
    coordinator = signed_in(make.make_coordinator(agency))

    page = coordinator.get(reverse("training_session", args=[session.pk])).content.decode()
    ours = coordinator.get(reverse("training_agency")).content.decode()

    assert f'href="{address(session)}?for=me"' in page
    assert f'href="{address(session)}"' in ours


def test_a_date_that_is_over_says_so_and_not_how_many_places_are_left():
    person = make.make_staff()
    coming, over = soon_session(capacity=20), make_session(starts=timezone.now() - timedelta(days=3))
    client = signed_in(person)

    ahead = client.get(reverse("training_session", args=[coming.pk])).content.decode()
    past = client.get(reverse("training_session", args=[over.pk])).content.decode()

    assert "20 of 20 left." in ahead and "This date is over." not in ahead
    assert "This date is over." in past and " left." not in past and ">Places<" not in past
    assert "Continue" in client.get(address(coming)).content.decode()
    steps_of_past = client.get(address(over)).content.decode()
    assert "This date is over." in steps_of_past and "Continue" not in steps_of_past


def test_every_amount_stands_beside_the_name_of_the_rule_that_sets_it():
    """A demo names its rule "illustrative"; the name is data, and no screen says it of itself."""
    make_policy(name="Charges of an example", from_on=timezone.localdate())
    session, person = soon_session(), make.make_staff()
    client = signed_in(person)
    first = client.post(address(session), {"step": "1", "needs": ""})
    charged = f"{person.agency} is charged £50.00 (Charges of an example)."
    assert charged in first.content.decode()

    third = client.post(address(session), {"step": "2", "sheet": sheet_of(first)})
    assert charged in third.content.decode()
    done = client.post(address(session), {"step": "3", "sheet": sheet_of(third)}, follow=True)

    assert "is charged £50.00 (Charges of an example)." in done.content.decode()


def test_an_offer_with_a_price_asks_for_a_tick_and_names_the_rule():
    prices = [(PLACE, make_classes()["private-sector"], length, Decimal("120.00")) for length in (HALF, FULL)]
    make_policy(name="Charges of an example", prices=prices, from_on=timezone.localdate())
    agency, session = make_agency(sector="private"), soon_session(capacity=1)
    make.book(session, now=timezone.now())
    row = make.wait(session, make_person(user=True, agency=agency), now=timezone.now(), agreed=True)
    Booking.objects.filter(pk=row.pk).update(
        state=BookingState.OFFERED, answer_by=timezone.now() + timedelta(days=1)
    )

    text = signed_in(row.person).get(reverse("training_offer", args=[row.pk])).content.decode()

    assert f"{agency} agrees to pay £120.00 (Charges of an example)." in text
    assert f"{agency.name} pays £120.00 (Charges of an example) for the place." in text


def test_who_has_a_place_and_books_for_nobody_else_is_led_to_it_and_not_asked_again():
    session, person = soon_session(), make.make_staff()
    row = make.book(session, person, now=timezone.now())

    text = signed_in(person).get(address(session)).content.decode()

    assert reverse("training_booking", args=[row.pk]) in text and "Continue" not in text


def test_who_books_for_another_reads_whose_release_is_asked_and_not_their_own():
    session, person = soon_session(needs_approval=True), make.make_staff()
    manager = make.manager_of(person)

    theirs = to_step_3(signed_in(make.make_administrator()), session, who=[person]).content.decode()
    own = to_step_3(signed_in(person), session).content.decode()

    assert f"Asked to release from duty: {manager.name}." in theirs and "release you" not in theirs
    assert f"{manager.name} is asked to release you." in own

"""One booking: answering, offers, cancelling, giving, moving, withdrawing (S0-40 to S0-46, A11)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from course_catalogue.booking import offering
from course_catalogue.models import Booking
from tests.factories import booking as make
from tests.factories.charging import make_policy
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_delegation, make_person, make_post
from tests.portal.walking import changed, tables

pytestmark = pytest.mark.django_db
PAGES = ("booking", "answer", "released", "offer", "cancel", "give", "move", "withdraw")


def place(name, row) -> str:
    return reverse(f"training_{name}", args=[row.pk])


def words_of(client, name, row) -> str:
    return client.get(place(name, row)).content.decode()


def requested(**overrides):
    """A held place and the manager who is asked."""
    row = make.book(soon_session(needs_approval=True), now=timezone.now(), **overrides)
    return row, row.manager


def booked(**terms):
    row = make.book(soon_session(), now=timezone.now())
    Booking.objects.filter(pk=row.pk).update(**terms)
    row.refresh_from_db()
    return row


def offered():
    session = soon_session(capacity=1)
    first = make.book(session, now=timezone.now())
    row = make.wait(session, now=timezone.now())
    signed_in(first.person).post(place("cancel", first), {"why": "own", "owed": "0.00"})
    offering.settle(session, now=timezone.now())
    row.refresh_from_db()
    assert row.state == "offered"
    return row


def test_looking_at_any_page_of_a_booking_changes_nothing():
    rows = [requested()[0], booked(), offered()]
    asked = [(row, signed_in(who)) for row in rows for who in (row.person, make.manager_of(row.person))]
    asked[0][1].get("/desk/")  # a row of settings is made by Wagtail when it is first read
    before = tables()

    for row, client in asked:
        for name in PAGES:
            assert client.get(place(name, row)).status_code in (200, 404)

    assert changed(before, tables()) == []


@pytest.mark.parametrize("person_cancels", [True, False])
def test_cancelling_is_offered_to_whom_the_charging_policy_lets(person_cancels):
    policy = make_policy(person_cancels=person_cancels)
    row = booked(charge_policy_id=policy.pk)

    offered_it = "Cancel the place" in words_of(signed_in(row.person), "booking", row)
    assert offered_it is person_cancels


def test_the_manager_approves_with_protected_time():
    row, manager = requested()
    client = signed_in(manager)
    assert f"{row.person.name} asks for a place" in words_of(client, "answer", row)

    client.post(place("answer", row), {"act": "approve", "released": "yes"})

    row.refresh_from_db()
    assert (row.state, row.released, row.decided_by_name) == ("booked", True, manager.name)


def test_not_yet_is_kept_and_can_become_yes():
    row, manager = requested()
    client = signed_in(manager)
    client.post(place("answer", row), {"act": "approve", "released": "not yet"})
    row.refresh_from_db()
    assert (row.state, row.released) == ("booked", False)
    assert "Protected time is not confirmed yet." in words_of(client, "booking", row)

    client.post(place("released", row), {"released": "yes"})

    row.refresh_from_db()
    assert row.released is True


def test_an_answer_without_a_word_about_release_is_asked_again():
    row, manager = requested()

    answer = signed_in(manager).post(place("answer", row), {"act": "approve"})

    assert "Say whether the time is protected." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "requested"


def test_not_released_needs_a_reason_and_shows_the_next_date():
    row, manager = requested()
    following = soon_session(course=row.session.course, weeks=12)
    client = signed_in(manager)
    assert reverse("training_book", args=[following.pk]) in words_of(client, "answer", row)

    refused = client.post(place("answer", row), {"act": "refuse", "reason": ""})
    assert "Say why not: the person reads it." in refused.content.decode()
    client.post(place("answer", row), {"act": "refuse", "reason": "Two are on leave."})

    row.refresh_from_db()
    assert (row.state, row.reason) == ("not released", "Two are on leave.")
    assert "Two are on leave." in words_of(signed_in(row.person), "booking", row)


def test_too_late_says_what_became_of_the_place_and_does_nothing():
    row, manager = requested()
    Booking.objects.filter(pk=row.pk).update(answer_by=timezone.now() - timedelta(hours=1))

    answer = signed_in(manager).post(place("answer", row), {"act": "approve", "released": "yes"})

    assert "That ended at" in answer.content.decode()
    row.refresh_from_db()
    assert row.state != "booked"


def test_nobody_releases_themselves_and_strangers_do_not_find_the_page():
    row, _manager = requested()
    stranger = make.make_staff()

    for person in (row.person, stranger):
        client = signed_in(person)
        assert client.get(place("answer", row)).status_code == 404
        assert client.post(place("answer", row), {"act": "approve", "released": "yes"}).status_code == 404


def test_a_deputy_answers_for_the_manager():
    row, manager = requested()
    today = timezone.localdate()
    span = {"from_on": today, "until_on": today + timedelta(days=3)}
    deputy = make_delegation(principal=manager, **span).delegate
    client = signed_in(deputy)

    assert f"for {manager.name}" in words_of(client, "answer", row)
    client.post(place("answer", row), {"act": "approve", "released": "yes"})

    row.refresh_from_db()
    assert row.state == "booked"


def test_others_of_the_line_who_are_away_that_day_are_told():
    row, manager = requested()
    colleague = make.make_staff(manager=manager)
    other = soon_session()
    make.book(other, colleague, now=timezone.now())

    page = words_of(signed_in(manager), "answer", row)

    assert "1 other of your team has a place that day" in page
    assert colleague.name in page


def test_an_offer_is_taken_or_let_go():
    row = offered()
    client = signed_in(row.person)
    assert "A place is free for you" in words_of(client, "offer", row)
    client.post(place("offer", row), {"act": "take"})
    row.refresh_from_db()
    assert row.state == "booked"

    second = offered()
    signed_in(second.person).post(place("offer", second), {"act": "let go"})
    second.refresh_from_db()
    assert second.state == "let go"
    assert "Join again at the end" in words_of(signed_in(second.person), "offer", second)


def test_cancelling_says_what_it_costs_now_and_asks_again_when_that_changed():
    now = timezone.now()
    row = booked(late_charge=Decimal("50.00"), free_until=now + timedelta(days=3))
    client = signed_in(row.person)
    assert "It is free until" in words_of(client, "cancel", row)
    Booking.objects.filter(pk=row.pk).update(free_until=now - timedelta(minutes=1))

    again = client.post(place("cancel", row), {"why": "own", "owed": "0.00"}).content.decode()

    assert "What it costs changed since you opened this page." in again
    assert "It costs £50.00 now" in again
    row.refresh_from_db()
    assert row.state == "booked"
    client.post(place("cancel", row), {"why": "own", "owed": "50.00"})
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_another_task_needs_the_name_of_who_asked():
    row = booked()
    client = signed_in(row.person)

    refused = client.post(place("cancel", row), {"why": "diverted", "owed": "0.00"})
    assert "Enter who asked for the other task." in refused.content.decode()
    client.post(place("cancel", row), {"why": "diverted", "owed": "0.00", "diverted_by": "Pat Moor"})

    row.refresh_from_db()
    assert (row.state, row.cancelled_by, row.diverted_by) == ("cancelled", "diverted", "Pat Moor")


def test_a_second_press_on_a_cancelled_place_does_nothing_more():
    row = booked()
    client = signed_in(row.person)
    client.post(place("cancel", row), {"why": "own", "owed": "0.00"})
    row.refresh_from_db()
    ended = row.ended_at

    client.post(place("cancel", row), {"why": "own", "owed": "0.00"})

    row.refresh_from_db()
    assert row.ended_at == ended


def test_a_place_is_given_to_a_colleague_of_the_team_and_to_nobody_else():
    row = booked()
    mate, stranger = make_person(user=True), make_person(user=True)
    make_post(person=mate, team=row.person.posts.get().team, manager=make.manager_of(row.person))
    client = signed_in(row.person)
    page = words_of(client, "give", row)
    assert mate.name in page
    assert stranger.name not in page

    refused = client.post(place("give", row), {"to": stranger.pk})
    assert "Choose a colleague from the list." in refused.content.decode()
    client.post(place("give", row), {"to": mate.pk})

    row.refresh_from_db()
    assert row.state == "given"
    assert Booking.objects.get(in_place_of=row).person == mate


def test_a_place_moves_to_another_date_of_the_course_alone():
    row = booked()
    there, elsewhere = soon_session(course=row.session.course, weeks=12), soon_session(weeks=12)
    client = signed_in(row.person)

    refused = client.post(place("move", row), {"to": elsewhere.pk})
    assert "Choose a date from the list." in refused.content.decode()
    client.post(place("move", row), {"to": there.pk})

    row.refresh_from_db()
    assert (row.state, row.cancelled_by) == ("cancelled", "moved")
    assert Booking.objects.get(in_place_of=row).session == there


def test_a_manager_withdraws_for_patient_safety_alone_with_a_note_and_books_the_next_date():
    row, manager = requested()
    client = signed_in(manager)
    client.post(place("answer", row), {"act": "approve", "released": "yes"})
    following = soon_session(course=row.session.course, weeks=12, needs_approval=True)
    page = words_of(client, "withdraw", row)
    assert "What makes it unsafe for patients?" in page
    assert client.get(place("cancel", row)).status_code == 404

    bare = client.post(place("withdraw", row), {"note": ""})
    assert "Say what makes it unsafe" in bare.content.decode()
    client.post(place("withdraw", row), {"note": "Ward at two nurses.", "rebook": "on"})

    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "Ward at two nurses.")
    assert row.rebook_due == timezone.localdate() + timedelta(days=7)
    new = Booking.objects.get(session=following, person=row.person)
    assert (new.state, new.released, new.manager) == ("booked", False, manager)


def test_a_withdrawal_by_the_person_or_a_stranger_is_not_there():
    row, manager = requested()
    signed_in(manager).post(place("answer", row), {"act": "approve", "released": "yes"})

    for person in (row.person, make.make_staff()):
        assert signed_in(person).post(place("withdraw", row), {"note": "x"}).status_code == 404
    row.refresh_from_db()
    assert row.state == "booked"


def test_what_helps_is_for_the_person_and_the_office():
    row = booked(access_needs="hearing loop")

    assert "hearing loop" in words_of(signed_in(row.person), "booking", row)
    assert "hearing loop" in words_of(signed_in(make.make_administrator()), "booking", row)
    assert "hearing loop" not in words_of(signed_in(make.manager_of(row.person)), "booking", row)

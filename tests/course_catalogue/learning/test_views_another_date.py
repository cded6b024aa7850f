"""Whoever lost a place is led to the next date of the course, and may ask again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from course_catalogue.booking import answering, ending
from course_catalogue.models import CourseSession
from tests.course_catalogue.learning.test_views_bookings import booked, place, requested, words_of
from tests.factories import booking as make
from tests.factories.courses import make_booking
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_role_holder

pytestmark = pytest.mark.django_db


def book_link(session, person) -> str:
    return f'{reverse("training_book", args=[session.pk])}?for={person.pk}"'


def test_who_is_not_released_sees_the_next_date_and_may_ask_again():
    row, manager = requested()
    following = soon_session(course=row.session.course, weeks=12, needs_approval=True)
    client = signed_in(row.person)
    assert "Another date" not in words_of(client, "booking", row)
    answering.refuse(row, actor=manager.user, now=timezone.now(), reason="Two are on leave.")

    page = words_of(client, "booking", row)

    assert book_link(following, row.person) in page
    assert book_link(row.session, row.person) in page and "Ask again for this date" in page
    assert (
        "You cannot book this date"
        not in client.get(reverse("training_session", args=[row.session_id])).content.decode()
    )
    make.book(following, row.person, now=timezone.now())
    assert "Another date" not in words_of(client, "booking", row)


def test_the_manager_who_withdrew_somebody_finds_the_next_date_behind_the_row_of_the_desk():
    row = booked()
    following = soon_session(course=row.session.course, weeks=12)
    manager = make.manager_of(row.person)
    ending.withdraw(row, actor=manager.user, now=timezone.now(), note="Two nurses for 22 beds.")

    page = words_of(signed_in(manager), "booking", row)

    assert book_link(following, row.person) in page
    assert book_link(row.session, row.person) not in page


def test_without_another_date_the_page_leads_to_being_told():
    row, manager = requested()
    answering.refuse(row, actor=manager.user, now=timezone.now(), reason="Two are on leave.")

    page = words_of(signed_in(row.person), "booking", row)

    assert "No other date with a place is planned." in page
    assert reverse("training_interest", args=[row.session.course_id]) in page


def cancelled(reason="The trainer is ill."):
    row = booked()
    CourseSession.objects.filter(pk=row.session_id).update(
        state="cancelled", cancelled_at=timezone.now(), cancel_reason=reason
    )
    return row


def test_a_cancelled_date_says_why_once_and_leads_to_the_next():
    row = cancelled()
    following = soon_session(course=row.session.course, weeks=12)
    client, address = signed_in(make.make_staff()), reverse("training_session", args=[row.session_id])

    page = client.get(address).content.decode()

    assert (page.count("The trainer is ill."), ".." in page) == (1, False)
    assert reverse("training_session", args=[following.pk]) in page


def test_a_cancelled_date_has_no_steps_of_booking():
    row = cancelled()

    page = signed_in(make.make_staff()).get(reverse("training_book", args=[row.session_id]), follow=True)

    assert page.redirect_chain == [(reverse("training_session", args=[row.session_id]), 302)]
    assert "Cancelled on" in page.content.decode()


def test_the_booking_of_somebody_else_stands_beneath_no_list_of_ones_own():
    row = make_booking(person=make.make_staff(), session=soon_session())
    officer, own = signed_in(make_role_holder("training-administrator")), signed_in(row.person)

    crumb = f'href="{reverse("training_mine")}"'
    assert [f"{crumb}>My training" in words_of(client, "booking", row) for client in (own, officer)] == [
        True,
        False,
    ]


def test_what_is_said_of_somebody_else_is_not_said_to_the_reader():
    session = soon_session(capacity=1)
    row = make.book(session, now=timezone.now())
    waits = make.wait(session, now=timezone.now())
    officer = signed_in(make_role_holder("training-administrator"))

    put_first = officer.get(reverse("training_put_first", args=[waits.pk])).content.decode()
    assert ("Number 1 of 1 on the waiting list." in put_first, "You are number" in put_first) == (True, False)
    mate = make.make_staff(agency=row.agency)
    given = words_of(officer, "give", row)
    assert mate.name in given
    assert (f"{row.person.name} has it no more." in given, "yours no more" in given) == (True, False)


def test_an_answer_that_was_given_is_not_asked_for():
    row, manager = requested()
    client = signed_in(manager)
    client.post(place("answer", row), {"act": "approve", "released": "yes"})

    again = client.post(place("answer", row), {"act": "approve", "released": "yes"}).content.decode()

    assert f"A place for {row.person.name}" in again
    assert ("asks for a place" in again, "This needs no answer any more: it is booked." in again) == (
        False,
        True,
    )

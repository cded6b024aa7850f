"""The manager's answer to a held place, and one's own to an offer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.booking import answering, ending, offering
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories.organisation import make_body, make_delegation, make_person, make_role_holder

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
ENDS = "2026-11-30T17:00:00+00:00"


@pytest.fixture
def held():
    """A place held for somebody whose manager has been asked."""
    return b.book(make.make_session(needs_approval=True, capacity=1))


def approve(booking, actor=None, now=b.NOW, released=True):
    return answering.approve(
        booking, actor=actor or b.manager_of(booking.person).user, now=now, released=released
    )


@pytest.mark.parametrize("released", [True, False])
def test_the_manager_approves_and_says_whether_time_is_protected(held, released):
    """S0-40, S0-41: also "not yet" is an approval, and it is kept."""
    booking = approve(held, released=released)

    manager = b.manager_of(held.person)
    assert (booking.state, booking.released, booking.manager) == ("booked", released, manager)
    assert (booking.answer_by, booking.decided_by_name) == (None, manager.name)
    assert OutboxEvent.objects.filter(kind="training.booked").count() == 1
    assert OutboxMail.objects.filter(kind="training.confirmed", to=[held.person.user.email]).count() == 1


def test_not_yet_becomes_yes_later(held):
    booking = approve(held, released=False)

    booking = answering.say_released(booking, actor=b.manager_of(held.person).user, now=b.NOW, released=True)

    assert (booking.state, booking.released) == ("booked", True)


def test_release_is_said_of_what_is_booked(held):
    with pytest.raises(ValidationError) as refusal:
        answering.say_released(held, actor=b.manager_of(held.person).user, now=b.NOW, released=True)

    assert refusal.value.code == "state"


def test_the_manager_does_not_release_and_the_place_goes_on(held):
    waiting = b.wait(held.session)
    manager = b.manager_of(held.person)

    booking = answering.refuse(held, actor=manager.user, now=b.NOW, reason="nobody else is on the ward")

    waiting.refresh_from_db()
    assert (booking.state, booking.reason, booking.ended_at) == (
        "not released",
        "nobody else is on the ward",
        b.NOW,
    )
    assert waiting.state == "offered"
    mail = OutboxMail.objects.get(kind="training.not_released")
    assert mail.to == [held.person.user.email]
    assert "nobody else is on the ward" in mail.text


def test_a_refusal_says_why(held):
    with pytest.raises(ValidationError) as refusal:
        answering.refuse(held, actor=b.manager_of(held.person).user, now=b.NOW, reason=" ")

    held.refresh_from_db()
    assert (refusal.value.code, held.state) == ("reason", "requested")


PERSONAS = {
    "the person": lambda booking: booking.person.user,
    "a colleague": lambda booking: b.make_staff(manager=b.manager_of(booking.person)).user,
    "another's manager": lambda booking: b.manager_of(b.make_staff()).user,
    "an administrator while there is a manager": lambda booking: b.make_administrator(),
    "the officer while there is a manager": lambda booking: make_role_holder("ld-officer"),
    "a coordinator while there is a manager": lambda booking: b.make_coordinator(booking.agency),
    "somebody whose deputyship is over": lambda booking: deputy(booking, until_on=date(2026, 11, 22)),
    "somebody whose deputyship is to come": lambda booking: deputy(booking, from_on=date(2026, 11, 24)),
    "a deputy for one body": lambda booking: deputy(booking, body=True),
    "the person as their manager's deputy": lambda booking: deputy(booking, delegate=booking.person),
}


def deputy(booking, *, body=None, **values):
    if body:
        values["body"] = make_body()
    return make_delegation(principal=b.manager_of(booking.person), **values).delegate.user


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("act", ["approve", "refuse"])
def test_who_may_not_answer(held, persona, act):
    actor = PERSONAS[persona](held)
    service = {
        "approve": lambda: approve(held, actor),
        "refuse": lambda: answering.refuse(held, actor=actor, now=b.NOW, reason="no"),
    }[act]

    with pytest.raises(PermissionDenied):
        service()

    held.refresh_from_db()
    assert held.state == "requested"


def test_a_deputy_answers_for_the_manager_on_the_days_of_the_deputyship(held):
    actor = deputy(held, from_on=date(2026, 11, 23), until_on=date(2026, 11, 23))

    booking = approve(held, actor)

    assert (booking.state, booking.manager) == ("booked", b.manager_of(held.person))
    assert booking.decided_by_name == actor.staff_profile.name


def test_a_manager_who_came_later_answers_too(held):
    post = held.person.posts.get()
    new = make_person(user=True)
    type(post).objects.filter(pk=post.pk).update(manager=new)

    assert approve(held, new.user).manager == new


def test_without_a_manager_the_coordinator_answers():
    agency = b.make_partner()
    coordinator, person = b.make_coordinator(agency), make_person(user=True, agency=agency)
    booking = b.book(make.make_session(needs_approval=True), person)

    assert approve(booking, coordinator).state == "booked"


def test_without_anybody_an_administrator_answers():
    booking = b.book(make.make_session(needs_approval=True), make_person(user=True))

    assert approve(booking, b.make_administrator()).state == "booked"


# The last moment


def test_the_last_minute_of_the_hold_still_counts(held):
    assert approve(held, now=held.answer_by).state == "booked"


def test_after_the_hold_it_is_too_late_and_may_be_asked_again(held):
    late = held.answer_by + SECOND

    with pytest.raises(ValidationError) as refusal:
        approve(held, now=late)
    offering.settle(held.session, now=late)
    held.refresh_from_db()
    again = b.book(held.session, held.person, now=late)

    assert refusal.value.code == "late"
    assert refusal.value.messages == [
        "That ended at 5pm on Monday 30 November 2026; the place goes to the next person. "
        "Ask again while there are places."
    ]
    assert (held.state, again.state) == ("lapsed", "requested")


def test_after_it_lapsed_the_answer_is_the_same(held):
    late = held.answer_by + SECOND
    offering.settle(held.session, now=late)

    with pytest.raises(ValidationError) as refusal:
        approve(held, now=late)

    assert refusal.value.code == "late"


# Offers


def test_an_offer_is_taken_and_booked():
    booking = b.offer()

    taken = answering.take(booking, actor=booking.person.user, now=booking.answer_by)

    assert (taken.state, taken.answer_by) == ("booked", None)


def test_an_offer_that_is_taken_is_held_where_a_manager_releases():
    booking = b.offer(needs_approval=True)

    taken = answering.take(booking, actor=booking.person.user, now=b.NOW)

    assert (taken.state, taken.answer_by.isoformat()) == ("requested", ENDS)
    assert (
        OutboxMail.objects.filter(kind="training.ask_release", text__contains=booking.reference).count() == 1
    )


def test_an_offer_is_good_until_its_last_moment():
    booking = b.offer()

    with pytest.raises(ValidationError) as refusal:
        answering.take(booking, actor=booking.person.user, now=booking.answer_by + SECOND)

    assert refusal.value.code == "late"


def test_an_offer_is_good_once():
    """An offer that was taken, and the place then cancelled, does not come alive again."""
    booking = b.offer()
    answering.take(booking, actor=booking.person.user, now=b.NOW)
    ending.cancel(booking, actor=booking.person.user, now=b.NOW)

    with pytest.raises(ValidationError) as refusal:
        answering.take(booking, actor=booking.person.user, now=b.NOW)
    other = b.book(booking.session)

    assert (refusal.value.code, other.state) == ("illegal_move", "booked")


def test_an_offer_let_go_goes_to_the_next():
    booking = b.offer()
    next_one = b.wait(booking.session)

    gone = answering.let_go(booking, actor=booking.person.user, now=b.NOW)

    next_one.refresh_from_db()
    assert (gone.state, next_one.state) == ("let go", "offered")


@pytest.mark.parametrize("act", [answering.take, answering.let_go])
def test_nobody_else_answers_an_offer(act):
    booking = b.offer()

    with pytest.raises(PermissionDenied):
        act(booking, actor=b.make_staff().user, now=b.NOW)

    booking.refresh_from_db()
    assert booking.state == "offered"


def test_nobody_takes_a_place_from_the_waiting_list():
    session, _booked = b.full()
    booking = b.wait(session)

    with pytest.raises(ValidationError) as refusal:
        answering.take(booking, actor=booking.person.user, now=b.NOW)

    assert refusal.value.code == "illegal_move"

"""A place for somebody else, or another date for the same person: all at once or not at all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.booking import ending, shares, swapping, transferring
from course_catalogue.models import Booking, CourseSession, LedgerEntry
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make
from tests.factories.organisation import make_role_holder

pytestmark = pytest.mark.django_db


def give(booking, to, actor=None, now=b.NOW):
    return swapping.give(booking, to, actor=actor or booking.person.user, now=now)


def move(booking, session, actor=None, now=b.NOW, **more):
    return swapping.move(booking, session, actor=actor or booking.person.user, now=now, **more)


def again(booking):
    return Booking.objects.get(pk=booking.pk)


def everything():
    return (
        list(Booking.objects.order_by("pk").values()),
        OutboxMail.objects.count(),
        OutboxEvent.objects.count(),
    )


# Given to a colleague


def test_a_colleague_takes_the_place_and_the_list_does_not():
    session, (booking,) = b.full()
    waiting, colleague = b.wait(session), b.make_staff()

    new = give(booking, colleague)

    assert [again(row).state for row in (booking, new, waiting)] == ["given", "booked", "waiting"]
    assert (new.person, new.in_place_of, new.agency) == (colleague, booking, booking.agency)
    kinds = {
        row.kind: row.to[0] for row in OutboxMail.objects.filter(kind__in=["training.gave", "training.given"])
    }
    assert kinds == {"training.gave": booking.person.user.email, "training.given": colleague.user.email}
    told = OutboxMail.objects.get(kind="training.manager_given")
    assert told.to == [b.manager_of(colleague).user.email]
    events = [(row.kind, row.payload["booking"]) for row in OutboxEvent.objects.order_by("pk")]
    assert events[1:] == [("training.booking_ended", booking.pk), ("training.booked", new.pk)]


def test_until_the_date_begins():
    booking = b.book(make.make_session())
    colleague, begins = b.make_staff(), booking.session.first_at

    with pytest.raises(ValidationError) as refusal:
        give(booking, colleague, now=begins)
    new = give(booking, colleague, now=begins - timedelta(minutes=1))

    assert (refusal.value.code, new.state) == ("past", "booked")


def test_nothing_is_charged_for_giving_however_late():
    """The fee goes along: what stood for the first is taken back, and stands for the second."""
    charges.make_classes()
    amounts = {charges.PLACE: "35.00", charges.LATE: "50.00"}
    charges.make_policy(
        prices=[(kind, None, charges.FULL, Decimal(amount)) for kind, amount in amounts.items()]
    )
    agency = b.make_partner()
    booking = b.book(make.make_session(), b.make_staff(agency=agency), agreed=True)

    new = give(booking, b.make_staff(agency=agency), now=booking.free_until + timedelta(days=5))

    assert (again(booking).late, sum(row.amount for row in LedgerEntry.objects.all())) == (
        False,
        Decimal("35.00"),
    )
    assert (new.fee, new.late_charge, new.free_until) == (
        booking.fee,
        booking.late_charge,
        booking.free_until,
    )


def test_approval_goes_along_under_the_same_manager():
    person = b.make_staff()
    colleague = b.make_staff(manager=b.manager_of(person))
    session = make.make_session(needs_approval=True)
    booking = b.book(session, person, actor=b.manager_of(person).user, released=True)

    new = give(booking, colleague)

    assert (new.state, new.manager, new.released) == ("booked", b.manager_of(person), None)


def test_another_manager_is_asked_while_the_place_is_held():
    person, colleague = b.make_staff(), b.make_staff()
    session = make.make_session(needs_approval=True, capacity=1)
    booking = b.book(session, person, actor=b.manager_of(person).user, released=True)

    new = give(booking, colleague)

    assert (new.state, new.manager) == ("requested", b.manager_of(colleague))
    assert new.answer_by.isoformat() == "2026-11-30T17:00:00+00:00"
    assert (
        "Please release them or refuse by 5pm" in OutboxMail.objects.get(kind="training.manager_given").text
    )


def test_what_is_still_held_is_given_as_held():
    booking = b.book(make.make_session(needs_approval=True))

    assert give(booking, b.make_staff()).state == "requested"


def test_a_colleague_who_waits_leaves_the_list_for_the_place():
    session, (booking,) = b.full()
    waiting = b.wait(session)

    new = give(booking, waiting.person)

    assert (again(waiting).state, new.state, new.person) == ("left", "booked", waiting.person)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (lambda booking: booking.person, "nobody"),
        (lambda booking: b.make_staff(agency=b.make_partner()), "agency"),
        (lambda booking: b.book(booking.session).person, "twice"),
        (lambda booking: b.book(make.make_session()).person, "clash"),
    ],
)
def test_what_stands_against_the_colleague_refuses_it_and_nothing_changes(to, code):
    booking = b.book(make.make_session())
    colleague = to(booking)
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        give(booking, colleague)

    assert (refusal.value.code, everything()) == (code, before)


def test_a_swap_inside_a_full_limit_passes():
    """Behaviour 47."""
    booking = b.book(make.make_session())
    shares.set_limit(booking.session, size=1, agency=booking.agency, actor=None, now=b.NOW)

    assert give(booking, b.make_staff()).state == "booked"


STRANGERS = [
    lambda: b.make_staff().user,
    lambda: b.manager_of(b.make_staff()).user,
    lambda: b.make_coordinator(b.make_partner()),
]


@pytest.mark.parametrize("actor", STRANGERS)
def test_who_may_not_give(actor):
    booking = b.book(make.make_session())

    with pytest.raises(PermissionDenied):
        give(booking, b.make_staff(), actor())

    assert again(booking).state == "booked"


# Moved to another date


def dates(*, room=1):
    """A booking, and another date of the same course with so much room."""
    booking = b.book(make.make_session(capacity=1))
    later = booking.session.first_at + timedelta(days=7)
    return booking, make.make_session(course=booking.session.course, starts=later, capacity=room)


def test_a_place_there_and_the_old_one_goes_on():
    booking, other = dates()
    waiting = b.wait(booking.session)

    new = move(booking, other)

    old = again(booking)
    assert (old.state, old.cancelled_by, old.late) == ("cancelled", "moved", False)
    assert (new.session, new.state, new.in_place_of) == (other, "booked", booking)
    assert again(waiting).state == "offered"
    assert [row.kind for row in OutboxMail.objects.filter(to=[new.person.user.email]).order_by("pk")] == [
        "training.confirmed",
        "training.moved",
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"capacity": 0}, "full"),
        ({"held_closed": True}, "closed"),
        ({"state": "planned"}, "not_open"),
        ({"first_at": b.NOW}, "past"),
    ],
)
def test_no_room_there_and_nothing_changes(change, code):
    """Behaviour 47."""
    booking, other = dates()
    CourseSession.objects.filter(pk=other.pk).update(**change)
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        move(booking, other)

    assert (refusal.value.code, everything()) == (code, before)


def test_the_date_that_is_left_is_no_clash():
    booking = b.book(make.make_session())
    same_day = make.make_session(course=booking.session.course)

    assert move(booking, same_day).state == "booked"


def test_another_course_or_the_same_date_is_no_move():
    booking, _other = dates()

    codes = []
    for session in (make.make_session(), booking.session):
        with pytest.raises(ValidationError) as refusal:
            move(booking, session)
        codes.append(refusal.value.code)

    assert codes == ["course", "same"]


def test_moving_is_no_way_round_the_charge():
    charges.make_classes()
    charges.make_policy()
    booking, other = dates()
    late = booking.free_until + timedelta(minutes=1)

    with pytest.raises(ValidationError) as refusal:
        move(booking, other, now=late)
    new = move(booking, other, b.make_administrator(), now=late)

    assert (refusal.value.code, new.state, LedgerEntry.objects.count()) == ("late", "booked", 0)


def test_another_date_is_released_anew():
    booking, other = dates()
    CourseSession.objects.filter(pk=other.pk).update(needs_approval=True)

    assert move(booking, other).state == "requested"


@pytest.mark.parametrize("actor", STRANGERS)
def test_who_may_not_move(actor):
    booking, other = dates()

    with pytest.raises(PermissionDenied):
        move(booking, other, actor())

    assert again(booking).state == "booked"


# Everybody to another date


def move_all(session, other, actor=None):
    return transferring.move_all(session, other, actor=actor, now=b.NOW)


def test_everybody_comes_along_with_terms_approval_and_order():
    session = make.make_session(needs_approval=True, capacity=2)
    other = make.make_session(course=session.course, capacity=2, needs_approval=True)
    person = b.make_staff()
    booked = b.book(session, person, actor=b.manager_of(person).user, released=True)
    held = b.book(session)
    first, second = b.wait(session), b.wait(session, now=b.later(hours=1))

    rows = move_all(session, other)

    assert b.states(session) == ["cancelled"] * 4
    kept = [(row.person, row.state, row.joined_at, row.answer_by, row.released) for row in rows]
    assert sorted(kept, key=lambda row: row[0].pk) == [
        (row.person, row.state, row.joined_at, row.answer_by, row.released)
        for row in (booked, held, first, second)
    ]
    assert OutboxMail.objects.filter(kind="training.moved").count() == 4


def test_all_or_none_where_there_is_no_room():
    session, _booked = b.full(capacity=2)
    other = make.make_session(course=session.course, capacity=1)
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        move_all(session, other)

    assert (refusal.value.codes, everything()) == (["full"], before)


def test_all_or_none_where_one_is_not_free():
    session, (one, two) = b.full(capacity=2)
    other = make.make_session(course=session.course, starts=session.first_at + timedelta(days=7))
    b.book(make.make_session(starts=other.first_at), two.person)

    with pytest.raises(ValidationError) as refusal:
        move_all(session, other)

    assert refusal.value.codes == ["clash"]
    assert refusal.value.messages[0].startswith(two.person.name)
    assert again(one).state == "booked"


def test_who_is_on_the_other_date_already_just_leaves_this_one():
    session, (booking,) = b.full()
    other = make.make_session(course=session.course, starts=session.first_at + timedelta(days=7))
    there = b.book(other, booking.person)

    rows = move_all(session, other)

    assert (rows, again(booking).state, again(there).state) == ([], "cancelled", "booked")


def test_the_training_team_alone_moves_everybody():
    session, _booked = b.full()
    other = make.make_session(course=session.course)

    with pytest.raises(PermissionDenied):
        move_all(session, other, b.make_administrator())
    rows = move_all(session, other, make_role_holder("ld-officer"))

    assert len(rows) == 1


def test_the_organiser_moves_nobody_into_the_past():
    session, (booking,) = b.full()
    other = make.make_session(course=session.course, starts=b.later(days=-1))

    with pytest.raises(ValidationError) as refusal:
        move_all(session, other)

    assert (refusal.value.code, again(booking).state) == ("past", "booked")


def test_a_place_that_was_moved_is_cancelled_like_any_other():
    booking, other = dates()
    new = move(booking, other)

    assert ending.cancel(new, actor=new.person.user, now=b.NOW).state == "cancelled"

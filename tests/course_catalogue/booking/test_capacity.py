"""How many places are taken, held and left; limits and held places."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.booking import capacity, ending, offering, shares
from course_catalogue.booking.capacity import Places
from course_catalogue.models import HeldPlaces, PlaceLimit
from kernel.organisation.models import Sector
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories.organisation import (
    make_host,
    make_job_role,
    make_post,
    make_role_holder,
    make_staff_group,
)

pytestmark = pytest.mark.django_db
IN_9_DAYS = b.later(days=9)


def places(session, now=b.NOW) -> Places:
    return capacity.places([session.pk], now=now)[session.pk]


def rows(session, state, number):
    values = {"answer_by": b.later(days=1)} if state in ("requested", "offered") else {}
    for _number in range(number):
        make.make_booking(session=session, state=state, **values)


def hold(session, agency, size, release_at=IN_9_DAYS, now=b.NOW):
    return shares.hold(session, agency, size=size, release_at=release_at, actor=None, now=now)


def refusal_of(session, person, **more) -> str:
    with pytest.raises(ValidationError) as refusal:
        b.book(session, person, **more)
    return refusal.value.code


def test_numbers_add_up_and_a_sister_session_is_untouched():
    """Behaviour 1: 50 - 5 booked - 6 kept - 8 held - 16 waiting = 15, and 50 - 2 - 4 - 5 - 13 = 26."""
    course = make.make_course()
    for numbers, left in (((5, 6, 8, 16), 15), ((2, 4, 5, 13), 26)):
        booked, kept, held, waiting = numbers
        session = make.make_session(course=course, capacity=50)
        hold(session, b.make_partner(), kept)
        rows(session, "booked", booked)
        rows(session, "requested", held)
        rows(session, "waiting", waiting)
        assert places(session) == Places(50, booked + held, kept, waiting, left)


@pytest.mark.parametrize(
    ("state", "left"),
    [("requested", 9), ("offered", 9), ("booked", 9), ("waiting", 9), ("cancelled", 10), ("lapsed", 10)],
)
def test_what_takes_a_place(state, left):
    session = make.make_session(capacity=10)
    ended = {"ended_at": b.NOW} if state in ("cancelled", "lapsed") else {}
    awaited = {"answer_by": b.later(days=1)} if state in ("requested", "offered") else {}
    make.make_booking(session=session, state=state, **ended, **awaited)

    assert places(session).left == left


def test_unlimited_has_no_number_left():
    session = make.make_session(capacity=None)
    rows(session, "booked", 3)

    assert places(session) == Places(None, 3, 0, 0, None)


def test_more_taken_than_there_are_is_0_left():
    session = make.make_session(capacity=1)
    rows(session, "booked", 3)

    assert places(session).left == 0


def test_a_session_that_is_not_there_is_not_in_it():
    assert capacity.places([0], now=b.NOW) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_many_sessions_take_the_same_five_queries(number, django_assert_num_queries):
    sessions = []
    for _number in range(number):
        session, _booked = b.full()
        b.wait(session)
        sessions.append(session)
    kept = make.make_session()
    hold(kept, b.make_partner(), 1)

    with django_assert_num_queries(5):
        capacity.places([session.pk for session in [*sessions, kept]], now=b.NOW)


# Limits


def test_the_smaller_limit_wins_and_0_closes():
    """Behaviour 8."""
    session, person = make.make_session(), b.make_staff()
    shares.set_limit(session, size=5, sector=Sector.HEALTH, actor=None, now=b.NOW)
    shares.set_limit(session, size=0, agency=make_host(), actor=None, now=b.NOW)

    assert refusal_of(session, person) == "limit"


def test_a_booking_counts_against_every_limit_it_falls_under():
    """Behaviour 8: of the agency, of its sector and of the staff group."""
    session, person = make.make_session(), b.make_staff()
    group = make_staff_group(roles=[person.posts.get().job_role])
    limits = [
        shares.set_limit(session, size=1, actor=None, now=b.NOW, **of)
        for of in ({"agency": make_host()}, {"sector": Sector.HEALTH}, {"staff_group": group})
    ]
    b.book(session, person)

    tally = capacity.count(session, now=b.NOW)

    assert [tally.used(limit) for limit in limits] == [1, 1, 1]


def test_a_limit_of_a_staff_group_counts_its_job_roles_alone():
    session, nurse = make.make_session(), make_job_role()
    shares.set_limit(session, size=1, staff_group=make_staff_group(roles=[nurse]), actor=None, now=b.NOW)
    first, second, clerk = b.make_staff(), b.make_staff(), b.make_staff()
    for person in (first, second):
        make_post(person=person, job_role=nurse)

    b.book(session, first)

    assert refusal_of(session, second) == "limit"
    assert b.book(session, clerk).state == "booked"


def test_of_another_sector_there_are_places_still():
    session = make.make_session()
    shares.set_limit(session, size=1, sector=Sector.HEALTH, actor=None, now=b.NOW)
    b.book(session)

    assert refusal_of(session, b.make_staff()) == "limit"
    assert b.book(session, b.make_staff(agency=b.make_partner())).state == "booked"


def test_who_stands_under_a_full_limit_waits_and_is_served_when_it_is_raised():
    session = make.make_session()
    shares.set_limit(session, size=0, agency=make_host(), actor=None, now=b.NOW)
    waiting = b.wait(session)

    shares.set_limit(session, size=1, agency=make_host(), actor=None, now=b.NOW)

    waiting.refresh_from_db()
    assert (waiting.state, PlaceLimit.objects.count()) == ("offered", 1)


def test_a_limit_that_is_removed_serves_who_waited():
    session = make.make_session()
    limit = shares.set_limit(session, size=0, agency=make_host(), actor=None, now=b.NOW)
    waiting = b.wait(session)

    shares.remove_limit(limit, actor=None, now=b.NOW)

    waiting.refresh_from_db()
    assert (waiting.state, PlaceLimit.objects.count()) == ("offered", 0)


@pytest.mark.parametrize("of", [{}, {"sector": Sector.HEALTH, "agency": 1}])
def test_a_limit_is_of_one_thing(of):
    of = {**of, **({"agency": make_host()} if "agency" in of else {})}

    with pytest.raises(ValidationError) as refusal:
        shares.set_limit(make.make_session(), size=1, actor=None, now=b.NOW, **of)

    assert (refusal.value.code, PlaceLimit.objects.count()) == ("which", 0)


# Held places


def test_held_places_are_drawn_down_and_never_negative():
    """Behaviour 15: a block of 5 with 2 used takes 3; over-used ones count 0."""
    session, police = make.make_session(capacity=10), b.make_partner()
    hold(session, police, 5)
    found = []
    for _number in range(7):
        b.book(session, b.make_staff(agency=police))
        found.append(places(session).held)

    assert (found, places(session).left) == ([4, 3, 2, 1, 0, 0, 0], 3)


def test_the_last_place_is_kept_refuses_the_public_and_serves_the_holder():
    """Behaviour 20."""
    session, police = make.make_session(capacity=1), b.make_partner()
    hold(session, police, 1)

    assert refusal_of(session, b.make_staff()) == "full"
    assert b.book(session, b.make_staff(agency=police)).state == "booked"


def test_held_places_that_are_released_belong_to_everybody():
    """Behaviour 16: still held in five days, free at the moment of release."""
    session = make.make_session(capacity=1)
    hold(session, b.make_partner(), 1, b.later(days=6))

    assert refusal_of(session, b.make_staff(), now=b.later(days=5)) == "full"
    assert places(session, b.later(days=6)).left == 1
    assert b.book(session, now=b.later(days=6)).state == "booked"


def test_no_more_is_held_than_is_free():
    """Behaviours 18 and 19: neither made, nor enlarged, nor revived; 2 asked, 1 free: none."""
    session, police = make.make_session(capacity=2), b.make_partner()
    b.book(session)
    with pytest.raises(ValidationError) as made:
        hold(session, police, 2)
    row = hold(session, police, 1)
    with pytest.raises(ValidationError) as enlarged:
        hold(session, police, 2)
    shares.give_back(row, actor=None, now=b.NOW)
    b.book(session)
    with pytest.raises(ValidationError) as revived:
        hold(session, police, 1)

    assert [error.value.code for error in (made, enlarged, revived)] == ["full"] * 3
    row.refresh_from_db()
    assert (row.size, row.release_at) == (1, b.NOW)


def test_an_edit_that_needs_nothing_new_passes_when_all_is_full():
    """Behaviour 18."""
    session, police = make.make_session(capacity=2), b.make_partner()
    hold(session, police, 2)

    row = hold(session, police, 2, b.later(days=12))
    smaller = hold(session, police, 1)

    assert (row.release_at, smaller.size) == (b.later(days=12), 1)


def test_reviving_needs_room_for_what_is_not_named_alone():
    """Behaviour 18."""
    session, police = make.make_session(capacity=2), b.make_partner()
    row = hold(session, police, 2)
    b.book(session, b.make_staff(agency=police))
    b.book(session, b.make_staff(agency=police))
    shares.give_back(row, actor=None, now=b.NOW)

    assert hold(session, police, 2).release_at == IN_9_DAYS


def test_no_fewer_than_are_named():
    """Behaviour 19."""
    session, police = make.make_session(), b.make_partner()
    hold(session, police, 3)
    for _number in range(2):
        b.book(session, b.make_staff(agency=police))

    with pytest.raises(ValidationError) as refusal:
        hold(session, police, 1)

    assert (refusal.value.code, hold(session, police, 2).size) == ("used", 2)


@pytest.mark.parametrize("release_at", [b.NOW, b.later(days=-1), b.later(days=60)])
def test_given_back_at_a_moment_to_come_before_booking_closes(release_at):
    with pytest.raises(ValidationError) as refusal:
        hold(make.make_session(), b.make_partner(), 1, release_at)

    assert refusal.value.code == "moment"


def test_holding_passes_nobody_who_waits():
    session, (booked,) = b.full()
    waiting = b.wait(session)
    type(booked).objects.filter(pk=booked.pk).update(state="cancelled", ended_at=b.NOW)

    with pytest.raises(ValidationError):
        hold(session, b.make_partner(), 1)

    offering.settle(session, now=b.NOW)
    waiting.refresh_from_db()
    assert waiting.state == "offered"


def test_given_back_early_goes_to_the_list():
    session = make.make_session(capacity=1)
    row = hold(session, b.make_partner(), 1)
    waiting = b.wait(session)

    shares.give_back(row, actor=None, now=b.NOW)

    waiting.refresh_from_db()
    assert waiting.state == "offered"


def test_what_is_held_and_not_released_is_listed():
    session, police, council = (
        make.make_session(),
        b.make_partner(name="Police"),
        b.make_partner(name="Council"),
    )
    hold(session, police, 3)
    hold(session, council, 2, b.later(days=1))
    b.book(session, b.make_staff(agency=police))

    found = [(row.agency, row.size, row.unnamed) for row in shares.held_of([session.pk], now=b.NOW)]
    later = [row.agency for row in shares.held_of([session.pk], now=b.later(days=1))]

    assert (found, later) == ([(council, 2, 2), (police, 3, 2)], [police])


def test_a_place_given_back_by_a_holder_is_the_holders_again():
    session, police = make.make_session(capacity=1), b.make_partner()
    hold(session, police, 1)
    booking = b.book(session, b.make_staff(agency=police))

    ending.cancel(booking, actor=None, now=b.NOW)

    assert (places(session).held, places(session).left) == (1, 0)


@pytest.mark.parametrize("actor", [lambda: b.make_administrator(), lambda: b.make_coordinator(make_host())])
@pytest.mark.parametrize("act", ["limit", "hold"])
def test_the_training_officer_alone_shares_places(actor, act):
    session = make.make_session()
    service = {
        "limit": lambda user: shares.set_limit(session, size=1, agency=make_host(), actor=user, now=b.NOW),
        "hold": lambda user: shares.hold(
            session, make_host(), size=1, release_at=IN_9_DAYS, actor=user, now=b.NOW
        ),
    }[act]

    with pytest.raises(PermissionDenied):
        service(actor())

    assert (HeldPlaces.objects.count(), PlaceLimit.objects.count()) == (0, 0)
    assert service(make_role_holder("ld-officer")).size == 1

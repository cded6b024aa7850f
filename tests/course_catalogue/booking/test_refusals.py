"""What stands against a booking: each refusal by its code, in the list for the screen and in the act (B7)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from course_catalogue import checks, clearances
from course_catalogue.booking import refusals
from course_catalogue.booking.refusals import Refused
from course_catalogue.models import CoursePrerequisite, CourseSession
from kernel.organisation.models import Agency, StaffProfile
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories.organisation import make_agency

pytestmark = pytest.mark.django_db


def refused(session, person, now=b.NOW) -> list[str]:
    """The codes that the list gives; the act refuses with the same and leaves nothing."""
    session = CourseSession.objects.get(pk=session.pk)
    person = StaffProfile.objects.get(pk=person.pk)
    before = session.bookings.count()
    found = [row.code for row in refusals.why_not(session, person, now=now)]
    with pytest.raises(Refused) as refusal:
        b.ask(session, person, actor=None, now=now)
    assert (refusal.value.codes, session.bookings.count()) == (found, before)
    return found


def words(session, person, now=b.NOW) -> list[str]:
    return [row.words for row in refusals.why_not(CourseSession.objects.get(pk=session.pk), person, now=now)]


def change(session, **values):
    CourseSession.objects.filter(pk=session.pk).update(**values)


def test_nothing_stands_against_it():
    session, person = make.make_session(), b.make_staff()

    assert refusals.why_not(session, person, now=b.NOW) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "planned"}, "not_open"),
        ({"state": "cancelled", "cancelled_at": b.NOW, "cancel_reason": "no trainer"}, "cancelled"),
        ({"opens_at": b.later(hours=1)}, "not_yet"),
        ({"closes_at": b.NOW}, "closed"),
        ({"closes_at": b.later(days=-1)}, "closed"),
        ({"held_closed": True}, "closed"),
        ({"first_at": b.NOW}, "past"),
        ({"capacity": 0}, "full"),
    ],
)
def test_of_the_session(values, code):
    """Behaviours 11, 23 and 24: closed by hand says so though all places are free."""
    session, person = make.make_session(), b.make_staff()
    change(session, **values)

    assert refused(session, person) == [code]


def test_words_name_the_moment():
    session, person = make.make_session(opens_at=b.later(days=1), closes_at=b.later(days=3)), b.make_staff()

    assert words(session, person) == ["Booking opens at 10am on Tuesday 24 November 2026."]
    assert words(session, person, b.later(days=4)) == [
        "Booking closed at 10am on Thursday 26 November 2026. Look for another date, or ask the training team."
    ]


def test_booking_opens_and_closes_to_the_minute():
    session, person = make.make_session(opens_at=b.later(days=1), closes_at=b.later(days=3)), b.make_staff()

    moments = [b.later(days=1, seconds=-1), b.later(days=1), b.later(days=3, seconds=-1), b.later(days=3)]
    found = [[row.code for row in refusals.why_not(session, person, now=now)] for now in moments]

    assert found == [["not_yet"], [], [], ["closed"]]


def test_a_course_closed_by_a_clearance_says_why():
    session, person = make.make_session(), b.make_staff()
    clearances.set_clearance(session.course, source="quality", given=False, words="the sign-off ended")

    assert refused(session, person) == ["course"]
    assert words(session, person) == ["Bookings are closed: the sign-off ended"]


def test_a_course_without_approval_is_not_booked():
    assert refused(make.make_session(course=make.make_course(cleared=False)), b.make_staff()) == ["course"]


def test_a_partner_is_not_offered_what_is_the_hosts_alone():
    session = make.make_session(course=make.make_course(open_to_partners=False))
    stranger, held_with = b.make_staff(agency=make_agency()), b.make_staff(agency=make_agency())
    session.partners.add(held_with.agency)

    assert refused(session, stranger) == ["unseen"]
    assert refusals.why_not(session, held_with, now=b.NOW) == []
    assert refusals.why_not(session, b.make_staff(), now=b.NOW) == []


def test_of_an_agency_that_is_suspended():
    person = b.make_staff(agency=make_agency())
    Agency.objects.filter(pk=person.agency_id).update(active=False)

    assert refused(make.make_session(), person) == ["suspended"]


def test_of_somebody_who_left():
    person, session = b.make_staff(), make.make_session()
    StaffProfile.objects.filter(pk=person.pk).update(left_on=date(2026, 11, 23))

    assert refusals.why_not(session, StaffProfile.objects.get(pk=person.pk), now=b.NOW) == []
    assert refused(session, person, b.later(days=1)) == ["gone"]


def test_of_somebody_who_is_booked_or_waits():
    session, (booked,) = b.full()
    waiting = b.wait(session)

    assert [refused(session, row.person) for row in (booked, waiting)] == [["twice"], ["twice"]]


def test_several_reasons_are_told_together():
    session, person = make.make_session(capacity=0), b.make_staff()
    b.book(make.make_session(), person)

    assert refused(session, person) == ["clash", "full"]


def test_a_free_place_for_which_somebody_waits():
    """As the screen sees it before the clock has gone round."""
    session, (booked,) = b.full()
    waiting = b.wait(session)
    type(booked).objects.filter(pk=booked.pk).update(state="cancelled", ended_at=b.NOW)

    found = refusals.why_not(session, b.make_staff(), now=b.NOW)

    assert [row.code for row in found] == ["waiting_first"]
    assert found[0].words == "A place is free, but 1 person waits for it. Join the waiting list."
    assert waiting.state == "waiting"


# Clashes


def at(day: int, hour: float) -> datetime:
    return timezone.make_aware(datetime(2027, 1, day)) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("begins", "hours", "clashes"),
    [
        (at(6, 13), 3, True),
        (at(6, 16.5), 2, False),
        (at(6, 7.5), 2, False),
        (at(6, 7.5), 2.1, True),
        (at(6, 8), 10, True),
        (at(7, 9.5), 7, False),
    ],
)
def test_times_that_overlap_clash_and_times_that_touch_do_not(begins, hours, clashes):
    """The session is on 6 January 2027 from 9:30am to 4:30pm."""
    person = b.make_staff()
    b.book(make.make_session(starts=begins, hours=hours), person)

    found = refusals.why_not(make.make_session(), person, now=b.NOW)

    assert [row.code for row in found] == (["clash"] if clashes else [])


def test_every_day_of_both_sessions_counts():
    """Two courses over several weeks share the dates between first and last, and only one day."""
    person = b.make_staff()
    long = make.make_session(starts=at(4, 9.5), days=5)
    b.book(long, person)
    between = make.make_session(starts=at(6, 17), hours=1)
    shared = make.make_session(starts=at(8, 9), hours=1)

    assert refusals.why_not(between, person, now=b.NOW) == []
    assert refused(shared, person) == ["clash"]


@pytest.mark.parametrize(
    ("state", "clashes"),
    [("requested", True), ("offered", True), ("booked", True), ("waiting", False), ("cancelled", False)],
)
def test_what_holds_a_place_clashes(state, clashes):
    person = b.make_staff()
    values = {"answer_by": b.later(days=1)} if state in ("requested", "offered") else {}
    values |= {"ended_at": b.NOW} if state == "cancelled" else {}
    make.make_booking(session=make.make_session(), person=person, state=state, **values)

    found = refusals.why_not(make.make_session(), person, now=b.NOW)

    assert [row.code for row in found] == (["clash"] if clashes else [])


# What must be held first


@pytest.fixture
def asks_for(monkeypatch):
    """A check of persons, registered as another app does."""

    def put(answer):
        monkeypatch.setitem(checks.CHECKS, "test.held", lambda course, people, today: answer(people))

    return put


def test_what_another_app_finds_lacking(asks_for):
    session, person, other = make.make_session(), b.make_staff(), b.make_staff()
    asks_for(lambda people: {person.pk: ["Read policy SG-042 first."]})

    assert refused(session, person) == ["lacking"]
    assert words(session, person) == ["Read policy SG-042 first."]
    assert refusals.why_not(session, other, now=b.NOW) == []


def test_a_check_that_fails_refuses_everybody(asks_for):
    def broken(people):
        raise RuntimeError("no answer")

    asks_for(broken)

    assert refused(make.make_session(), b.make_staff()) == ["lacking"]


def needs(course, *, manager_may_confirm=False):
    first = make.make_course(title="Level 2", code=f"L2-{course.pk}")
    CoursePrerequisite.objects.create(course=course, needs=first, manager_may_confirm=manager_may_confirm)
    return first


def test_a_course_needed_first_with_its_next_date():
    """S4-13."""
    session, person = make.make_session(), b.make_staff()
    first = needs(session.course)
    make.make_session(course=first, starts=at(3, 9), capacity=0)

    assert refused(session, person) == ["prerequisite"]
    assert words(session, person) == [
        f"Level 2 ({first.code}) is needed first. No date of it has a place yet."
    ]
    make.make_session(course=first, starts=at(4, 9))
    assert words(session, person) == [
        f"Level 2 ({first.code}) is needed first. Its next date with a place is at 9am on Monday 4 January 2027."
    ]


def test_attended_or_booked_before_is_enough():
    session = make.make_session()
    first = needs(session.course)
    came, did_not, before, after = (b.make_staff() for _number in range(4))
    past = make.make_session(course=first, starts=timezone.make_aware(datetime(2026, 10, 1, 9, 0)))
    mark(past, came, "attended")
    mark(past, did_not, "did not attend")
    b.book(make.make_session(course=first, starts=at(4, 9)), before)
    b.book(make.make_session(course=first, starts=at(20, 9)), after)

    found = {
        person: [row.code for row in refusals.why_not(session, person, now=b.NOW)]
        for person in (came, did_not, before, after)
    }

    assert found == {came: [], did_not: ["prerequisite"], before: [], after: ["prerequisite"]}


def mark(session, person, mark):
    session.days.get().marks.create(person=person, mark=mark, by_name="Trainer", at=session.last_at)


def test_where_the_rule_allows_it_the_manager_confirms():
    """S4-13: then somebody answers also where no release is asked for, and sees what is confirmed."""
    session, person = make.make_session(needs_approval=False), b.make_staff()
    first = needs(session.course, manager_may_confirm=True)

    booking = b.book(session, person)

    assert (booking.state, booking.manager) == ("requested", b.manager_of(person))
    assert booking.to_confirm == f"knows already what is taught in Level 2 ({first.code})"

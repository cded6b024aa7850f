"""What calendar programmes get, read back by a second library."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone

from course_catalogue.enums import BookingState, CancelledBy, SessionState
from course_catalogue.feeds import events, listing
from course_catalogue.feeds.zone import LONDON
from course_catalogue.models import CourseSession, SessionDay
from tests.factories.courses import MOMENT, make_booking, make_course, make_room, make_session
from tests.factories.organisation import make_agency, make_person

pytestmark = pytest.mark.django_db
ODD = "Safeguarding; children, \\ level 3\r\nBEGIN:VEVENT and “Plant Tŷ Gwyn” " + "a long title " * 6


def read(content) -> list:
    text = content.decode() if isinstance(content, bytes) else content
    return list(vobject.readOne(text).vevent_list)


def local(*parts) -> datetime:
    return timezone.make_aware(datetime(*parts))


def course_feed(session, now=MOMENT) -> list:
    entries = listing.of_course(CourseSession.objects.filter(pk=session.pk), now=now)
    return read(events.calendar("Courses", entries))


def make_series(*starts) -> CourseSession:
    session = make_session(starts=starts[0], hours=2)
    session.days.all().delete()
    for number, start in enumerate(starts, 1):
        SessionDay.objects.create(
            session=session, number=number, starts_at=start, ends_at=start + timedelta(hours=2)
        )
    CourseSession.objects.filter(pk=session.pk).update(last_at=starts[-1] + timedelta(hours=2))
    return session


def test_each_day_is_one_event_with_a_name_for_ever():
    session = make_session(days=2)
    session.sequence = 3
    session.changed_at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    session.save()

    first, second = course_feed(session)

    assert (first.uid.value, second.uid.value) == (f"{session.uid}-1", f"{session.uid}-2")
    assert (first.sequence.value, first.status.value) == ("3", "CONFIRMED")
    assert first.last_modified.value == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert first.dtstart.value == local(2027, 1, 6, 9, 30)
    assert first.dtend.value == local(2027, 1, 6, 16, 30)
    assert first.summary.value == f"{session.course.title}, day 1 of 2"
    assert first.url.value.endswith(f"/training/session/{session.pk}/")


def test_a_weekly_series_stays_at_ten_over_both_changes_of_the_clock():
    """I3: what the second library reads is ten o'clock on every day, in summer and in winter."""
    session = make_series(
        local(2027, 3, 22, 10), local(2027, 3, 29, 10), local(2027, 10, 25, 10), local(2027, 11, 1, 10)
    )

    found = [row.dtstart.value for row in course_feed(session)]

    assert [(row.hour, row.minute) for row in found] == [(10, 0)] * 4
    assert [row.utcoffset() // timedelta(hours=1) for row in found] == [0, 1, 1, 0]
    assert [row.astimezone(UTC).hour for row in found] == [10, 9, 9, 10]


@pytest.mark.parametrize("year", range(2024, 2034))
def test_the_zone_of_our_files_is_that_of_the_world(year):
    """I3: every day of ten years, a minute before and after the hours at which clocks change."""
    text = events.calendar("Zone", []).decode()
    zone = vobject.readOne(text).vtimezone.gettzinfo()
    for day in range(366):
        for minute in (0, 59, 121, 720):
            naive = datetime(year, 1, 1) + timedelta(days=day, minutes=minute)
            known = naive.replace(tzinfo=ZoneInfo("Europe/London"))
            assert naive.replace(tzinfo=zone).utcoffset() == known.utcoffset(), naive


def test_signs_of_the_format_and_long_lines_come_back_as_they_were():
    """G5: a title cannot write a line of its own."""
    title = " ".join(ODD.split())
    session = make_session(course=make_course(title=title))
    CourseSession.objects.filter(pk=session.pk).update(joining_words=ODD)

    content = events.calendar(ODD, listing.of_course(CourseSession.objects.all(), now=MOMENT))

    (event,) = read(content)
    assert event.summary.value == title
    assert content.count(b"\r\nBEGIN:VEVENT") == 1
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_cancelled_session_stays_and_says_so():
    session = make_session(
        state=SessionState.CANCELLED, cancelled_at=MOMENT, cancel_reason="The trainer is ill.", sequence=1
    )

    (event,) = course_feed(session)

    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    assert event.summary.value == f"Cancelled: {session.course.title}"
    assert event.description.value == "The trainer is ill."


def test_a_room_is_named_with_its_venue_and_no_link_is_given_to_everybody():
    room = make_room()
    room.venue.address = "1 High Street\nFenbrook"
    room.venue.save()
    session = make_session(online_link="https://meet.example/secret")
    session.days.update(room=room)

    (event,) = course_feed(session)

    assert event.location.value == f"{room.name}, {room.venue.name}, 1 High Street, Fenbrook"
    assert "meet.example" not in event.serialize()


def test_a_planned_session_is_in_no_feed():
    assert listing.of_course(CourseSession.objects.filter(pk=make_session().pk), now=MOMENT)
    planned = make_session(state=SessionState.PLANNED)

    assert listing.of_course(CourseSession.objects.filter(pk=planned.pk), now=MOMENT) == []


@pytest.mark.parametrize(("days", "kept"), [(89, True), (91, False)])
def test_what_is_over_stays_ninety_days(days, kept):
    session = make_session()
    now = session.last_at + timedelta(days=days)

    assert bool(listing.of_course(CourseSession.objects.all(), now=now)) is kept


@pytest.mark.parametrize("number", [1, 3])
def test_a_course_feed_asks_the_same_for_one_and_three(number, django_assert_num_queries):
    course = make_course()
    for _each in range(number):
        session = make_session(course=course, days=2)
        session.days.update(room=make_room())

    with django_assert_num_queries(2):
        content = events.calendar("x", listing.of_course(CourseSession.objects.all(), now=MOMENT))

    assert len(read(content)) == 2 * number


# a person's own, an agency's


def own(person, now=MOMENT):
    return read(events.calendar("My training", listing.of_person(person, now=now)))


@pytest.mark.parametrize(
    ("state", "status", "linked"),
    [
        (BookingState.BOOKED, "CONFIRMED", True),
        (BookingState.REQUESTED, "TENTATIVE", False),
        (BookingState.OFFERED, "TENTATIVE", False),
    ],
)
def test_the_link_to_join_is_for_those_who_are_booked(state, status, linked):
    session = make_session(online_link="https://meet.example/secret")
    awaited = {} if state == BookingState.BOOKED else {"answer_by": MOMENT + timedelta(days=5)}
    booking = make_booking(session=session, state=state, **awaited)

    (event,) = own(booking.person)

    assert event.status.value == status
    assert ("https://meet.example/secret" in event.description.value) is linked


@pytest.mark.parametrize("state", [BookingState.WAITING, BookingState.CANCELLED, BookingState.LEFT])
def test_who_has_no_place_has_no_event(state):
    ended = {} if state == BookingState.WAITING else {"ended_at": MOMENT}
    booking = make_booking(state=state, **ended)

    assert list(listing.of_person(booking.person, now=MOMENT)) == []


def test_what_we_cancelled_stays_in_the_own_feed_as_cancelled():
    session = make_session(
        state=SessionState.CANCELLED,
        cancelled_at=MOMENT,
        cancel_reason="Flood.",
        online_link="https://m.example",
    )
    booking = make_booking(
        session=session, state=BookingState.CANCELLED, cancelled_by=CancelledBy.ORGANISER, ended_at=MOMENT
    )

    (event,) = own(booking.person)

    assert (event.status.value, event.description.value) == ("CANCELLED", "Flood.")


def test_a_feed_has_the_own_bookings_alone():
    session = make_session()
    me, other = (
        make_booking(session=session),
        make_booking(session=session, person=make_person(name="Una Other")),
    )

    text = events.calendar("My training", listing.of_person(me.person, now=MOMENT)).decode()

    assert len(read(text)) == 1
    assert other.person.name not in text and me.person.name not in text


def test_an_agency_reads_its_own_people_and_nobody_else():
    police, other = make_agency(), make_agency()
    session = make_session()
    for name, agency in (("Ann Reid", police), ("Dan Fox", police), ("Eve Hill", other)):
        make_booking(session=session, person=make_person(name=name, agency=agency))
    elsewhere = make_booking(person=make_person(agency=other))

    text = events.calendar("x", listing.of_agency(police, now=MOMENT)).decode()

    (event,) = read(text)
    assert event.uid.value == f"{session.uid}-1"
    assert event.description.value == "Ann Reid: booked\nDan Fox: booked"
    assert "Eve Hill" not in text and str(elsewhere.session.uid) not in text


@pytest.mark.parametrize("number", [1, 3])
def test_feeds_of_people_and_agencies_ask_the_same_for_one_and_three(number, django_assert_num_queries):
    person = make_person()
    for _each in range(number):
        session = make_session(days=2)
        session.days.update(room=make_room())
        make_booking(session=session, person=person)

    with django_assert_num_queries(3):
        assert len(own(person)) == 2 * number
    with django_assert_num_queries(3):
        listed = listing.of_agency(person.agency, now=MOMENT)
        assert len(read(events.calendar("x", listed))) == 2 * number


# files that leave with a mail


def test_a_file_asks_one_person_for_one_day():
    session = make_session(days=2, online_link="https://meet.example/a")
    booking = make_booking(session=session, person=make_person(user=True, name="Zoë O’Brien, RN"))
    make_booking(session=session, person=make_person(user=True))

    attached = events.invitation(booking, session.days.get(number=2))

    assert attached.name == f"{session.course.code.lower()}-2.ics"
    assert attached.content_type == "text/calendar; method=REQUEST"
    made = vobject.readOne(attached.text)
    assert made.method.value == "REQUEST"
    assert [row.value for row in made.vevent.attendee_list] == [f"mailto:{booking.person.user.email}"]
    assert made.vevent.dtstamp.value == MOMENT.astimezone(UTC)
    assert made.vevent.uid.value == f"{session.uid}-2"
    assert "https://meet.example/a" in made.vevent.description.value


def test_a_cancellation_says_so_and_carries_no_link():
    booking = make_booking(session=make_session(online_link="https://meet.example/a"))

    attached = events.invitation(booking, booking.session.days.get(), method=events.CANCEL, sequence=4)

    made = vobject.readOne(attached.text)
    assert (attached.content_type, made.method.value) == ("text/calendar; method=CANCEL", "CANCEL")
    assert (made.vevent.status.value, made.vevent.sequence.value) == ("CANCELLED", "4")
    assert "meet.example" not in attached.text


def test_dates_are_local_days():
    assert LONDON.key == "Europe/London"
    assert local(2027, 7, 1, 0, 30).astimezone(LONDON).date() == date(2027, 7, 1)

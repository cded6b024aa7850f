"""The planner's screens. The clock is the machine's here: sessions lie ahead of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import CourseSession, ProgrammeCourse
from course_catalogue.planning import lists, programme, scheduling
from kernel.organisation.models import Agency
from tests.factories.courses import make_booking, make_course, make_room
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.planning import NEED, make_able_trainer, make_day, make_officer, make_planned

pytestmark = pytest.mark.django_db


def ahead(days=60) -> date:
    return timezone.localdate() + timedelta(days=days)


def make_ahead(off=60, **more) -> CourseSession:
    return make_planned(**{"now": timezone.now(), "days": [make_day(ahead(off))], **more})


def posted(day: date, place=1, **more) -> dict:
    values = {
        f"date_{place}_day": day.day,
        f"date_{place}_month": day.month,
        f"date_{place}_year": day.year,
        f"starts_{place}": "9:30am",
        f"ends_{place}": "16:30",
    }
    return {**values, **more}


def beside(**more) -> dict:
    host = Agency.objects.get(kind="host")
    return {"host": host.pk, "capacity": "12", "needs_approval": "on", "keeps_list": "on", **more}


PAGES = (
    "/training/sessions/",
    "/training/programme/",
    "/training/trainers/",
)


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [("ld-officer", 200), ("training-administrator", 200), ("trainer", 404), ("agency-coordinator", 404)],
)
def test_office_alone_sees_the_plan(place, role, status, enter):
    make_ahead()
    assert enter(make_role_holder(role)).get(place).status_code == status


@pytest.mark.parametrize("place", (*PAGES, "/training/sessions/new/"))
def test_visitor_is_asked_to_sign_in(place, enter):
    answer = enter(None).get(place)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={place}")


def test_administrator_sees_and_changes_nothing(enter, words):
    session = make_ahead()
    client = enter(make_role_holder("training-administrator"))

    assert "Plan a session" not in words(client.get("/training/sessions/"))
    page = f"/training/session/{session.pk}/plan/"
    shown = words(client.get(page))
    assert session.course.title in shown
    assert "Open for booking" not in shown
    assert client.post(page, {"act": "open"}).status_code == 404
    for place in ("change/", "days/", "cancel/"):
        assert client.get(page + place).status_code == 404
    assert client.get("/training/sessions/new/").status_code == 404
    assert client.get("/training/programme/2026/add/").status_code == 404
    session.refresh_from_db()
    assert session.version == 1


def test_session_of_two_days_is_planned_in_one_form(enter, words):
    course, room, trainer = make_course(), make_room(seats=10), make_able_trainer()
    client = enter(make_officer())
    start = words(client.get("/training/sessions/new/"))
    assert "Step 1 of 2" in start

    page = f"/training/sessions/new/?course={course.pk}&days=2"
    assert "Day 2" in words(client.get(page))
    data = posted(ahead(60), 1, room_1=room.pk, trainers_1=[trainer.pk])
    data |= posted(ahead(67), 2, starts_2="1pm", ends_2="4.30pm") | beside(
        cost="0", need="A review asks for it"
    )
    done = client.post(page, data, follow=True)

    session = CourseSession.objects.get()
    assert done.redirect_chain == [(f"/training/session/{session.pk}/plan/", 302)]
    assert "The session is planned." in words(done)
    assert "has 10 seats for 12 places." in words(done)
    rows = [timezone.localtime(row.starts_at).strftime("%H:%M") for row in session.days.all()]
    assert rows == ["09:30", "13:00"]
    assert session.days.first().teaching.get().trainer == trainer


def test_form_keeps_what_was_typed_and_names_the_field(enter, words):
    course, room, trainer = make_course(), make_room(), make_able_trainer()
    client = enter(make_officer())
    page = f"/training/sessions/new/?course={course.pk}&days=1"
    make_planned(now=timezone.now(), days=[make_day(ahead(61), room=room, trainers=(trainer,))])

    data = posted(ahead(61), room_1=room.pk, trainers_1=[trainer.pk]) | beside(joining_words="Bring a pen")
    answer = client.post(page, {**data, "cost": "0", "need": "why"})
    shown = words(answer)
    assert answer.status_code == 200
    assert "Bring a pen" in shown
    assert "is taken:" in shown
    assert 'href="#id_room_1"' in shown
    assert "teaches then:" in shown

    odd = client.post(page, {**posted(ahead(61)), **beside(capacity="-1"), "starts_1": "25:00", "ends_1": ""})
    shown = words(odd)
    assert "The time must be like 9:30am or 14:00; you entered 25:00" in shown
    assert "Enter: To" in shown


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 28), "On 28 March 2027 the clocks go forward and 1:30am does not exist."),
        (date(2027, 10, 31), "On 31 October 2027 the clocks go back and 1:30am comes twice."),
    ],
)
def test_time_that_does_not_exist_or_comes_twice_is_asked_again(day, said, enter, words):
    course = make_course()
    client = enter(make_officer())
    page = f"/training/sessions/new/?course={course.pk}&days=1"
    make_ahead()

    answer = client.post(page, {**posted(day), **beside(), "starts_1": "1:30am", "ends_1": "5am"})

    assert said in words(answer)
    assert 'value="1:30am"' in words(answer)
    assert CourseSession.objects.count() == 1


def test_course_off_the_programme_asks_for_the_need_on_the_screen(enter, words):
    course = make_course()
    client = enter(make_officer())
    make_ahead()
    page = f"/training/sessions/new/?course={course.pk}&days=1"
    soon = posted(min(ahead(3), programme.ends(programme.year_of(timezone.localdate()))))

    answer = client.post(page, {**soon, **beside()})
    assert "Say which need emerged" in words(answer)
    assert not ProgrammeCourse.objects.filter(course=course).exists()

    client.post(page, {**soon, **beside(), "cost": "120.50", "need": "A review asks for it"})
    entry = ProgrammeCourse.objects.get(course=course)
    assert (str(entry.cost), entry.words, entry.emerging_need) == ("120.50", "A review asks for it", True)


def test_two_planners_of_one_session_do_not_overwrite_each_other(enter, words):
    session, other = make_ahead(), make_officer()
    client = enter(make_officer())
    page = f"/training/session/{session.pk}/plan/change/"
    mine = beside(capacity="7", version="1", joining_words="Mine", minimum="0", decide_days="0")
    assert client.get(page).status_code == 200
    scheduling.change(session, version=1, actor=other, now=timezone.now(), capacity=9, joining_words="Theirs")

    answer = client.post(page, mine)

    shown = words(answer)
    assert answer.status_code == 409
    assert f"Changed by {other.staff_profile.name}" in shown
    assert "Mine" in shown
    assert "Theirs" in shown
    assert 'value="7"' in shown
    session.refresh_from_db()
    assert (session.capacity, session.joining_words, session.version) == (9, "Theirs", 2)
    assert 'name="version" value="2"' in shown

    assert client.post(page, {**mine, "version": "2"}).status_code == 302
    session.refresh_from_db()
    assert (session.capacity, session.joining_words) == (7, "Mine")


def test_places_below_what_is_taken_are_refused_on_the_screen(enter, words):
    session = make_ahead()
    for _each in range(3):
        make_booking(session=session)
    client = enter(make_officer())
    page = f"/training/session/{session.pk}/plan/change/"

    shown = words(client.post(page, beside(capacity="2", version="1")))
    assert "3 places are booked or held. Enter 3 or more" in shown

    why = {"overbooked_because": "A bigger room comes"}
    assert client.post(page, beside(capacity="2", version="1", **why)).status_code == 302
    assert "A bigger room comes" in words(client.get(f"/training/session/{session.pk}/plan/"))


def test_move_shows_who_is_told_and_moves(enter, words):
    session = make_ahead()
    booking = make_booking(session=session, person=make_person(user=True))
    client = enter(make_officer())
    page = f"/training/session/{session.pk}/plan/days/"
    assert booking.person.name in words(client.get(page))

    done = client.post(page, {**posted(ahead(90)), "version": "1"}, follow=True)

    assert "Moved on" in words(done)
    session.refresh_from_db()
    assert timezone.localdate(session.first_at) == ahead(90)
    assert session.sequence == 1


def test_number_of_days_is_asked_in_the_address(enter, words):
    session = make_ahead()
    client = enter(make_officer())
    page = f"/training/session/{session.pk}/plan/days/"

    assert "Day 3" in words(client.get(f"{page}?days=3"))
    for odd in ("0", "31", "x", "99999999999999999999", "²"):
        assert "Day 2" not in words(client.get(page, {"days": odd}))


def test_cancel_shows_who_is_told_and_asks_why(enter, words):
    session = make_ahead()
    rows = [
        make_booking(session=session, person=make_person(user=True), state=state)
        for state in (BookingState.BOOKED, BookingState.WAITING)
    ]
    client = enter(make_officer())
    page = f"/training/session/{session.pk}/plan/cancel/"
    shown = words(client.get(page))
    assert "2 people are told" in shown
    assert all(row.person.name in shown for row in rows)

    assert "Say why the session is cancelled" in words(client.post(page, {"version": "1", "reason": ""}))
    done = words(client.post(page, {"version": "1", "reason": "Snow is forecast"}, follow=True))
    assert "The session is cancelled. 2 people are told." in done
    assert "Snow is forecast" in done
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    assert "cancelled or over already" in words(client.get(page, follow=True))


def test_owner_decides_on_the_page(enter, words):
    owner = make_person(user=True)
    session = make_ahead(14, owner=owner, minimum=4, decide_days=2)
    client = enter(owner.user)
    page = f"/training/session/{session.pk}/plan/"
    assert "4 people are missing of at least 4." in words(client.get(page))

    assert "Say why it goes ahead" in words(client.post(page, {"act": "go", "words": ""}))
    done = words(client.post(page, {"act": "go", "words": "Four come from outside"}, follow=True))
    assert "Four come from outside" in done
    assert client.get(f"{page}change/").status_code == 404


def test_session_is_opened_once(enter, words):
    session = make_ahead()
    client = enter(make_officer())
    page = f"/training/session/{session.pk}/plan/"

    assert "The session is open for booking." in words(client.post(page, {"act": "open"}, follow=True))
    assert "open for booking already" in words(client.post(page, {"act": "open"}, follow=True))
    assert client.post(page, {"act": "other"}).status_code == 404


def test_each_host_sees_the_bookings_of_its_own_people(enter, words):
    mine, theirs, none = make_agency(), make_agency(), make_agency()
    session = make_ahead(partners=[mine, theirs], online_link="https://meet.example.org/abc")
    here = make_booking(session=session, person=make_person(agency=mine))
    there = make_booking(session=session, person=make_person(agency=theirs))
    page = f"/training/session/{session.pk}/plan/"

    shown = words(enter(make_role_holder("agency-coordinator", agency=mine)).get(page))
    assert here.person.name in shown
    assert there.person.name not in shown
    assert mine.name in shown
    assert theirs.name in shown
    assert "meet.example.org" not in shown
    assert "2 of 10" not in shown

    assert there.person.name in words(enter(make_role_holder("agency-coordinator", agency=theirs)).get(page))
    assert enter(make_role_holder("agency-coordinator", agency=none)).get(page).status_code == 404
    own = words(enter(make_role_holder("agency-coordinator", agency=mine)).get("/training/agency/"))
    assert page in own
    assert page not in words(
        enter(make_role_holder("agency-coordinator", agency=none)).get("/training/agency/")
    )
    office = words(enter(make_officer()).get(page))
    assert here.person.name in office
    assert there.person.name in office
    assert "meet.example.org" in office


def test_list_is_filtered_and_paged_by_the_address(enter, words):
    course, venue = make_course(title="Neglect"), make_room().venue
    make_ahead(course=course, days=[make_day(ahead(), room=venue.rooms.get())])
    make_ahead(61, course=make_course(title="Fire warden"))
    client = enter(make_officer())

    both = words(client.get("/training/sessions/"))
    assert "2 sessions." in both
    for query in (f"course={course.pk}", f"venue={venue.pk}"):
        shown = words(client.get(f"/training/sessions/?{query}"))
        assert "1 session with these filters." in shown
        assert ": Neglect</a>" in shown
        assert ": Fire warden</a>" not in shown
    assert "No session has all of this." in words(client.get("/training/sessions/?when=past"))
    assert "2 sessions" in words(client.get("/training/sessions/?when=odd&page=x&course=999999"))


def make_full(number):
    for turn in range(number):
        day = make_day(
            ahead(60 + turn), room=make_room(), more_rooms=(make_room(),), trainers=(make_able_trainer(),)
        )
        make_booking(session=make_ahead(days=[day], partners=[make_agency()]))


@pytest.mark.parametrize("number", [1, 3])
def test_rows_of_lists_take_a_fixed_number_of_queries(number, django_assert_num_queries):
    make_full(number)
    with django_assert_num_queries(12):
        rows = lists.lines(lists.sessions(), timezone.now())
        assert [(len(row.rooms), len(row.trainers), row.places.taken) for row in rows] == [(2, 1, 1)] * number
    with django_assert_num_queries(14):
        lists.year(programme.year_of(ahead(60)), timezone.now())


@pytest.mark.parametrize("place", ["/training/sessions/", "/training/programme/?year={year}"])
def test_pages_of_lists_take_as_many_queries_for_three_rows_as_for_one(
    place, enter, django_assert_num_queries
):
    place = place.format(year=programme.year_of(ahead(60)))
    client = enter(make_officer())
    make_full(1)
    client.get(place)
    with CaptureQueriesContext(connection) as one:
        client.get(place)
    make_ahead(days=[make_day(ahead(90), room=make_room(), trainers=(make_able_trainer(),))])
    make_ahead(days=[make_day(ahead(91), room=make_room(), trainers=(make_able_trainer(),))])

    with django_assert_num_queries(len(one)):
        client.get(place)


def test_programme_lists_sessions_by_course_and_courses_without_a_date(enter, words):
    year = programme.year_of(ahead(60))
    dated, undated = make_course(title="Neglect"), make_course(title="Fire warden")
    session = make_ahead(course=dated)
    make_booking(session=session)
    programme.add_course(undated, first_year=year, actor=None, now=timezone.now(), need=NEED)
    client = enter(make_officer())

    shown = words(client.get(f"/training/programme/?year={year}"))

    assert "Courses without a date (1)" in shown
    assert shown.index("Courses without a date (1)") < shown.index("Fire warden") < shown.index(">Neglect<")
    assert "1 session, 1 of 10 places taken." in shown
    assert f"Training programme {programme.name_of_year(year)}" in shown
    other = words(client.get(f"/training/programme/?year={year + 1}"))
    assert "Neglect" not in other
    assert "No session is planned from 1 April" in other
    assert "No course is on the programme of this year." in other
    assert "Every course" not in other and "of 0 courses" not in other


def test_course_is_added_with_its_need_and_the_review_recorded(enter, words):
    course, client = make_course(title="Contextual harm"), enter(make_officer())
    year = programme.year_of(timezone.localdate())
    page = f"/training/programme/{year}/add/"
    data = {"course": course.pk}
    late = timezone.localdate() > programme.begins(year)
    if late:
        assert "Say which need emerged" in words(client.post(page, data))
        data |= {"cost": "75", "need": "Two reviews named it"}
    shown = words(client.post(page, data, follow=True))
    assert "The course is on the programme." in shown
    assert ("Two reviews named it" in shown) is late

    today = timezone.localdate()
    parts = {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    done = words(
        client.post(
            f"/training/programme/{year}/review/", {**parts, "findings": "More on neglect"}, follow=True
        )
    )
    assert "More on neglect" in done
    assert client.get("/training/programme/1900/add/").status_code == 404

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import (
    AudienceGroup,
    Framework,
    Level,
    SessionDay,
    TrainingCalendarPage,
    TrainingSettings,
)
from course_catalogue.training_calendar import months
from kernel.lifecycle.models import ClosedDay
from tests.factories.courses import make_booking, make_course, make_room, make_session
from tests.factories.organisation import make_agency, make_person

pytestmark = pytest.mark.django_db
LOOKS = ["", "list/", "agenda/"]


@pytest.fixture
def calendar() -> TrainingCalendarPage:
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(instance=TrainingCalendarPage(title="Training calendar", slug="training-calendar"))


@pytest.fixture
def staff(client):
    person = make_person(user=True)
    client.force_login(person.user)
    return person


def ahead(day=10, hour=9, months_on=2):
    """A moment of a coming month, counted from the clock, which the screens read."""
    month = months.of(timezone.localdate()).step(months_on)
    start = timezone.localtime(month.moments()[0])
    return (start + timedelta(days=day - 1)).replace(hour=hour)


def of(moment) -> str:
    return months.of(timezone.localdate(moment)).key


def read(client, look="", month=None, **query):
    answer = client.get(f"/training-calendar/{look}", {"month": month or of(ahead()), **query})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def visitors(shown: bool) -> None:
    site = Site.objects.get(is_default_site=True)
    TrainingSettings.objects.update_or_create(site=site, defaults={"open_to_visitors": shown})


@pytest.mark.parametrize("look", LOOKS)
def test_each_look_has_an_address_and_shows_places_left(client, calendar, staff, look):
    session = make_session(starts=ahead(), capacity=20)
    for _each in range(16):
        make_booking(session=session)

    text = read(client, look)

    assert session.course.title in text and "4 of 20 left" in text
    assert f"/training/session/{session.pk}/" in text


def test_the_month_is_a_table_with_a_caption_and_names_its_days(client, calendar, staff):
    starts = ahead(10)
    make_session(starts=starts)

    text = read(client)

    month = months.of(timezone.localdate(starts))
    assert f"<caption>Training in {month.name}, week by week</caption>" in text
    assert '<th scope="col">Monday</th>' in text and '<th scope="col">Friday</th>' in text
    assert "wa-calendar__narrow" in text  # the agenda, for a narrow screen


@pytest.mark.parametrize("look", ["list/", "agenda/"])
def test_a_full_session_offers_the_waiting_list(client, calendar, staff, look):
    """S4-11."""
    session = make_session(starts=ahead(), capacity=1)
    make_booking(session=session)
    for _each in range(2):
        make_booking(session=session, state=BookingState.WAITING)

    text = read(client, look)

    assert "full, 2 wait" in text and "Join the waiting list" in text
    assert f'href="/training/session/{session.pk}/book/?for=me"' in text


def test_a_full_session_without_a_list_offers_nothing(client, calendar, staff):
    make_booking(session=make_session(starts=ahead(), capacity=1, keeps_list=False))

    text = read(client, "agenda/")

    assert "full" in text and "Join the waiting list" not in text


@pytest.mark.parametrize(("approval", "words"), [(True, "Ask for this place"), (False, "Book this place")])
def test_the_next_step_says_what_it_does(client, calendar, staff, approval, words):
    make_session(starts=ahead(), needs_approval=approval)

    assert f">{words}<span" in read(client, "agenda/")


@pytest.mark.parametrize("look", LOOKS)
def test_a_cancelled_date_stays_struck_with_other_dates(client, calendar, staff, look):
    session = make_session(
        starts=ahead(), state=SessionState.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Flood."
    )

    text = read(client, look)

    assert f"{session.course.title}</s>" in text and "cancelled" in text
    assert "ther dates<span" in text and f"/training/session/{session.pk}/book/" not in text


def test_a_past_day_is_no_link(client, calendar, staff):
    session = make_session(starts=ahead(months_on=-1))

    text = read(client, "list/", month=of(ahead(months_on=-1)))

    assert session.course.title in text and "over" in text
    assert f"/training/session/{session.pk}/" not in text


def test_a_planned_session_is_not_shown(client, calendar, staff):
    open_one = make_session(starts=ahead())
    planned = make_session(starts=ahead(), state=SessionState.PLANNED)

    text = read(client, "list/")

    assert f"/session/{open_one.pk}/" in text and f"/session/{planned.pk}/" not in text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"held_closed": True}, "booking is closed"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "booking is closed"),
        ({"opens_at": timezone.now() + timedelta(days=3)}, "booking opens at"),
    ],
)
def test_a_session_that_cannot_be_booked_says_why(client, calendar, staff, more, words):
    session = make_session(starts=ahead(), **more)

    text = read(client, "agenda/")

    assert words in text and f"/training/session/{session.pk}/book/" not in text


def test_a_course_that_is_not_approved_cannot_be_booked_here(client, calendar, staff):
    session = make_session(starts=ahead(), course=make_course(cleared=False))

    assert "booking is closed" in read(client, "list/")
    assert f"/training/session/{session.pk}/book/" not in read(client, "list/")


def test_my_own_place_is_named(client, calendar, staff):
    session = make_session(starts=ahead())
    make_booking(session=session, person=staff)

    text = read(client, "agenda/")

    assert "You are booked" in text and "See your place" in text


def test_no_link_to_join_and_no_name_is_shown(client, calendar, staff):
    session = make_session(starts=ahead(), online_link="https://meet.example/secret")
    make_booking(session=session, person=make_person(name="Una Other"))

    for look in LOOKS:
        text = read(client, look)
        assert "Online" in text or look == ""
        assert "meet.example" not in text and "Una Other" not in text


# who sees what


def test_visitors_see_the_shared_offer_where_the_site_is_open(client, calendar):
    """S2-18, S4-65: and are asked to sign in where it is not."""
    shared = make_session(starts=ahead())
    inside = make_session(starts=ahead(), course=make_course(open_to_partners=False))
    visitors(True)
    text = read(client, "list/")
    visitors(False)

    assert shared.course.title in text and inside.course.title not in text
    assert "Sign in to book a place." in text and "/book/" not in text
    assert client.get("/training-calendar/").status_code == 302


def test_a_partner_sees_single_agency_courses_once_they_are_opened(client, calendar):
    """S4-65."""
    own, other = make_agency(), make_agency()
    client.force_login(make_person(user=True, agency=own).user)
    closed = make_session(
        starts=ahead(), course=make_course(open_to_partners=False, agency=other), host=other
    )
    opened = make_session(starts=ahead(), course=make_course(open_to_partners=True, agency=other), host=other)
    mine = make_session(starts=ahead(), course=make_course(open_to_partners=False, agency=own), host=own)

    text = read(client, "list/")

    assert opened.course.title in text and mine.course.title in text
    assert f"/session/{closed.pk}/" not in text


# filters


def test_filters_narrow_the_month(client, calendar, staff):
    group = AudienceGroup.objects.create(key="leaders", name="Leaders")
    level = Level.objects.create(framework=Framework.objects.create(name="Frame", edition=2019), number=3)
    wanted = make_course(title="Wanted course", delivery="workshop", level=level)
    wanted.audiences.add(group)
    wanted.save()
    room = make_room()
    session = make_session(starts=ahead(), course=wanted)
    session.days.update(room=room)
    make_session(starts=ahead(), course=make_course(title="Another course"))
    asked = {
        "course": wanted.pk,
        "audience": "leaders",
        "level": level.pk,
        "delivery": "workshop",
        "venue": room.venue_id,
        "left": "yes",
    }

    for name, value in asked.items():
        text = read(client, "list/", **{name: value})
        rows = text[text.index("<tbody>") :] if "<tbody>" in text else ""
        assert "Wanted course" in rows, name
        assert "Another course" not in rows or name == "left", name
    both = read(client, "list/", **asked)
    assert "Filters (6)" in both and "1 date in" in both


def test_places_left_leaves_out_what_is_full(client, calendar, staff):
    full = make_session(starts=ahead(), capacity=1)
    make_booking(session=full)
    free = make_session(starts=ahead())

    text = read(client, "agenda/", left="yes")

    assert f"/session/{free.pk}/" in text and f"/session/{full.pk}/" not in text


def test_a_filter_that_is_none_is_ignored(client, calendar, staff):
    session = make_session(starts=ahead())

    assert session.course.title in read(
        client, "list/", course="x' or 1", level="99999", venue="-1", delivery="\0"
    )


def test_an_empty_month_says_when_the_next_date_is(client, calendar, staff):
    session = make_session(starts=ahead(9, months_on=4))
    day = timezone.localdate(session.first_at)

    text = read(client, "agenda/", month=of(ahead(months_on=3)))

    month = months.of(timezone.localdate()).step(3)
    assert f"Nothing in {month.name}. Next: " in text
    assert f"{day:%A} {day.day} {day:%B %Y}" in text
    assert f"?month={of(session.first_at)}" in text


def test_no_date_at_all_says_so(client, calendar, staff):
    assert "No later date is planned yet." in read(client)


def test_a_session_of_several_days_stands_on_each(client, calendar, staff):
    session = make_session(starts=ahead(6), days=3)

    text = read(client, "list/")

    assert f"{session.course.title}, day 1 of 3" in text and f"{session.course.title}, day 3 of 3" in text


def test_bank_holidays_and_closed_days_are_named(client, calendar, staff):
    ClosedDay.objects.create(day="2027-01-04", reason="Moving house")

    text = read(client, month="2027-01")

    assert "New Year&#x27;s Day" in text and "Moving house" in text


def test_the_year_is_counted_by_month(client, calendar, staff):
    starts = ahead()
    for _each in range(2):
        make_session(starts=starts)

    assert f"{months.of(timezone.localdate(starts)).name}</a> (2 dates)" in read(client)


# questions to the database


@pytest.mark.parametrize("look", LOOKS)
def test_each_look_asks_the_same_for_one_three_and_many(client, calendar, staff, look):
    counts = []
    for number in (1, 2, 20):  # 1, 3 and 23 in all
        for _each in range(number):
            session = make_session(starts=ahead(8), days=2)
            session.days.update(room=make_room())
            make_booking(session=session)
        read(client, look)
        counts.append(_queries(client, look))

    assert counts[0] == counts[1] == counts[2]
    assert SessionDay.objects.count() == 46


def _queries(client, look) -> int:
    with CaptureQueriesContext(connection) as asked:
        read(client, look)
    return len(asked)


@pytest.mark.parametrize(("look", "number"), [("", 19), ("list/", 18), ("agenda/", 18)])
def test_each_look_asks_so_much_once_the_process_serves(
    client, calendar, staff, kept_as_served, look, number
):
    """Also with a cancelled date, which leads to its course; who waits and held places would ask once more each."""
    make_session(starts=ahead())
    make_session(
        starts=ahead(), state=SessionState.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Flood."
    )
    for _warm in range(2):
        read(client, look)

    assert _queries(client, look) == number


def test_what_is_kept_for_everybody_shows_a_reader_nothing_of_another(
    client, calendar, staff, kept_as_served
):
    inside = make_session(starts=ahead(), course=make_course(title="Inside", open_to_partners=False))
    make_session(starts=ahead(), course=make_course(title="Shared"))
    visitors(True)
    seen = read(client, "list/")
    client.logout()

    text = read(client, "list/")

    assert ">Inside</option>" in seen and f"/session/{inside.pk}/" in seen
    assert ">Shared</option>" in text and "Inside" not in text


def test_a_visitor_is_led_to_the_course_and_from_a_cancelled_date_too(client, calendar):
    visitors(True)
    open_one = make_session(starts=ahead())
    gone = make_session(
        starts=ahead(), state=SessionState.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Flood."
    )

    text = read(client, "agenda/")

    assert f'<a href="{open_one.course.get_url()}">{open_one.course.title}<span' in text
    assert f'<a href="{gone.course.get_url()}">Other dates<span' in text


def test_the_menu_leads_here(client, calendar, staff):
    text = read(client)

    assert 'href="/training-calendar/"' in text and ">Training</a>" in text


def test_a_date_that_is_over_says_that_the_reader_had_a_place(client, calendar, staff):
    over = timezone.now() - timedelta(days=40)
    make_booking(session=make_session(starts=over), person=staff)

    text = read(client, "list/", month=of(over))

    assert "You had a place" in text and "ou are booked" not in text

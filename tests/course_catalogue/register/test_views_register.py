"""The screens of a register: who gets them, one press a mark, what closing does, the sheet (S0-51, S1-17, B11)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course_catalogue.enums import BookingState, CancelledBy, Mark
from course_catalogue.models import Attendance, RegisterClosing
from course_catalogue.register import marking
from kernel.lifecycle.templatetags.dates import clock, full_date
from tests.factories.courses import make_booking, make_session
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.register import close_all, end_day, make_administrator, make_teacher, mark

pytestmark = pytest.mark.django_db
NEEDS = "a hearing loop, marker-needs"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def today_at(hours=0, **more):
    """A session that began so many hours ago, with two booked people."""
    session = make_session(starts=timezone.now() - timedelta(hours=hours, minutes=1), hours=7, **more)
    bookings = [
        make_booking(session=session, person=make_person(name=name)) for name in ("Ann Reid", "Bo Fox")
    ]
    return session.days.get(), bookings


@pytest.fixture
def day():
    return today_at()[0]


@pytest.fixture
def ann(day):
    return day.session.bookings.get(person__name="Ann Reid")


@pytest.fixture
def trainer(day):
    return make_teacher(day)


def url(day, more=""):
    return f"/training/register/{day.pk}/{more}"


def press(client, day, booking, mark="attended", **values):
    data = {"person": booking.person_id, "seen": 0, "mark": mark, "late": "", "early": "", **values}
    return client.post(url(day), data)


def test_trainers_and_the_training_team_get_it_and_others_find_nothing(day, trainer, sign_in):
    other = today_at()[0]
    for user in (trainer, make_administrator(), make_role_holder("ld-officer")):
        assert sign_in(user).get(url(day)).status_code == 200

    strangers = [make_teacher(other), make_person(user=True).user, make_role_holder("education-officer")]
    for user in strangers:
        for more in ("", "sheet/", "code/", "walk-in/", "upload/", "attended.csv"):
            assert sign_in(user).get(url(day, more)).status_code == 404


def test_another_trainers_direct_post_does_nothing(day, ann, sign_in):
    other = sign_in(make_teacher(today_at()[0]))

    assert press(other, day, ann).status_code == 404
    assert other.post(url(day), {"act": "close"}).status_code == 404
    assert (
        other.post(url(day), {"act": "rest", "mark": "attended", "shown": ann.person_id}).status_code == 404
    )
    assert not Attendance.objects.exists()


def test_an_unknown_day_answers_as_another_trainers(day, sign_in):
    client = sign_in(make_person(user=True).user)

    assert client.get(url(day)).content == client.get("/training/register/999999/").content


def test_a_press_is_saved_at_once_and_said_in_words(day, ann, trainer, sign_in):
    client = sign_in(trainer)

    answer = press(client, day, ann, late="10")

    row = Attendance.objects.get()
    assert (row.mark, row.minutes_late) == ("attended", 10)
    assert answer.headers["Location"] == f"{url(day)}#person-{ann.person_id}"
    page = words(client.get(url(day)))
    assert "Ann Reid, attended." in page
    assert "2 expected: 1 marked, 1 to mark. Saved" in page


def test_the_trainer_is_led_to_the_message_to_everybody_booked(day, trainer, sign_in):
    client, place = sign_in(trainer), f"/training/session/{day.session_id}/message/"

    assert f'href="{place}"' in words(client.get(url(day)))
    assert client.get(place).status_code == 200


def test_a_double_press_is_one_row(day, ann, trainer, sign_in):
    client = sign_in(trainer)

    assert [press(client, day, ann).status_code for _press in range(2)] == [302, 302]
    assert Attendance.objects.count() == 1


def test_the_second_of_two_editors_gets_409_and_keeps_what_was_typed(day, ann, trainer, sign_in):
    press(sign_in(trainer), day, ann, mark="did not attend")

    answer = press(sign_in(make_administrator()), day, ann, mark="part", late="25", seen=0)

    page = words(answer)
    assert answer.status_code == 409
    assert f"{trainer.staff_profile.name} marked Ann Reid “did not attend”" in page
    assert 'name="late" inputmode="numeric" autocomplete="off" value="25"' in page
    assert Attendance.objects.get().mark == "did not attend"


@pytest.mark.parametrize("late", ["ten", "-1", "9999", "1e3"])
def test_what_is_no_number_of_minutes_is_kept_and_named(day, ann, trainer, sign_in, late):
    page = words(press(sign_in(trainer), day, ann, late=late))

    assert f'autocomplete="off" value="{late}"' in page
    assert "tr-error" in page
    assert not Attendance.objects.exists()


def test_a_person_of_another_session_is_not_there(day, trainer, sign_in):
    stranger = make_booking(session=today_at()[0].session)

    assert press(sign_in(trainer), day, stranger).status_code == 404
    assert press(sign_in(trainer), day, stranger, person="x").status_code == 404
    assert not Attendance.objects.exists()


def test_before_the_day_nothing_can_be_pressed(sign_in):
    session = make_session(starts=timezone.now() + timedelta(days=2))
    booking = make_booking(session=session)
    day = session.days.get()
    client = sign_in(make_teacher(day))

    assert "The register opens on" in words(client.get(url(day)))
    assert "aria-pressed" not in words(client.get(url(day)))
    assert "The register opens on" in words(press(client, day, booking))
    assert not Attendance.objects.exists()


def test_the_five_states_and_who_is_not_expected_any_more(day, trainer, sign_in):
    ended = {"state": BookingState.CANCELLED, "ended_at": timezone.now(), "cancelled_by": CancelledBy.OWN}
    make_booking(session=day.session, person=make_person(name="Lee Chan"), **ended)
    make_booking(session=day.session, person=make_person(name="Kim Late"), late=True, **ended)
    moved = {**ended, "cancelled_by": CancelledBy.MOVED}
    make_booking(session=day.session, person=make_person(name="Mo Ved"), **moved)

    page = words(sign_in(trainer).get(url(day)))

    for state in ("Attended", "Attended in part", "Did not attend", "cancelled in time,", "cancelled late,"):
        assert state in page
    assert "Lee Chan" in page
    assert "Mo Ved" not in page


def test_the_rest_is_marked_with_one_press(day, ann, trainer, sign_in):
    client = sign_in(trainer)
    press(client, day, ann)
    shown = [row.pk for row in marking.unmarked(day)]

    page = words(
        client.post(url(day), {"act": "rest", "mark": "did not attend", "shown": shown}, follow=True)
    )

    assert "1 person marked." in page
    assert not marking.unmarked(day).exists()


def test_somebody_without_a_booking_is_found_by_the_whole_name(day, trainer, sign_in):
    make_person(name="Cleo Park", agency=make_agency(name="Park Police"))
    client = sign_in(trainer)

    page = words(client.post(url(day, "walk-in/"), {"who": " cleo  park", "late": "5"}, follow=True))

    assert "Entered: Cleo Park, without a booking." in page
    assert "Came without a booking (1)" in page
    assert Attendance.objects.get().booking is None


@pytest.mark.parametrize("who", ["Cleo", "Nobody Known", "Gone Person", "%"])
def test_nobody_leafs_through_the_staff_list_and_who_left_is_refused(day, trainer, sign_in, who):
    make_person(name="Cleo Park")
    make_person(name="Gone Person", left_on=timezone.localdate() - timedelta(days=1), active=False)

    page = words(sign_in(trainer).post(url(day, "walk-in/"), {"who": who}))

    assert f"Nobody of an agency here is called {who}." in page.replace("&#x27;", "'")
    assert "Cleo Park" not in page
    assert not Attendance.objects.exists()


def test_two_of_one_name_are_told_apart_by_the_address(day, trainer, sign_in):
    make_person(name="Sam Lee", email="sam.one@example.org")
    second = make_person(name="Sam Lee", email="sam.two@example.org")
    client = sign_in(trainer)

    assert "Several people are called Sam Lee" in words(client.post(url(day, "walk-in/"), {"who": "Sam Lee"}))
    client.post(url(day, "walk-in/"), {"who": "sam.two@example.org"})
    assert Attendance.objects.get().person == second


def test_what_closing_does_is_shown_and_one_press_does_it(day, ann, trainer, sign_in):
    client = sign_in(trainer)
    ann.late_charge = 50
    ann.save()
    before = words(client.get(url(day)))
    for booking, value in zip(
        day.session.bookings.order_by("person__name"), ("did not attend", "attended"), strict=True
    ):
        press(client, day, booking, mark=value)
    too_early = words(client.get(url(day)))
    client.post(url(day), {"act": "close"})
    assert not RegisterClosing.objects.exists()
    end_day(day)
    page = words(client.get(url(day)))

    assert "2 people are not marked yet." in before
    assert "Close the register" not in before and "Close the register" not in too_early
    assert "The register can be closed from" in too_early and "Close the register" in page
    assert "closing makes 1 certificate, 1 charge and the platform file with 1 person." in page
    assert "Ann Reid," in page and "£50.00" in page
    assert "Closed by" in words(client.post(url(day), {"act": "close"}, follow=True))
    assert RegisterClosing.objects.count() == 2
    assert client.post(url(day), {"act": "close"}).status_code == 302
    assert RegisterClosing.objects.count() == 2


def test_a_mark_is_corrected_after_closing_by_the_training_team(day, ann, trainer, sign_in):
    end_day(day)
    close_all(day.session, actor=trainer, now=timezone.now())
    where = url(day, f"correct/{ann.person_id}/")
    seen = marking.standing(day, ann.person).pk
    data = {"mark": "part", "late": "", "early": "30", "seen": seen}

    assert sign_in(trainer).get(where).status_code == 404
    assert "Correct this mark" not in words(sign_in(trainer).get(url(day)))
    client = sign_in(make_administrator())
    assert "Say why the mark is corrected." in words(client.post(where, data))
    page = words(client.post(where, {**data, "reason": "left at four"}, follow=True))
    assert "Corrected: Ann Reid." in page
    assert ": left at four" in page
    assert client.post(where, {**data, "mark": "excused", "reason": "ill"}).status_code == 409


def test_who_came_before_without_a_booking_is_expected_again(trainer, sign_in):
    session = make_session(starts=timezone.now() - timedelta(days=1, minutes=1), days=2)
    first, second = session.days.all()
    marking.walk_in(first, make_person(name="Cleo Park"), actor=make_administrator(), now=first.ends_at)
    client = sign_in(make_teacher(second))

    page, sheet = words(client.get(url(second))), words(client.get(url(second, "sheet/")))

    assert "1 expected: 0 marked, 1 to mark." in page
    assert "Mark the 1 person left:" in page and "without a booking" in page
    assert "Came without a booking (" not in page
    assert "Came without a booking (1)" in words(client.get(url(first)))
    assert "Cleo Park" in sheet


def test_needs_stand_on_the_register_and_on_the_sheet(day, ann, trainer, sign_in):
    ann.access_needs = NEEDS
    ann.save()
    client = sign_in(trainer)

    assert "marker-needs" in words(client.get(url(day)))
    sheet = words(client.get(url(day, "sheet/")))
    assert "marker-needs" in sheet
    assert "Signature" in sheet
    assert "Ann Reid" in sheet


def test_registers_are_listed_for_who_keeps_them(day, trainer, sign_in):
    other = today_at()[0]

    mine = words(sign_in(trainer).get("/training/register/"))
    team = words(sign_in(make_administrator()).get("/training/register/"))

    assert day.session.course.title in mine
    assert other.session.course.title not in mine
    assert day.session.course.title in team and other.session.course.title in team
    assert sign_in(make_person(user=True).user).get("/training/register/").status_code == 404


def test_the_list_of_registers_says_place_and_day_and_closed_ones_the_newest_first(sign_in):
    now, officer = timezone.now(), make_administrator()
    plain = make_session(starts=now - timedelta(days=20))
    online = make_session(starts=now - timedelta(days=10), days=2, online_link="https://meet.example/a")
    for session in (plain, online):
        close_all(session, actor=officer)

    page = words(sign_in(officer).get("/training/register/"))
    closed = page.split('id="closed-title"')[1]

    days = [*online.days.order_by("-number"), *plain.days.all()]
    places = [closed.index(f'href="{url(day)}"') for day in days]
    assert places == sorted(places)
    assert ", day 2, online" in closed and ", day 1, online" in closed
    assert ", place to be told" in closed and closed.count(", day ") == 2


def test_what_was_saved_on_another_day_says_the_day(sign_in):
    session = make_session(starts=timezone.now() - timedelta(days=3))
    day, officer = session.days.get(), make_administrator()
    mark(day, make_booking(session=session), Mark.ATTENDED, actor=officer, now=day.ends_at)
    client = sign_in(officer)

    assert f"Saved {full_date(day.ends_at)}, {clock(day.ends_at)}." in words(client.get(url(day)))


def test_a_register_waits_on_the_trainers_desk_until_it_is_closed(day, trainer, sign_in):
    client = sign_in(trainer)
    before = words(client.get("/desk/"))
    end_day(day)
    close_all(day.session, actor=trainer, now=timezone.now())

    assert f'href="{url(day)}"' in before
    assert f'href="{url(day)}"' not in words(client.get("/desk/"))
    assert f'href="{url(day, "upload/")}"' in words(sign_in(make_administrator()).get("/desk/"))


def test_the_register_takes_as_many_queries_for_three_people_as_for_one(sign_in):
    session = make_session(starts=timezone.now() - timedelta(minutes=1))
    day, officer = session.days.get(), make_administrator()
    trainer, counts = make_teacher(day), []
    for _number in range(3):
        make_booking(session=session, access_needs="a chair")
        mark(day, make_booking(session=session), Mark.ATTENDED, actor=officer, now=timezone.now())
        marking.walk_in(day, make_person(), actor=officer, now=timezone.now())
        client = sign_in(trainer)
        client.get(url(day))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(day))
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2] <= 45

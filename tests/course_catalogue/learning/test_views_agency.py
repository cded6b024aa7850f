"""A coordinator's own people and nobody else's (S4-17, S0-41, A2 to A4); what a person sees of their own."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from course_catalogue.models import Booking, HeldPlaces, Subject
from tests.factories import booking as make
from tests.factories.courses import make_course
from tests.factories.learning import signed_in, soon_session
from tests.factories.organisation import make_agency, make_person, make_role_holder

pytestmark = pytest.mark.django_db
OF_A_BOOKING = ("booking", "answer", "released", "offer", "cancel", "give", "move", "withdraw")
OTHERS = ("agency", "agency_attendance", "agency_people", "release", "joining", "team")


def partner(agency, **overrides):
    return make_person(user=True, agency=agency, **overrides)


def booked(person, session=None, **more):
    return make.book(session or soon_session(), person, now=timezone.now(), **more)


@pytest.mark.parametrize("role", ["partner", "coordinator"])
def test_numbers_of_another_agency_answer_as_if_they_did_not_exist(role):
    mine, theirs = make_agency(), make_agency()
    row, of_host = booked(partner(theirs)), booked(make.make_staff())
    who = make.make_coordinator(mine) if role == "coordinator" else partner(mine)
    client = signed_in(who)

    for one in (row, of_host):
        for name in OF_A_BOOKING:
            hidden = client.get(reverse(f"training_{name}", args=[one.pk]))
            never = client.get(reverse(f"training_{name}", args=[999_999]))
            pressed = client.post(reverse(f"training_{name}", args=[one.pk]), {"why": "own", "note": "x"})
            assert (hidden.status_code, hidden.content) == (404, never.content), name
            assert pressed.status_code in (404, 405), name
        assert client.get(reverse("training_it_skills", args=[one.person_id])).status_code == 404
    assert set(Booking.objects.values_list("state", flat=True)) == {"booked"}


def test_a_partner_gets_nothing_of_the_office_and_a_coordinator_one_agency():
    mine, theirs = make_agency(), make_agency()
    client = signed_in(partner(mine))
    for name in OTHERS:
        assert client.get(reverse(f"training_{name}")).status_code == 404, name

    client = signed_in(make.make_coordinator(mine))
    assert client.get(reverse("training_agency")).status_code == 200
    assert client.get(reverse("training_agency"), {"of": theirs.pk}).status_code == 404
    for name in ("release", "joining", "team"):
        assert client.get(reverse(f"training_{name}")).status_code == 404, name


def test_the_agency_page_shows_own_people_alone():
    mine, theirs, session = make_agency(), make_agency(), soon_session(weeks=3)
    own, other = partner(mine, name="Ann Reid"), partner(theirs, name="Zed Marker")
    booked(own, session)
    booked(other, session)
    client = signed_in(make.make_coordinator(mine))

    page = client.get(reverse("training_agency")).content.decode()

    assert "Ann Reid" in page
    assert "Zed Marker" not in page
    assert "1 place booked" in page


def test_the_spreadsheet_has_own_bookings_and_not_what_helps():
    mine, session = make_agency(), soon_session()
    booked(partner(mine, name="=1+1"), session, needs="large print")
    booked(partner(make_agency(), name="Zed Marker"), session)
    client = signed_in(make.make_coordinator(mine))

    answer = client.get(reverse("training_agency"), {"export": "xlsx"})

    sheet = load_workbook(
        BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    ).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[1], row[5]) for row in rows] == [("=1+1", "booked")]
    assert "large print" not in str(rows)
    assert sheet.cell(2, 2).data_type == "s"


def test_held_places_are_named_by_booking_and_counted():
    mine, session = make_agency(), soon_session()
    HeldPlaces.objects.create(
        session=session, agency=mine, size=3, release_at=timezone.now() + timedelta(days=9)
    )
    coordinator, own = make.make_coordinator(mine), partner(mine, name="Ann Reid")
    client = signed_in(coordinator)
    assert "3 without a name" in client.get(reverse("training_agency")).content.decode()

    booked(own, session)

    assert "2 without a name" in client.get(reverse("training_agency")).content.decode()


def test_the_agency_page_asks_the_same_number_of_queries_for_one_and_three():
    mine = make_agency()
    coordinator = make.make_coordinator(mine)
    client = signed_in(coordinator)
    counts = []
    for number in (1, 2):
        for _one in range(number):
            session = soon_session(weeks=2 + Booking.objects.count())
            booked(partner(mine), session)
            HeldPlaces.objects.create(
                session=session, agency=mine, size=2, release_at=timezone.now() + timedelta(days=3)
            )
        client.get(reverse("training_agency"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("training_agency"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_my_training_shows_every_state_in_words_with_the_same_number_of_queries():
    me = make.make_staff()
    client = signed_in(me)
    counts = []
    for number in (1, 2):
        for _one in range(number):
            booked(me, soon_session(weeks=2 + Booking.objects.count()))
        client.get(reverse("training_mine"))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("training_mine")).content.decode()
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert page.count('class="wa-row__title"') == 3
    assert "3 dates to come." in page


def test_bookings_without_release_stand_on_the_office_and_agency_page():
    session, manager = soon_session(needs_approval=True), make_person(user=True)
    person = make.make_staff(manager=manager)
    make.asking.ask(session, [person], actor=manager.user, now=timezone.now(), released=False)

    office = signed_in(make.make_administrator()).get(reverse("training_release")).content.decode()

    assert "Booked, protected time not confirmed (1)" in office
    assert person.name in office
    Booking.objects.update(released=True)
    office = signed_in(make.make_administrator()).get(reverse("training_release")).content.decode()
    assert "Booked, protected time not confirmed (0)" in office


def test_the_need_of_it_skills_is_noted_by_person_or_manager_and_lists_the_courses():
    person = make.make_staff()
    manager, stranger = make.manager_of(person), make.make_staff()
    helps, other = make_course(title="First steps with a computer"), make_course(title="Fire marshals")
    helps.subjects.add(Subject.objects.get(key=Subject.IT_SKILLS))
    helps.save()
    session = soon_session(course=helps)
    place = reverse("training_it_skills", args=[person.pk])

    assert signed_in(stranger).get(place).status_code == 404
    signed_in(manager).post(place, {"words": "signing in"})
    page = signed_in(person).get(place).content.decode()

    assert f"by {manager.name}" in page
    assert "First steps with a computer" in page
    assert other.title not in page
    assert reverse("training_session", args=[session.pk]) in page
    signed_in(person).post(place, {"act": "end"})
    assert "No need is noted." in signed_in(person).get(place).content.decode()


def test_hr_sees_withdrawals_by_manager_with_the_mark_from_the_threshold_on():
    manager = make_person(user=True, name="Jo Hale")
    for _number in range(3):
        row = booked(make.make_staff(manager=manager))
        now = timezone.now()
        Booking.objects.filter(pk=row.pk).update(
            state="withdrawn",
            ended_at=now,
            withdrawn_for=manager,
            rebook_due=timezone.localdate(),
            reason="two nurses",
        )
    hr = make_role_holder("hr-partner", agency=manager.agency)
    elsewhere = make_role_holder("hr-partner", agency=make_agency())

    page = signed_in(hr).get(reverse("training_release")).content.decode()

    assert "Jo Hale" in page
    assert "ask about it" in page
    assert page.count("two nurses") == 3
    assert "Jo Hale" not in signed_in(elsewhere).get(reverse("training_release")).content.decode()

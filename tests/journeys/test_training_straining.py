"""J2, J3, J5: the screens of training at 400 %, spaced out, in forced colours, without motion, walked by keys."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from course_catalogue.models import LedgerEntry, TrainingCalendarPage
from course_catalogue.planning import programme
from tests.factories import booking as make
from tests.factories.courses import make_booking, make_course, make_room, make_session
from tests.factories.learning import soon_session
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.planning import NEED
from tests.factories.policies import make_home
from tests.factories.register import make_administrator, make_teacher
from tests.journeys.straining import strains
from tests.portal.stages_of_training import Release

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG_TITLE = "Diogelu plant yn Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch: lefel tri, i bawb"


def strained(page, origin, addresses):
    found = []
    for address in addresses:
        assert page.goto(origin + address).status == 200, address
        found += [f"{address} {fault}" for fault in strains(page)]
    return found


def next_step(page):
    page.get_by_role("button", name="Continue").click()


def test_what_learners_see(page, origin, sign_in):
    """A course, the calendar as month and agenda, the three steps of booking, one's own training."""
    calendar = make_home().add_child(instance=TrainingCalendarPage(title="Training", slug="calendar"))
    course = make_course(title=LONG_TITLE, aim="Know neglect when you see it.")
    session, person = soon_session(weeks=1, course=course), make.make_staff()
    session.days.update(room=make_room())
    make_booking(session=soon_session(weeks=2, course=course), person=person)
    sign_in(page, person.user.email)
    looks = [calendar.url + look for look in ("", "list/", "agenda/")]
    places = ["/training/mine/", "/training/past/", "/training/feeds/"]

    assert strained(page, origin, [course.url, *looks, *places]) == []
    assert strained(page, origin, [f"/training/session/{session.pk}/book/"]) == []
    for _step in ("terms", "check"):
        next_step(page)
        assert strains(page) == []


def test_what_line_managers_see(page, origin, sign_in):
    make_home()
    asked = Release()
    sign_in(page, asked.user.email)

    assert strained(page, origin, ["/desk/", asked.address, "/training/team/"]) == []


def test_what_trainers_see(page, origin, sign_in):
    """The register of a day that has begun, its sheet, the letters on the wall."""
    make_home()
    session = make_session(starts=timezone.now() - timedelta(minutes=1), course=make_course(title=LONG_TITLE))
    for _number in range(3):
        make_booking(session=session)
    day = session.days.get()
    sign_in(page, make_teacher(day).email)
    places = [f"/training/register/{day.pk}/{tail}" for tail in ("", "sheet/", "code/", "walk-in/")]

    assert strained(page, origin, ["/training/register/", *places]) == []


def test_what_coordinators_see(page, origin, sign_in):
    make_home()
    agency = make_agency()
    make.book(soon_session(weeks=3), make_person(user=True, agency=agency), now=timezone.now())
    sign_in(page, make.make_coordinator(agency).email)
    tails = ("", "attendance/", "people/")

    assert strained(page, origin, [f"/training/agency/{tail}" for tail in tails]) == []


def make_charge():
    person, now = make_person(agency=make_agency()), timezone.now()
    ended = {"state": "cancelled", "ended_at": now, "cancelled_by": "own", "late": True}
    booking = make_booking(session=make_session(starts=now + timedelta(days=2)), person=person, **ended)
    values = {"kind": "late", "amount": Decimal("50.00"), "words": f"{booking.reference}: {LONG_TITLE}"}
    LedgerEntry.objects.create(agency=person.agency, booking=booking, at=now, by_name="System", **values)
    return booking


def test_what_the_office_sees(page, origin, sign_in):
    make_home()
    booking = make_charge()
    sign_in(page, make_administrator().email)
    places = ["charges/", "waivers/", "invoices/", "charging/", "charging/classes/", "sessions/", "reports/"]
    places += [f"charges/extra/{booking.pk}/", f"session/{booking.session_id}/plan/"]

    assert strained(page, origin, [f"/training/{place}" for place in places]) == []


def test_what_the_officer_shares_and_takes_off(page, origin, sign_in):
    """Places held and limited, who waits first, a course taken off the offer and off a programme."""
    make_home()
    officer = make_role_holder("ld-officer")
    session = soon_session(capacity=4, course=make_course(title=LONG_TITLE))
    session.held.create(agency=make_agency(), size=2, release_at=timezone.now() + timedelta(weeks=2))
    session.limits.create(sector="health", size=1)
    waiting = make_booking(session=session, state="waiting")
    year = programme.year_of(timezone.localdate())
    programme.put_on(session.course, first_year=year, actor=officer, now=timezone.now(), need=NEED)
    sign_in(page, officer.email)
    places = [f"session/{session.pk}/plan/places/", f"booking/{waiting.pk}/priority/"]
    places += [f"course/{session.course_id}/offer/", f"programme/{year}/{session.course_id}/off/"]

    assert strained(page, origin, [f"/training/{place}" for place in places]) == []


def test_what_the_officer_writes(page, origin, sign_in):
    """A policy of charges, a session, a message to all, rules for mails, the programme and the trainers."""
    make_home()
    session = soon_session(course=make_course(title=LONG_TITLE))
    make_booking(session=session)
    sign_in(page, make_role_holder("ld-officer").email)
    places = ["charging/new/", f"sessions/new/?course={session.course_id}&days=1", "mail-rules/"]
    places += [f"session/{session.pk}/message/", f"session/{session.pk}/plan/change/", "programme/"]
    places += [f"session/{session.pk}/plan/cancel/", "trainers/", "trainers/new/"]

    assert strained(page, origin, [f"/training/{place}" for place in places]) == []

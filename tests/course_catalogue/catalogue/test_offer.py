from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from course_catalogue import clearances
from course_catalogue.booking import refusals
from course_catalogue.catalogue import listing, offer
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import Clearance, CoursePage
from kernel.audit.models import AuditEntry
from tests.factories import booking as b
from tests.factories.accounts import make_user
from tests.factories.catalogue import NOW, give, make_approved, make_kind
from tests.factories.courses import make_booking, make_course, make_session
from tests.factories.learning import signed_in
from tests.factories.organisation import make_role_holder
from tests.factories.planning import make_officer

pytestmark = pytest.mark.django_db
TODAY, FIRST_OFF = date(2026, 11, 23), date(2026, 12, 1)
LAST = date(2026, 11, 30)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9, 0))


def off(course, **more):
    values = {"reason": " Replaced by SGC4 ", "from_on": FIRST_OFF, "actor": None, "now": NOW}
    return offer.take_off(course, **{**values, **more})


def closed(course, day) -> str:
    return clearances.closed([course.pk], day).get(course.pk, "")


def test_booking_closes_from_that_day_with_since_when_and_why():
    course = make_course()

    off(course)

    assert closed(course, LAST) == ""
    words = "This course is not offered any more since 1 December 2026: Replaced by SGC4"
    assert closed(course, FIRST_OFF) == words
    session = make_session(course=course)
    found = refusals.why_not(session, b.make_staff(), now=at(FIRST_OFF))
    assert [(row.code, str(row.words)) for row in found] == [("course", words)]
    assert refusals.why_not(session, b.make_staff(), now=at(LAST)) == []
    assert AuditEntry.objects.filter(action="training.take_off_offer", refused=False).count() == 1


def test_that_it_is_not_offered_is_said_before_an_approval_that_ended():
    course = make_course(cleared=False)
    assert closed(course, FIRST_OFF) == "Bookings are not open yet: the course waits for approval."
    off(course)
    assert closed(course, FIRST_OFF).startswith("This course is not offered any more")


def test_until_the_day_it_is_on_the_offer_until_the_day_before():
    course = make_course()
    assert clearances.standing([course.pk], TODAY) == {course.pk: ("approved", None)}
    off(course)
    assert clearances.standing([course.pk], TODAY) == {course.pk: ("approved, on the offer", LAST)}


def test_places_already_booked_stay():
    course = make_course()
    booking = make_booking(session=make_session(course=course))
    off(course, from_on=TODAY)
    booking.refresh_from_db()
    assert booking.state == "booked"
    assert list(offer.dates_from(course, TODAY)) == [booking.session]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"reason": "  "}, ["reason"]),
        ({"reason": "x" * 301}, ["reason"]),
        ({"from_on": date(2026, 11, 22)}, ["from_on"]),
        ({"reason": "", "from_on": date(2026, 11, 22)}, ["reason", "from_on"]),
    ],
)
def test_a_reason_and_a_day_to_come_are_needed(values, fields):
    course = make_course()
    with pytest.raises(ValidationError) as refusal:
        off(course, **values)
    assert list(refusal.value.message_dict) == fields
    assert offer.standing(course) is None


def test_today_and_the_longest_reason_are_in_time():
    course = make_course()
    off(course, from_on=TODAY, reason="x" * 300)
    assert closed(course, TODAY).endswith("x" * 300)


def test_the_newest_day_counts_and_it_may_be_kept_until_then():
    course = make_course()
    off(course)
    off(course, from_on=date(2027, 1, 1), reason="Later")
    assert closed(course, date(2026, 12, 31)) == ""
    offer.keep(course, actor=None, now=NOW)
    assert closed(course, date(2027, 1, 1)) == ""
    with pytest.raises(ValidationError) as refusal:
        offer.keep(course, actor=None, now=NOW)
    assert refusal.value.code == "not_leaving"


@pytest.mark.parametrize("act", ["take_off", "keep"])
def test_from_that_day_on_only_approval_brings_it_back(act):
    course = make_course()
    off(course)
    acts = {
        "take_off": lambda: off(course, from_on=FIRST_OFF, now=at(FIRST_OFF)),
        "keep": lambda: offer.keep(course, actor=None, now=at(FIRST_OFF)),
    }
    with pytest.raises(ValidationError) as refusal:
        acts[act]()
    assert refusal.value.code == "twice"


def test_with_the_approval_by_both_it_is_offered_again():
    course = make_approved()
    off(course, from_on=TODAY)
    course = CoursePage.objects.get(pk=course.pk)
    course.aim = "Another aim."
    for user in (make_user(), make_user()):
        course.save_revision(user)

    give(course, ApprovingRole.EXPERT)
    assert closed(course, TODAY) != ""
    give(course, ApprovingRole.EDUCATION)

    assert closed(course, TODAY) == ""
    row = Clearance.objects.get(course=course, source="offer")
    assert (row.given, row.words, row.valid_until) == (True, "on the offer", None)


def test_only_the_officer_and_never_a_draft():
    course = make_course()
    for act in (
        lambda: off(course, actor=make_role_holder("training-administrator")),
        lambda: offer.keep(course, actor=make_role_holder("training-administrator"), now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(ValidationError) as refusal:
        off(make_course(live=False))
    assert refusal.value.code == "draft"


def test_its_kind_lacks_a_course_from_that_day_on():
    off(make_course(kind=make_kind()))
    assert make_kind().name not in listing.without_offer(LAST)[0]
    assert make_kind().name in listing.without_offer(FIRST_OFF)[0]


def test_the_officer_says_it_on_a_page_and_readers_see_it():
    course = make_course()
    today = timezone.localdate()
    session = make_session(course=course, starts=timezone.now() + timedelta(days=30))
    page = reverse("training_course_offer", args=[course.pk])
    somebody, officer = signed_in(b.make_staff()), signed_in(make_officer())
    assert somebody.get(page).status_code == 404
    assert somebody.post(page, {"reason": "x"}).status_code == 404

    assert page in officer.get(course.url).content.decode()
    assert reverse("training_session_plan", args=[session.pk]) in officer.get(page).content.decode()
    day = {"from_on_day": today.day, "from_on_month": today.month, "from_on_year": today.year}
    refused = officer.post(page, {**day, "from_on_year": "2020", "reason": "Typed words"}).content.decode()
    assert "Enter today or a later day" in refused and "Typed words" in refused
    done = officer.post(page, {**day, "reason": "Replaced by SGC4"})

    assert done.url == course.url
    reader = signed_in(b.make_staff())
    for address in (course.url, course.get_parent().url):
        text = reader.get(address).content.decode()
        assert "This course is not offered any more since" in text and "Replaced by SGC4" in text
    assert "not offered since" in officer.get(page).content.decode()


def test_the_officer_keeps_it_on_the_offer():
    course = make_course()
    off(course, from_on=timezone.localdate() + timedelta(days=9), now=timezone.now())
    page = reverse("training_course_offer", args=[course.pk])
    client = signed_in(make_officer())

    assert "Keep it on the offer" in client.get(page).content.decode()
    client.post(page, {"act": "keep"})

    assert offer.first_day_off(offer.standing(course)) is None

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from course_catalogue import clearances
from course_catalogue.catalogue import price
from course_catalogue.charging.kinds import Length, PriceKind
from course_catalogue.charging.terms import Terms
from course_catalogue.enums import Delivery
from course_catalogue.models import (
    CourseOutcome,
    CoursePrerequisite,
    CourseSource,
    OpportunityKind,
    TrainingSettings,
)
from tests.factories.catalogue import (
    make_group,
    make_kind,
    make_level,
    make_priority,
    make_subject,
)
from tests.factories.charging import make_policy
from tests.factories.courses import make_booking, make_course, make_index, make_room, make_session
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.policies import make_home

pytestmark = pytest.mark.django_db
SOON = timezone.now() + timedelta(days=30)


@pytest.fixture(autouse=True)
def catalogue():
    make_home()
    return make_index()


@pytest.fixture
def staff(client):
    person = make_person(user=True)
    client.force_login(person.user)
    return person


def _open(client, page, **query):
    return client.get(page.get_url(), query)


def _text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def _titles(client, **query) -> list[str]:
    response = _open(client, make_index(), **query)
    return [card.course.title for card in response.context["cards"]]


def test_catalogue_lists_courses_with_next_date_and_approval(client, staff):
    course = make_course(title="Neglect", aim="Know it when you see it.", level=make_level(3))
    make_session(course=course, starts=SOON)
    make_session(course=course, starts=SOON + timedelta(days=7))

    text = _text(_open(client, make_index()))

    assert "1 course for you to choose from." in text
    assert "Know it when you see it." in text
    assert "Level 3, 2019 edition" in text
    assert "1 more date." in text


def test_catalogue_without_courses_says_so(client, staff):
    assert "Courses appear here when the first is approved." in _text(_open(client, make_index()))


def test_catalogue_is_narrowed_by_each_filter(client, staff):
    subject, kind, group = make_subject("neglect"), make_kind("leadership"), make_group("managers")
    wanted = make_course(title="Wanted", kind=kind, level=make_level(3), delivery=Delivery.BRIEFING)
    wanted.subjects, wanted.audiences = [subject], [group]
    wanted.save()
    agency = make_agency()
    make_course(title="Other", agency=agency, open_to_partners=False, delivery=Delivery.SINGLE_AGENCY)
    make_session(course=wanted, starts=SOON)
    month = f"{timezone.localtime(SOON):%Y-%m}"

    assert _titles(client) == ["Other", "Wanted"]
    asked = {
        "subject": "neglect",
        "level": "3",
        "audience": "managers",
        "kind": "leadership",
        "delivery": "briefing",
        "month": month,
        "shared": "yes",
    }
    for name, value in asked.items():
        assert _titles(client, **{name: value}) == ["Wanted"], name
    assert _titles(client, **asked) == ["Wanted"]
    assert _titles(client, delivery="conference") == []
    assert _titles(client, delivery="nonsense") == ["Other", "Wanted"]


def test_catalogue_by_level_finds_courses_through_the_levels_of_their_kind(client, staff):
    OpportunityKind.objects.filter(key="basic-skills").delete()
    make_course(title="Basics", kind=make_kind("basic-skills", first_level=2, last_level=3))
    make_course(title="Induction", kind=make_kind("induction", first_level=1, last_level=1))

    assert _titles(client, level="2") == ["Basics"]
    assert _titles(client, level="1") == ["Induction"]


@pytest.mark.parametrize("delivery", Delivery.values)
def test_catalogue_is_narrowed_by_each_of_the_seven_kinds_of_delivery(client, staff, delivery):
    for value in Delivery.values:
        make_course(title=f"By {value}", delivery=value, agency=staff.agency)

    assert _titles(client, delivery=delivery) == [f"By {delivery}"]


def test_catalogue_names_kinds_and_levels_without_an_offer_to_officers_alone(client, staff):
    make_course(kind=make_kind("induction", name="Induction"), level=make_level(1))

    assert "Nothing on offer" not in _text(_open(client, make_index()))
    client.force_login(make_role_holder("ld-officer"))
    context = _open(client, make_index()).context
    assert "Induction" not in context["kinds_missing"]
    assert len(context["kinds_missing"]) == OpportunityKind.objects.count() - 1
    assert "Level 1" not in context["levels_missing"]
    assert "Level 3" in context["levels_missing"]


def test_catalogue_shows_officers_what_needs_a_look(client, staff):
    served, bare = make_course(title="Served"), make_course(title="Bare")
    served.priorities = [make_priority()]
    served.sources = [CourseSource(title="New guide", kind="guidance", dated_on=timezone.localdate())]
    served.save()
    bare.sources = [CourseSource(title="Old guide", kind="guidance", dated_on=date(2015, 5, 4))]
    bare.save()
    clearances.set_clearance(
        bare, source="approval", given=True, words="approved", valid_until=date(2026, 1, 1)
    )

    assert _titles(client, look="no-priority") == ["Bare", "Served"]
    client.force_login(make_role_holder("ld-officer"))
    for look in ("no-priority", "old-sources", "approval-ended"):
        assert _titles(client, look=look) == ["Bare"], look
    assert "Old sources: Old guide (4 May 2015)" in _text(_open(client, make_index()))


def test_sources_are_old_after_the_months_that_the_site_sets(client):
    client.force_login(make_role_holder("ld-officer"))
    course = make_course(title="Aged")
    course.sources = [
        CourseSource(title="Guide", kind="law", dated_on=timezone.localdate() - timedelta(days=400))
    ]
    course.save()

    assert _titles(client, look="old-sources") == []
    settings = TrainingSettings.for_site(Site.objects.get(is_default_site=True))
    settings.source_age_months = 12
    settings.save()
    assert _titles(client, look="old-sources") == ["Aged"]


def test_catalogue_is_asked_in_as_many_queries_for_many_courses(client, staff):
    def make():
        course = make_course(level=make_level(3), kind=make_kind(), agency=make_agency())
        make_session(course=course, starts=SOON)

    make()
    _open(client, make_index())
    with CaptureQueriesContext(
        connection,
    ) as one:
        _open(client, make_index())
    make(), make()
    with CaptureQueriesContext(connection) as three:
        assert len(_open(client, make_index()).context["cards"]) == 3
    assert len(three) == len(one)


def test_visitor_reads_the_shared_offer_once_the_site_opens_it(client):
    shared = make_course(title="Shared")
    own = make_course(title="Of one agency", agency=make_agency(), open_to_partners=False)

    assert _open(client, make_index()).status_code == 302
    assert _open(client, shared).status_code == 302
    settings = TrainingSettings.for_site(Site.objects.get(is_default_site=True))
    settings.open_to_visitors = True
    settings.save()
    assert _titles(client) == ["Shared"]
    text = _text(_open(client, shared))
    assert "Sign in to book a place." not in text
    assert _open(client, own).status_code == 302


def test_visitor_sees_dates_without_a_way_to_book(client):
    course = make_course(title="Shared")
    session = make_session(course=course, starts=SOON)
    settings = TrainingSettings.for_site(Site.objects.get(is_default_site=True))
    settings.open_to_visitors = True
    settings.save()

    text = _text(_open(client, course))

    assert "Sign in to book a place." in text
    assert f"/training/session/{session.pk}/book/" not in text


def test_partner_sees_the_shared_offer_and_the_own_agencys_courses(client):
    agency = make_agency()
    make_course(title="Shared")
    make_course(title="Shared by another", agency=make_agency())
    make_course(title="Own", agency=agency, open_to_partners=False)
    other = make_course(title="Another's", agency=make_agency(), open_to_partners=False)
    client.force_login(make_person(user=True, agency=agency).user)

    assert _titles(client) == ["Own", "Shared", "Shared by another"]
    assert _open(client, other).status_code == 404


def test_course_page_says_outcomes_intervals_sources_and_dates(client, staff):
    course = make_course(title="Neglect")
    course.outcomes = [CourseOutcome(words="Name four signs", assess_months=3, refresh_months=36)]
    course.sources = [CourseSource(title="Guide", kind="research", dated_on=date(2026, 1, 5))]
    course.save()
    session = make_session(course=course, starts=SOON)
    day = session.days.get()
    day.room = make_room()
    day.save()

    text = _text(_open(client, course))

    assert "assessed after 3 months, refreshed after 36 months" in text
    assert "research, 5 January 2026" in text
    assert day.room.venue.name in text
    assert f"/training/session/{session.pk}/book/" in text
    assert "For those who plan and approve" not in text


def test_course_page_says_what_the_reader_needs_first_and_its_next_date(client, staff):
    basic, level3 = make_course(title="Basic awareness"), make_course(title="Level 3")
    CoursePrerequisite.objects.create(course=level3, needs=basic, sort_order=0)
    session = make_session(course=basic, starts=SOON)

    text = _text(_open(client, level3))

    assert "You need Basic awareness first." in text
    assert f"/training/session/{session.pk}/book/" in text
    assert "your manager confirms" in text


def test_course_page_says_that_the_reader_has_a_place_on_what_is_needed(client, staff):
    basic, level3 = make_course(title="Basic awareness"), make_course(title="Level 3")
    CoursePrerequisite.objects.create(course=level3, needs=basic, sort_order=0)
    make_booking(session=make_session(course=basic, starts=SOON), person=staff)

    text = _text(_open(client, level3))

    assert "You have a place on" in text
    assert "Book Basic awareness" not in text


def test_course_page_of_a_lapsed_approval_says_why_booking_is_closed(client, staff):
    course = make_course()
    session = make_session(course=course, starts=SOON)
    clearances.set_clearance(
        course, source="approval", given=True, words="approved", valid_until=date(2026, 10, 31)
    )

    text = _text(_open(client, course))

    assert (
        "Bookings are closed: the approval by a subject expert and education ended 31 October 2026." in text
    )
    assert f"/training/session/{session.pk}/book/" not in text


def test_course_page_says_what_a_place_costs_the_readers_agency(client, staff):
    course = make_course()
    make_session(course=course, starts=SOON)
    agency = staff.agency

    assert "Your organisation has not set a charge." in _text(_open(client, course))
    free = Terms(fee=Decimal(0), late_charge=Decimal(50))
    paid = Terms(fee=Decimal("120.00"))
    assert (
        price.in_words(free, agency)
        == f"{agency.short_name} pays nothing for a place. Not coming without notice: £50.00."
    )
    assert price.in_words(paid, agency) == f"{agency.short_name} pays £120.00 for a place."


def test_catalogue_says_on_each_card_what_a_place_costs_the_readers_agency(client, staff):
    LATE, FULL = PriceKind.LATE, Length.FULL
    make_policy(
        name="Charges 2026/27",
        from_on=timezone.localdate(),
        prices=[(LATE, None, FULL, Decimal("50.00")), (LATE, None, Length.HALF, Decimal("25.00"))],
    )
    day, half = make_course(title="A day"), make_course(title="Half a day")
    make_session(course=day, starts=SOON)
    make_session(course=half, starts=SOON, hours=3)
    make_course(title="No date")

    cards = {card.course.title: card.price for card in _open(client, make_index()).context["cards"]}

    name = staff.agency.short_name
    said = f"{name} pays nothing for a place. Not coming without notice: £%s (Charges 2026/27)."
    assert cards == {"A day": said % "50.00", "Half a day": said % "25.00", "No date": ""}
    assert said % "25.00" in _text(_open(client, make_index()))
    assert said % "25.00" in _text(_open(client, half))


def test_catalogue_asks_the_same_number_of_queries_for_the_prices_of_one_and_three(client, staff):
    make_policy(from_on=timezone.localdate())
    make_session(course=make_course(), starts=SOON)
    _open(client, make_index())

    with CaptureQueriesContext(connection) as one:
        _open(client, make_index())
    for _each in range(2):
        make_session(course=make_course(), starts=SOON)
    with CaptureQueriesContext(connection) as three:
        _open(client, make_index())

    assert len(three) == len(one)

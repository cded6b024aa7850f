"""The catalogue, walked as a visitor, an officer, the two who approve, and a learner."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Site

from course_catalogue.models import CoursePrerequisite, CourseSource, OpportunityKind, TrainingSettings
from tests.factories.catalogue import make_draft, make_expert, make_officer, make_priority
from tests.factories.courses import make_course, make_index, make_session
from tests.factories.organisation import make_person
from tests.factories.policies import make_home

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
REVIEW = timezone.localdate() + timedelta(days=300)


@pytest.fixture
def catalogue(transactional_db):
    make_home()
    return make_index()


def test_a_course_goes_from_draft_to_live_and_is_found(page, origin, look, sign_in, catalogue):
    course = make_draft(title="Neglect: seeing it early", review_due=REVIEW, cost="420.00")
    OpportunityKind.objects.get_or_create(key="shadowing", defaults={"name": "Shadowing"})
    expert, officer = make_expert(), make_officer()
    for user, role in ((expert, "subject expert"), (officer, "education officer")):
        page.context.clear_cookies()
        sign_in(page, user.email)
        page.goto(f"{origin}/desk/")
        page.get_by_role("link", name="Read and decide").first.click()
        expect(page.locator("main")).to_contain_text("£420.00")
        look(page)
        page.get_by_role("button", name="Send back with a reason").click()
        expect(page.locator("#error-summary")).to_contain_text("Say what has to change")
        look(page)
        page.get_by_role("button", name="Approve this text").click()
        expect(page.locator("main")).to_contain_text(f"as {role}")
        look(page)

    page.goto(f"{origin}/courses/")
    expect(page.locator("main")).to_contain_text("Nothing on offer")
    look(page)
    page.get_by_role("link", name="Neglect: seeing it early").click()
    expect(page.locator("main")).to_contain_text("For those who plan and approve")
    look(page)
    assert page.url == f"{origin}{course.get_url()}"


def test_a_visitor_and_a_learner_choose_a_course(page, origin, look, sign_in, catalogue):
    settings = TrainingSettings.for_site(Site.objects.get(is_default_site=True))
    settings.open_to_visitors = True
    settings.save()
    basic = make_course(title="Basic awareness", aim="Know whom to tell.")
    level3 = make_course(title="Safeguarding level 3")
    level3.sources = [CourseSource(title="A guide", kind="law", dated_on=timezone.localdate())]
    level3.priorities = [make_priority()]
    level3.save()
    CoursePrerequisite.objects.create(course=level3, needs=basic, sort_order=0)
    for course, days in ((basic, 20), (level3, 40), (level3, 60)):
        make_session(course=course, starts=timezone.now() + timedelta(days=days))

    page.goto(f"{origin}/courses/")
    look(page)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Places").select_option("yes")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main")).to_contain_text("2 of 2 courses have all of this.")
    look(page)
    page.get_by_role("link", name="Safeguarding level 3").click()
    expect(page.locator("main")).to_contain_text("Sign in to book a place.")
    look(page)

    sign_in(page, make_person(user=True).user.email)
    page.goto(f"{origin}{level3.get_url()}")
    expect(page.locator("main")).to_contain_text("You need Basic awareness first.")
    expect(page.get_by_role("link", name="Book Basic awareness")).to_be_visible()
    look(page)

"""The review of a policy as its owner, its deputy and its sponsor meet it."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kernel.lifecycle.review import add_months
from policy_pages.models import Review
from policy_pages.reviews import services
from tests.factories.organisation import make_person
from tests.factories.policies import issue
from tests.journeys.policies import make_full_policy

PICTURES = os.environ.get("PICTURES")
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seen(page, look):
    """Look at the page; where somebody asks for pictures, take one at both widths."""

    def see(name):
        look(page)
        for width in (1280, 320) if PICTURES else ():
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        page.set_viewport_size({"width": 1280, "height": 800})

    return see


@pytest.fixture
def policy(transactional_db):
    """In its window: due in about five months; a second review runs beside it."""
    today = timezone.localdate()
    page = make_full_policy(
        owner_deputy=make_person(user=True, name="Tom Birch"),
        sponsor=make_person(user=True, name="Nia Bowen"),
        review_months=36,
    )
    issue(page, today=add_months(today, -31))
    services.add_cycle(
        page,
        name="Review of the plan",
        months=18,
        starts_on=add_months(today, -12),
        actor=page.policy_owner.user,
        today=today,
    )
    return page


def test_an_owner_is_asked_and_finds_everything_about_the_review(page, origin, seen, sign_in, policy):
    sign_in(page, policy.policy_owner.user.email)
    page.goto(f"{origin}/desk/")
    seen("desk")
    page.get_by_role("link", name="Say what you found").first.click()
    page.wait_for_url(f"**/policy/{policy.pk}/review/")
    expect(page.get_by_role("heading", name="What did your review find?")).to_be_visible()
    expect(page.get_by_role("heading", name="Review of the plan")).to_be_visible()
    seen("review")

    page.get_by_role("link", name="Read the policy").click()
    expect(page.get_by_role("heading", name="What did your review find?")).to_be_visible()
    seen("policy")
    page.get_by_role("link", name="All about this review").click()
    page.wait_for_url(f"**/policy/{policy.pk}/review/")


def test_a_review_beside_that_of_the_text_is_added_and_written_down(page, origin, seen, sign_in, policy):
    sign_in(page, policy.owner_deputy.user.email)
    page.goto(f"{origin}/policy/{policy.pk}/review/")
    page.get_by_role("link", name="Add a review").click()
    page.get_by_role("button", name="Add this review").click()
    seen("add-error")
    page.get_by_label("What is reviewed").fill("Review of the training")
    page.get_by_label("Every", exact=True).fill("2")
    page.get_by_label("years").check()
    first = date(2026, 9, 1)
    for label, value in (("Day", first.day), ("Month", first.month), ("Year", first.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_role("button", name="Add this review").click()
    expect(page.get_by_role("heading", name="Review of the training")).to_be_visible()
    expect(page.get_by_text("1 September 2028")).to_be_visible()
    seen("added")

    page.get_by_role("link", name="Write down that it is done").first.click()
    seen("done")
    page.get_by_label("What the review found").fill("Six of seven actions are done.")
    today = timezone.localdate()
    for label, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_role("button", name="Write down this review").click()
    expect(page.get_by_text("Six of seven actions are done.")).to_be_visible()
    seen("found")

    page.get_by_role("link", name="Stop this review").first.click()
    seen("stop")


def test_an_overdue_policy_is_read_and_followed_and_its_sponsor_is_told(page, origin, seen, sign_in, policy):
    Review.objects.filter(main=True).update(due=add_months(timezone.localdate(), -1))
    reader = make_person(user=True, name="Priya Nair")
    sign_in(page, reader.user.email)
    page.goto(origin + policy.get_url())
    expect(page.get_by_text("Follow it. Its review was due")).to_be_visible()
    expect(page.get_by_text("What did your review find?")).to_have_count(0)
    seen("reader")

    page.context.clear_cookies()
    sign_in(page, policy.sponsor.user.email)
    page.goto(f"{origin}/desk/")
    expect(page.get_by_text("Its review is overdue; the text stays in force.").first).to_be_visible()
    seen("sponsor-desk")
    page.goto(f"{origin}/policy/{policy.pk}/review/")
    seen("sponsor-review")

"""Search over clauses and the register, in a browser: full, narrowed, empty, by keys, wide and narrow."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories.organisation import make_person
from tests.factories.policies import edit, issue, make_home, make_library, make_policy, section
from tests.journeys.looking import tab_to
from tests.journeys.policies import FAR, FIRST, LONG_TITLE, SECOND, make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def library(transactional_db):
    make_home()
    return make_library()


def picture(page, name):
    """For eyes: a picture at both widths, where somebody asks for them."""
    for width in (1280, 320) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_search_lands_on_the_clause(page, origin, look, library):
    issue(make_full_policy(audience="public"), today=FIRST)
    others = make_policy(title=LONG_TITLE, reference="LO-1", audience="public")
    issue(others, today=SECOND)
    page.goto(origin + "/search/?q=named+nurse")
    look(page)
    picture(page, "found")
    hits = page.locator(".wa-hit")
    expect(hits.locator("mark").first).to_be_visible()

    tab_to(page, "2.1 Tell somebody in Safeguarding children policy")
    page.keyboard.press("Enter")

    page.wait_for_url("**/policies/safeguarding-children/#*")
    expect(page.locator(":target")).to_contain_text("Tell the named nurse the same working day.")
    expect(page.locator(":target")).to_be_in_viewport()


def test_filters_narrow_a_search_and_come_off(page, origin, look, library):
    issue(make_full_policy(audience="public"), today=FIRST)
    page.goto(origin + "/search/?q=nurse")
    before = page.locator(".wa-hit").count()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("How binding").select_option("may")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".wa-hit")).to_have_count(1)
    look(page)
    picture(page, "filtered")

    page.get_by_role("link", name=re.compile("How binding: may")).click()

    expect(page.locator(".wa-hit")).to_have_count(before)


def test_nothing_found_is_helped(page, origin, look, library):
    issue(make_full_policy(audience="public"), today=FIRST)
    page.goto(origin + "/search/?q=safegarding&force=must")
    look(page)
    picture(page, "nothing")

    page.get_by_role("link", name="safeguarding", exact=True).click()

    expect(page.locator("main")).to_contain_text("Safeguarding children policy")


def test_the_register(page, origin, look, sign_in, library):
    policy = make_full_policy()
    owner = policy.policy_owner
    sign_in(page, owner.user.email)
    page.goto(origin + "/policy-register/?q=nothing&standing=late")
    look(page)
    picture(page, "register-empty")
    issue(policy, today=FIRST)
    edit(policy, title="Safeguarding children and young people")
    issue(make_policy(title=LONG_TITLE, review_months=12, policy_owner=owner), today=FIRST)
    make_policy(title="Visiting at night", policy_owner=owner, body=[section("Why")])
    issue(make_policy(title="Later policy", policy_owner=make_person(user=True)), today=SECOND)
    issue(make_policy(title="Far policy", policy_owner=owner), today=SECOND, wanted_from=FAR)

    page.goto(origin + "/policies/")
    look(page)
    page.get_by_role("link", name="Register", exact=True).click()
    look(page)
    picture(page, "register")
    titles = page.locator("tbody th a")
    expect(titles).to_have_count(5)

    tab_to(page, "Review due")
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Review due")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Standing").select_option("late")
    page.get_by_role("button", name="Show").click()
    expect(titles).to_have_count(1)
    expect(page.locator("tbody td").nth(4)).to_contain_text("overdue")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Review due")
    look(page)
    picture(page, "register-filtered")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Download as XLSX").click()
    assert sheet.value.suggested_filename == "policy-register.xlsx"

"""An owner is found by keys in the policy editor, and a seat is given in a body's form."""

import pytest
from playwright.sync_api import expect

from portal.role_sync import sync_roles
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_body, make_job_role, make_person, make_post, make_role_holder
from tests.factories.policies import make_library, make_policy
from tests.journeys.looking import axe_faults, focus_is_visible, tab_to
from tests.journeys.policies import choose_person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowd(transactional_db):
    """Enough people that the window has pages."""
    make_library()
    make_root_collection()
    sync_roles()
    for number in range(25):
        make_post(person=make_person(name=f"Nair {number:02}"), job_role=make_job_role())
    return make_person(name="Priya Nair")


@pytest.mark.parametrize("width", [1280, 320])
def test_an_owner_is_chosen_by_keys(width, page, origin, sign_in, crowd):
    author = make_role_holder("author")
    policy = make_policy(author=author, policy_owner=None)
    page.set_viewport_size({"width": width, "height": 720})
    sign_in(page, author.email)
    page.goto(f"{origin}/admin/pages/{policy.pk}/edit/#tab-owner_bodies_and_readers")

    tab_to(page, "Choose a person: Owner", limit=200)
    page.keyboard.press("Enter")
    window = page.locator(".modal-content")
    expect(window.get_by_role("link", name="Nair 00")).to_be_visible()
    page.wait_for_function("() => document.activeElement.closest('.modal') !== null")
    tab_to(page, "Search by name")
    page.keyboard.type("priya")
    expect(window.get_by_role("alert")).to_contain_text("1 match")
    tab_to(page, "Priya Nair")
    assert focus_is_visible(page)
    assert axe_faults(page, within=".modal-content") == []
    assert page.evaluate("document.querySelector('.modal-content').scrollWidth") <= width
    page.keyboard.press("Enter")

    expect(window).to_be_hidden()
    expect(page.locator("#id_policy_owner-chooser .chosen button").first).to_be_focused()
    expect(page.locator("#id_policy_owner-title")).to_have_text("Priya Nair")
    assert axe_faults(page, within="#id_policy_owner-chooser") == []
    expect(page.locator("#id_policy_owner")).to_have_value(str(crowd.pk))


def test_a_seat_is_given_in_a_new_row(page, origin, sign_in, crowd):
    administrator = make_role_holder("site-administrator")
    body = make_body(members=[make_person(name="Mo Shah")])
    sign_in(page, administrator.email)
    page.goto(f"{origin}/admin/organisation/bodies/edit/{body.pk}/")
    page.get_by_role("button", name="Add membership").click()

    choose_person(page, "Person", "priya", "Priya Nair")
    page.locator("[name$='-1-from_on']").fill("2026-11-02")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("updated.")).to_be_visible()
    assert sorted(body.memberships.values_list("person__name", flat=True)) == ["Mo Shah", "Priya Nair"]

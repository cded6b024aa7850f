"""The end of a review on screen: asked by the owner, decided by the body, read by everybody; each state looked at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.lifecycle.review import add_months
from tests.factories import outcomes as ask
from tests.factories import policies as make
from tests.factories.organisation import make_person
from tests.journeys.looking import came_back, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(page, origin, sign_in):
    """``visit(user, path)``: that page as ``user``, who takes the place of whoever was there."""

    def visit(user, path):
        page.context.clear_cookies()
        sign_in(page, user.email)
        page.goto(origin + path)
        return page

    return visit


@pytest.fixture
def policy():
    """In force since eight months; its review is due in four, so that its window is open."""
    values = {"title": "Zebrafinch handling", "slug": "zebrafinch", "reference": "ZF-1"}
    page = ask.issued(today=add_months(timezone.localdate(), -8), **values)
    page.refresh_from_db()
    return page


def press(page, name):
    page.get_by_role("button", name=name).click()


def sign(visit, proposal, words="Allow this proposal"):
    for member in make.members_of(proposal.body)[: proposal.body.quorum]:
        press(visit(member, proposal.address()), words)
    return proposal


def fill_day(page, name, day):
    for part in ("day", "month", "year"):
        page.locator(f"input[name={name}_{part}]").fill(str(getattr(day, part)))


def test_no_change(page, look, visit, policy):
    owner = policy.policy_owner.user
    look(visit(owner, policy.get_url()))
    page.get_by_role("button", name="No change needed").click()
    look(page)
    press(page, "Propose to keep it unchanged")
    came_back(page)
    look(page)
    page.get_by_label("What did your review find?").fill("Every clause still holds.")
    press(page, "Propose to keep it unchanged")
    told(page, "Proposed. Drafts Panel has been told.")
    look(page)
    look(visit(owner, policy.get_url()))
    look(visit(owner, f"/policy/{policy.pk}/review/more-time/"))
    sign(visit, policy.proposals.get())
    told(page, "Your signature is recorded.")
    look(visit(make_person(user=True).user, policy.get_url()))
    assert "unchanged." in page.locator(".wa-standing").inner_text()


def test_more_time(page, look, visit, policy):
    owner, today = policy.policy_owner.user, timezone.localdate()
    look(visit(owner, f"/policy/{policy.pk}/review/more-time/"))
    fill_day(page, "to_due", today + timedelta(days=4000))
    page.get_by_label("Why more time is needed").fill("the guidance is changing")
    page.get_by_label("What may go wrong meanwhile").fill("None is known.")
    press(page, "Ask for more time")
    came_back(page)
    look(page)
    fill_day(page, "to_due", add_months(today, 9))
    press(page, "Ask for more time")
    told(page, "Proposed. Drafts Panel has been told.")
    sign(visit, policy.proposals.get())
    look(visit(make_person(user=True).user, policy.get_url()))
    assert (
        "because the guidance is changing (first of at most 2)." in page.locator(".wa-standing").inner_text()
    )
    look(visit(owner, "/policies/"))


def test_withdrawn(page, look, visit, policy):
    owner, today = policy.policy_owner.user, timezone.localdate()
    link = make.clause(f'See <a linktype="page" id="{policy.pk}">finches</a>.')
    make.issue(make.make_policy(title="Badger care", reference="BC-1", body=[*make.BODY, link]), today=today)
    make.issue(make.make_policy(title="Finch feeding", reference="CP-019"), today=today)
    look(visit(owner, f"/policy/{policy.pk}/review/retire/"))
    page.get_by_label("Why it is withdrawn").fill("No ward has it.")
    page.get_by_label("Reference of the policy to use instead").fill("CP-91")
    fill_day(page, "withdrawn_from", today)
    press(page, "Propose to withdraw this policy")
    came_back(page)
    look(page)
    page.get_by_label("Reference of the policy to use instead").fill("CP-019")
    press(page, "Propose to withdraw this policy")
    told(page, "has been told.")
    sign(visit, policy.proposals.get())
    reader = make_person(user=True).user
    look(visit(reader, policy.get_url()))
    words = "Do not follow this policy. Withdrawn"
    assert words in page.locator(".wa-standing").inner_text()
    page.get_by_role("link", name="CP-019 Finch feeding").click()
    look(page)
    look(visit(reader, f"{policy.get_url()}v/1.0/"))
    look(visit(reader, f"{policy.get_url()}@{today}/"))
    look(visit(owner, f"/policy/{policy.pk}/review/"))
    look(visit(owner, f"/policy/{policy.pk}/review/retire/"))

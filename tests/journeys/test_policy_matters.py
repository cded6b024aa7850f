"""Conditions, the chair's action, a proposal: each screen in each state, for each person who meets it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.lifecycle import proposals
from kernel.lifecycle.models import ChairAction
from tests.factories import matters
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person
from tests.journeys.looking import came_back, told
from tests.journeys.policies import make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(page, origin, sign_in):
    """``visit(user, path)``: that address as ``user``, who takes the place of whoever was there."""

    def visit(user, path):
        page.context.clear_cookies()
        sign_in(page, user.email)
        page.goto(f"{origin}{path}")
        return page

    return visit


@pytest.fixture
def today():
    return timezone.localdate()


def press(page, name):
    page.get_by_role("button", name=name).click()


def type_day(page, row, day):
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name=due_{row}_{part}]").fill(str(value))


def test_conditions_from_their_making_to_the_last(page, look, visit, today):
    chair, member = (make_person(user=True, name=name) for name in ("Meera Joshi", "Rhian Bell"))
    owner = make_person(user=True, name="Desmond Achebe")
    body = make_body(name="Document panel", members=[member], chair=chair, quorum=1)
    policy = make_full_policy(approving_body=body, policy_owner=owner)
    make.submit(policy, today=today)

    visit(member.user, f"/policy/{policy.pk}/decide/")
    page.get_by_text("Approve with conditions", exact=True).click()
    press(page, "Approve this text with conditions")
    came_back(page)
    look(page)
    page.locator("[name=words_1]").fill("Say who answers at night.")
    page.locator("[name=owner_1]").select_option(label="Desmond Achebe")
    type_day(page, 1, today + timedelta(days=9))
    press(page, "Approve this text with conditions")
    told(page, "Approved with conditions.")
    look(page)

    look(visit(owner.user, "/desk/"))
    page.get_by_role("link", name="Read the condition").click()
    page.wait_for_url("**/conditions/")
    look(page)
    look(visit(chair.user, f"/policy/{policy.pk}/decide/"))
    page.get_by_role("link", name="Say that a condition is met").first.click()
    page.wait_for_url("**/conditions/")
    press(page, "Condition 1 is met")
    came_back(page)
    look(page)
    page.get_by_label("What was done").fill("The site manager does, see 2.4.")
    press(page, "Condition 1 is met")
    told(page, "Kept: this condition is met.")
    look(page)
    assert policy.open_submission.state == "approved"


def test_the_chairs_action_and_its_ratification(page, look, visit, today):
    members = [make_person(user=True) for _number in range(2)]
    chair = make_person(user=True, name="Ruth Abernathy")
    body = make_body(name="Policy Group", members=members, chair=chair, quorum=2, ratifies_by="signatures")
    policy = make_full_policy(ratifying_body=body)
    make.approve(make.submit(policy, today=today), today=today)

    look(visit(chair.user, f"/policy/{policy.pk}/decide/"))
    page.get_by_role("link", name="It cannot wait").click()
    page.wait_for_url("**/chair-action/")
    look(page)
    press(page, "Issue this text by chair's action")
    came_back(page)
    look(page)
    page.get_by_label("Why").fill("The ward opens tonight.")
    press(page, "Issue this text by chair's action")
    told(page, "Issued by chair's action.")
    look(page)
    assert page.get_by_role("button", name="Ratify this text").count() == 0

    address = f"/policy-chair-actions/{ChairAction.objects.get().pk}/"
    look(visit(members[0].user, address))
    press(page, "Ratify this text")
    told(page, "Your signature is recorded.")
    visit(members[1].user, address)
    page.get_by_text("Do not ratify", exact=True).click()
    press(page, "Do not ratify this chair's action")
    came_back(page)
    look(page)
    page.locator("#decline-reason").fill("It could have waited.")
    press(page, "Do not ratify this chair's action")
    told(page, "Not ratified.")
    look(page)
    look(visit(policy.policy_owner.user, f"/policy/{policy.pk}/history/"))


def test_a_proposal_for_each_who_meets_it(page, look, visit, today, monkeypatch):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)
    policy = make_full_policy()
    make.issue(policy, today=today)
    proposal = matters.propose(policy, today=today, risk="Nobody answers on that day.")
    first, second, third = make.members_of(proposal.body)
    address = f"/policy-proposals/{proposal.pk}/"

    look(visit(policy.policy_owner.user, address))
    look(visit(third, address))
    page.get_by_text("I have an interest and take no part").click()
    page.locator("#no_part-reason").fill("It is my own ward.")
    press(page, "Take no part")
    told(page, "It is kept that you take no part.")
    look(page)
    look(visit(first, address))
    press(page, "Allow this proposal")
    told(page, "Your signature is recorded.")
    visit(second, address)
    press(page, "Allow this proposal")
    told(page, "Your signature is recorded.")
    look(page)
    proposal.refresh_from_db()
    assert proposal.state == "allowed"

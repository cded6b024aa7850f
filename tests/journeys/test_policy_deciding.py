"""The deciding screen for each person who may meet it: one who decides, one who may not, and afterwards."""

import pytest

from tests.factories.policies import approve, members_of, record, seated, sign_once, submit
from tests.journeys.looking import came_back, told
from tests.journeys.policies import FIRST, make_full_policy, make_meeting_body

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(page, origin, sign_in):
    """``visit(user, policy)``: the deciding screen as ``user``, who takes the place of whoever was there."""

    def visit(user, policy):
        page.context.clear_cookies()
        sign_in(page, user.email)
        page.goto(f"{origin}/policy/{policy.pk}/decide/")
        return page

    return visit


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_approve_by_a_member(page, look, visit):
    policy = make_full_policy()
    submission = submit(policy, today=FIRST)
    (approver,) = members_of(submission.approving_body)
    look(visit(approver, policy))
    page.get_by_text("Send back with a reason").click()
    press(page, "Send this text back")
    came_back(page)
    look(page)
    press(page, "Approve this text")
    told(page, "Your approval is recorded.")
    assert page.get_by_role("button", name="Approve this text").count() == 0


def test_those_who_may_not(look, visit):
    policy = make_full_policy(ratifying_body=make_meeting_body())
    submission = submit(policy, today=FIRST)
    (chair,) = seated(submission.ratifying_body, "chair")
    look(visit(chair, policy))
    approve(submission, today=FIRST)
    look(visit(policy.policy_owner.user, policy))


def test_signatures(page, look, visit):
    policy = make_full_policy()
    submission = approve(submit(policy, today=FIRST), today=FIRST)
    sign_once(submission, today=FIRST)
    first, second, *_rest = members_of(submission.ratifying_body)
    look(visit(first, policy))
    look(visit(second, policy))
    press(page, "Sign for ratification")
    told(page, "Your signature is recorded.")
    look(page)


def test_a_meeting(page, look, visit):
    policy = make_full_policy(ratifying_body=make_meeting_body())
    submission = approve(submit(policy, today=FIRST), today=FIRST)
    body = submission.ratifying_body
    look(visit(seated(body, "secretary")[0], policy))
    press(page, "Record this decision")
    came_back(page)
    look(page)
    record(submission, today=FIRST, minute_reference="PG/22/031")
    page.goto(page.url)
    look(page)
    look(visit(seated(body, "chair")[0], policy))
    press(page, "Confirm this record")
    told(page, "Confirmed.")
    look(page)


def test_a_text_that_changed_meanwhile(look, visit):
    policy = make_full_policy(ratifying_body=make_meeting_body())
    submission = submit(policy, today=FIRST)
    type(submission).objects.filter(pk=submission.pk).update(text_sha256="0" * 64)
    (approver,) = members_of(submission.approving_body)
    shown = visit(approver, policy)

    assert shown.get_by_text("The text changed after it was submitted").is_visible()
    look(shown)

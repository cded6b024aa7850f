"""Wagtail's own buttons lead to the same services, through the model and through the admin."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kernel.lifecycle import buttons
from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.factories.accounts import find_permission, make_user
from tests.factories.organisation import make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
APPROVE = [("reject", "Send back with a reason", True), ("approve", "Approve this text", True)]
SIGN = [("reject", "Send back with a reason", True), ("approve", "Sign for ratification", True)]


def offered(page, step, user):
    return buttons.actions_offered(page, step, user, TODAY)


def test_author_in_the_approving_body_is_offered_nothing_and_refused_when_forced():
    """W1; the member beside the author is offered both buttons, which is the control."""
    page = make.make_policy()
    author, member = make.author_of(page), make.members_of(page.approving_body)[0]
    make_seat(body=page.approving_body, person=author.staff_profile)
    make.submit(page)

    assert (offered(page, "approve", author), offered(page, "approve", member)) == ([], APPROVE)
    page.refresh_from_db()
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied, match="You wrote part of this"):
        state.task.specific.on_action(state, author, "approve", comment="Fine.")


def test_buttons_of_each_step():
    page = make.make_policy()
    approver, signer = make.members_of(page.approving_body)[0], make.members_of(page.ratifying_body)[0]
    make.approve(make.submit(page))

    assert (offered(page, "ratify", approver), offered(page, "ratify", signer)) == ([], SIGN)
    assert buttons.pages_to_decide(signer, "ratify", TODAY) == [page.pk]


def test_a_meeting_has_no_button():
    page = make.make_meeting_policy()
    make.approve(make.submit(page))

    for capacity in ("secretary", "member", "chair"):
        assert offered(page, "ratify", make.seated(page.ratifying_body, capacity)[0]) == []


def test_approval_by_button_in_the_admin_is_the_service(client):
    page = make.make_policy()
    member = make.members_of(page.approving_body)[0]
    member.user_permissions.add(find_permission("wagtailadmin.access_admin"))
    submission = make.submit(page)
    page.refresh_from_db()
    client.force_login(member)
    state = page.current_workflow_task_state.pk

    answer = client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state]),
        {"comment": "Content is right.", "actor_id": 1, "state": "issued"},
    )

    submission.refresh_from_db()
    decision = submission.decisions.get(kind="approve")
    assert (answer.status_code, submission.state) == (302, "approved")
    assert (decision.actor_id, decision.statement) == (member.pk, "Content is right.")


@pytest.mark.parametrize("is_superuser", [True, False])
def test_button_in_the_admin_refuses_the_author(client, is_superuser):
    person = make_person(user=make_user(is_superuser=is_superuser))
    person.user.user_permissions.add(find_permission("wagtailadmin.access_admin"))
    page = make.make_policy(author=person.user)
    make_seat(body=page.approving_body, person=person)
    submission = make.submit(page)
    page.refresh_from_db()
    client.force_login(person.user)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )

    client.post(address, {"comment": "Mine."})

    submission.refresh_from_db()
    assert (submission.state, PolicyVersion.objects.count()) == ("submitted", 0)

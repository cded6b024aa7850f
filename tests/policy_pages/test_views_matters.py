"""Conditions, the chair's action and proposals through the test client, on the clock's day."""

import pytest
from django.utils import timezone

from kernel.lifecycle import proposals, submissions
from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.models import ChairAction, ClosedDay, Condition, Decision
from policy_pages.models import PolicyVersion
from tests.factories import matters
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.localdate()


@pytest.fixture
def close_a_day(monkeypatch):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)


def words(answer):
    return answer.content.decode()


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def in_force(now, page=None):
    page = page or make.make_policy()
    make.sign(make.approve(make.submit(page, today=now), today=now), today=now)
    page.refresh_from_db()
    return page


def chaired(now):
    """An approved text of a body that signs and has a chair."""
    page = matters.make_signing_chaired_policy()
    return page, make.approve(make.submit(page, today=now), today=now)


def conditional(now, *rows):
    body = make_body(members=[make_person(user=True)], chair=make_person(user=True), quorum=1)
    page = make.make_policy(approving_body=body)
    asked = [Asked(words=row, owner=make_person(user=True), due=now) for row in rows or ["Name it."]]
    member = make.seated(body, "member")[0]
    submissions.approve(make.submit(page, today=now), actor=member, today=now, conditions=asked)
    return page


def test_approval_with_conditions_is_one_press(sign_in, now):
    page = make.make_policy()
    make.submit(page, today=now)
    approver = make.members_of(page.approving_body)[0]
    client, address = sign_in(approver), f"/policy/{page.pk}/decide/"
    row = {"words_1": "Name the helpline.", "owner_1": page.policy_owner_id, **parts("due_1", now)}

    missing = client.post(address, {"act": "approve_if", "words_1": "Name it."})
    empty = client.post(address, {"act": "approve_if"})
    done = client.post(address, {"act": "approve_if", **row})

    assert "Condition 1 needs words, a person and a day." in words(missing)
    assert "Enter at least one condition." in words(empty)
    assert (done.status_code, page.open_submission.state) == (302, "conditional")
    assert Condition.objects.get().owner == page.policy_owner
    assert "Name the helpline." in words(client.get(address))


def test_a_condition_goes_to_nobody_outside_the_list(sign_in, now):
    page = make.make_policy()
    make.submit(page, today=now)
    approver = make.members_of(page.approving_body)[0]
    row = {"words_1": "Name it.", "owner_1": make_person().pk, **parts("due_1", now)}

    sign_in(approver).post(f"/policy/{page.pk}/decide/", {"act": "approve_if", **row})

    assert not Condition.objects.exists()


def test_chair_closes_conditions_on_their_page(sign_in, now):
    page = conditional(now, "Name it.", "Ask them.")
    first, second = Condition.objects.order_by("number")
    client = sign_in(make.seated(page.approving_body, "chair")[0])
    address = f"/policy/{page.pk}/conditions/"

    assert words(client.get(address)).count('name="condition"') == 2
    silent = client.post(address, {"condition": first.pk, "words": ""})
    assert "Say what was done." in words(silent)
    client.post(address, {"condition": first.pk, "words": "Done."})
    again = client.post(address, {"condition": first.pk, "words": "Done again."}, follow=True)
    assert "This condition is met already." in words(again)
    client.post(address, {"condition": second.pk, "words": "Asked."})

    assert page.open_submission.state == "approved"


def test_a_condition_of_another_text_is_none_of_this_one(sign_in, now):
    page, other = conditional(now), conditional(now)
    client = sign_in(make.seated(page.approving_body, "chair")[0])
    strange = other.open_submission.conditions.get()

    answer = client.post(f"/policy/{page.pk}/conditions/", {"condition": strange.pk, "words": "Done."})

    assert (answer.status_code, hasattr(Condition.objects.get(pk=strange.pk), "closure")) == (404, False)


def test_a_member_reads_the_conditions_and_is_refused_when_the_form_is_forged(sign_in, now):
    page = conditional(now)
    client = sign_in(make.seated(page.approving_body, "member")[0])
    shown = words(client.get(f"/policy/{page.pk}/conditions/"))

    answer = client.post(
        f"/policy/{page.pk}/conditions/", {"condition": Condition.objects.get().pk, "words": "Done."}
    )

    assert ("Name it." in shown, 'name="condition"' in shown) == (True, False)
    assert (answer.status_code, page.open_submission.state) == (403, "conditional")


def test_whoever_sees_to_a_condition_may_read_the_text(sign_in, now):
    page = conditional(now)
    owner = Condition.objects.get().owner.user

    assert sign_in(owner).get(f"/policy/{page.pk}/conditions/").status_code == 200
    assert "Name it." in words(sign_in(owner).get("/desk/"))
    assert sign_in(make_person(user=True).user).get(f"/policy/{page.pk}/conditions/").status_code == 404


def test_rejected_on_the_screen(sign_in, now):
    page = make.make_policy()
    submission = make.submit(page, today=now)
    client = sign_in(make.members_of(page.approving_body)[0])

    client.post(f"/policy/{page.pk}/decide/", {"act": "reject", "reason": "We do not do this."})

    submission.refresh_from_db()
    assert submission.state == "rejected"
    assert "We do not do this." in words(sign_in(page.policy_owner.user).get(f"/policy/{page.pk}/decide/"))


def test_chair_acts_alone_behind_a_page_of_its_own(sign_in, now):
    page, submission = chaired(now)
    chair = make.seated(submission.ratifying_body, "chair")[0]
    client, address = sign_in(chair), f"/policy/{page.pk}/chair-action/"

    assert address in words(client.get(f"/policy/{page.pk}/decide/"))
    silent = client.post(address, {"act": "chair", "reason": ""})
    assert (silent.status_code, PolicyVersion.objects.count()) == (200, 0)
    done = client.post(address, {"act": "chair", "reason": "The ward opens tonight."})

    action = ChairAction.objects.get()
    assert (done.headers["Location"], action.state) == (f"/policy-chair-actions/{action.pk}/", "open")
    assert "You wrote part of this or issued it" in words(client.get(done.headers["Location"]))


@pytest.mark.parametrize("capacity", ["member", "stranger"])
def test_the_page_of_the_chair_is_for_nobody_else(sign_in, now, capacity):
    page, submission = chaired(now)
    user = (
        make.seated(submission.ratifying_body, "member")[0]
        if capacity == "member"
        else make_person(user=True).user
    )
    client = sign_in(user)

    statuses = [
        client.get(f"/policy/{page.pk}/chair-action/").status_code,
        client.post(f"/policy/{page.pk}/chair-action/", {"act": "chair", "reason": "Now."}).status_code,
    ]

    assert (statuses, PolicyVersion.objects.count()) == ([404, 404], 0)


def test_members_ratify_the_chairs_action_on_its_page(sign_in, now):
    page, submission = chaired(now)
    action = matters.act_alone(submission, today=now)
    first, second = make.seated(action.body, "member")[:2]
    address = f"/policy-chair-actions/{action.pk}/"

    assert address in words(sign_in(first).get("/desk/"))
    for user in (first, second):
        assert sign_in(user).post(address, {"act": "sign"}).status_code == 302
    repeated = sign_in(first).post(address, {"act": "sign"}, follow=True)

    action.refresh_from_db()
    assert action.state == "ratified"
    assert "You already did this on" in words(repeated)


def test_take_no_part_on_the_screen(sign_in, now):
    page = make.make_policy()
    make.approve(make.submit(page, today=now), today=now)
    client = sign_in(make.members_of(page.ratifying_body)[0])
    address = f"/policy/{page.pk}/decide/"

    client.post(address, {"act": "no_part", "reason": "My sister's ward."})
    shown = words(client.get(address))

    assert Decision.objects.get(kind="no part").statement == "My sister's ward."
    assert 'value="sign"' not in shown


def test_a_proposal_is_decided_on_its_page(sign_in, now, close_a_day):
    page = in_force(now)
    proposal = matters.propose(page, today=now, risk="Little.")
    first, second, _third = make.members_of(proposal.body)
    address = f"/policy-proposals/{proposal.pk}/"

    desk = words(sign_in(first).get("/desk/"))
    assert all(text in desk for text in (address, "Close a day: waiting for a decision.", "Read and decide"))
    assert "Read and sign" not in desk
    shown = words(sign_in(first).get(address))
    assert all(text in shown for text in ("Close a day", "Nobody is there.", "Little.", proposal.body.name))
    for user in (first, second):
        sign_in(user).post(address, {"act": "sign", "statement": "Right."})

    proposal.refresh_from_db()
    assert (proposal.state, ClosedDay.objects.count()) == ("allowed", 1)
    assert "Proposed" in words(sign_in(page.policy_owner.user).get(f"/policy/{page.pk}/history/"))


def test_a_proposal_in_a_meeting(sign_in, now, close_a_day):
    page = make.make_meeting_policy()
    submission = make.approve(make.submit(page, today=now), today=now)
    make.record(submission, today=now)
    make.confirm(submission, today=now)
    proposal = matters.propose(page, today=now)
    body = proposal.body
    there = [user.staff_profile.pk for user in make.seated(body, "member")]
    address = f"/policy-proposals/{proposal.pk}/"
    minute = {"outcome": "allow", "minute_reference": "B 7", "present": there, **parts("meeting_on", now)}

    sign_in(make.seated(body, "secretary")[0]).post(address, {"act": "minute", **minute})
    sign_in(make.seated(body, "chair")[0]).post(address, {"act": "confirm"})

    proposal.refresh_from_db()
    assert (proposal.state, ClosedDay.objects.get().reason) == ("allowed", f"{now} B 7")


def test_the_proposer_sees_why_not_and_withdraws(sign_in, now, close_a_day):
    page = in_force(now)
    proposal = matters.propose(page, today=now)
    make_seat(body=proposal.body, person=page.policy_owner)
    client, address = sign_in(page.policy_owner.user), f"/policy-proposals/{proposal.pk}/"

    assert "You proposed this, so somebody else decides it." in words(client.get(address))
    forged = client.post(address, {"act": "sign"})
    client.post(address, {"act": "withdraw"})

    proposal.refresh_from_db()
    assert (forged.status_code, proposal.state, ClosedDay.objects.count()) == (403, "withdrawn", 0)


@pytest.mark.parametrize("thing", ["policy-proposals", "policy-chair-actions"])
def test_nobody_else_sees_what_a_body_is_asked(people_by_name, sign_in, now, thing, close_a_day):
    if thing == "policy-proposals":
        matter = matters.propose(in_force(now), today=now)
    else:
        matter = matters.act_alone(chaired(now)[1], today=now)

    statuses = {
        name: sign_in(user).get(f"/{thing}/{matter.pk}/").status_code for name, user in people_by_name.items()
    }

    assert statuses == {"visitor": 302, "outsider": 404, "partner": 404, "staff": 404}


@pytest.mark.parametrize("act", ["", "approve", "publish", "withdraw_all", "chair", "__class__"])
def test_unknown_acts_are_no_acts(sign_in, now, act, close_a_day):
    proposal = matters.propose(in_force(now), today=now)
    member = make.members_of(proposal.body)[0]

    answer = sign_in(member).post(f"/policy-proposals/{proposal.pk}/", {"act": act})

    assert (answer.status_code, proposal.decisions.count()) == (404, 1)

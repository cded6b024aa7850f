"""Proposals and chair's actions. The kind of proposal here closes a day: an effect that a test can see."""

from datetime import date

from django.core.exceptions import ValidationError

from kernel.lifecycle import chair_actions, proposals
from kernel.lifecycle.models import ClosedDay
from kernel.lifecycle.proposals import ProposalKind
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person, make_seat

TODAY = make.TODAY


def check(page, facts, today):
    if facts.get("day") == "never":
        raise ValidationError("There is no such day.")


def carry_out(proposal, *, actor, today, decided_on, minute_reference):
    if proposal.facts.get("day") == "fails":
        raise ValidationError("It cannot be carried out.")
    words = f"{decided_on} {minute_reference}".strip()
    ClosedDay.objects.create(day=date.fromisoformat(proposal.facts["day"]), reason=words)


CLOSE_A_DAY = ProposalKind(key="close a day", label="Close a day", check=check, carry_out=carry_out)


def issued(page=None, **values):
    """A policy with a version in force; ``values`` go to the policy."""
    page = page or make.make_policy(**values)
    submission = make.approve(make.submit(page))
    if submission.ratifying_body.ratifies_by == "meeting":
        make.record(submission)
        make.confirm(submission)
    else:
        make.sign(submission)
    page.refresh_from_db()
    return page


def propose(page, *, today=TODAY, actor=None, **values):
    """A question by its owner; ``CLOSE_A_DAY`` must be registered."""
    words = {"kind": "close a day", "reason": "Nobody is there.", "facts": {"day": "2026-12-31"}}
    return proposals.propose(page, actor=actor or page.policy_owner.user, today=today, **{**words, **values})


def record(matter, service, *, today=TODAY, **values):
    """The secretary's record of a proposal or a chair's action, two members present."""
    (secretary, *_others) = make.seated(matter.body, "secretary")
    words = {"meeting_on": today, "outcome": "allow", "in_force_from": None}
    return service.record_meeting(
        matter, actor=secretary, today=today, minute=make.minute_of(matter.body, **{**words, **values})
    )


def confirm(matter, service, *, today=TODAY):
    return service.confirm_meeting(matter, actor=make.seated(matter.body, "chair")[0], today=today)


def make_chaired_policy(**overrides):
    """Ratified in meetings by a body with a chair, a vice chair, a secretary and two members."""
    page = make.make_meeting_policy(**overrides)
    make_seat(body=page.ratifying_body, person=make_person(user=True), capacity="vice chair")
    return page


def make_signing_chaired_policy(**overrides):
    """Ratified by two signatures, with a chair."""
    members = [make_person(user=True) for _ in range(3)]
    chair = make_person(user=True)
    body = make_body(members=members, chair=chair, quorum=2, ratifies_by="signatures")
    return make.make_policy(ratifying_body=body, **overrides)


def act_alone(submission, *, capacity="chair", today=TODAY, reason="The ward opens tonight."):
    actor = make.seated(submission.ratifying_body, capacity)[0]
    return chair_actions.issue_now(submission, actor=actor, today=today, reason=reason)

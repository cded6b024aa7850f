"""What reviews end in: asked for by the owner, allowed by the signatures of the body that decides."""

from datetime import date

from kernel.lifecycle import proposals
from policy_pages.outcomes import asking
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person

TODAY = make.TODAY


def make_signing_policy(**overrides):
    """Both bodies decide by signatures: the approving one by one, the ratifying one by two."""
    if "approving_body" not in overrides:
        members = [make_person(user=True)]
        overrides["approving_body"] = make_body(
            name="Drafts Panel", members=members, quorum=1, ratifies_by="signatures"
        )
    return make.make_policy(**overrides)


def issued(*, today=TODAY, **values):
    """A policy whose review is due after twelve months, with a version in force."""
    page = make_signing_policy(**{"review_months": 12, **values})
    make.issue(page, today=today)
    return page


def ask_no_change(page, *, today=TODAY, actor=None, reason="Read against the new law."):
    return asking.no_change(page, actor=actor or page.policy_owner.user, today=today, reason=reason)


def ask_more_time(page, *, today=TODAY, actor=None, **values):
    words = {
        "to_due": date(2028, 3, 31),
        "reason": "the guidance is changing.",
        "risk": "None is known.",
        **values,
    }
    return asking.more_time(page, actor=actor or page.policy_owner.user, today=today, **words)


def ask_to_retire(page, *, today=TODAY, actor=None, **values):
    words = {"reason": "No ward has it.", "replaced_by": None, "withdrawn_from": today, **values}
    return asking.retirement(page, actor=actor or page.policy_owner.user, today=today, **words)


def allow(proposal, *, today=TODAY):
    """As many members sign as the body needs."""
    for member in make.members_of(proposal.body)[: proposal.body.quorum]:
        proposal = proposals.sign(proposal, actor=member, today=today)
    return proposal

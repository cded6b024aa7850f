"""Two processes ask, or allow, at the same moment: one question, one effect."""

from datetime import date

import pytest

from kernel.lifecycle.models import Proposal
from policy_pages.models import DueMove, Retirement
from tests.factories import outcomes as ask
from tests.factories import policies as make
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
RACE = """
from datetime import date
from django.core.exceptions import PermissionDenied, ValidationError
from kernel.accounts.models import User
from kernel.lifecycle import proposals
from kernel.lifecycle.models import Proposal
from policy_pages.models import PolicyPage
from tests.factories import outcomes as ask
act, thing = os.environ["ACT"], int(os.environ["THING"])
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
together()
try:
    if act == "sign":
        proposals.sign(Proposal.objects.get(pk=thing), actor=actor, today=date(2026, 11, 23))
    else:
        getattr(ask, act)(PolicyPage.objects.get(pk=thing), actor=actor)
    print("done")
except (PermissionDenied, ValidationError):
    print("refused")
"""


def race(*acts):
    """Each act with its thing and who does it, at the same moment; gives what each was told."""
    return sorted(
        at_once(RACE, *({"ACT": act, "THING": thing.pk, "ACTOR": actor.pk} for act, thing, actor in acts))
    )


def test_two_questions_at_once_and_one_is_asked():
    page = ask.issued()
    owner = page.policy_owner.user

    told = race(("ask_no_change", page, owner), ("ask_more_time", page, owner))

    assert told == ["done", "refused"]
    assert Proposal.objects.count() == 1


def test_the_last_two_signatures_at_once_withdraw_it_once():
    page = ask.issued()
    proposal = ask.ask_to_retire(page)
    members = make.members_of(page.ratifying_body)

    told = race(*(("sign", proposal, member) for member in members))

    assert told == ["done", "done", "refused"]
    assert (Retirement.objects.count(), Proposal.objects.get().state) == (1, "allowed")


def test_one_member_twice_extends_once():
    page = ask.issued()
    proposal = ask.ask_more_time(page)
    (member,) = make.members_of(page.approving_body)

    assert race(("sign", proposal, member), ("sign", proposal, member)) == ["done", "refused"]
    assert [move.to_due for move in DueMove.objects.all()] == [date(2028, 3, 31)]

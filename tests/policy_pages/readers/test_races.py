"""C9: two presses of one reader in two processes are one row; so are two owners who add the same rule."""

from datetime import date

import pytest

from policy_pages.models import Acknowledgement, ReadingRule
from tests.factories.organisation import make_person
from tests.factories.policies import make_policy
from tests.factories.reading import make_essential, make_reader
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PRESS = """
from datetime import date
from django.core.exceptions import ValidationError
from kernel.accounts.models import User
from policy_pages.models import PolicyVersion
from policy_pages.readers.acknowledging import acknowledge
version = PolicyVersion.objects.get(pk=int(os.environ["VERSION"]))
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
together()
try:
    acknowledge(version, actor=actor, today=date(2026, 11, 3))
    print("done")
except ValidationError as refusal:
    print("refused" if "already did this" in refusal.messages[0] else refusal.messages[0])
"""


def test_two_presses_at_once_are_one_row():
    version, reader = make_essential(today=date(2026, 11, 2)), make_reader()
    press = {"VERSION": version.pk, "ACTOR": reader.user.pk}

    assert sorted(at_once(PRESS, press, press)) == ["done", "refused"]
    assert Acknowledgement.objects.count() == 1


ADD = """
from datetime import date
from django.core.exceptions import ValidationError
from kernel.accounts.models import User
from policy_pages.models import PolicyPage
from policy_pages.readers.rules import add_rule
policy = PolicyPage.objects.get(pk=int(os.environ["POLICY"]))
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
together()
try:
    add_rule(policy, actor=actor, today=date(2026, 11, 3))
    print("done")
except ValidationError as refusal:
    print("refused" if "have a rule already" in refusal.messages[0] else refusal.messages[0])
"""


def test_two_owners_add_the_same_rule_at_once_and_it_is_one():
    deputy = make_person(user=True)
    policy = make_policy(owner_deputy=deputy)
    actors = (policy.policy_owner.user, deputy.user)

    answers = at_once(ADD, *({"ACTOR": actor.pk} for actor in actors), POLICY=policy.pk)

    assert sorted(answers) == ["done", "refused"]
    assert ReadingRule.objects.filter(policy=policy).count() == 1

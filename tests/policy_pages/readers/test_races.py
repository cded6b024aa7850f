"""C9: two presses of one reader in two processes are one row; so are two owners who add the same rule."""

import time
from datetime import date

import pytest

from policy_pages.models import Acknowledgement, ReadingRule
from tests.factories.organisation import make_person
from tests.factories.policies import make_policy
from tests.factories.reading import make_essential, make_reader
from tests.processes import start_python

pytestmark = pytest.mark.django_db(transaction=True)
PRESS = """
import time
from datetime import date
from django.core.exceptions import ValidationError
from kernel.accounts.models import User
from policy_pages.models import PolicyVersion
from policy_pages.readers.acknowledging import acknowledge
version = PolicyVersion.objects.get(pk=int(os.environ["VERSION"]))
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
while time.time() < float(os.environ["START"]):
    time.sleep(0.001)
try:
    acknowledge(version, actor=actor, today=date(2026, 11, 3))
    print("done")
except ValidationError as refusal:
    print("refused" if "already did this" in refusal.messages[0] else refusal.messages[0])
"""


def test_two_presses_at_once_are_one_row():
    version, reader = make_essential(today=date(2026, 11, 2)), make_reader()
    words = {"VERSION": version.pk, "ACTOR": reader.user.pk, "START": time.time() + 8}
    words = {name: str(value) for name, value in words.items()}

    running = [start_python(PRESS, **words) for _press in range(2)]
    answers = [process.communicate(timeout=120) for process in running]

    assert sorted(out.strip() or err[-400:] for out, err in answers) == ["done", "refused"]
    assert Acknowledgement.objects.count() == 1


ADD = """
import time
from datetime import date
from django.core.exceptions import ValidationError
from kernel.accounts.models import User
from policy_pages.models import PolicyPage
from policy_pages.readers.rules import add_rule
policy = PolicyPage.objects.get(pk=int(os.environ["POLICY"]))
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
while time.time() < float(os.environ["START"]):
    time.sleep(0.001)
try:
    add_rule(policy, actor=actor, today=date(2026, 11, 3))
    print("done")
except ValidationError as refusal:
    print("refused" if "have a rule already" in refusal.messages[0] else refusal.messages[0])
"""


def test_two_owners_add_the_same_rule_at_once_and_it_is_one():
    deputy = make_person(user=True)
    policy = make_policy(owner_deputy=deputy)
    words = {"POLICY": policy.pk, "START": time.time() + 8}
    actors = (policy.policy_owner.user, deputy.user)

    running = [
        start_python(ADD, **{name: str(value) for name, value in {**words, "ACTOR": actor.pk}.items()})
        for actor in actors
    ]
    answers = [process.communicate(timeout=120) for process in running]

    assert sorted(out.strip() or err[-400:] for out, err in answers) == ["done", "refused"]
    assert ReadingRule.objects.filter(policy=policy).count() == 1

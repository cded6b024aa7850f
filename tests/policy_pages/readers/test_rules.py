"""Rules are added and ended by those who write or own the policy, and never reach into the past."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from policy_pages.models import ReadingRule
from policy_pages.readers.rules import add_rule, end_rule
from tests.factories.organisation import make_agency, make_person
from tests.factories.policies import make_policy

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2026, 11, 2), date(2026, 11, 3)


@pytest.fixture
def policy():
    return make_policy()


def test_an_owner_adds_a_rule_for_everybody_from_today(policy):
    rule = add_rule(policy, actor=policy.policy_owner.user, today=DAY)

    assert (str(rule), rule.essential, rule.days, rule.joiner_days, rule.from_on, rule.until_on) == (
        "everybody", True, 28, 28, DAY, None,
    )  # fmt: skip


def test_a_rule_ends_with_its_last_day_and_a_new_one_may_follow(policy):
    owner = policy.policy_owner.user
    rule = end_rule(add_rule(policy, actor=owner, today=DAY), actor=owner, today=DAY)

    assert rule.until_on == DAY
    with pytest.raises(ValidationError, match="has ended already"):
        end_rule(rule, actor=owner, today=NEXT)
    with pytest.raises(ValidationError, match="have a rule already"):
        add_rule(policy, actor=owner, today=DAY)
    assert add_rule(policy, actor=owner, today=NEXT).from_on == NEXT


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"from_on": date(2026, 11, 1)}, "begins today or later"),
        ({"days": 0}, "greater than or equal to 1"),
        ({"joiner_days": 366}, "less than or equal to 365"),
    ],
)
def test_what_cannot_be_asked_is_refused(policy, values, words):
    with pytest.raises(ValidationError, match=words):
        add_rule(policy, actor=policy.policy_owner.user, today=DAY, **values)

    assert ReadingRule.objects.count() == 0


@pytest.mark.parametrize("who", ["reader", "partner"])
def test_nobody_else_says_who_must_read(policy, who):
    person = make_person(user=True, **({"agency": make_agency()} if who == "partner" else {}))
    rule = add_rule(policy, actor=policy.policy_owner.user, today=DAY)

    with pytest.raises(PermissionDenied, match="say who must know it"):
        add_rule(policy, actor=person.user, today=DAY, days=5)
    with pytest.raises(PermissionDenied, match="say who must know it"):
        end_rule(rule, actor=person.user, today=DAY)
    assert list(ReadingRule.objects.values_list("days", "until_on")) == [(28, None)]

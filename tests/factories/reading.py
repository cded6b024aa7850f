from datetime import date

from policy_pages.models import ReadingRule
from tests.factories.organisation import make_host, make_person, make_post, make_team
from tests.factories.policies import issue, make_policy

LAST_YEAR = date(2025, 1, 6)


def make_rule(policy, **overrides) -> ReadingRule:
    """Everybody, 28 days, since long ago."""
    return ReadingRule.objects.create(policy=policy, **{"from_on": date(2020, 1, 1), **overrides})


def make_reader(*, login=True, team=None, **post):
    """Somebody of the host with a post."""
    person = make_person(user=True if login else None)
    make_post(person=person, team=team or make_team(agency=make_host()), **post)
    return person


def make_essential(*, today, audience="staff", audience_groups=None, **rule):
    """A policy in force since ``today`` that everybody must know; gives its version."""
    groups = {} if audience_groups is None else {"audience_groups": audience_groups}
    version = issue(make_policy(audience=audience, **groups), today=today)
    make_rule(version.policy, **rule)
    return version

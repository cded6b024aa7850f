from datetime import date

import pytest

from kernel.lifecycle import jobs
from kernel.organisation.services import leave
from kernel.outbox.models import OutboxMail
from policy_pages.reviews import orphans, services
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person

pytestmark = pytest.mark.django_db
ISSUED, LAST_DAY, GONE = date(2026, 11, 23), date(2027, 3, 1), date(2027, 3, 2)


@pytest.fixture
def policy():
    """Owner, deputy and sponsor have logins; the approving body has a secretary."""
    body = make_body(
        members=[make_person(user=True)], secretary=make_person(user=True, name="Gareth Pugh"), quorum=1
    )
    page = make.make_policy(
        reference="FS-003",
        title="Fire safety policy",
        policy_owner=make_person(user=True, name="Ana Lee"),
        owner_deputy=make_person(user=True, name="Tom Birch"),
        sponsor=make_person(user=True, name="Nia Bowen"),
        approving_body=body,
    )
    make.issue(page, today=ISSUED)
    OutboxMail.objects.all().delete()
    return page


def told():
    return [mail.to for mail in OutboxMail.objects.filter(kind="policies.no_owner").order_by("pk")]


def let_go(person, last_day=LAST_DAY):
    leave(person, actor=None, last_day=last_day, today=last_day)


@pytest.mark.parametrize(
    ("day", "found"), [(LAST_DAY, []), (GONE, ["FS-003"]), (date(2027, 4, 1), ["FS-003"])]
)
def test_owner_gone_is_found_on_the_day_after_the_last(policy, day, found):
    let_go(policy.policy_owner)

    assert [row.reference for row in orphans.orphans(day)] == found


def test_the_daily_job_tells_the_deputy_the_same_day_and_once(policy):
    let_go(policy.policy_owner)
    for day in (LAST_DAY, GONE, GONE, date(2027, 3, 3)):
        jobs.run_daily(day)

    assert told() == [[policy.owner_deputy.user.email]]
    mail = OutboxMail.objects.get(kind="policies.no_owner")
    assert mail.subject == "1 policy has no owner"
    assert "FS-003 Fire safety policy\nAna Lee has left.\nhttp" in mail.text
    assert "/policy-register/?keeper=none" in mail.text


def test_each_that_leaves_hands_on_to_the_next(policy):
    secretary = policy.approving_body.memberships.get(capacity="secretary").person
    for person in (policy.policy_owner, policy.owner_deputy, policy.sponsor):
        let_go(person)
        orphans.find(GONE)

    addresses = [policy.owner_deputy.user.email, policy.sponsor.user.email, secretary.user.email]
    assert told() == [[address] for address in addresses]


def test_where_nobody_answers_the_job_says_so(policy):
    secretary = policy.approving_body.memberships.get(capacity="secretary").person
    for person in (policy.policy_owner, policy.owner_deputy, policy.sponsor, secretary):
        let_go(person)

    assert orphans.find(GONE) == ["0 policies without an owner told", "FS-003: nobody answers for it"]
    assert told() == []


def test_a_policy_that_never_had_an_owner_is_found(policy):
    type(policy).objects.filter(pk=policy.pk).update(policy_owner=None)
    orphans.find(ISSUED)

    assert [row.reference for row in orphans.orphans(ISSUED)] == ["FS-003"]
    assert "No owner was named." in OutboxMail.objects.get(kind="policies.no_owner").text


def test_a_draft_and_a_withdrawn_policy_need_no_owner(policy):
    make.make_policy(policy_owner=None)
    let_go(policy.policy_owner)
    services.retire_clock(policy, decided_on=ISSUED, actor=None, today=ISSUED)

    assert list(orphans.orphans(GONE)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_job_takes_the_same_queries_for_one_and_for_three(policy, number, django_assert_num_queries):
    for _more in range(number - 1):
        make.issue(make.make_policy(policy_owner=policy.policy_owner, owner_deputy=policy.owner_deputy))
    let_go(policy.policy_owner)

    with django_assert_num_queries(6):
        orphans.find(GONE)
    assert len(told()) == 1

"""Late reports and audits are told once each, to who answers for the policy and to the auditor."""

from datetime import date, timedelta

import pytest

from kernel.outbox.models import OutboxMail
from policy_pages.board import services, telling
from tests.factories import board
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person

pytestmark = pytest.mark.django_db
DUE, NEXT = date(2026, 12, 1), date(2026, 12, 2)


@pytest.fixture
def policy():
    return make.make_policy(title="Zebra feeding", owner_deputy=make_person(user=True))


def told() -> list[tuple[str, str]]:
    rows = OutboxMail.objects.filter(kind="policies.assurance").order_by("pk")
    return sorted((mail.to[0], mail.subject) for mail in rows)


def test_what_is_late_is_told_once_in_one_mail_a_person(policy):
    report = board.make_report(policy, body=make_body(name="Policy Group"), first_due=DUE)
    audit = board.make_audit(policy, planned_on=DUE)
    owner, deputy = policy.policy_owner.user.email, policy.owner_deputy.user.email
    both = "2 reports and audits of policies are late"

    assert telling.tell(DUE) == []
    assert telling.tell(NEXT) == [
        f"{policy.reference}: Report “{report.name}” to Policy Group, due on 1 December 2026",
        f"{policy.reference}: Audit of effectiveness, planned for 1 December 2026",
    ]
    expected = [(owner, both), (deputy, both)]
    expected.append((audit.auditor.user.email, "A report or audit of a policy is late"))
    assert told() == sorted(expected)
    text = OutboxMail.objects.get(to=[owner]).text
    assert f"/policy/{policy.pk}/assurance/" in text
    assert "Zebra feeding" in text

    assert telling.tell(NEXT + timedelta(days=40)) == []
    assert len(told()) == 3


def test_the_next_due_day_is_another_and_an_answer_ends_it(policy):
    report = board.make_report(policy, first_due=DUE, every_months=1)
    assert len(telling.tell(NEXT)) == 1
    services.record_report(report, actor=policy.policy_owner.user, today=NEXT, made_on=None, note="None.")

    assert telling.tell(date(2027, 1, 1)) == []
    assert len(telling.tell(date(2027, 1, 2))) == 1


def test_nobody_to_be_told_leaves_it_for_whoever_comes(policy):
    audit = board.make_audit(policy, planned_on=DUE)
    people = (policy.policy_owner, policy.owner_deputy, audit.auditor)
    for person in people:
        type(person).objects.filter(pk=person.pk).update(left_on=DUE)
    assert (telling.tell(NEXT), told()) == ([], [])

    type(audit.auditor).objects.filter(pk=audit.auditor_id).update(left_on=None)

    assert len(telling.tell(NEXT)) == 1
    assert told() == [(audit.auditor.user.email, "A report or audit of a policy is late")]

"""A body withdraws a policy: what stops it, what it leaves, and that its row is evidence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxEvent
from policy_pages import reading
from policy_pages.models import PolicyVersion, Retirement
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)


def test_from_its_day_on_no_version_is_in_force():
    version = make.issue(make.make_policy())

    row = make.retire(version, withdrawn_from=DAY)

    assert (row.version, row.reason, row.replaced_by, row.withdrawn_from, row.body_name, row.decided_on) == (
        version,
        "No ward has such beds any more.",
        None,
        DAY,
        "Policy Group",
        make.TODAY,
    )
    assert {day: reading.in_force(version.policy_id, day) for day in (BEFORE, DAY, AFTER)} == {
        BEFORE: version,
        DAY: None,
        AFTER: None,
    }
    listed = {day: list(PolicyVersion.objects.in_force(day)) for day in (BEFORE, DAY, AFTER)}
    assert listed == {BEFORE: [version], DAY: [], AFTER: []}
    assert reading.ruling(version.policy_id, AFTER) == version


def test_a_version_issued_afterwards_counts_again():
    page = make.make_policy()
    make.retire(make.issue(page))
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])

    second = make.issue(page, today=DAY)

    assert [reading.in_force(page.pk, day) for day in (BEFORE, DAY, AFTER)] == [None, second, second]


def test_it_is_written_down_and_told():
    version = make.issue(make.make_policy())

    make.retire(version, withdrawn_from=DAY)

    entry = AuditEntry.objects.get(action="policies.retire")
    assert (entry.refused, entry.target_id) == (False, str(version.policy_id))
    assert entry.facts == {"number": "1.0", "seal": version.seal, "withdrawn_from": "2026-12-01"}
    event = OutboxEvent.objects.get(kind="policies.retired")
    assert event.payload == {"policy": version.policy_id, "version": version.pk}


def never_issued(_version):
    return make.make_policy(title="Finch feeding")


def withdrawn_too(_version):
    other = make.issue(make.make_policy(title="Finch feeding"))
    make.retire(other)
    return other.policy


def in_force_too_late(_version):
    return make.issue(make.make_policy(title="Finch feeding"), wanted_from=AFTER).policy


def itself(version):
    return version.policy


@pytest.mark.parametrize(
    ("replacement", "words"),
    [
        (never_issued, "Choose a policy that is in force: on 1 December 2026 Finch feeding is not."),
        (withdrawn_too, "Choose a policy that is in force: on 1 December 2026 Finch feeding is not."),
        (in_force_too_late, "Choose a policy that is in force: on 1 December 2026 Finch feeding is not."),
        (itself, "A policy cannot replace itself."),
    ],
)
def test_what_replaces_it_is_another_policy_in_force_on_that_day(replacement, words):
    version = make.issue(make.make_policy())
    other = replacement(version)
    kept = Retirement.objects.count()

    with pytest.raises(ValidationError) as refusal:
        make.retire(version, replaced_by=other, withdrawn_from=DAY)

    assert refusal.value.message_dict == {"replaced_by": [words]}
    assert Retirement.objects.count() == kept


def test_what_replaces_it_may_begin_on_the_same_day():
    version = make.issue(make.make_policy())
    other = make.issue(make.make_policy(), wanted_from=DAY).policy

    assert make.retire(version, replaced_by=other, withdrawn_from=DAY).replaced_by == other


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": " "}, {"__all__": ["Say why it is withdrawn: readers see the reason."]}),
        (
            {"withdrawn_from": date(2026, 11, 22)},
            {
                "withdrawn_from": [
                    "The first day without it must be 23 November 2026 or later; you entered 22 November 2026."
                ]
            },
        ),
    ],
)
def test_reason_and_day_are_checked_and_nothing_is_left(values, words):
    version = make.issue(make.make_policy())

    with pytest.raises(ValidationError) as refusal:
        make.retire(version, **values)

    assert refusal.value.message_dict == words
    assert not Retirement.objects.exists()
    assert not OutboxEvent.objects.filter(kind="policies.retired").exists()


def another_in_force():
    page = make.make_policy()
    version = make.issue(page)
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    make.issue(page, significance="minor")
    return version


def withdrawn_already():
    version = make.issue(make.make_policy())
    make.retire(version, withdrawn_from=DAY)
    return PolicyVersion.objects.get(pk=version.pk)


def not_begun():
    return make.issue(make.make_policy(), wanted_from=DAY)


def one_that_waits():
    page = make.make_policy()
    version = make.issue(page)
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    make.issue(page, wanted_from=DAY)
    return version


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (another_in_force, "Another version came into force meanwhile. Read that one, then ask again."),
        (not_begun, "Another version came into force meanwhile. Read that one, then ask again."),
        (withdrawn_already, "This policy is withdrawn already."),
        (one_that_waits, "Version 2.0 takes effect on 1 December 2026. Wait for that day, then ask again."),
    ],
)
def test_only_the_text_in_force_is_withdrawn_and_only_once(prepare, words):
    version = prepare()
    kept = Retirement.objects.count()

    with pytest.raises(ValidationError, match=words):
        make.retire(version)

    assert Retirement.objects.count() == kept


@pytest.mark.parametrize(
    "values",
    [{"reason": ""}, {"withdrawn_from": date(2026, 11, 22)}, {"decided_on": DAY}, {"body_name": None}],
)
def test_the_database_refuses_what_is_not_whole(values):
    version = make.issue(make.make_policy())
    whole = {"reason": "Gone.", "withdrawn_from": make.TODAY, "body_name": "PG", "decided_on": make.TODAY}

    with pytest.raises(IntegrityError), transaction.atomic():
        Retirement.objects.create(version=version, **{**whole, **values})

    Retirement.objects.create(version=version, **whole)

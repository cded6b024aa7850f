from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from kernel.audit.models import AuditEntry
from kernel.lifecycle.models import Decision, Submission
from kernel.outbox.models import OutboxEvent
from policy_pages import issuing, services, verifying
from policy_pages.models import PolicyVersion, ReadingCall, Review, VersionFile
from tests.append_only import append_only_off
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def again(page, text, **values):
    make.edit(page, body=[*make.BODY, make.clause(text)])
    return make.issue(page, **values)


def test_first_issue_is_version_one():
    page = make.make_policy()

    version = make.issue(page, significance="minor")

    assert (version.number, version.in_force_from, page.live) == ("1.0", TODAY, True)
    assert (version.significance, version.review_due) == ("major", date(2029, 11, 23))


def test_issue_is_written_down_and_told():
    version = make.issue(make.make_policy())

    entry = AuditEntry.objects.get(action="policies.issue")
    assert entry.facts == {"number": "1.0", "seal": version.seal, "in_force_from": "2026-11-23"}
    assert OutboxEvent.objects.get(kind="policies.issued").payload == {
        "policy": version.policy_id,
        "version": version.pk,
        "number": "1.0",
    }


def test_numbers_are_counted_from_what_each_change_means():
    page = make.make_policy()
    numbers = [make.issue(page).number]
    for significance in ("minor", "minor", "major", "minor"):
        numbers.append(again(page, f"Step {len(numbers)}.", significance=significance).number)

    assert numbers == ["1.0", "1.1", "1.2", "2.0", "2.1"]


@pytest.mark.parametrize(
    ("previous", "significance", "number"),
    [
        (None, "minor", (1, 0)),
        (PolicyVersion(major=1, minor=9), "minor", (1, 10)),
        (PolicyVersion(major=9, minor=3), "major", (10, 0)),
    ],
)
def test_next_number(previous, significance, number):
    assert issuing.next_number(previous, significance) == number


def test_each_version_is_chained_to_the_one_before():
    page = make.make_policy()
    first = make.issue(page)
    second = again(page, "Keep a copy.")

    assert (first.previous_seal, second.previous_seal) == ("", first.seal)
    assert (issuing.seal_of(first), issuing.seal_of(second)) == (first.seal, second.seal)
    assert verifying.first_fault() == ""


TAMPERED = [
    {"title": "Other"},
    {"reference": "XX-001"},
    {"audience": "public"},
    {"change_note": "Nothing."},
    {"html": "<p>You need not.</p>"},
    {"content": {"blocks": []}},
    {"control": {"decisions": []}},
    {"in_force_from": date(2026, 12, 1)},
    {"review_due": date(2099, 1, 1)},
    {"text_sha256": "0" * 64},
    {"seal": "0" * 64},
    {"previous_seal": "0" * 64},
    {"minor": 7},
]


@pytest.mark.parametrize("values", TAMPERED, ids=lambda values: next(iter(values)))
def test_tampering_is_found_and_the_row_is_named(values):
    page = make.make_policy()
    make.issue(page)
    again(page, "Keep a copy.")
    with append_only_off():
        PolicyVersion.objects.filter(major=1).update(**values)
        row = PolicyVersion.objects.get(major=1)
        with pytest.raises(CommandError, match=rf"\(row {row.pk}\)"):
            call_command("verify_versions")


@pytest.mark.parametrize("major", [1, 2, 3])
def test_a_lost_version_is_found(major):
    page = make.make_policy()
    make.issue(page)
    again(page, "Keep a copy.")
    again(page, "Keep two copies.")
    with append_only_off():
        ReadingCall.objects.filter(version__major=major).delete()
        Review.objects.all().delete()
        PolicyVersion.objects.filter(major=major).delete()

    assert verifying.first_fault() != ""


def test_versions_are_never_changed_or_removed():
    version = make.issue(make.make_policy())
    for act in (
        lambda: PolicyVersion.objects.update(title="Other"),
        lambda: PolicyVersion.objects.all()._raw_delete("default"),
        lambda: version.save(),
    ):
        with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
            act()


def test_issue_refuses_a_text_that_is_not_the_approved_one():
    """The last line: the services refused already."""
    page = make.make_policy()
    submission = make.approve(make.submit(page))
    submission.text_sha256 = "0" * 64

    with pytest.raises(ValidationError, match="text changed after it was submitted"):
        issuing.issue_version(submission, actor=None)


def test_issuing_twice_is_refused():
    page = make.make_policy()
    submission = make.issue(page).submission

    with pytest.raises((DatabaseError, ValidationError)), transaction.atomic():
        issuing.issue_version(submission, actor=make.author_of(page))

    assert PolicyVersion.objects.count() == 1


def test_a_version_that_begins_tomorrow_leaves_the_page_as_it_is_until_then():
    page = make.make_policy()
    make.issue(page)
    second = again(page, "Keep a copy.", wanted_from=TOMORROW)
    before = page.live_revision_id

    assert services.bring_into_force(TODAY) == []
    assert services.bring_into_force(TOMORROW, dry_run=True) == [f"{page.reference} 2.0"]
    page.refresh_from_db()
    assert page.live_revision_id == before
    assert services.bring_into_force(TOMORROW) == [f"{page.reference} 2.0"]
    page.refresh_from_db()
    assert page.live_revision_id == second.revision_id


def test_forty_missed_days_bring_the_right_text_and_only_once():
    page = make.make_policy()
    make.issue(page)
    again(page, "Keep a copy.", wanted_from=TOMORROW)
    third = again(page, "Keep two copies.", wanted_from=date(2026, 12, 1))
    late = date(2027, 1, 2)

    assert services.bring_into_force(late) == [f"{page.reference} 3.0"]
    assert services.bring_into_force(late) == []
    page.refresh_from_db()
    assert page.live_revision_id == third.revision_id


def test_a_new_policy_is_not_live_before_its_first_day():
    page = make.make_policy()
    make.issue(page, wanted_from=TOMORROW)

    assert not page.live
    services.bring_into_force(TOMORROW)
    page.refresh_from_db()
    assert page.live


def test_one_page_that_cannot_be_moved_stops_no_other():
    stuck, other = make.make_policy(), make.make_policy()
    for page in (stuck, other):
        make.issue(page, wanted_from=TOMORROW)
    make.make_policy(reference="TAKEN")
    revision = stuck.versions.get().revision
    revision.content = {**revision.content, "reference": "TAKEN"}
    revision.save()

    lines = services.bring_into_force(TOMORROW)

    other.refresh_from_db()
    assert other.live
    assert [line for line in lines if "not moved" in line][0].startswith(f"{stuck.reference} 1.0")


def test_control_facts_are_names_of_that_day():
    page = make.make_policy()
    owner = page.policy_owner
    version = make.issue(page)
    name = owner.name
    owner.name = "Married Name"
    owner.save()

    version.refresh_from_db()
    assert version.control["owner"] == name
    kinds = [(row["kind"], row["on"]) for row in version.control["decisions"]]
    assert [kind for kind, _day in kinds] == ["submit", "approve", "sign", "sign"]


def test_decisions_of_an_issue_outlive_the_people():
    page = make.make_policy()
    make.issue(page)
    before = list(Decision.objects.values())
    for user in [make.author_of(page), page.policy_owner.user, *make.members_of(page.ratifying_body)]:
        user.delete()

    assert list(Decision.objects.values()) == before
    assert (PolicyVersion.objects.count(), Submission.objects.count(), VersionFile.objects.count()) == (
        1,
        1,
        0,
    )
    assert verifying.first_fault() == ""

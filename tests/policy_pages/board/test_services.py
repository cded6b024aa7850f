"""Reports to committees (S3-07), audits of effectiveness (S0-05), reviews by bodies (S1-01): acts and refusals."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from kernel.audit.models import AuditEntry
from policy_pages.board import services
from policy_pages.models import BodyReview, EffectivenessAudit, ReportDuty, ReportMade
from portal.role_sync import sync_roles
from tests.factories import board
from tests.factories import policies as make
from tests.factories.organisation import make_agency, make_body, make_person, make_role_holder

pytestmark = pytest.mark.django_db
TODAY, TOMORROW, YESTERDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 22)


@pytest.fixture
def policy():
    return make.make_policy(owner_deputy=make_person(user=True))


@pytest.fixture
def committee():
    return make_body(
        name="Quality Committee", members=[make_person(user=True)], secretary=make_person(user=True)
    )


def owner_of(policy):
    return policy.policy_owner.user


def secretary_of(body):
    return make.seated(body, "secretary")[0]


def schedule(policy, committee, **overrides):
    values = {"body": committee, "name": " Lone  working ", "every_months": 3, "first_due": TOMORROW}
    values |= {"actor": owner_of(policy), "today": TODAY}
    return services.schedule_report(policy, **{**values, **overrides})


def strangers():
    make.make_library()
    sync_roles()
    return [
        make_person(user=True).user,
        make_person(user=True, agency=make_agency()).user,
        make_role_holder("site-administrator"),
        make_role_holder("user-manager"),
    ]


def written(*models):
    return [model.objects.count() for model in models]


# --- reports ---------------------------------------------------------------------------------------------


def test_a_report_stands_on_the_schedule(policy, committee):
    duty = schedule(policy, committee)

    assert (duty.name, duty.body, duty.every_months, duty.first_due, duty.ended_on) == (
        "Lone working", committee, 3, TOMORROW, None,
    )  # fmt: skip
    entry = AuditEntry.objects.get(action="policies.schedule_report")
    assert entry.facts == {
        "duty": duty.pk,
        "body": committee.pk,
        "every_months": 3,
        "first_due": "2026-11-24",
    }


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"first_due": YESTERDAY}, "first_due"),
        ({"every_months": 5}, "every_months"),
        ({"name": "  "}, "name"),
    ],
)
def test_a_wrong_report_is_not_scheduled(policy, committee, wrong, where):
    with pytest.raises(ValidationError) as refusal:
        schedule(policy, committee, **wrong)

    assert where in refusal.value.message_dict
    assert written(ReportDuty) == [0]


def test_the_same_report_is_scheduled_once_until_it_ends(policy, committee):
    duty = schedule(policy, committee, first_due=TODAY)
    with pytest.raises(ValidationError, match="gets that report on this policy already"):
        schedule(policy, committee)

    services.end_report(duty, actor=owner_of(policy), today=TODAY, reason="Merged.")

    assert schedule(policy, committee).pk != duty.pk


def test_each_answer_moves_the_due_day_on(policy, committee):
    duty = schedule(policy, committee, first_due=date(2026, 11, 30))

    first = services.record_report(
        duty, actor=secretary_of(committee), today=TODAY, made_on=TODAY, minute_reference=" QC 4/26 "
    )
    second = services.record_report(
        duty, actor=owner_of(policy), today=TODAY, made_on=None, note="No incident."
    )

    assert [(row.number, row.made_on, row.minute_reference, row.note) for row in (first, second)] == [
        (1, TODAY, "QC 4/26", ""),
        (2, None, "", "No incident."),
    ]
    assert [duty.due(number) for number in (1, 2, 3)] == [
        date(2026, 11, 30),
        date(2027, 2, 28),
        date(2027, 5, 30),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"made_on": TOMORROW, "minute_reference": "QC 4"},
        {"made_on": TODAY, "minute_reference": " "},
        {"made_on": None, "note": " "},
    ],
)
def test_a_report_without_day_reference_or_reason_is_not_recorded(policy, committee, wrong):
    duty = schedule(policy, committee)

    with pytest.raises(ValidationError):
        services.record_report(duty, actor=owner_of(policy), today=TODAY, **wrong)

    assert written(ReportMade) == [0]


def test_an_ended_report_is_not_recorded_and_not_ended_twice(policy, committee):
    duty = schedule(policy, committee)
    with pytest.raises(ValidationError, match="Say why"):
        services.end_report(duty, actor=owner_of(policy), today=TODAY, reason=" ")
    services.end_report(duty, actor=owner_of(policy), today=TODAY, reason="Merged.")

    with pytest.raises(ValidationError, match="not on the schedule any more"):
        services.end_report(duty, actor=owner_of(policy), today=TODAY, reason="Merged.")
    with pytest.raises(ValidationError, match="not on the schedule any more"):
        services.record_report(duty, actor=owner_of(policy), today=TODAY, made_on=None, note="x")


def test_strangers_keep_no_schedule(policy, committee):
    duty = schedule(policy, committee)
    other = make_body(secretary=make_person(user=True))

    for user in [*strangers(), secretary_of(other)]:
        with pytest.raises(PermissionDenied):
            schedule(policy, committee, actor=user, name="Another")
        with pytest.raises(PermissionDenied):
            services.record_report(duty, actor=user, today=TODAY, made_on=None, note="x")
        with pytest.raises(PermissionDenied):
            services.end_report(duty, actor=user, today=TODAY, reason="x")
    with pytest.raises(PermissionDenied):
        services.end_report(duty, actor=secretary_of(committee), today=TODAY, reason="x")

    assert written(ReportDuty, ReportMade) == [1, 0]
    assert AuditEntry.objects.filter(refused=True).count() == 16


# --- audits ----------------------------------------------------------------------------------------------


def plan(policy, **overrides):
    values = {"planned_on": TOMORROW, "auditor": make_person(user=True), "standard": "All records."}
    return services.plan_audit(policy, **{**values, "actor": owner_of(policy), "today": TODAY, **overrides})


def close(audit, body, **overrides):
    values = {"finding": "8 of 10.", "completed_on": TODAY, "reported_to": body}
    values |= {"actor": audit.auditor.user, "today": TODAY}
    return services.complete_audit(audit, **{**values, **overrides})


def test_an_audit_is_planned_and_closed_by_its_auditor(policy, committee):
    audit = close(plan(policy), committee)

    audit.refresh_from_db()
    assert (audit.finding, audit.completed_on, audit.reported_to, audit.completed_by_name) == (
        "8 of 10.", TODAY, committee, audit.auditor.name,
    )  # fmt: skip
    assert AuditEntry.objects.get(action="policies.complete_audit").facts == {
        "audit": audit.pk,
        "completed_on": "2026-11-23",
        "reported_to": committee.pk,
    }


@pytest.mark.parametrize("wrong", [{"planned_on": YESTERDAY}, {"standard": " "}])
def test_a_wrong_audit_is_not_planned(policy, wrong):
    with pytest.raises(ValidationError):
        plan(policy, **wrong)

    assert written(EffectivenessAudit) == [0]


def test_whoever_answers_for_the_policy_does_not_audit_it(policy):
    for person in (policy.policy_owner, policy.owner_deputy):
        with pytest.raises(ValidationError, match="do not audit their own policy"):
            plan(policy, auditor=person)


@pytest.mark.parametrize(
    "wrong", [{"finding": " "}, {"reported_to": None}, {"completed_on": TOMORROW}, {"completed_on": None}]
)
def test_an_audit_is_not_closed_without_day_finding_and_recipient(policy, committee, wrong):
    audit = plan(policy)

    with pytest.raises(ValidationError):
        close(audit, committee, **wrong)

    audit.refresh_from_db()
    assert (audit.completed_on, audit.finding, audit.reported_to) == (None, "", None)


def test_a_closed_audit_is_not_closed_again(policy, committee):
    audit = close(plan(policy), committee)

    with pytest.raises(ValidationError, match="closed already"):
        close(audit, committee, finding="10 of 10.")


def test_owners_and_strangers_close_no_audit(policy, committee):
    audit = plan(policy)

    for user in [*strangers(), owner_of(policy), policy.owner_deputy.user, secretary_of(committee)]:
        with pytest.raises(PermissionDenied):
            close(audit, committee, actor=user)
    for user in strangers():
        with pytest.raises(PermissionDenied):
            plan(policy, actor=user)

    assert written(EffectivenessAudit) == [1]


def test_an_author_closes_an_audit_of_a_policy_that_is_not_theirs(policy, committee):
    make.make_library()
    sync_roles()
    author = make_role_holder("author")

    assert close(plan(policy), committee, actor=author).completed_by_id == author.pk


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 0), (date(2026, 12, 2), 1)]
)
def test_an_audit_is_late_the_day_after(policy, day, late):
    board.make_audit(policy, planned_on=date(2026, 12, 1))

    assert EffectivenessAudit.objects.late(day).count() == late


# --- reviews by bodies -----------------------------------------------------------------------------------


def log(policy, body, **overrides):
    values = {"reviewed_on": TODAY, "minute_reference": "QC 4/26", "next_on": date(2027, 11, 23)}
    values |= {"actor": secretary_of(body), "today": TODAY}
    return services.log_body_review(policy, body=body, **{**values, **overrides})


def test_each_body_has_its_own_next_day_and_reference(policy, committee):
    other = make_body(name="Board", secretary=make_person(user=True))
    log(policy, committee)
    log(policy, other, minute_reference="B 9", next_on=date(2028, 1, 1))
    log(policy, committee, minute_reference="QC 5/26", next_on=None)

    found = BodyReview.objects.newest().order_by("body__name")
    assert [(row.body.name, row.minute_reference, row.next_on) for row in found] == [
        ("Board", "B 9", date(2028, 1, 1)),
        ("Quality Committee", "QC 5/26", None),
    ]


def test_the_first_day_can_be_agreed_before_any_review(policy, committee):
    entry = log(policy, committee, actor=owner_of(policy), reviewed_on=None, minute_reference="ignored")

    assert (entry.reviewed_on, entry.minute_reference, entry.next_on) == (None, "", date(2027, 11, 23))


@pytest.mark.parametrize(
    "wrong",
    [
        {"reviewed_on": TOMORROW},
        {"minute_reference": " "},
        {"next_on": YESTERDAY},
        {"reviewed_on": None, "next_on": None},
        {"next_on": TODAY},
    ],
)
def test_a_wrong_entry_is_not_logged(policy, committee, wrong):
    with pytest.raises(ValidationError):
        log(policy, committee, **wrong)

    assert written(BodyReview) == [0]


def test_strangers_log_nothing(policy, committee):
    other = make_body(secretary=make_person(user=True))

    for user in [*strangers(), secretary_of(other), make.seated(committee, "member")[0]]:
        with pytest.raises(PermissionDenied):
            log(policy, committee, actor=user)

    assert written(BodyReview) == [0]


# --- the database ----------------------------------------------------------------------------------------


def test_the_database_keeps_what_was_recorded(policy, committee):
    duty = schedule(policy, committee)
    services.record_report(duty, actor=owner_of(policy), today=TODAY, made_on=None, note="None.")
    log(policy, committee)
    close(plan(policy), committee)

    for rows, change in (
        (ReportMade.objects, {"note": "x"}),
        (BodyReview.objects, {"found": "x"}),
        (EffectivenessAudit.objects, {"finding": "x"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete(rows.db)


def test_the_database_refuses_half_an_audit(policy, committee):
    audit = plan(policy)

    for change in (
        {"completed_on": TODAY},
        {"completed_on": TODAY, "finding": "x"},
        {"finding": "x"},
        {"completed_on": TODAY, "reported_to": committee},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            EffectivenessAudit.objects.filter(pk=audit.pk).update(**change)

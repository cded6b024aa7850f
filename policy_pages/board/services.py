"""Acts of the board's part: reports to committees, audits of effectiveness, reviews by bodies."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from kernel.organisation import people
from policy_pages.board import rights
from policy_pages.models import BodyReview, EffectivenessAudit, ReportDuty, ReportMade


@act("policies.schedule_report")
def schedule_report(page, *, actor, today, body, name: str, every_months: int, first_due: date) -> ReportDuty:
    """Put a report on the schedule of a committee (S3-07)."""
    _require_keeper(actor, page)
    _lock_policy(page)
    duty = ReportDuty(
        policy=page, body=body, name=_tidy(name), every_months=every_months, first_due=first_due
    )
    if first_due < today:
        raise ValidationError({"first_due": _("Choose today or a later day for the first report.")})
    _save(duty)
    facts = {"duty": duty.pk, "body": body.pk, "every_months": every_months, "first_due": first_due}
    record("policies.schedule_report", actor=actor, target=page, facts=facts, words={"name": name})
    return duty


@act("policies.end_report")
def end_report(duty: ReportDuty, *, actor, today, reason: str) -> ReportDuty:
    """Take a report off the schedule; what was given stays."""
    duty = _lock(duty)
    _require_keeper(actor, duty.policy)
    _require_running(duty)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the report is not wanted any more.")})
    duty.ended_on, duty.end_reason = today, reason.strip()
    duty.save(update_fields=["ended_on", "end_reason"])
    words = {"reason": duty.end_reason}
    record("policies.end_report", actor=actor, target=duty.policy, facts={"duty": duty.pk}, words=words)
    return duty


@act("policies.record_report")
def record_report(
    duty: ReportDuty, *, actor, today, made_on: date | None, minute_reference="", note="", number=None
) -> ReportMade:
    """Answer the earliest due day that has no answer: with the report, or with why there was none (no ``made_on``).

    Its owner and authors may, and the secretary of the committee that got it. ``number``: the due day that was shown,
    the first being 1; one that has its answer by now is refused, so that a second press does not answer the next.
    """
    duty = _lock(duty)
    if not rights.may_record_for(actor, duty.policy, duty.body_id, today):
        raise PermissionDenied(_("The owner, the authors and the committee's secretary record a report."))
    _require_running(duty)
    if made_on and made_on > today:
        raise ValidationError({"made_on": _("Enter today or an earlier day.")})
    if number is not None and number <= duty.made.count():
        raise ValidationError(_("The report for that due day is recorded already. Nothing was done twice."))
    made = ReportMade(
        duty=duty,
        number=duty.made.count() + 1,
        made_on=made_on,
        minute_reference=minute_reference.strip() if made_on else "",
        note=note.strip(),
        **_recorded(actor, today),
    )
    _save(made)
    facts = {"duty": duty.pk, "number": made.number, "made_on": made_on, "minute": made.minute_reference}
    record("policies.record_report", actor=actor, target=duty.policy, facts=facts)
    return made


@act("policies.plan_audit")
def plan_audit(page, *, actor, today, planned_on: date, auditor, standard: str) -> EffectivenessAudit:
    """Plan an audit of effectiveness (S0-05). Whoever answers for the policy does not audit it."""
    _require_keeper(actor, page)
    _lock_policy(page)
    if auditor.pk in (page.policy_owner_id, page.owner_deputy_id):
        raise ValidationError({"auditor": _("The owner and the deputy do not audit their own policy.")})
    if planned_on < today:
        raise ValidationError({"planned_on": _("Choose today or a later day.")})
    audit = EffectivenessAudit(policy=page, planned_on=planned_on, auditor=auditor, standard=standard.strip())
    _save(audit)
    facts = {"audit": audit.pk, "planned_on": planned_on, "auditor": auditor.pk}
    record("policies.plan_audit", actor=actor, target=page, facts=facts)
    return audit


@act("policies.complete_audit")
def complete_audit(
    audit: EffectivenessAudit, *, actor, today, finding: str, completed_on: date, reported_to
) -> EffectivenessAudit:
    """Close an audit with what it found and which body was told. Its auditor may, and the policy's authors."""
    audit = _lock(audit)
    if not rights.may_complete(actor, audit):
        raise PermissionDenied(_("The auditor closes the audit, or an author who does not own the policy."))
    if audit.completed_on is not None:
        raise ValidationError(_("This audit is closed already."))
    _check_closing(finding, completed_on, reported_to, today)
    audit.finding, audit.completed_on, audit.reported_to = finding.strip(), completed_on, reported_to
    by = _recorded(actor, today)
    audit.completed_by_id, audit.completed_by_name = by["recorded_by_id"], by["recorded_by_name"]
    audit.full_clean()
    audit.save()
    facts = {"audit": audit.pk, "completed_on": completed_on, "reported_to": reported_to.pk}
    record("policies.complete_audit", actor=actor, target=audit.policy, facts=facts)
    return audit


@act("policies.log_body_review")
def log_body_review(
    page,
    *,
    actor,
    today,
    body,
    reviewed_on: date | None = None,
    minute_reference: str = "",
    found: str = "",
    next_on: date | None = None,
) -> BodyReview:
    """Write into the log that a body reviewed a policy, or by when it will (S1-01)."""
    if not rights.may_record_for(actor, page, body.pk, today):
        raise PermissionDenied(_("The owner, the authors and the body's secretary keep this log."))
    if reviewed_on and reviewed_on > today:
        raise ValidationError({"reviewed_on": _("Enter today or an earlier day.")})
    if next_on and next_on < today:
        raise ValidationError({"next_on": _("Choose today or a later day.")})
    entry = BodyReview(
        policy=page,
        body=body,
        reviewed_on=reviewed_on,
        minute_reference=minute_reference.strip() if reviewed_on else "",
        found=found.strip(),
        next_on=next_on,
        **_recorded(actor, today),
    )
    _refuse_twin(entry)
    _save(entry)
    facts = {"entry": entry.pk, "body": body.pk, "reviewed_on": reviewed_on, "next_on": next_on}
    record("policies.log_body_review", actor=actor, target=page, facts=facts)
    return entry


def _refuse_twin(entry) -> None:
    """A second press is no second review: the same words of the same body, written down on the same day."""
    _lock_policy(entry.policy)
    same = ("policy", "body", "reviewed_on", "minute_reference", "found", "next_on", "recorded_on")
    if BodyReview.objects.filter(**{name: getattr(entry, name) for name in same}).exists():
        raise ValidationError(_("This entry is in the log already. Nothing was done twice."))


def _check_closing(finding, completed_on, reported_to, today) -> None:
    wrong = {
        "finding": "" if finding.strip() else _("Enter what the audit found."),
        "completed_on": "" if completed_on and completed_on <= today else _("Enter today or an earlier day."),
        "reported_to": "" if reported_to else _("Choose the body that was told."),
    }
    if any(wrong.values()):
        raise ValidationError({name: words for name, words in wrong.items() if words})


def _require_keeper(actor, page) -> None:
    if not rights.may_keep(actor, page):
        raise PermissionDenied(_("The owner, the deputy and the authors of the policy do this."))


def _require_running(duty) -> None:
    if duty.ended_on is not None:
        raise ValidationError(_("This report is not on the schedule any more."))


def _lock(row):
    return type(row).objects.select_for_update().get(pk=row.pk)


def _lock_policy(page) -> None:
    """A second press waits here, and then finds in its checks what the first one wrote."""
    Page.objects.select_for_update().get(pk=page.pk)


def _save(row) -> None:
    row.full_clean()
    row.save()


def _recorded(actor, today) -> dict:
    name = people.name_of(actor) if actor else _("the system")
    return {"recorded_by_id": actor.pk if actor else None, "recorded_by_name": name, "recorded_on": today}


def _tidy(words: str) -> str:
    return " ".join(words.split())

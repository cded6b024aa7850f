"""Reports, audits and reviews by bodies, made through the services unless a past day is needed."""

from datetime import date

from policy_pages.board import services
from policy_pages.models import EffectivenessAudit, ReportDuty
from tests.factories.organisation import make_body, make_person

TODAY = date(2026, 11, 23)


def make_report(page, **overrides) -> ReportDuty:
    values = {
        "body": overrides.pop("body", None) or make_body(),
        "name": "Incidents of lone working",
        "every_months": 12,
        "first_due": date(2026, 12, 1),
    }
    return ReportDuty.objects.create(policy=page, **{**values, **overrides})


def make_audit(page, **overrides) -> EffectivenessAudit:
    values = {"planned_on": date(2026, 12, 1), "standard": "9 of 10 records name the person told."}
    if "auditor" not in overrides:
        overrides["auditor"] = make_person(user=True)
    return EffectivenessAudit.objects.create(policy=page, **{**values, **overrides})


def complete(audit, *, today=TODAY, **overrides):
    values = {
        "finding": "8 of 10.",
        "completed_on": today,
        "reported_to": overrides.pop("body", None) or make_body(),
    }
    return services.complete_audit(audit, actor=audit.auditor.user, today=today, **{**values, **overrides})

"""Withdraw a policy: the one place that makes a retirement. Called inside the act of the body that decides it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import record
from kernel.lifecycle.templatetags.dates import full_date
from kernel.outbox import emit
from policy_pages import reading
from policy_pages.models import PolicyVersion, Retirement
from policy_pages.reviews.services import retire_clock


def check(version, *, today: date, replaced_by, withdrawn_from: date) -> None:
    """Raise ValidationError by field for what stops ``version`` from being withdrawn, whoever asks."""
    problems = {}
    if withdrawn_from < today:
        problems["withdrawn_from"] = _(
            "The first day without it must be %(first)s or later; you entered %(day)s."
        ) % {"first": full_date(today), "day": full_date(withdrawn_from)}
    if words := _why_no_replacement(version, replaced_by, withdrawn_from):
        problems["replaced_by"] = words
    if problems:
        raise ValidationError(problems)
    _check_counts(version, today)


def retire(
    version,
    *,
    actor,
    today: date,
    reason: str,
    replaced_by,
    withdrawn_from: date,
    body_name: str,
    decided_on: date,
    minute_reference: str = "",
) -> Retirement:
    """From ``withdrawn_from`` on nobody follows the policy whose text in force is ``version`` (policy row 22).

    Locks the page, as issuing does, and ends its open reviews. Raises ValidationError when another version counts by
    now or it is withdrawn already. The text stays readable for those who could read it, under the words that it is
    withdrawn.
    """
    Page.objects.select_for_update().get(pk=version.policy_id)
    check(version, today=today, replaced_by=replaced_by, withdrawn_from=withdrawn_from)
    decided = {"body_name": body_name, "decided_on": decided_on, "minute_reference": minute_reference}
    row = Retirement(
        version=version,
        reason=reason.strip(),
        replaced_by=replaced_by,
        withdrawn_from=withdrawn_from,
        **decided,
    )
    row.validate_constraints()
    row.save(force_insert=True)
    retire_clock(version.policy, actor=actor, today=today, statement=row.reason, **decided)
    facts = {"number": version.number, "seal": version.seal, "withdrawn_from": str(withdrawn_from)}
    record("policies.retire", actor=actor, target=version.policy, facts=facts, words={"reason": row.reason})
    emit("policies.retired", {"policy": version.policy_id, "version": version.pk})
    return row


def _check_counts(version, today) -> None:
    """``version`` is what counts today, is not withdrawn, and no issued one waits to take its place."""
    current = reading.ruling(version.policy_id, today)
    if current is None or current.pk != version.pk:
        raise ValidationError(_("Another version came into force meanwhile. Read that one, then ask again."))
    if Retirement.objects.filter(version=version).exists():
        raise ValidationError(_("This policy is withdrawn already."))
    later = PolicyVersion.objects.filter(policy_id=version.policy_id, in_force_from__gt=today)
    first = later.order_by("in_force_from").only("major", "minor", "in_force_from").first()
    if first is not None:
        words = _("Version %(number)s takes effect on %(day)s. Wait for that day, then ask again.")
        raise ValidationError(words % {"number": first.number, "day": full_date(first.in_force_from)})


def _why_no_replacement(version, replaced_by, withdrawn_from) -> str:
    if replaced_by is None:
        return ""
    if replaced_by.pk == version.policy_id:
        return _("A policy cannot replace itself.")
    if reading.in_force(replaced_by.pk, withdrawn_from) is None:
        words = _("Choose a policy that is in force: on %(day)s %(title)s is not.")
        return words % {"day": full_date(withdrawn_from), "title": replaced_by.title}
    return ""

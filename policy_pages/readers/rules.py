"""Who must know a policy: rules are added and ended, never changed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from policy_pages import permissions
from policy_pages.models.reading import DAYS, ReadingRule

CONDITIONS = ("staff_group", "job_role", "agency", "team", "person_kind")


@act("policies.add_reading_rule")
def add_rule(
    policy, *, actor, today, essential=True, days=DAYS, joiner_days=DAYS, from_on=None, **conditions
) -> ReadingRule:
    """Say who must know ``policy``, or for whose information it is, from today on or a later day.

    Nothing named means everybody who may read it. Raises ValidationError for a rule that stands already, also where
    two people add it at once.
    """
    _require_right(actor, policy)
    Page.objects.select_for_update().get(pk=policy.pk)
    rule = ReadingRule(policy=policy, essential=essential, days=days, joiner_days=joiner_days, **conditions)
    rule.from_on = from_on or today
    if rule.from_on < today:
        raise ValidationError({"from_on": _("A rule begins today or later: nobody is asked in the past.")})
    rule.full_clean()
    same = {name: getattr(rule, name) for name in (*CONDITIONS, "essential")}
    standing = ReadingRule.objects.filter(policy=policy, **same)
    if standing.exclude(until_on__lt=rule.from_on).exists():
        raise ValidationError(_("These people have a rule already; end it first."))
    rule.save()
    record("policies.add_reading_rule", actor=actor, target=policy, facts=_facts(rule))
    return rule


@act("policies.end_reading_rule")
def end_rule(rule: ReadingRule, *, actor, today) -> ReadingRule:
    """Today is the last day of the rule; what people confirmed stays."""
    _require_right(actor, rule.policy)
    rule = ReadingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if rule.until_on is not None and rule.until_on <= today:
        raise ValidationError(_("This rule has ended already."))
    rule.until_on = max(today, rule.from_on)
    rule.save(update_fields=["until_on"])
    record("policies.end_reading_rule", actor=actor, target=rule.policy, facts=_facts(rule))
    return rule


def _require_right(actor, policy) -> None:
    if not permissions.can_submit(actor, policy):
        raise PermissionDenied(
            _("The policy's owner, the owner's deputy and its authors say who must know it.")
        )


def _facts(rule) -> dict:
    return {
        "rule": rule.pk,
        "essential": rule.essential,
        "staff_group": rule.staff_group_id,
        "job_role": rule.job_role_id,
        "agency": rule.agency_id,
        "team": rule.team_id,
        "person_kind": rule.person_kind,
        "days": rule.days,
        "joiner_days": rule.joiner_days,
        "from": str(rule.from_on),
        "until": str(rule.until_on or ""),
    }

"""How late is too late, and how early: what the charging policy of a booking says about a day that counts."""

from collections.abc import Collection
from dataclasses import dataclass

from course_catalogue.charging.kinds import EarlyRule, LateRule
from course_catalogue.models import ChargePolicy


@dataclass(frozen=True)
class Limits:
    """Minutes beyond which a day counts no more; None: no rule. ``early_absent``: as not attended, else as part."""

    late: int | None = None
    early: int | None = None
    early_absent: bool = False


NONE = Limits()


def limits_of(policies: Collection[int]) -> dict[int, Limits]:
    """By key of the policy; one query, none where there are no policies."""
    keys = set(policies) - {None}
    return {key: _limits(row) for key, row in ChargePolicy.objects.in_bulk(keys).items()} if keys else {}


def _limits(policy: ChargePolicy) -> Limits:
    """Coming late counts against somebody only where it is as not coming; leaving early where there is any rule."""
    return Limits(
        late=policy.late_minutes if policy.late_rule == LateRule.NOT_ATTENDED else None,
        early=policy.early_minutes if policy.early_rule != EarlyRule.NOTHING else None,
        early_absent=policy.early_rule == EarlyRule.NOT_ATTENDED,
    )

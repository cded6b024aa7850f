"""What readers are told of a withdrawn policy. A policy that may not be read is not named in its place."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from policy_pages import reading
from policy_pages.models.retirement import Retirement
from policy_pages.models.version import PolicyVersion


@dataclass(frozen=True)
class Replacement:
    """``counts`` is False where the one that took its place was withdrawn in its turn: its page tells further."""

    reference: str
    title: str
    counts: bool


@dataclass(frozen=True)
class Gone:
    """``withdrawn_from`` is the first day on which the policy is not followed; it may be still to come."""

    withdrawn_from: date

    def has_begun(self, today) -> bool:
        return self.withdrawn_from <= today

    @property
    def instead(self) -> str:
        return ""


@dataclass(frozen=True)
class Withdrawal(Gone):
    """With all that the page of the policy itself says."""

    reason: str
    body_name: str
    decided_on: date
    minute_reference: str
    replacement: Replacement | None

    @property
    def instead(self) -> str:
        """The end of a sentence, with the reference of what is followed instead; empty where nothing is."""
        if self.replacement is None or not self.replacement.counts:
            return ""
        return _("; use %(reference)s instead") % {"reference": self.replacement.reference}


def of(version, reader, today) -> Withdrawal | None:
    """Of ``version`` as ``reading.ruling`` gives it."""
    return told(version.retirement, reader, today) if version and hasattr(version, "retirement") else None


def of_row(number: int | None, reader, today) -> Withdrawal | None:
    """Of the retirement of that number; nothing is asked where there is none."""
    return None if number is None else told(Retirement.objects.get(pk=number), reader, today)


def told(row: Retirement, reader, today) -> Withdrawal:
    """What ``reader`` is told; asks one query where something took the place."""
    return Withdrawal(
        row.withdrawn_from,
        row.reason,
        row.body_name,
        row.decided_on,
        row.minute_reference,
        _replacement(row.replaced_by_id, reader, max(today, row.withdrawn_from)),
    )


def _replacement(policy_id, reader, day) -> Replacement | None:
    if policy_id is None:
        return None
    rows = PolicyVersion.objects.ruling(day).filter(reading.audience_q(reader), policy_id=policy_id)
    columns = rows.values_list("reference", "title", "retirement__withdrawn_from").first()
    if columns is None:
        return None
    reference, title, withdrawn_from = columns
    return Replacement(reference, title, counts=withdrawn_from is None or withdrawn_from > day)

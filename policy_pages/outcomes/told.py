"""What readers are told beside "in force": more time given, reviewed unchanged, issued by a chair alone.

Expressions over a version, one for each, for the queries that list versions; the words stand in ``standing``.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from kernel.lifecycle.enums import FLAGGED_ACTIONS, OPEN_PROPOSALS, ChairActionState
from kernel.lifecycle.models import ChairAction, Proposal
from kernel.organisation.models import BodyMeeting
from policy_pages.enums import ReviewOutcome
from policy_pages.models.review import DueMove, Review
from policy_pages.models.review_rules import ReviewRules


@dataclass(frozen=True)
class Moved:
    """The newest move of the open review: ``number`` of ``most``; no number where it was brought forward."""

    number: int | None
    from_due: str
    to_due: str
    reason: str
    body: str
    most: int


@dataclass(frozen=True)
class Chair:
    """A chair issued it alone and nobody else has ratified it; ``meets_on`` is when the body next meets, if known."""

    acted_on: str
    state: str
    body: str
    meets_on: str | None

    @property
    def is_declined(self) -> bool:
        return self.state == ChairActionState.DECLINED


def moved(policy="policy") -> Subquery:
    rows = DueMove.objects.filter(
        review__policy=OuterRef(policy), review__main=True, review__closed_on__isnull=True
    )
    most = ReviewRules._meta.get_field("extensions_most").default
    facts = JSONObject(
        number="number",
        from_due="from_due",
        to_due="to_due",
        reason="reason",
        body="body_name",
        most=Coalesce(Subquery(ReviewRules.objects.values("extensions_most")[:1]), Value(most)),
    )
    return Subquery(rows.order_by("-pk").annotate(told=facts).values("told")[:1])


def reviewed_on(policy="policy") -> Subquery:
    """The day on which the last review found that nothing changes; nothing where it ended otherwise."""
    rows = Review.objects.main().filter(policy=OuterRef(policy), closed_on__isnull=False)
    unchanged = Case(When(outcome=ReviewOutcome.REAFFIRMED, then="decided_on"))
    return Subquery(rows.order_by("-number").annotate(told=unchanged).values("told")[:1])


def chair(today: date, submission="submission") -> Subquery:
    rows = ChairAction.objects.filter(submission=OuterRef(submission), state__in=FLAGGED_ACTIONS)
    meetings = BodyMeeting.objects.filter(
        body=OuterRef("submission__ratifying_body"), meets_on__gte=today
    ).order_by("meets_on")
    facts = JSONObject(
        acted_on="acted_on",
        state="state",
        body="submission__ratifying_body__name",
        meets_on=Subquery(meetings.values("meets_on")[:1]),
    )
    return Subquery(rows.annotate(told=facts).values("told")[:1])


def is_proposed(policy="policy") -> Exists:
    """Whether a body is asked about the review already."""
    return Exists(Proposal.objects.filter(page=OuterRef(policy), kind__in=KINDS, state__in=OPEN_PROPOSALS))


KINDS = ("re-affirm", "extend", "retire")


def frozen(row: tuple) -> tuple:
    """A row whose facts can be compared and kept."""
    return tuple(tuple(value.items()) if isinstance(value, dict) else value for value in row)


def read(kind: type, facts):
    """``facts`` as the database or ``frozen`` gives them."""
    return kind(**dict(facts)) if facts else None

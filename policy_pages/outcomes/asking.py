"""Ask a body for what a review ends in (policy rows 10, 21). The facts of the day are kept; the body decides."""

from dataclasses import dataclass
from datetime import date

from kernel.lifecycle import proposals
from kernel.lifecycle.enums import OPEN_PROPOSALS
from kernel.lifecycle.models import Proposal
from kernel.organisation import people
from policy_pages.models import PolicyPage, PolicyVersion, Review
from policy_pages.outcomes.kinds import EXTEND, OUTCOMES, REAFFIRM, RETIRE
from policy_pages.reviews import rules, services


def no_change(page, *, actor, today: date, reason: str) -> Proposal:
    """Reviewed, and nothing in the text changes: the next review comes one cycle after the decision."""
    review = services.open_review(page.pk)
    facts = {"from_due": str(review.due), "months": review.cycle.months} if review else {}
    return proposals.propose(page, kind=REAFFIRM, actor=actor, today=today, reason=reason, facts=facts)


def more_time(page, *, actor, today: date, to_due: date, reason: str, risk: str) -> Proposal:
    """Move the day of the open review to a later one, inside what the rules allow."""
    given = extension(services.open_review(page.pk), today)
    facts = {"to_due": str(to_due)}
    if given:
        facts |= {"from_due": str(given.due), "number": given.number, "most": given.most}
    words = {"reason": reason, "risk": risk}
    return proposals.propose(page, kind=EXTEND, actor=actor, today=today, facts=facts, **words)


def retirement(page, *, actor, today: date, reason: str, replaced_by, withdrawn_from: date) -> Proposal:
    """Withdraw the policy from a day on, in favour of another policy or of none."""
    facts = {
        "replaced_by": replaced_by.pk if replaced_by else None,
        "withdrawn_from": str(withdrawn_from),
    }
    return proposals.propose(page, kind=RETIRE, actor=actor, today=today, reason=reason, facts=facts)


@dataclass(frozen=True)
class Extension:
    """What one more extension of a review would be: its ``number`` of at most ``most``, to ``latest`` at most."""

    due: date
    number: int
    most: int
    latest: date
    today: date

    @property
    def is_left(self) -> bool:
        return self.number <= self.most and self.latest > max(self.due, self.today)


def extension(review: Review | None, today: date) -> Extension | None:
    if review is None:
        return None
    known = rules.rules()
    used = review.moves.filter(number__isnull=False).count()
    return Extension(review.due, used + 1, known.extensions_most, rules.latest(review, known), today)


def waiting(page) -> Proposal | None:
    """The question about the review of ``page`` that waits for a body; no other is asked beside it."""
    rows = Proposal.objects.filter(page_id=page.pk, kind__in=OUTCOMES, state__in=OPEN_PROPOSALS)
    return rows.select_related("body").first()


@dataclass(frozen=True)
class Asked:
    """What stands above the button: the text in force, its review, which body decides and who sits there."""

    version: PolicyVersion | None
    review: Review | None
    body: object
    members: tuple[str, ...]

    @property
    def seen(self) -> str:
        """Changes when what the person saw is not what holds any more."""
        return f"{self.version and self.version.number} {self.review and self.review.due}"


def asked(page: PolicyPage, kind: str, today: date) -> Asked:
    body = proposals.KINDS[kind].body_of(page)
    members = tuple(person.name for person in people.members(body, today)) if body else ()
    return Asked(page.version_in_force(today), services.open_review(page.pk), body, members)

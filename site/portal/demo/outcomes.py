"""What three reviews ended in: more time, no change, and a policy withdrawn in favour of another. All invented."""

from datetime import date, timedelta

from kernel.lifecycle import minutes, proposals
from kernel.lifecycle.review import add_months
from policy_pages.models import PolicyPage, Retirement
from policy_pages.outcomes import asking
from policy_pages.reviews import services
from portal.demo import plans
from portal.demo.days import lived_on, meeting_day, weekday_after
from portal.demo.organisation import person
from portal.demo.plans import Plan
from portal.demo.policies import FIRST
from portal.demo.steps import (
    APPROVER,
    AUTHOR,
    CHAIR,
    PRESENT,
    SECRETARY,
    bring,
    confirmed,
    last_meeting,
    login,
)
from portal.demo.writing import clause, section

DESKS = Plan(
    "IG-006", "Clear desk policy", "clear-desk", "Elspeth Drummond", "Alastair Finch", "PG", "corporate"
)
LIFTING = Plan(
    "HS-012",
    "Moving and handling policy",
    "moving-and-handling",
    "Desmond Achebe",
    "Alastair Finch",
    "PG",
    "estates",
    review_months=12,
)
HANDOVER = Plan(
    "IG-009",
    "Paper handover sheets procedure",
    "paper-handover-sheets",
    "Elspeth Drummond",
    "Alastair Finch",
    "PG",
    "corporate",
    document_type="procedure",
)


def build(today: date) -> bool:
    if Retirement.objects.exists():
        return False
    _reaffirmed(today)
    _extended(today)
    _withdrawn(today)
    return True


def _reaffirmed(today) -> None:
    """Its review found nothing to change; the panel agreed three weeks ago."""
    page = _issued(DESKS, meeting_day(today, -23), "7", _desks())
    day = weekday_after(today - timedelta(days=25))
    with lived_on(day):
        found = "Read against the rules of the records service of this year: every clause still holds."
        proposal = asking.no_change(page, actor=login(AUTHOR), today=day, reason=found)
    _sign(proposal, weekday_after(day + timedelta(days=3)))


def _extended(today) -> None:
    """Five more months, because what it rests on is being written anew."""
    page = _issued(LIFTING, meeting_day(today, -12), "8", _lifting())
    day = weekday_after(today - timedelta(days=20))
    words = {
        "to_due": add_months(services.open_review(page.pk).due, 5),
        "reason": "the national guidance is being written anew.",
        "risk": "Two hoists are newer than the text. Their makers' sheets hang beside them meanwhile.",
    }
    with lived_on(day):
        proposal = asking.more_time(page, actor=login(AUTHOR), today=day, **words)
    _sign(proposal, weekday_after(day + timedelta(days=4)))


def _withdrawn(today) -> None:
    """The Policy Group withdrew it in its last meeting; the record keeping policy says what is done instead."""
    page = _issued(HANDOVER, meeting_day(today, -14), "9", _handover())
    met = last_meeting(today)
    words = {
        "reason": "Every ward hands over in the electronic record since the summer.",
        "replaced_by": PolicyPage.objects.get(reference=plans.RECORDS.reference),
        "withdrawn_from": met,
    }
    asked = met - timedelta(days=14)
    with lived_on(asked):
        proposal = asking.retirement(page, actor=login(AUTHOR), today=asked, **words)
    minute = minutes.Minute(
        meeting_on=met,
        present=[person(name) for name in PRESENT],
        minute_reference=f"PG/{met:%y}/{met:%m}5",
        outcome="allow",
    )
    day = min(today, weekday_after(met + timedelta(days=1)))
    with lived_on(day):
        proposals.record_meeting(proposal, actor=login(SECRETARY), today=day, minute=minute)
        proposals.confirm_meeting(proposal, actor=login(CHAIR), today=day)


def _issued(plan: Plan, met: date, minute: str, blocks: list) -> PolicyPage:
    page = bring(plan, blocks, met - timedelta(days=21))
    return confirmed(page, met, FIRST, minute=minute)


def _sign(proposal, day: date) -> None:
    with lived_on(day):
        proposals.sign(proposal, actor=login(APPROVER), today=day, statement="Agreed.")


def _desks() -> list:
    return [
        section("Why we have this"),
        clause("What lies on a desk is read by whoever walks past."),
        section("What we do"),
        clause("You must lock your screen whenever you leave it."),
        clause("You must put away papers about people at the end of every day."),
    ]


def _lifting() -> list:
    return [
        section("Why we have this"),
        clause("More of us are hurt by lifting than by anything else at work."),
        section("Before you move anybody"),
        clause("You must read the person's handling plan before you move them."),
        clause("You should ask a colleague when the plan does not fit what you see."),
        clause("You must take a hoist out of use that has no valid label."),
    ]


def _handover() -> list:
    return [
        section("Why we have this"),
        clause("Between two shifts nothing about a person may be lost."),
        section("The sheet"),
        clause("The nurse who goes must write the sheet before the nurse who comes begins."),
        clause("Sheets must be put into the confidential waste after one day."),
    ]

"""Decisions that are not a plain yes: a text approved with conditions, and one issued by the chair's action."""

from datetime import date, timedelta

from kernel.lifecycle import chair_actions, conditions, submissions
from kernel.lifecycle.models import ChairAction
from portal.demo.days import lived_on, weekday_after
from portal.demo.organisation import person
from portal.demo.plans import Plan
from portal.demo.steps import APPROVER, CHAIR, approved, bring, login, submitted
from portal.demo.writing import clause, section

MEMBER = "Rhiannon Bell"
HEAT = Plan(
    "EF-009",
    "Hot weather procedure",
    "hot-weather",
    "Desmond Achebe",
    "Alastair Finch",
    "PG",
    "estates",
    document_type="procedure",
)
BORROWING = Plan(
    "EF-012",
    "Borrowed equipment procedure",
    "borrowed-equipment",
    "Desmond Achebe",
    "Alastair Finch",
    "PG",
    "estates",
    document_type="procedure",
)


def build(today: date) -> bool:
    """True if it built anything."""
    if ChairAction.objects.exists():
        return False
    _borrowing(today)
    _heat(today)
    return True


def _borrowing(today) -> None:
    """Approved with two conditions: one is met, the other is open, so nobody can ratify it yet."""
    day = weekday_after(today - timedelta(days=13))
    submission = submitted(bring(BORROWING, _lending(), day), day, "First issue.")
    later = weekday_after(day + timedelta(days=3))
    asked = [
        conditions.Asked(
            words="Clause 2.2: agree with the equipment library who cleans what comes back at night.",
            owner=person("Desmond Achebe"),
            due=weekday_after(today + timedelta(days=10)),
        ),
        conditions.Asked(
            words="Ask the records manager whether the loan slips may be kept for two years.",
            owner=person("Elspeth Drummond"),
            due=weekday_after(today + timedelta(days=3)),
        ),
    ]
    with lived_on(later):
        words = "Clear and short. Two things must be settled before it is ratified."
        submission = submissions.approve(
            submission, actor=login(MEMBER), today=later, statement=words, conditions=asked
        )
    met = weekday_after(later + timedelta(days=2))
    with lived_on(met):
        conditions.close(
            submission.conditions.get(number=2),
            actor=login(APPROVER),
            today=met,
            words="The records manager agrees to two years; her answer is kept with the minutes of the panel.",
        )


def _heat(today) -> None:
    """The first hot days came before the meeting: the chair issued it, and the Policy Group has yet to ratify it."""
    day = weekday_after(today - timedelta(days=9))
    submission = approved(bring(HEAT, _warmth(), day), day, "First issue.")
    acted = min(today, weekday_after(day + timedelta(days=4)))
    with lived_on(acted):
        chair_actions.issue_now(
            submission,
            actor=login(CHAIR),
            today=acted,
            reason="Thirty degrees are forecast for the wards under the roof before the group meets.",
        )


def _lending() -> list:
    return [
        section("Why we have this"),
        clause("Beds, hoists and pumps are lent between wards, and nobody knows where they are when needed."),
        section("Lending and bringing back"),
        clause("Whoever lends a piece of equipment must fill in a slip with its number and the ward."),
        clause("Whoever brings it back must say whether it is clean and whether it worked."),
        clause("A ward may keep a borrowed piece for three days, and should ask before it keeps it longer."),
        section("Records"),
        clause("The equipment library must keep the slips for two years."),
    ]


def _warmth() -> list:
    return [
        section("Why we have this"),
        clause("Heat harms old people, babies and people with certain medicines within hours."),
        section("When it is hot"),
        clause("The nurse in charge must write down the temperature of each bay at 11am and at 3pm."),
        clause("Above 26 degrees patients at risk must be moved to a cooler bay or given a fan."),
        clause("Staff should offer a drink each hour and may loosen the rules on clothing."),
        section("Who hears of it"),
        clause("Above 30 degrees the nurse in charge must ring the estates desk, also at night."),
    ]

"""Builds the policies, each by the way that any policy goes: brought, submitted, approved, ratified, issued."""

from datetime import date, timedelta

from kernel.lifecycle import submissions, workflows
from policy_pages.models import PolicyIndexPage, PolicyPage
from portal.demo import plans
from portal.demo.days import lived_on, meeting_day, months_ago, weekday_after
from portal.demo.meetings import settled
from portal.demo.screenings import find_negative
from portal.demo.steps import (
    APPROVER,
    AUTHOR,
    approved,
    bring,
    change,
    confirmed,
    last_meeting,
    login,
    recorded,
    signed,
    submitted,
)
from portal.demo.texts import further, lone_working, medicines, safeguarding, short
from portal.models import HomePage

FIRST = "First issue."


def build_library(today: date) -> bool:
    if PolicyIndexPage.objects.exists():
        return False
    home = HomePage.objects.get()
    workflows.attach(home.add_child(instance=PolicyIndexPage(title="Policies", slug="policies")))
    return True


def build(today: date) -> bool:
    """True if it built anything; policies that are there already are left as they are."""
    if PolicyPage.objects.exists():
        return False
    for policy in (
        _disagreement,
        _safeguarding,
        _disagreement_changed,
        _driving,
        _infection,
        _records,
        _transfers,
        _fire,
        _lone_working,
        _learning,
        _visiting,
        _photographs,
    ):
        policy(today)
    bring(plans.MEDICINES, medicines.blocks(), today - timedelta(days=2))
    return True


def _disagreement(today) -> None:
    page = bring(plans.DISAGREEMENT, short.disagreement(), months_ago(today, 9, 4))
    signed(page, months_ago(today, 9), FIRST, signers=["Priya Sandhu", "Owen Castell"])


def _safeguarding(today) -> None:
    """Issued twice: 1.0 seven months ago, 1.1 two months ago with one clause changed."""
    page = bring(plans.SAFEGUARDING, safeguarding.blocks(), months_ago(today, 7, 4))
    signed(page, months_ago(today, 7), FIRST, signers=["Priya Sandhu", "Helen Oduya"])
    change(page, months_ago(today, 2, 8), (safeguarding.SAME_DAY, safeguarding.WITHIN_HOURS))
    note = "3.1: two hours instead of the same working day, after the review of a case."
    signed(page, months_ago(today, 2), note, signers=["Helen Oduya", "Owen Castell"])


def _disagreement_changed(today) -> None:
    """Approved again, and signed by one of the two who are needed."""
    day = weekday_after(today - timedelta(days=14))
    page = PolicyPage.objects.get(reference=plans.DISAGREEMENT.reference)
    change(page, day, (short.FIVE_DAYS, short.THREE_DAYS))
    signed(page, day, "Step 2: three working days instead of five.", signers=["Helen Oduya"])


def _driving(today) -> None:
    """Its review was due a month ago: it is in force all the same."""
    met = meeting_day(today, -13)
    page = bring(plans.DRIVING, further.driving(), met - timedelta(days=21))
    confirmed(page, met, FIRST, minute="2")


def _infection(today) -> None:
    """Issued twice, the second time with duties that are stronger."""
    met = meeting_day(today, -11)
    page = bring(plans.INFECTION, further.infection(), met - timedelta(days=21))
    confirmed(page, met, FIRST, minute="5")
    met = meeting_day(today, -3)
    stronger = [(further.HANDS_SHOULD, further.HANDS_MUST), (further.OUTBREAK_WAS, further.OUTBREAK_NOW)]
    change(page, met - timedelta(days=18), *stronger)
    note = "Clean hands are a duty, and outbreaks are told within the hour, after the outbreak of the spring."
    confirmed(page, met, note, minute="3", significance="major")


def _records(today) -> None:
    """The next version is issued and waits for its first day."""
    met = meeting_day(today, -8)
    page = bring(plans.RECORDS, further.records(), met - timedelta(days=21))
    confirmed(page, met, FIRST, minute="1")
    met = meeting_day(today, -2)
    change(page, met - timedelta(days=20), (further.COPY_WAS, further.COPY_NOW))
    note = "3.2: copies go by tracked post."
    settled(page, met, note, wanted=today + timedelta(days=21))


def _transfers(today) -> None:
    """For one staff group alone."""
    met = meeting_day(today, -5)
    page = bring(plans.TRANSFERS, further.transfers(), met - timedelta(days=21))
    confirmed(page, met, FIRST, minute="4")


def _fire(today) -> None:
    """The Policy Group has sat, its secretary has written it down; the chair has yet to confirm."""
    met = last_meeting(today)
    page = bring(plans.FIRE, short.fire(), met - timedelta(days=21))
    recorded(page, met, FIRST, minute="4", wanted=today, today=today)


def _lone_working(today) -> None:
    page = bring(plans.LONE_WORKING, lone_working.blocks(), weekday_after(today - timedelta(days=16)))
    approved(page, weekday_after(today - timedelta(days=9)), FIRST)


def _learning(today) -> None:
    """The approver sent it back, with what is missing."""
    day = weekday_after(today - timedelta(days=12))
    page = bring(plans.LEARNING, further.learning(), day)
    submission = submitted(page, day, FIRST)
    later = weekday_after(day + timedelta(days=3))
    reason = (
        "3.1 does not say what happens when a ward is too short of staff to release anybody. Please add it."
    )
    with lived_on(later):
        submissions.send_back(submission, actor=login(APPROVER), today=later, reason=reason)


def _visiting(today) -> None:
    """The author took it back before anybody decided, and its equality lead is asked since."""
    day = weekday_after(today - timedelta(days=7))
    page = bring(plans.VISITING, further.visitors(), day)
    submission = submitted(page, day, FIRST)
    later = weekday_after(day + timedelta(days=1))
    reason = "The wards for children want their own hours first."
    with lived_on(later):
        submissions.recall(submission, actor=login(AUTHOR), today=later, reason=reason)
    find_negative(page, later)


def _photographs(today) -> None:
    day = weekday_after(today - timedelta(days=5))
    submitted(bring(plans.PHOTOGRAPHS, short.photographs(), day), day, FIRST)

"""Re-affirm, extend, withdraw: asked of the right body, decided about the exact text, told to readers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.lifecycle import proposals
from kernel.lifecycle.models import Proposal
from policy_pages import reading, standing
from policy_pages.models import DueMove, PolicyVersion, Retirement, Review
from policy_pages.models.review_rules import ReviewRules
from policy_pages.outcomes import asking
from policy_pages.reviews import services
from tests.factories import matters
from tests.factories import outcomes as ask
from tests.factories import policies as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
TODAY, LATER = date(2026, 11, 23), date(2027, 6, 14)


def words_on(page, day):
    current = reading.ruling(page.pk, day)
    return standing.of(current, current, day)


# --- allowed ---------------------------------------------------------------------------------------------


def test_reaffirmed_keeps_the_text_and_gives_a_new_date():
    page = ask.issued()
    before = PolicyVersion.objects.values("pk", "seal", "text_sha256").get()

    ask.allow(ask.ask_no_change(page, today=LATER), today=LATER)

    assert PolicyVersion.objects.values("pk", "seal", "text_sha256").get() == before
    closed, opened = Review.objects.order_by("pk")
    assert (closed.outcome, closed.decided_on, closed.body_name, closed.statement) == (
        "re-affirmed",
        LATER,
        "Drafts Panel",
        "Read against the new law.",
    )
    assert (opened.due, opened.closed_on) == (date(2028, 6, 14), None)
    assert words_on(page, LATER) == standing.Standing(
        "good",
        "In force: version 1.0 since 23 November 2026. Reviewed 14 June 2027, unchanged. "
        "Review due 14 June 2028 (in 12 months).",
        True,
    )


def test_a_version_issued_after_the_review_does_not_say_reviewed():
    page = ask.issued()
    ask.allow(ask.ask_no_change(page, today=LATER), today=LATER)
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    make.issue(page, today=date(2027, 6, 15), significance="minor")

    assert "unchanged" not in words_on(page, date(2027, 6, 15)).words


def test_extended_keeps_the_old_date_and_tells_readers():
    page = ask.issued()

    ask.allow(ask.ask_more_time(page, today=LATER), today=LATER)

    move = DueMove.objects.get()
    assert (move.number, move.from_due, move.to_due, move.body_name, move.risk) == (
        1,
        date(2027, 11, 23),
        date(2028, 3, 31),
        "Drafts Panel",
        "None is known.",
    )
    assert words_on(page, LATER) == standing.Standing(
        "soon",
        "In force: version 1.0 since 23 November 2026. Review due 31 March 2028 (in 9 months). "
        "Review moved from 23 November 2027 to 31 March 2028 by the Drafts Panel, "
        "because the guidance is changing (first of at most 2).",
        True,
    )


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (date(2028, 3, 30), "soon", "Review due 31 March 2028 (in 1 day)."),
        (date(2028, 3, 31), "soon", "Review due 31 March 2028 (today)."),
        (date(2028, 4, 1), "late", "Follow it. Its review was due 31 March 2028 (1 day ago)."),
    ],
)
def test_the_new_date_counts_to_its_last_day(day, kind, words):
    page = ask.issued()
    ask.allow(ask.ask_more_time(page, today=LATER), today=LATER)

    found = words_on(page, day)

    assert (found.kind, found.in_force) == (kind, True)
    assert words in found.words


def test_withdrawn_is_decided_by_the_ratifying_body_and_ends_the_review():
    page, other = ask.issued(), make.issue(make.make_policy()).policy

    proposal = ask.ask_to_retire(page, replaced_by=other)
    assert proposal.body == page.ratifying_body
    ask.allow(proposal, today=LATER)

    row = Retirement.objects.get()
    assert (row.version, row.replaced_by, row.withdrawn_from, row.decided_on, row.body_name) == (
        page.versions.get(),
        other,
        LATER,
        LATER,
        page.ratifying_body.name,
    )
    assert [review.outcome for review in page.reviews.all()] == ["retired"]
    assert reading.in_force(page.pk, LATER) is None


def test_a_meeting_decides_with_its_minute():
    page = make.make_meeting_policy(review_months=12)
    make.confirm(make.record(make.approve(make.submit(page))))
    page.refresh_from_db()
    proposal = ask.ask_to_retire(page)
    matters.record(proposal, proposals, minute_reference="B 7/26")
    assert not Retirement.objects.exists()

    matters.confirm(proposal, proposals, today=LATER)

    row = Retirement.objects.get()
    assert (row.decided_on, row.withdrawn_from, row.minute_reference) == (TODAY, LATER, "B 7/26")


# --- refused ---------------------------------------------------------------------------------------------


def test_the_day_must_lie_inside_the_cap_and_the_message_says_it():
    page = ask.issued()

    with pytest.raises(ValidationError) as refusal:
        ask.ask_more_time(page, to_due=date(2028, 11, 24))

    assert refusal.value.message_dict == {
        "to_due": ["New date must be 23 November 2028 or before; you entered 24 November 2028."]
    }
    assert not Proposal.objects.exists()
    assert ask.ask_more_time(page, to_due=date(2028, 11, 23)).facts["to_due"] == "2028-11-23"


@pytest.mark.parametrize("day", [date(2027, 11, 22), date(2027, 11, 23)])
def test_the_day_must_be_later_than_the_one_that_holds(day):
    with pytest.raises(ValidationError, match="New date must be after 23 November 2027"):
        ask.ask_more_time(ask.issued(), to_due=day)


def test_no_more_than_the_rules_allow():
    ReviewRules.objects.create(extensions_most=1)
    page = ask.issued()
    ask.allow(ask.ask_more_time(page, to_due=date(2027, 12, 31)))

    with pytest.raises(ValidationError, match="extended 1 time, which is the most"):
        ask.ask_more_time(page, to_due=date(2028, 1, 31))

    given = asking.extension(services.open_review(page.pk), TODAY)
    assert (given.number, given.most, given.is_left) == (2, 1, False)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": " "}, {"reason": ["Say why: the body decides upon it."]}),
        ({"risk": " "}, {"risk": ["Say what may go wrong meanwhile, and what you do about it."]}),
    ],
)
def test_reason_and_risk_are_needed(values, words):
    with pytest.raises(ValidationError) as refusal:
        ask.ask_more_time(ask.issued(), **values)

    assert refusal.value.message_dict == words
    assert not Proposal.objects.exists()


def test_one_question_about_a_review_waits_at_a_time():
    page = ask.issued()
    first = ask.ask_no_change(page)

    for again in (ask.ask_no_change, ask.ask_more_time, ask.ask_to_retire):
        with pytest.raises(ValidationError, match="“No change needed” is proposed already"):
            again(page)
    assert asking.waiting(page) == first

    proposals.withdraw(first, actor=page.policy_owner.user, today=TODAY)
    assert asking.waiting(page) is None
    assert ask.ask_more_time(page).state == "open"


@pytest.mark.parametrize("question", [ask.ask_no_change, ask.ask_more_time, ask.ask_to_retire])
def test_another_version_meanwhile_stops_the_decision(question):
    page = ask.issued()
    proposal = question(page)
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    make.issue(page, significance="minor")
    kept = Review.objects.values_list("pk", "due", "outcome")
    before = list(kept)

    with pytest.raises(ValidationError, match="Another text is in force"):
        ask.allow(proposal)

    proposal.refresh_from_db()
    assert (proposal.state, list(kept), Retirement.objects.count()) == ("open", before, 0)


def test_a_day_that_was_moved_meanwhile_stops_the_extension():
    page = ask.issued()
    proposal = ask.ask_more_time(page)
    services.bring_forward(
        page, to_due=date(2027, 9, 30), reason="Spread.", decided_on=TODAY, actor=None, today=TODAY
    )

    with pytest.raises(ValidationError, match="due on 30 September 2027 by now"):
        ask.allow(proposal)


@pytest.mark.parametrize("question", [ask.ask_no_change, ask.ask_more_time, ask.ask_to_retire])
@pytest.mark.parametrize("persona", ["approver", "ratifier", "staff"])
def test_who_may_not_ask(question, persona):
    page = ask.issued()
    user = {
        "approver": make.members_of(page.approving_body)[0],
        "ratifier": make.members_of(page.ratifying_body)[0],
        "staff": make_person(user=True).user,
    }[persona]

    with pytest.raises(PermissionDenied, match="the sponsor propose this"):
        question(page, actor=user)

    assert not Proposal.objects.exists()


def test_owner_deputy_and_sponsor_ask():
    people = {"owner_deputy": make_person(user=True), "sponsor": make_person(user=True)}
    page = ask.issued(**people)

    for person in (page.policy_owner, *people.values()):
        proposal = ask.ask_no_change(page, actor=person.user)
        proposals.withdraw(proposal, actor=person.user, today=TODAY)

    assert Proposal.objects.filter(state="withdrawn").count() == 3


def test_who_asks_does_not_decide():
    owner = make_person(user=True)
    page = ask.issued(policy_owner=owner)
    seat = page.approving_body.memberships.create(person=owner, from_on=date(2020, 1, 1), capacity="member")
    proposal = ask.ask_no_change(page)

    with pytest.raises(PermissionDenied):
        proposals.sign(proposal, actor=seat.person.user, today=TODAY)

"""Questions about a text in force and chair's actions as items of an agenda."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.lifecycle import proposals
from kernel.lifecycle.models import ClosedDay, Condition
from kernel.meetings import confirming, kinds, pack, receivers
from kernel.outbox.models import OutboxEvent
from policy_pages.models import PolicyVersion
from portal.frame import desk
from tests.factories import matters
from tests.factories import meetings as meet
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
FAR = date(2027, 1, 14)
TEXT, QUESTION, ALONE = "policies.submission", "policies.proposal", "policies.chair_action"


@pytest.fixture(autouse=True)
def close_a_day(monkeypatch):
    monkeypatch.setitem(proposals.KINDS, "close a day", matters.CLOSE_A_DAY)


@pytest.fixture
def body():
    return meet.make_committee()


@pytest.fixture
def meeting(body):
    return meet.make_meeting(body, TODAY)


@pytest.fixture
def proposal(body):
    return matters.propose(matters.issued(make.make_meeting_policy(ratifying_body=body)))


@pytest.fixture
def action(body):
    return matters.act_alone(make.approve(make.submit(make.make_meeting_policy(ratifying_body=body))))


def confirmed(meeting, *answers, actor=None):
    entry = meet.record(meeting, *answers, today=TODAY)
    who = actor or meet.chair_of(meeting.body)
    return confirming.confirm_minutes(entry, actor=who, today=TODAY)


def test_one_entry_settles_a_text_a_question_and_a_chairs_action(meeting, proposal, action, body):
    text = make.approve(make.submit(make.make_meeting_policy(ratifying_body=body)))
    first, second, third = meet.put(meeting, ALONE, action.pk), meet.put(meeting, QUESTION, proposal.pk), None
    third = meet.put(meeting, TEXT, text.pk)
    items = [*first, *second, *third]

    confirmed(
        meeting,
        meet.said(items[0], "ratify"),
        meet.said(items[1], "allow"),
        meet.said(items[2], "ratify", in_force_from=TODAY),
        actor=meet.people_in(body, "member")[0].user,
    )

    for row in (action, proposal, text):
        row.refresh_from_db()
    assert (action.state, proposal.state, text.state) == ("ratified", "allowed", "issued")
    assert ClosedDay.objects.get().reason == "2026-11-23 PG/26/11/2"


def test_chair_who_acted_cannot_confirm_the_entry(meeting, action):
    (item,) = meet.put(meeting, ALONE, action.pk, today=TODAY)
    entry = meet.record(meeting, meet.said(item, "ratify"), today=TODAY)

    with pytest.raises(
        PermissionDenied, match="You wrote part of this or issued it, so somebody else ratifies"
    ):
        confirming.confirm_minutes(entry, actor=meet.chair_of(meeting.body), today=TODAY)


def test_question_that_cannot_be_carried_out_stops_the_whole_entry(meeting, body):
    page = matters.issued(make.make_meeting_policy(ratifying_body=body))
    broken = matters.propose(page, facts={"day": "fails"})
    text = make.approve(make.submit(make.make_meeting_policy(ratifying_body=body)))
    (one,), (two,) = (
        meet.put(meeting, QUESTION, broken.pk, today=TODAY),
        meet.put(meeting, TEXT, text.pk, today=TODAY),
    )
    before = PolicyVersion.objects.count()

    with pytest.raises(ValidationError, match=f"{page.title}: It cannot be carried out."):
        confirmed(meeting, meet.said(one, "allow"), meet.said(two, "ratify", in_force_from=TODAY))
    text.refresh_from_db()
    assert (text.state, PolicyVersion.objects.count()) == ("recorded", before)


def test_question_that_was_withdrawn_or_answered_says_so(meeting, proposal):
    (item,) = meet.put(meeting, QUESTION, proposal.pk, today=TODAY)
    proposals.withdraw(proposal, actor=proposal.proposed_by, today=TODAY)

    assert kinds.standings([item], TODAY)[item.pk].problem.startswith("Withdrawn on ")


def test_chairs_action_goes_on_the_next_agenda_at_once(body, action):
    later = meet.make_meeting(body, FAR)
    event = OutboxEvent.objects.get(kind="lifecycle.chair_action")
    assert event.payload == {"body": body.pk, "on": "2026-11-23"}

    receivers.put_on_at_once(event.pk, event.payload)
    receivers.put_on_at_once(event.pk, event.payload)

    assert [(item.kind, item.thing_id) for item in later.items.all()] == [(ALONE, action.pk)]


def test_chairs_action_of_a_body_without_a_meeting_waits(body, action):
    event = OutboxEvent.objects.get(kind="lifecycle.chair_action")

    receivers.put_on_at_once(event.pk, event.payload)

    assert [row.thing_id for _kind, row in kinds.waiting(body, TODAY)] == [action.pk]


def test_ratified_with_conditions_waits_until_they_are_met(meeting, body):
    page = make.make_meeting_policy(ratifying_body=body)
    text = make.approve(make.submit(page))
    (item,) = meet.put(meeting, TEXT, text.pk, today=TODAY)
    owner = page.policy_owner
    asked = kinds.Condition(words="Name the wards.", person_id=owner.pk, name=owner.name, due=FAR)

    confirmed(meeting, meet.said(item, "ratify if", in_force_from=TODAY, conditions=[asked]))

    text.refresh_from_db()
    condition = Condition.objects.get()
    assert (text.state, condition.words, condition.owner, condition.due) == (
        "ratified if",
        "Name the wards.",
        owner,
        FAR,
    )
    assert PolicyVersion.objects.count() == 0
    item.refresh_from_db()
    assert item.conditions == [{"words": "Name the wards.", "name": owner.name, "due": "2027-01-14"}]


def test_ratified_with_conditions_without_any_is_refused(meeting, body):
    text = make.approve(make.submit(make.make_meeting_policy(ratifying_body=body)))
    (item,) = meet.put(meeting, TEXT, text.pk, today=TODAY)

    with pytest.raises(ValidationError, match="at least one condition"):
        meet.record(meeting, meet.said(item, "ratify if", in_force_from=TODAY), today=TODAY)


def test_front_sheets_of_a_question_and_of_a_chairs_action(meeting, proposal, action):
    meet.put(meeting, ALONE, action.pk, today=TODAY)
    meet.put(meeting, QUESTION, proposal.pk, today=TODAY)

    alone, question = (paper.sheet for paper in pack.pack_of(meeting, TODAY).papers)

    assert question.asked == "Close a day"
    assert dict(question.facts)["Why"] == "Nobody is there."
    assert dict(question.facts)["Text in force"].startswith("Version 1.0, seal ")
    assert dict(alone.facts)["Why it could not wait"] == "The ward opens tonight."
    assert [part.heading for part in alone.parts] == [
        "What changed, in the author's words",
        "The text: all of it is new",
    ]


def test_what_stands_on_an_agenda_is_not_asked_for_item_by_item(meeting, body):
    text = make.approve(make.submit(make.make_meeting_policy(ratifying_body=body)))
    secretary = meet.secretary_of(body)
    assert [str(row.title) for row in desk(secretary, TODAY) if row.verb == "decide"] == [text.page.title]

    meet.put(meeting, TEXT, text.pk, today=TODAY)

    assert [str(row.title) for row in desk(secretary, TODAY) if row.verb == "decide"] == []

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from kernel.meetings import confirming
from kernel.meetings.models import AgendaItem, MinutesEntry
from kernel.organisation.models import Capacity
from kernel.outbox.models import OutboxMail
from tests.factories import meetings as make
from tests.factories.organisation import make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY, KEY = make.TODAY, "tests.motion"


@pytest.fixture
def items(meeting):
    return make.put(meeting, KEY, 1, 2)


@pytest.fixture
def entry(meeting, items):
    return make.record(meeting, make.said(items[0]), make.said(items[1], "refer", statement="Why."))


def states(meeting):
    return [row.state for row in meeting.items.all()]


def test_confirm_carries_out_every_decision(meeting, entry, motions):
    chair = make.chair_of(meeting.body)

    done = confirming.confirm_minutes(entry, actor=chair, today=TODAY)

    assert (done.state, done.answered_by_id) == ("confirmed", chair.pk)
    assert states(meeting) == ["decided", "decided"]
    assert [row.done[-1] for row in motions.rows.values()] == [
        ("confirmed", "PG/26/11/1"),
        ("confirmed", "PG/26/11/2"),
    ]


def test_confirm_by_a_member_who_was_present(meeting, entry):
    confirming.confirm_minutes(entry, actor=make.people_in(meeting.body, "member")[1].user, today=TODAY)

    assert states(meeting) == ["decided", "decided"]


def test_confirm_with_one_item_invalid_does_nothing_and_says_which(meeting, entry, motions):
    motions.rows[2].broken = "It was withdrawn on 20 November 2026."

    with pytest.raises(ValidationError) as refusal:
        confirming.confirm_minutes(entry, actor=make.chair_of(meeting.body), today=TODAY)

    assert refusal.value.messages == ["Second motion: It was withdrawn on 20 November 2026."]
    entry.refresh_from_db()
    assert (entry.state, states(meeting)) == ("recorded", ["recorded", "recorded"])


def test_confirm_twice_says_who_was_first(meeting, entry):
    chair, member = make.chair_of(meeting.body), make.people_in(meeting.body, "member")[0].user
    confirming.confirm_minutes(entry, actor=chair, today=TODAY)

    with pytest.raises(ValidationError, match=f"These minutes are confirmed: {chair.staff_profile.name}"):
        confirming.confirm_minutes(entry, actor=member, today=TODAY)


def test_confirm_sends_what_was_not_decided_to_the_next_agenda(meeting, items, motions):
    later = make.make_meeting(meeting.body, date(2026, 12, 10))
    make.make_meeting(meeting.body, date(2027, 1, 14))
    entry = make.record(meeting, make.said(items[0], "not decided"), make.said(items[1]))

    confirming.confirm_minutes(entry, actor=make.chair_of(meeting.body), today=TODAY)

    assert states(meeting) == ["carried", "decided"]
    assert [(row.thing_id, row.state) for row in later.items.all()] == [(1, "on agenda")]
    assert motions.rows[1].done == []


def test_confirm_carries_nothing_over_that_does_not_wait_or_has_no_meeting(meeting, items, motions):
    motions.rows[1].waits = False
    entry = make.record(meeting, make.said(items[0], "not decided"), make.said(items[1], "not decided"))

    confirming.confirm_minutes(entry, actor=make.chair_of(meeting.body), today=TODAY)

    assert states(meeting) == ["carried", "carried"]
    assert AgendaItem.objects.exclude(meeting=meeting).count() == 0


def test_confirm_by_who_recorded_is_refused_even_with_a_second_seat(meeting, items):
    secretary = make.people_in(meeting.body, "secretary")[0]
    make_seat(body=meeting.body, person=secretary, capacity=Capacity.MEMBER)
    entry = make.record(meeting, make.said(items[0]), present=make.people_in(meeting.body, "member"))

    with pytest.raises(PermissionDenied, match="a second person confirms"):
        confirming.confirm_minutes(entry, actor=secretary.user, today=TODAY)


def test_confirm_by_a_chair_who_wrote_part_is_refused_and_the_vice_chair_can(meeting, items, motions):
    vice = make_seat(body=meeting.body, capacity=Capacity.VICE_CHAIR).person
    chair = make.chair_of(meeting.body)
    motions.rows[1].authors = frozenset({chair.pk})
    entry = make.record(meeting, make.said(items[0]), present=[vice, *make.people_in(meeting.body, "member")])

    with pytest.raises(PermissionDenied, match="First motion: You moved it, so somebody else decides it."):
        confirming.confirm_minutes(entry, actor=chair, today=TODAY)
    confirming.confirm_minutes(entry, actor=vice.user, today=TODAY)

    assert states(meeting) == ["decided", "on agenda"]


def test_confirm_by_who_took_no_part_is_refused(meeting, items):
    first, second, third = make.people_in(meeting.body, "member")
    entry = make.record(meeting, make.said(items[0], took_no_part=[first]))

    with pytest.raises(PermissionDenied, match="You took no part in “First motion”"):
        confirming.confirm_minutes(entry, actor=first.user, today=TODAY)


@pytest.mark.parametrize("who", ["absent member", "secretary of another body", "outsider"])
@pytest.mark.parametrize("act", ["confirm", "return"])
def test_answer_by_anybody_else_is_refused(meeting, items, who, act):
    first, second, absent = make.people_in(meeting.body, "member")
    entry = make.record(meeting, make.said(items[0]), present=[first, second])
    other = make.make_committee(short_name="other")
    users = {
        "absent member": absent.user,
        "secretary of another body": make.secretary_of(other),
        "outsider": make_person(user=True).user,
    }
    acts = {
        "confirm": lambda: confirming.confirm_minutes(entry, actor=users[who], today=TODAY),
        "return": lambda: confirming.return_minutes(entry, actor=users[who], today=TODAY, reason="No."),
    }

    with pytest.raises(PermissionDenied, match="The chair, or a member who was present"):
        acts[act]()
    assert MinutesEntry.objects.get().state == "recorded"


def test_return_puts_all_items_on_the_agenda_again(meeting, entry, motions):
    confirming.return_minutes(
        entry, actor=make.chair_of(meeting.body), today=TODAY, reason=" The first was not carried. "
    )

    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("returned", "The first was not carried.")
    kept = [(row.state, row.entry_id, row.outcome, row.reference) for row in meeting.items.all()]
    assert kept == [("on agenda", None, "", ""), ("on agenda", None, "", "")]
    assert motions.rows[1].done[-1] == ("disputed", "The first was not carried.")
    (mail,) = OutboxMail.objects.filter(kind="meetings.returned")
    assert mail.to == [make.secretary_of(meeting.body).email]


def test_return_lets_go_of_what_is_not_recorded_any_more(meeting, entry, motions):
    motions.rows[1].done.append(("disputed", "elsewhere"))

    confirming.return_minutes(entry, actor=make.chair_of(meeting.body), today=TODAY, reason="Again.")

    assert states(meeting) == ["on agenda", "on agenda"]
    assert motions.rows[1].done[-1] == ("disputed", "elsewhere")


def test_return_without_a_reason_is_refused(meeting, entry):
    with pytest.raises(ValidationError, match="Say what the minutes get wrong"):
        confirming.return_minutes(entry, actor=make.chair_of(meeting.body), today=TODAY, reason=" ")
    assert states(meeting) == ["recorded", "recorded"]


def test_entry_that_is_answered_is_never_changed(meeting, entry):
    confirming.confirm_minutes(entry, actor=make.chair_of(meeting.body), today=TODAY)

    with pytest.raises(DatabaseError), transaction.atomic():
        MinutesEntry.objects.filter(pk=entry.pk).update(reference="Other")
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "confirmed"},
        {"reference": ""},
        {"state": "confirmed", "answered_by_id": None},
    ],
)
def test_entry_without_its_second_person_is_refused_by_the_database(meeting, entry, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesEntry.objects.filter(pk=entry.pk).update(**values)


def test_entry_confirmed_by_its_own_recorder_is_refused_by_the_database(meeting, entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesEntry.objects.filter(pk=entry.pk).update(
            state="confirmed", answered_by_id=entry.recorded_by_id, answered_at=entry.recorded_at
        )

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.meetings.models import MinutesEntry
from kernel.outbox.models import OutboxMail
from tests.factories import meetings as make
from tests.factories.organisation import make_person, make_seat

pytestmark = pytest.mark.django_db
MET, TODAY, KEY = make.MET, make.TODAY, "tests.motion"


@pytest.fixture
def items(meeting):
    return make.put(meeting, KEY, 1, 2)


def test_record_settles_all_items_at_once(meeting, items, motions):
    members = make.people_in(meeting.body, "member")

    entry = make.record(
        meeting,
        make.said(items[0], in_force_from=date(2026, 11, 25)),
        make.said(items[1], "refer", statement="Costs are missing."),
    )

    assert (entry.reference, entry.state, entry.quorum) == ("PG/26/11", "recorded", 2)
    assert entry.present == [{"id": row.pk, "name": row.name} for row in members]
    kept = [
        (row.state, row.outcome, row.reference, row.statement, row.in_force_from, row.counted)
        for row in meeting.items.all()
    ]
    assert kept == [
        ("recorded", "carry", "PG/26/11/1", "", date(2026, 11, 25), 3),
        ("recorded", "refer", "PG/26/11/2", "Costs are missing.", None, 3),
    ]
    ((word, answer),) = motions.rows[1].done
    assert (word, answer.meeting_on, answer.outcome, answer.minute_reference, answer.present) == (
        "recorded",
        MET,
        "carry",
        "PG/26/11/1",
        members,
    )


def test_record_mails_once_to_whoever_may_confirm(meeting, items):
    first, second, absent = make.people_in(meeting.body, "member")

    make.record(meeting, make.said(items[0]), make.said(items[1]), present=[first, second])

    mails = OutboxMail.objects.filter(kind="meetings.to_confirm").order_by("pk")
    chair = make.chair_of(meeting.body)
    assert sorted(mail.to[0] for mail in mails) == sorted([first.user.email, second.user.email, chair.email])
    assert {mail.subject for mail in mails} == {f"Confirm the minutes: {meeting.body.name}, 19 November 2026"}


def test_record_counts_the_quorum_without_authors_and_those_who_took_no_part(meeting, items, motions):
    first, second, third = make.people_in(meeting.body, "member")
    motions.rows[1].authors = frozenset({first.user_id})
    motions.rows[2].authors = frozenset({first.user_id})

    with pytest.raises(ValidationError) as refusal:
        make.record(meeting, make.said(items[0], took_no_part=[second]), make.said(items[1], took_no_part=[]))

    assert refusal.value.message_dict == {
        f"item_{items[0].pk}": [f"{items[0].title}: 2 members are needed, 1 can decide this item."]
    }
    assert MinutesEntry.objects.count() == 0
    assert [row.state for row in meeting.items.all()] == ["on agenda", "on agenda"]

    make.record(meeting, make.said(items[1]))
    item = meeting.items.get(pk=items[1].pk)
    assert (item.counted, item.state) == (2, "recorded")


def test_record_below_the_quorum_can_still_refer_back_or_not_decide(meeting, items):
    alone = make.people_in(meeting.body, "member")[:1]

    make.record(
        meeting,
        make.said(items[0], "refer", statement="Why."),
        make.said(items[1], "not decided"),
        present=alone,
    )

    assert [(row.outcome, row.state) for row in meeting.items.all()] == [
        ("refer", "recorded"),
        ("not decided", "recorded"),
    ]


def test_record_of_what_changed_since_is_refused_in_its_words(meeting, items, motions):
    motions.rows[1].problem = "The text changed on 20 November 2026."

    with pytest.raises(ValidationError) as refusal:
        make.record(meeting, make.said(items[0]), make.said(items[1]))

    assert refusal.value.message_dict == {
        f"item_{items[0].pk}": ["First motion: The text changed on 20 November 2026."]
    }
    assert motions.rows[2].done == [] or MinutesEntry.objects.count() == 0


def test_record_of_a_thing_that_is_gone_can_only_be_not_decided(meeting, items, motions):
    del motions.rows[1]

    with pytest.raises(ValidationError, match="Not decided today"):
        make.record(meeting, make.said(items[0]))
    make.record(meeting, make.said(items[0], "not decided"))

    assert meeting.items.get(pk=items[0].pk).outcome == "not decided"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reference": "  "}, "Enter the minute reference"),
        ({"today": date(2026, 11, 18)}, "The meeting has not been yet"),
    ],
)
def test_record_incomplete_is_refused_and_leaves_nothing(meeting, items, values, words):
    with pytest.raises(ValidationError, match=words):
        make.record(meeting, make.said(items[0]), **values)
    assert (MinutesEntry.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_record_nothing_or_a_strange_item_is_refused(meeting, items, motions):
    other = make.make_meeting(make.make_committee(short_name="other"))
    motions.rows[3] = make.Motion(other.body_id, "Elsewhere")
    (strange,) = make.put(other, KEY, 3)

    with pytest.raises(ValidationError, match="one item at least"):
        make.record(meeting)
    with pytest.raises(ValidationError, match="not on this agenda"):
        make.record(meeting, make.said(strange))


def test_record_somebody_present_who_was_no_member_then_is_refused(meeting, items):
    late = make_seat(body=meeting.body, from_on=date(2026, 11, 20)).person
    secretary = make.people_in(meeting.body, "secretary")[0]

    with pytest.raises(
        ValidationError, match=f"Not a member on the day of the meeting: {late.name}, {secretary.name}"
    ):
        make.record(meeting, make.said(items[0]), present=[late, secretary])


def test_record_of_an_item_recorded_already_is_refused(meeting, items):
    make.record(meeting, make.said(items[0]))

    with pytest.raises(ValidationError):
        make.record(meeting, make.said(items[0]))
    assert MinutesEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["chair", "member", "outsider"])
def test_record_is_the_secretarys_alone(meeting, items, who):
    user = make_person(user=True).user if who == "outsider" else make.people_in(meeting.body, who)[0].user

    with pytest.raises(PermissionDenied, match="The secretary of"):
        make.record(meeting, make.said(items[0]), actor=user)
    assert MinutesEntry.objects.count() == 0

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kernel.audit.models import AuditEntry
from kernel.meetings import agenda
from kernel.meetings.models import AgendaItem
from tests.factories import meetings as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_delegation, make_person

pytestmark = pytest.mark.django_db
MET, KEY = make.MET, "tests.motion"


def rows(meeting):
    return [(item.title, item.order, item.state) for item in meeting.items.all()]


def test_put_on_keeps_title_and_order(meeting):
    first, second = make.put(meeting, KEY, 2, 1)

    assert rows(meeting) == [("First motion", 1, "on agenda"), ("Second motion", 2, "on agenda")]
    assert (first.kind, first.thing_id, first.put_on_by_name) == (
        KEY,
        1,
        make.people_in(meeting.body, "secretary")[0].name,
    )
    assert AuditEntry.objects.filter(action="meetings.put_on").count() == 2


def test_put_on_twice_is_refused_and_leaves_one(meeting):
    make.put(meeting, KEY, 1)

    with pytest.raises(ValidationError, match="does not wait for an agenda any more"):
        make.put(meeting, KEY, 1)
    assert rows(meeting) == [("First motion", 1, "on agenda")]


def test_put_on_one_agenda_keeps_it_from_every_other(meeting):
    make.put(meeting, KEY, 1)
    later = make.make_meeting(meeting.body, date(2026, 12, 10))

    with pytest.raises(ValidationError, match="does not wait for an agenda any more"):
        make.put(later, KEY, 1)
    assert [(row.thing_id) for _kind, row in agenda.waiting_off_agenda(meeting.body, MET)] == [2]


def test_one_thing_on_two_agendas_is_refused_by_the_database(meeting):
    (item,) = make.put(meeting, KEY, 1)
    item.pk, item.meeting = None, make.make_meeting(meeting.body, date(2026, 12, 10))

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save(force_insert=True)


@pytest.mark.parametrize("things", [[], [(KEY, 9)], [("tests.unknown", 1)], [(KEY, 1), (KEY, 9)]])
def test_put_on_what_does_not_wait_is_refused(meeting, things):
    secretary = make.secretary_of(meeting.body)

    with pytest.raises(ValidationError, match="does not wait"):
        agenda.put_on(meeting, actor=secretary, today=MET, things=things)
    assert rows(meeting) == []


def test_put_on_after_the_meeting_is_refused(meeting):
    make.put(meeting, KEY, 1, today=MET)

    with pytest.raises(ValidationError, match="This meeting is over"):
        make.put(meeting, KEY, 2, today=date(2026, 11, 20))


@pytest.mark.parametrize("who", ["chair", "member", "outsider", "no person"])
@pytest.mark.parametrize("act", ["put_on", "take_off", "move"])
def test_agenda_is_the_secretarys_alone(meeting, who, act):
    (item,) = make.put(meeting, KEY, 1)
    if who in ("chair", "member"):
        user = make.people_in(meeting.body, who)[0].user
    else:
        user = make_person(user=True).user if who == "outsider" else make_user()
    acts = {
        "put_on": lambda: agenda.put_on(meeting, actor=user, today=MET, things=[(KEY, 2)]),
        "take_off": lambda: agenda.take_off(item, actor=user, today=MET, reason="Not ready."),
        "move": lambda: agenda.move(item, actor=user, today=MET, way="up"),
    }

    with pytest.raises(PermissionDenied, match="The secretary of"):
        acts[act]()
    assert rows(meeting) == [("First motion", 1, "on agenda")]
    assert AuditEntry.objects.filter(action=f"meetings.{act}", refused=True).count() == 1


def test_stand_in_of_the_secretary_keeps_the_agenda(meeting):
    stand_in = make_delegation(
        principal=make.people_in(meeting.body, "secretary")[0], body=meeting.body
    ).delegate

    agenda.put_on(meeting, actor=stand_in.user, today=MET, things=[(KEY, 1)])

    assert rows(meeting) == [("First motion", 1, "on agenda")]


def test_take_off_says_why_and_lets_it_wait_again(meeting):
    (item,) = make.put(meeting, KEY, 1)
    secretary = make.secretary_of(meeting.body)

    agenda.take_off(item, actor=secretary, today=MET, reason=" Not ready. ")

    item.refresh_from_db()
    assert (item.state, item.reason) == ("taken off", "Not ready.")
    assert [row.thing_id for _kind, row in agenda.waiting_off_agenda(meeting.body, MET)] == [1, 2]
    with pytest.raises(ValidationError):
        agenda.take_off(item, actor=secretary, today=MET, reason="Again.")


def test_take_off_without_a_reason_is_refused(meeting):
    (item,) = make.put(meeting, KEY, 1)

    with pytest.raises(ValidationError, match="Say why it is taken off"):
        agenda.take_off(item, actor=make.secretary_of(meeting.body), today=MET, reason="  ")
    assert rows(meeting) == [("First motion", 1, "on agenda")]


@pytest.mark.parametrize(
    ("place", "way", "order"),
    [(0, "down", [2, 1]), (1, "up", [2, 1]), (0, "up", [1, 2]), (1, "down", [1, 2])],
)
def test_move_exchanges_neighbours_and_stops_at_the_ends(meeting, place, way, order):
    items = make.put(meeting, KEY, 1, 2)

    agenda.move(items[place], actor=make.secretary_of(meeting.body), today=MET, way=way)

    assert list(meeting.items.values_list("thing_id", flat=True)) == order


def test_move_of_what_was_taken_off_is_refused(meeting):
    (item,) = make.put(meeting, KEY, 1)
    secretary = make.secretary_of(meeting.body)
    agenda.take_off(item, actor=secretary, today=MET, reason="Not ready.")

    with pytest.raises(ValidationError, match="not on the agenda any more"):
        agenda.move(item, actor=secretary, today=MET, way="up")


def test_next_meeting_counts_todays(meeting):
    later = make.make_meeting(meeting.body, date(2026, 12, 10))

    assert agenda.next_meeting(meeting.body, MET) == meeting
    assert agenda.next_meeting(meeting.body, date(2026, 11, 20)) == later
    assert agenda.next_meeting(meeting.body, date(2026, 12, 11)) is None


@pytest.mark.parametrize(
    "values",
    [
        {"state": "taken off", "reason": ""},
        {"state": "recorded"},
        {"outcome": "carry"},
    ],
)
def test_agenda_item_without_its_evidence_is_refused_by_the_database(meeting, values):
    (item,) = make.put(meeting, KEY, 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(**values)

import pytest

from kernel.meetings import agenda, confirming
from kernel.meetings.models import AgendaItem, MinutesEntry
from kernel.organisation.models import Capacity
from tests.factories import meetings as make
from tests.factories.organisation import make_seat
from tests.together import press_together

MET, TODAY, KEY = make.MET, make.TODAY, "tests.motion"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("trial", range(3))
def test_two_secretaries_put_one_thing_on_two_agendas_once(meeting, trial):
    later = make.make_meeting(meeting.body, MET.replace(month=12))
    second = make_seat(body=meeting.body, capacity=Capacity.SECRETARY).person.user
    first = make.secretary_of(meeting.body)

    def put(where, who):
        return lambda: agenda.put_on(where, actor=who, today=MET, things=[(KEY, 1)])

    ends = press_together(put(meeting, first), put(later, second))

    assert ends[-1] == "done" and "does not wait for an agenda any more" in ends[0]
    assert AgendaItem.objects.count() == 1


@pytest.mark.parametrize("trial", range(3))
def test_two_secretaries_record_one_meeting_once(meeting, trial):
    items = make.put(meeting, KEY, 1, 2)
    second = make_seat(body=meeting.body, capacity=Capacity.SECRETARY).person.user

    def record(who):
        return lambda: make.record(meeting, *[make.said(item) for item in items], actor=who)

    ends = press_together(record(make.secretary_of(meeting.body)), record(second))

    assert ends.count("done") == 1
    assert (MinutesEntry.objects.count(), set(AgendaItem.objects.values_list("state", flat=True))) == (
        1,
        {"recorded"},
    )


@pytest.mark.parametrize("trial", range(3))
def test_minutes_confirmed_and_returned_at_one_moment_are_one_of_both(meeting, motions, trial):
    (item,) = make.put(meeting, KEY, 1)
    entry = make.record(meeting, make.said(item))
    chair, member = make.chair_of(meeting.body), make.people_in(meeting.body, "member")[0].user

    ends = press_together(
        lambda: confirming.confirm_minutes(entry, actor=chair, today=TODAY),
        lambda: confirming.return_minutes(entry, actor=member, today=TODAY, reason="No."),
    )

    assert ends.count("done") == 1
    entry.refresh_from_db()
    item.refresh_from_db()
    assert (entry.state, item.state) in (("confirmed", "decided"), ("returned", "on agenda"))
    assert [word for word, _said in motions.rows[1].done] in (
        ["recorded", "confirmed"],
        ["recorded", "disputed"],
    )

from datetime import date, timedelta

import pytest

from kernel.meetings import reports, screens
from kernel.meetings.seating import places
from kernel.organisation.models import Capacity
from tests.factories import meetings as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
KEY, DAY = "tests.motion", timedelta(days=1)
MEETS, DUE = date(2026, 12, 10), date(2026, 12, 3)


@pytest.fixture
def body(motions):
    return make.make_committee()


@pytest.fixture
def meeting(body, motions):
    row = make.make_meeting(body, MEETS)
    motions.rows[1] = make.Motion(body.pk, "First motion")
    return row


def rows(user, today):
    return [(str(row.button), row.by) for row in reports.desk(user, today)]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 11, 25), []),
        (date(2026, 11, 26), [("Check the agenda", DUE)]),
        (DUE, [("Check the agenda", DUE)]),
        (date(2026, 12, 4), []),
    ],
)
def test_desk_asks_the_secretary_for_the_agenda_before_papers_close(meeting, body, day, found):
    assert rows(make.secretary_of(body), day) == found
    assert rows(make.chair_of(body), day) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (MEETS - DAY, []),
        (MEETS, [("Record the minutes", MEETS)]),
        (MEETS + 60 * DAY, [("Record the minutes", MEETS)]),
    ],
)
def test_desk_asks_the_secretary_for_the_minutes_from_the_day_of_the_meeting(meeting, body, day, found):
    make.put(meeting, KEY, 1, today=MEETS)

    assert rows(make.secretary_of(body), day) == found


def test_desk_asks_chair_and_members_who_were_there_to_confirm(meeting, body):
    (item,) = make.put(meeting, KEY, 1, today=MEETS)
    first, second, absent = make.people_in(body, "member")
    make.record(meeting, make.said(item), today=MEETS, present=[first, second])

    asked = [("Check the minutes", None)]
    assert [rows(user, MEETS) for user in (make.chair_of(body), first.user, second.user)] == [asked] * 3
    assert [rows(user, MEETS) for user in (absent.user, make.secretary_of(body))] == [[], []]


def test_desk_leaves_out_who_wrote_part_or_took_no_part(meeting, body, motions):
    (item,) = make.put(meeting, KEY, 1, today=MEETS)
    first, second, third = make.people_in(body, "member")
    motions.rows[1].authors = frozenset({make.chair_of(body).pk})
    make.record(meeting, make.said(item, took_no_part=[first]), today=MEETS)

    assert [rows(user, MEETS) for user in (make.chair_of(body), first.user)] == [[], []]
    assert rows(second.user, MEETS) == [("Check the minutes", None)]


def test_desk_says_for_whom_a_stand_in_acts(meeting, body):
    make.put(meeting, KEY, 1, today=MEETS)
    secretary = make.people_in(body, "secretary")[0]
    lent = make_delegation(principal=secretary, body=body, from_on=MEETS, until_on=MEETS)

    (row,) = reports.desk(lent.delegate.user, MEETS)

    assert (row.acting_for, row.url) == (f"for {secretary.name}", f"/meetings/{meeting.pk}/minutes/")


@pytest.mark.parametrize("count", [1, 3])
def test_desk_takes_the_same_queries_for_one_and_for_three(body, motions, count, django_assert_num_queries):
    for number in range(1, count + 1):
        motions.rows[number] = make.Motion(body.pk, f"Motion {number}")
        meeting = make.make_meeting(body, MEETS - number * DAY)
        (item,) = make.put(meeting, KEY, number, today=MEETS - number * DAY)
        make.record(meeting, make.said(item), today=MEETS)
        motions.rows[10 + number] = make.Motion(body.pk, f"Motion {10 + number}")
        open_one = make.make_meeting(body, MEETS - (10 + number) * DAY)
        make.put(open_one, KEY, 10 + number, today=MEETS - (10 + number) * DAY)
    chair, secretary = make.chair_of(body), make.secretary_of(body)

    with django_assert_num_queries(5):
        assert len(reports.desk(chair, MEETS)) == count
    with django_assert_num_queries(6):
        assert len(reports.desk(secretary, MEETS)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_one_and_for_three(body, motions, count, django_assert_num_queries):
    meeting = make.make_meeting(body, MEETS)
    for number in range(1, count + 1):
        motions.rows[number] = make.Motion(body.pk, f"Motion {number}")
        if number > 1:
            make.make_meeting(body, MEETS + number * DAY)
    make.put(meeting, KEY, *motions.rows, today=MEETS)
    secretary = make.secretary_of(body)
    held = places(secretary, meeting, MEETS)

    with django_assert_num_queries(5):
        assert len(reports.sittings(secretary, MEETS)) == count
    with django_assert_num_queries(8):
        assert len(screens.agenda_of(secretary, meeting, held, MEETS)["lines"]) == count


def test_sittings_reach_back_a_year_and_name_the_secretary(body):
    make.make_meeting(body, date(2025, 6, 1))
    past, coming = make.make_meeting(body, date(2026, 1, 8)), make.make_meeting(body, MEETS)
    make.make_meeting(make.make_committee(short_name="other"), MEETS)

    found = reports.sittings(make.secretary_of(body), MEETS)

    assert [(row.meeting.pk, row.secretary) for row in found] == [(past.pk, True), (coming.pk, True)]
    assert [row.secretary for row in reports.sittings(make.chair_of(body), MEETS)] == [False, False]


@pytest.mark.parametrize("who", ["outsider", "no person", "gone"])
def test_nothing_is_asked_of_anybody_else(meeting, body, who):
    users = {
        "outsider": lambda: make_person(user=True).user,
        "no person": make_user,
        "gone": lambda: make_person(user=True, left_on=MEETS - DAY).user,
    }
    user = users[who]()
    if who == "gone":
        make_seat(body=body, person=user.staff_profile, capacity=Capacity.SECRETARY)
    make.put(meeting, KEY, 1, today=MEETS)

    assert (reports.desk(user, MEETS), reports.sittings(user, MEETS)) == ([], [])
    assert not places(user, meeting, MEETS).may_see

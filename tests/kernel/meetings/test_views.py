from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kernel.meetings import reports
from kernel.meetings.models import AgendaItem, MinutesEntry
from kernel.organisation.models import BodyMembership
from tests.factories import meetings as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
KEY = "tests.motion"
DAY = timedelta(days=1)
NAMES = ["meeting", "meeting_pack", "meeting_pack_pdf", "meeting_minutes", "meeting_confirm"]


@pytest.fixture
def today():
    """The day on which a view is asked is the clock's."""
    return timezone.localdate()


@pytest.fixture
def body(motions):
    return make.make_committee()


@pytest.fixture
def meeting(body, motions, today):
    row = make.make_meeting(body, today)
    motions.rows[1] = make.Motion(body.pk, "First motion")
    motions.rows[2] = make.Motion(body.pk, "Second motion")
    return row


def get(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def get_followed(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args), follow=True)


def post(client, user, name, meeting, **values):
    client.force_login(user)
    return client.post(reverse(name, args=[meeting.pk]), values, follow=True)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def answers(meeting, *outcomes, **more):
    """What the secretary's form posts: all members present, an outcome for each item."""
    values = {
        "reference": "PG/26/11",
        "present": [person.pk for person in make.people_in(meeting.body, "member")],
    }
    for item, outcome in zip(meeting.items.all(), outcomes, strict=True):
        values[f"outcome_{item.pk}"] = outcome
    return values | more


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["outsider", "no person", "member of another body", "ended"])
def test_meeting_is_not_there_for_anybody_else(client, meeting, name, who, today):
    ended = make_seat(body=meeting.body)
    BodyMembership.objects.filter(pk=ended.pk).update(until_on=today - DAY)
    users = {
        "outsider": lambda: make_person(user=True).user,
        "no person": make_user,
        "member of another body": lambda: make.chair_of(make.make_committee(short_name="other")),
        "ended": lambda: ended.person.user,
    }

    assert get(client, users[who](), name, meeting.pk).status_code == 404


@pytest.mark.parametrize("who", ["secretary", "chair", "member", "stand-in"])
def test_meeting_shows_its_agenda_to_whoever_has_a_seat(client, meeting, who, today):
    make.put(meeting, KEY, 1, 2, today=today)
    member = make.people_in(meeting.body, "member")[0]
    lent = make_delegation(principal=member, body=meeting.body, from_on=today, until_on=today)
    user = lent.delegate.user if who == "stand-in" else make.people_in(meeting.body, who)[0].user

    page = words(get(client, user, "meeting", meeting.pk))

    assert "First motion" in page and "To carry a motion" in page
    assert ("Move up" in page) == (who == "secretary")
    assert "Second motion" in page


def test_member_from_the_day_of_the_meeting_sees_its_papers_and_one_who_goes_before_does_not(
    client, motions, body, today
):
    meeting = make.make_meeting(body, today + 10 * DAY)
    comes = make_seat(body=body, from_on=today + 10 * DAY).person.user
    goes = make_seat(body=body).person.user
    BodyMembership.objects.filter(person=goes.staff_profile).update(until_on=today + 9 * DAY)

    assert get(client, comes, "meeting_pack", meeting.pk).status_code == 200
    assert get(client, goes, "meeting_pack", meeting.pk).status_code == 404


def test_meetings_lists_those_of_own_bodies(client, meeting, today):
    make.make_meeting(meeting.body, date(2026, 1, 8))
    make.make_meeting(make.make_committee(short_name="other", name="Another body"), today)

    page = words(get(client, make.chair_of(meeting.body), "meetings"))

    assert meeting.body.name in page and "Another body" not in page
    assert get(client, make_person(user=True).user, "meetings").status_code == 404


def test_secretary_puts_on_moves_and_takes_off(client, meeting):
    secretary = make.secretary_of(meeting.body)
    page = post(client, secretary, "meeting", meeting, act="put_on", thing=[f"{KEY}:1", f"{KEY}:2"])
    assert "Put on the agenda: 2." in words(page)
    first, second = meeting.items.all()

    post(client, secretary, "meeting", meeting, act="down", value=first.pk)
    assert list(meeting.items.values_list("thing_id", flat=True)) == [2, 1]
    page = post(client, secretary, "meeting", meeting, act="take_off", value=first.pk, reason="")
    assert "Say why it is taken off" in words(page)
    page = post(client, secretary, "meeting", meeting, act="take_off", value=first.pk, reason="Not ready.")
    assert "First motion: Not ready." in words(page)
    assert list(meeting.items.values_list("thing_id", "state")) == [(2, "on agenda"), (1, "taken off")]


@pytest.mark.parametrize(
    "values",
    [
        {"act": "put_on", "thing": "tests.motion:x"},
        {"act": "up", "value": "9" * 30},
        {"act": "else"},
        {"act": "take_off", "value": "x"},
    ],
)
def test_strange_press_is_not_found(client, meeting, values):
    assert post(client, make.secretary_of(meeting.body), "meeting", meeting, **values).status_code == 404


def test_press_on_the_agenda_by_a_member_is_not_found(client, meeting):
    page = post(client, make.chair_of(meeting.body), "meeting", meeting, act="put_on", thing=f"{KEY}:1")

    assert (page.status_code, AgendaItem.objects.count()) == (404, 0)


def test_minutes_are_checked_before_they_are_recorded(client, meeting, today):
    items = make.put(meeting, KEY, 1, 2, today=today)
    secretary = make.secretary_of(meeting.body)
    values = answers(meeting, "carry", "not decided") | {f"words_{items[0].pk}": ""}

    page = words(post(client, secretary, "meeting_minutes", meeting, **values))
    assert (
        "Record 2 decisions" in page
        and "Carry it" in page
        and "3 can decide this item, 2 are needed." in page
    )
    assert MinutesEntry.objects.count() == 0

    page = words(post(client, secretary, "meeting_minutes", meeting, record="1", **values))
    assert "Recorded as PG/26/11. A second person confirms it." in page
    assert [row.state for row in meeting.items.all()] == ["recorded", "recorded"]


def test_minutes_pressed_twice_say_that_nothing_is_left(client, meeting, today):
    make.put(meeting, KEY, 1, today=today)
    secretary = make.secretary_of(meeting.body)
    values = answers(meeting, "carry", record="1")
    post(client, secretary, "meeting_minutes", meeting, **values)

    page = words(post(client, secretary, "meeting_minutes", meeting, **values))

    assert "There is nothing to record at this meeting now." in page
    assert MinutesEntry.objects.count() == 1


def test_minutes_below_the_quorum_say_how_many_are_needed(client, meeting, today):
    make.put(meeting, KEY, 1, today=today)
    alone = make.people_in(meeting.body, "member")[0].pk
    values = answers(meeting, "carry") | {"present": [alone]}

    page = words(post(client, make.secretary_of(meeting.body), "meeting_minutes", meeting, **values))

    assert "2 members are needed, 1 can decide this item." in page
    assert MinutesEntry.objects.count() == 0


def test_minutes_offer_nothing_but_not_decided_for_a_text_that_changed(client, meeting, motions, today):
    make.put(meeting, KEY, 1, today=today)
    motions.rows[1].problem = "The text changed on 20 November 2026, after approval."

    page = words(get(client, make.secretary_of(meeting.body), "meeting_minutes", meeting.pk))

    assert "The text changed on 20 November 2026, after approval." in page
    assert "Not decided today" in page and "Carry it" not in page


def test_what_is_recorded_already_is_shown_and_not_asked_for(client, meeting, motions, today):
    make.put(meeting, KEY, 1, 2, today=today)
    words_of_it = "Already recorded: ratified at the meeting of 2 November 2026, minute B 4/26 (confirmed)."
    motions.rows[1].settled = words_of_it
    secretary = make.secretary_of(meeting.body)
    first, second = meeting.items.all()

    pages = [words(get(client, secretary, name, meeting.pk)) for name in NAMES[:2]]
    form = words(get(client, secretary, "meeting_minutes", meeting.pk))
    values = {**answers(meeting, "carry", "carry"), f"outcome_{first.pk}": "not decided", "record": "1"}
    done = words(post(client, secretary, "meeting_minutes", meeting, **values))

    assert [words_of_it in page for page in (*pages, form, done)] == [True] * 4
    assert [page.count("To carry a motion") for page in pages] == [1, 2]
    assert (f"outcome_{first.pk}" in form, f"outcome_{second.pk}" in form) == (False, True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reason, second.state) == ("taken off", words_of_it, "recorded")


def test_minutes_of_an_agenda_that_is_recorded_already_say_so(client, meeting, motions, today):
    make.put(meeting, KEY, 1, today=today)
    motions.rows[1].settled = "Already recorded."

    secretary = make.secretary_of(meeting.body)

    page = words(get_followed(client, secretary, "meeting_minutes", meeting.pk))

    assert "What is on this agenda is recorded already. Take it off." in page
    assert "Record the minutes" not in page
    assert [row.button for row in reports.desk(secretary, today)] == []


def test_fields_that_some_decisions_need_are_not_called_optional(client, meeting, today):
    make.put(meeting, KEY, 1, today=today)

    form = words(get(client, make.secretary_of(meeting.body), "meeting_minutes", meeting.pk))

    assert "Members present <" in form
    assert "A decision needs a quorum of them; sending back needs none." in form
    assert "First day in force, if it is ratified: First motion <" in form
    assert "Reason, if it goes back: First motion <" in form
    assert "Present, but took no part: First motion (optional) <" in form


@pytest.mark.parametrize("who", ["chair", "member"])
def test_minutes_are_the_secretarys_alone(client, meeting, who, today):
    make.put(meeting, KEY, 1, today=today)
    user = make.people_in(meeting.body, who)[0].user

    assert get(client, user, "meeting_minutes", meeting.pk).status_code == 404


def test_minutes_before_the_meeting_lead_back(client, body, motions, today):
    meeting = make.make_meeting(body, today + DAY)
    motions.rows[1] = make.Motion(body.pk, "First motion")
    make.put(meeting, KEY, 1, today=today)

    page = post(client, make.secretary_of(body), "meeting_minutes", meeting, record="1")

    assert "There is nothing to record at this meeting now." in words(page)


def test_chair_confirms_all_at_once(client, meeting, motions, today):
    items = make.put(meeting, KEY, 1, 2, today=today)
    make.record(meeting, make.said(items[0]), make.said(items[1]), today=today)
    chair = make.chair_of(meeting.body)
    assert "Confirm these minutes" in words(get(client, chair, "meeting_confirm", meeting.pk))

    page = words(post(client, chair, "meeting_confirm", meeting, act="confirm"))

    assert "Confirmed: every decision has been carried out." in page
    assert [row.state for row in meeting.items.all()] == ["decided", "decided"]
    again = words(post(client, chair, "meeting_confirm", meeting, act="confirm"))
    assert f"the last were confirmed by {chair.staff_profile.name}" in again


def test_confirm_with_one_item_invalid_comes_back_with_the_reason(client, meeting, motions, today):
    items = make.put(meeting, KEY, 1, 2, today=today)
    make.record(meeting, make.said(items[0]), make.said(items[1]), today=today)
    motions.rows[2].broken = "It was withdrawn."

    page = words(post(client, make.chair_of(meeting.body), "meeting_confirm", meeting, act="confirm"))

    assert "Nothing was done. Second motion: It was withdrawn." in page
    assert [row.state for row in meeting.items.all()] == ["recorded", "recorded"]


def test_secretary_reads_who_confirms_and_cannot(client, meeting, today):
    items = make.put(meeting, KEY, 1, today=today)
    make.record(meeting, make.said(items[0]), today=today)
    secretary = make.secretary_of(meeting.body)

    page = words(get(client, secretary, "meeting_confirm", meeting.pk))
    assert "so a second person confirms them" in page and "Confirm these minutes" not in page
    assert post(client, secretary, "meeting_confirm", meeting, act="confirm").status_code == 404


def test_chair_returns_the_minutes_with_a_reason(client, meeting, today):
    items = make.put(meeting, KEY, 1, today=today)
    make.record(meeting, make.said(items[0]), today=today)
    chair = make.chair_of(meeting.body)

    page = words(post(client, chair, "meeting_confirm", meeting, act="return", reason=""))
    assert "Say what the minutes get wrong." in page
    page = words(post(client, chair, "meeting_confirm", meeting, act="return", reason="Wrong day."))

    assert "Returned: the secretary records the meeting again." in page
    assert [row.state for row in meeting.items.all()] == ["on agenda"]


def test_pack_shows_contents_and_front_sheets(client, meeting, today):
    make.put(meeting, KEY, 1, 2, today=today)

    page = words(get(client, make.people_in(meeting.body, "member")[0].user, "meeting_pack", meeting.pk))

    assert '<a href="#paper-2">Second motion</a>: To carry a motion' in page
    assert 'id="paper-1"><h2>1. First motion</h2>' in page and "Moved by" in page


@pytest.mark.parametrize("name", ["meeting", "meetings", "meeting_minutes", "meeting_pack"])
def test_queries_do_not_grow_with_the_items(client, body, motions, today, name):
    """Literal counts stand in test_reports; a page asks the desks of all apps as well."""
    meeting = make.make_meeting(body, today)
    client.force_login(make.secretary_of(body))
    path = reverse(name, args=[] if name == "meetings" else [meeting.pk])
    counts = []
    for count in (1, 3):
        for number in range(meeting.items.count() + 1, count + 1):
            motions.rows[number] = make.Motion(body.pk, f"Motion {number}")
            make.put(meeting, KEY, number, today=today)
            make.make_meeting(body, today + (100 + number) * DAY)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]

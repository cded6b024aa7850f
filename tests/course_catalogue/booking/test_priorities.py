import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from course_catalogue.booking import ending, priorities, shares
from course_catalogue.booking.line import standing
from course_catalogue.learning.turn import turns
from course_catalogue.models import Booking
from kernel.audit.models import AuditEntry
from kernel.organisation.people import name_of
from tests.factories import booking as b
from tests.factories.learning import signed_in, soon_session

pytestmark = pytest.mark.django_db
SHEET = re.compile(r'name="sheet" value="([^"]+)"')


def address(session) -> str:
    return reverse("training_book", args=[session.pk])


def sheet_of(response) -> str:
    return SHEET.search(response.content.decode())[1]


def first(booking, **more):
    values = {"priority": 1, "reason": " A record expires ", "actor": b.make_administrator(), "now": b.NOW}
    return priorities.give_priority(booking, **{**values, **more})


def test_who_is_put_first_goes_before_those_who_asked_earlier_and_they_see_why():
    session, (booked,) = b.full()
    early, late = b.wait(session), b.wait(session, now=b.later(hours=1))
    officer = b.make_administrator()

    row = first(late, actor=officer, now=b.later(hours=2))

    assert (row.priority, row.priority_reason) == (1, "A record expires")
    assert row.priority_by_name == name_of(officer)
    assert [standing(one).number for one in (late, early)] == [1, 2]
    told = turns([session.pk])[early.pk].words
    assert told == "You are number 2 of 2. Ahead of you: 1 with priority, because A record expires."
    ending.cancel(booked, actor=None, now=b.later(hours=3))
    early.refresh_from_db()
    late.refresh_from_db()
    assert (late.state, early.state) == ("offered", "waiting")
    entry = AuditEntry.objects.get(action="training.give_priority", refused=False)
    assert (entry.facts["before"], entry.facts["priority"]) == (0, 1)


def test_the_higher_number_goes_first_and_0_goes_back_into_the_line():
    session, _booked = b.full()
    one, two = b.wait(session), b.wait(session, now=b.later(hours=1))
    first(one, priority=1)
    first(two, priority=9)
    assert standing(two).number == 1

    row = first(two, priority=0, reason="The record was renewed")

    assert (row.priority, row.priority_reason, row.priority_by_name) == (0, "", "")
    assert standing(one).number == 1


def test_a_place_that_is_free_is_offered_in_the_line_as_it_was():
    """The limit went away after they began to wait: nobody has settled since."""
    session, _booked = b.full(capacity=2)
    early, late = b.wait(session), b.wait(session, now=b.later(hours=1))
    type(session).objects.filter(pk=session.pk).update(capacity=3)

    first(late, now=b.later(hours=2))

    early.refresh_from_db()
    assert (early.state, standing(late).number) == ("offered", 1)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"priority": -1}, ["priority"]),
        ({"priority": 10}, ["priority"]),
        ({"reason": "  "}, ["reason"]),
        ({"reason": "x" * 201}, ["reason"]),
        ({"priority": 0, "reason": ""}, ["reason"]),
    ],
)
def test_a_number_to_9_and_a_reason_are_needed(values, fields):
    session, _booked = b.full()
    waiting = b.wait(session)
    with pytest.raises(ValidationError) as refusal:
        first(waiting, **values)
    assert list(refusal.value.message_dict) == fields
    waiting.refresh_from_db()
    assert waiting.priority == 0


def test_who_does_not_wait_is_refused():
    session, (booked,) = b.full()
    with pytest.raises(ValidationError) as refusal:
        first(booked)
    assert refusal.value.code == "not_waiting"


def test_nobody_but_the_training_team_gives_priority():
    session, _booked = b.full()
    waiting = b.wait(session)
    for actor in (waiting.person.user, b.manager_of(waiting.person).user):
        with pytest.raises(PermissionDenied):
            first(waiting, actor=actor)


@pytest.mark.parametrize("missing", ["priority_reason", "priority_by_name"])
def test_the_database_refuses_a_priority_without_reason_or_name(missing):
    session, _booked = b.full()
    waiting = b.wait(session)
    values = {"priority": 1, "priority_reason": "x", "priority_by_name": "y", missing: ""}
    with pytest.raises(IntegrityError, match="priority_says_why"), transaction.atomic():
        Booking.objects.filter(pk=waiting.pk).update(**values)


def test_the_number_asked_with_is_bounded_too():
    session, _booked = b.full()
    for values in ({"priority": 10, "priority_reason": "x"}, {"priority": 1, "priority_reason": "x" * 201}):
        with pytest.raises(ValidationError) as refusal:
            b.wait(session, actor=b.make_administrator(), **values)
        assert refusal.value.code == "priority"


# Screens


def test_the_team_puts_somebody_first_on_a_page():
    session = soon_session(capacity=1)
    b.book(session)
    waiting = b.wait(session)
    page, own = (reverse(name, args=[waiting.pk]) for name in ("training_put_first", "training_booking"))
    team = signed_in(b.make_administrator())
    assert page in team.get(own).content.decode()

    refused = team.post(page, {"priority": "12", "reason": "Kept words"}).content.decode()
    assert "Kept words" in refused and "error" in refused
    done = team.post(page, {"priority": "2", "reason": "A record expires"})

    assert done.url == own
    mine = signed_in(waiting.person)
    text = mine.get(own).content.decode()
    assert "Priority 2, said by" in text and "A record expires" in text and page not in text
    assert mine.get(page).status_code == 404
    assert mine.post(page, {"priority": "9", "reason": "me"}).status_code == 404


def test_the_page_of_somebody_who_does_not_wait_has_no_form():
    booking = b.book(soon_session())
    page = reverse("training_put_first", args=[booking.pk])
    assert "this person does not wait" in signed_in(b.make_administrator()).get(page).content.decode()


def test_the_steps_pass_over_a_limit_with_a_reason_that_is_shown_before_the_press():
    session, person = soon_session(), b.make_staff()
    shares.set_limit(session, size=0, agency=person.agency, actor=None, now=b.NOW)
    team = signed_in(b.make_administrator())
    who = {"step": "1", "who": [str(person.pk)]}

    step_2 = team.post(address(session), {**who, "override": "A court asks for it"})
    check = team.post(address(session), {"step": "2", "sheet": sheet_of(step_2)})
    text = check.content.decode()
    assert "Passed over" in text and "Why: A court asks for it" in text
    assert "The 0 places for this agency, sector or staff group are taken." in text
    team.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    assert Booking.objects.get().state == "booked"
    entry = AuditEntry.objects.get(action="training.ask", refused=False)
    assert entry.facts["override"] is True


def test_the_steps_do_not_pass_over_the_number_of_places():
    session, person = soon_session(capacity=1, keeps_list=False), b.make_staff()
    b.book(session)
    team = signed_in(b.make_administrator())
    answer = team.post(
        address(session), {"step": "1", "who": [str(person.pk)], "override": "Please"}
    ).content.decode()
    assert "All 1 places are taken." in answer and "Please" in answer
    assert Booking.objects.count() == 1


def test_nobody_else_is_shown_the_teams_fields_or_heard_with_them():
    session, person = soon_session(), b.make_staff()
    shares.set_limit(session, size=0, agency=person.agency, actor=None, now=b.NOW)
    client = signed_in(person)
    assert 'name="override"' not in client.get(address(session)).content.decode()
    assert 'name="override"' in signed_in(b.make_administrator()).get(address(session)).content.decode()

    step_2 = client.post(
        address(session), {"step": "1", "override": "me", "priority": "9", "priority_reason": "me"}
    )
    check = client.post(address(session), {"step": "2", "sheet": sheet_of(step_2)})
    client.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    row = Booking.objects.get()
    assert (row.state, row.priority) == ("waiting", 0)


def test_the_steps_put_somebody_on_the_list_first():
    session, person = soon_session(capacity=1), b.make_staff()
    b.book(session)
    team = signed_in(b.make_administrator())
    who = {"step": "1", "who": [str(person.pk)], "priority": "3"}
    missing = team.post(address(session), who).content.decode()
    assert "Say why this person comes first on the list." in missing

    step_2 = team.post(address(session), {**who, "priority_reason": "A record expires"})
    check = team.post(address(session), {"step": "2", "sheet": sheet_of(step_2)})
    assert "3: A record expires" in check.content.decode()
    team.post(address(session), {"step": "3", "sheet": sheet_of(check)})

    row = Booking.objects.get(person=person)
    assert (row.state, row.priority, row.priority_reason) == ("waiting", 3, "A record expires")
    assert row.priority_by_name

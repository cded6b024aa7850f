"""A committee decides in one sitting: the secretary keeps agenda and minutes, the chair confirms them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.meetings import pdf
from policy_pages.models import PolicyVersion
from tests.factories import meetings as meet
from tests.factories.policies import (
    BODY,
    approve,
    clause,
    edit,
    issue,
    make_meeting_policy,
    make_policy,
    submit,
)
from tests.journeys.looking import came_back, told
from tests.journeys.policies import FIRST, make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEY = "policies.submission"
DAY = timedelta(days=1)


@pytest.fixture
def visit(page, origin, sign_in):
    """``visit(user, path)``: an address as ``user``, who takes the place of whoever was there."""

    def visit(user, path):
        page.context.clear_cookies()
        sign_in(page, user.email)
        page.goto(f"{origin}{path}")
        return page

    return visit


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def body(transactional_db):
    return meet.make_committee(name="Policy Group", short_name="pg")


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def approved(body, today, **values):
    return approve(submit(make_meeting_policy(ratifying_body=body, **values), today=today), today=today)


def record_two(page, look):
    """All were there; one text is ratified, the other not decided."""
    for box in page.get_by_role("group", name="Members present").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("group", name="What was decided: Fire safety").get_by_label("Ratify", exact=True).check()
    page.get_by_role("group", name="What was decided: Lone working policy").get_by_label(
        "Not decided today"
    ).check()
    press(page, "Check these decisions")
    page.get_by_role("button", name="Record 2 decisions").wait_for()
    look(page)
    press(page, "Record 2 decisions")


def test_a_meeting_from_agenda_to_confirmed_minutes(page, look, visit, body, today):
    """As the secretary, then as the chair: two texts, one ratified and one not decided."""
    meeting, later = meet.make_meeting(body, today), meet.make_meeting(body, today + 28 * DAY)
    texts = [approved(body, today, title="Lone working policy"), approved(body, today, title="Fire safety")]
    secretary, chair = meet.secretary_of(body), meet.chair_of(body)

    look(visit(secretary, "/meetings/"))
    page.goto(page.url + f"{meeting.pk}/")
    look(page)
    press(page, "Put these on the agenda")
    told(page, "Put on the agenda: 2.")
    look(page)
    press(page, "Move down : Lone working policy")
    told(page, "Moved: Lone working policy.")

    page.get_by_role("button", name="Record the minutes").or_(
        page.get_by_role("link", name="Record the minutes")
    ).first.click()
    look(page)
    press(page, "Check these decisions")
    came_back(page)
    look(page)
    record_two(page, look)
    told(page, "A second person confirms it.")
    look(page)
    assert PolicyVersion.objects.count() == 0
    page.goto(page.url + "confirm/")
    look(page)

    look(visit(chair, "/desk/"))
    page.get_by_role("link", name="Check the minutes").click()
    look(page)
    press(page, "Confirm these minutes")
    told(page, "Confirmed: every decision has been carried out.")
    look(page)
    assert [row.title for row in PolicyVersion.objects.all()] == ["Fire safety"]
    assert [item.thing_id for item in later.items.all()] == [texts[0].pk]
    look(visit(chair, f"/meetings/{later.pk}/"))


def test_minutes_that_are_wrong_go_back(page, look, visit, body, today):
    meeting = meet.make_meeting(body, today)
    text = approved(body, today)
    (item,) = meet.put(meeting, KEY, text.pk, today=today)
    meet.record(meeting, meet.said(item, "ratify", in_force_from=today), today=today)

    visit(meet.chair_of(body), f"/meetings/{meeting.pk}/confirm/")
    page.get_by_text("This is not what the meeting decided").click()
    press(page, "Return these minutes")
    came_back(page)
    look(page)
    page.get_by_label("What the minutes get wrong").fill("It was not decided.")
    press(page, "Return these minutes")
    told(page, "Returned: the secretary records the meeting again.")
    look(page)


def test_the_paper_pack(page, look, visit, body, today):
    """A text that is new, one that changes a version, one that changed after it was approved."""
    meeting = meet.make_meeting(body, today)
    full = make_full_policy(title="Lone working policy", ratifying_body=body)
    new = approve(submit(full, today=today), today=today)
    old = make_policy(title="Fire safety")
    issue(old, today=FIRST)
    edit(old, body=[BODY[0], clause("Staff may tell the named nurse.")], ratifying_body=body)
    changed = approve(submit(old, today=today), today=today)
    late = approved(body, today, title="Visiting hours")
    meet.put(meeting, KEY, new.pk, changed.pk, late.pk, today=today)
    edit(late.page.specific, title="Visiting hours on wards")

    look(visit(meet.people_in(body, "member")[0].user, f"/meetings/{meeting.pk}/"))
    look(visit(meet.people_in(body, "member")[0].user, f"/meetings/{meeting.pk}/pack/"))
    page.goto(page.url + "?print")
    look(page)
    if not pdf.missing():
        answer = page.request.get(page.url.split("pack/")[0] + "pack.pdf")
        assert answer.headers["content-type"] == "application/pdf"


def test_meetings_of_somebody_whose_bodies_have_none(look, visit, body):
    look(visit(meet.chair_of(body), "/meetings/"))
    meeting = meet.make_meeting(body, timezone.localdate() + 20 * DAY)
    look(visit(meet.chair_of(body), f"/meetings/{meeting.pk}/"))

"""An officer plans: a session in one form, a change, another day, an end; the programme; a trainer."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from course_catalogue.enums import BookingState
from course_catalogue.models import CourseSession
from course_catalogue.planning import scheduling
from tests.factories.courses import make_booking, make_course, make_room
from tests.factories.organisation import make_agency, make_person
from tests.factories.planning import (
    make_able_trainer,
    make_day,
    make_officer,
    make_planned,
    make_point,
    make_pool_rule,
)

PICTURES = os.environ.get("PICTURES")
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seen(page, look):
    """Look at the page; where somebody asks for pictures, take one at both widths."""

    def see(name):
        look(page)
        for width in (1280, 320) if PICTURES else ():
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        page.set_viewport_size({"width": 1280, "height": 800})

    return see


def ahead(days):
    return timezone.localdate() + timedelta(days=days)


def fill_day(page, day, *, place=1):
    for part in ("day", "month", "year"):
        page.locator(f"[name=date_{place}_{part}]").fill(str(getattr(day, part)))


def test_an_officer_plans_changes_moves_and_cancels_a_session(
    page, origin, seen, watch, sign_in, transactional_db
):
    officer, room, trainer = make_officer(), make_room(seats=8), make_able_trainer()
    make_course(title="Safeguarding children level 3")
    sign_in(page, officer.email)
    page.goto(f"{origin}/training/sessions/")
    seen("sessions-empty")

    _plans(page, seen, room)
    _changes(page, seen, watch, officer)
    _moves_and_cancels(page, seen)
    assert trainer.teaching.count() == 2


def _plans(page, seen, room):
    page.get_by_role("button", name="Plan a session").click()
    seen("start")
    page.locator("[name=course]").select_option(index=1)
    page.locator("[name=days]").fill("2")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Plan this session").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    seen("new-errors")
    for place in (1, 2):
        fill_day(page, ahead(50 + place), place=place)
        page.locator(f"[name=starts_{place}]").fill("9:30am")
        page.locator(f"[name=ends_{place}]").fill("4:30pm")
        page.locator(f"[name=room_{place}]").select_option(str(room.pk))
        page.locator(f"[name=trainers_{place}]").check()
    page.locator("[name=capacity]").fill("12")
    page.get_by_label("Emerging need: what it costs").fill("0")
    page.get_by_label("Emerging need: which, and why now").fill("A review asks for it")
    page.get_by_role("button", name="Plan this session").click()
    expect(page.get_by_text("Day 1: Room")).to_be_visible()
    seen("plan")
    page.get_by_role("button", name="Open for booking").click()
    seen("plan-open")


def _changes(page, seen, watch, officer):
    session = CourseSession.objects.get()
    make_booking(session=session, person=make_person(user=True, name="Ana Silva"))
    make_booking(session=session, person=make_person(name="Tom Reid"), state=BookingState.WAITING)
    page.get_by_role("link", name="Change").click()
    scheduling.change(session, version=2, actor=officer, now=timezone.now(), capacity=14)
    page.locator("[name=capacity]").fill("20")
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_text("Somebody else changed it")).to_be_visible()
    (told,) = watch.errors  # the browser's own word about the answer that is asked for here, and no other
    assert "409 (Conflict)" in told
    watch.errors.clear()
    seen("change-conflict")
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_text("The session is changed.")).to_be_visible()


def _moves_and_cancels(page, seen):
    page.get_by_role("link", name="Move: days, rooms, trainers").click()
    seen("move")
    fill_day(page, ahead(60), place=2)
    page.get_by_role("button", name="Move the session and tell them").click()
    expect(page.get_by_text("Whoever it concerns is told.")).to_be_visible()
    page.get_by_role("link", name="Cancel the session").click()
    expect(page.get_by_text("3 people are told")).to_be_visible()
    seen("cancel")
    page.get_by_label("Why is it cancelled?").fill("The trainer is ill")
    page.get_by_role("button", name="Cancel the session and tell them").click()
    expect(page.get_by_text("The session is cancelled. 3 people are told.")).to_be_visible()
    seen("cancelled")


def test_an_officer_keeps_the_programme_and_the_pool(page, origin, seen, sign_in, transactional_db):
    make_pool_rule(from_on=ahead(-400))
    make_point()
    officer, trainer, course = make_officer(), make_able_trainer(), make_course(title="Neglect")
    new = make_person(name="Nadia Brook", agency=make_agency(name="Dale Police"))
    when = {"now": timezone.now(), "days": [make_day(ahead(10), trainers=(trainer,))]}
    make_planned(course=course, minimum=4, decide_days=3, actor=officer, **when)
    sign_in(page, officer.email)

    page.goto(f"{origin}/desk/")
    page.get_by_role("link", name="Go or cancel").first.click()
    seen("decide")
    page.goto(f"{origin}/training/programme/")
    page.get_by_role("button", name="Add a course").click()
    page.get_by_role("button", name="Add this course").click()
    seen("programme-add")
    page.goto(f"{origin}/training/programme/")
    seen("programme")
    page.get_by_role("button", name="Record the review").click()
    seen("programme-review")

    page.goto(f"{origin}/training/trainers/")
    seen("trainers")
    page.get_by_role("button", name="Add a trainer").click()
    page.locator("[name=person]").select_option(str(new.pk))
    page.get_by_role("button", name="Add to the training pool").click()
    expect(page.get_by_text("Nothing on record: they cannot be assigned.")).to_be_visible()
    seen("trainer-new")
    page.get_by_role("link", name="Check against the person specification").click()
    seen("specification")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Put on record").click()
    expect(page.get_by_text("The check is on record.")).to_be_visible()
    page.get_by_role("link", name="Record an observation").click()
    page.get_by_role("button", name="Put on record").click()
    seen("observation-errors")

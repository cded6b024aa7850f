"""The training calendar in a browser: month, list and agenda, on a phone and on paper; addresses, message, interest."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import TrainingCalendarPage, TrainingSettings
from course_catalogue.training_calendar import months
from kernel.outbox.models import OutboxMail
from tests.factories.courses import make_booking, make_course, make_room, make_session
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.policies import make_home

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG_TITLE = "Diogelu plant yn Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch: lefel tri, i bawb"


@pytest.fixture
def calendar(transactional_db):
    return make_home().add_child(
        instance=TrainingCalendarPage(title="Training calendar", slug="training-calendar")
    )


def next_month():
    return months.of(timezone.localdate()).step(1)


def starts(day: int, hour: int = 9):
    return (timezone.localtime(next_month().moments()[0]) + timedelta(days=day - 1)).replace(hour=hour)


def make_month():
    """One of each kind, two on one day, one on a Saturday at least."""
    open_one = make_session(course=make_course(title=LONG_TITLE), starts=starts(6), capacity=20)
    open_one.days.update(room=make_room())
    full = make_session(course=make_course(title="Fire warden"), starts=starts(6, 13), hours=2, capacity=1)
    make_booking(session=full)
    make_booking(session=full, state=BookingState.WAITING)
    make_session(
        course=make_course(title="Neglect"),
        starts=starts(12),
        state=SessionState.CANCELLED,
        cancelled_at=timezone.now(),
        cancel_reason="Flood.",
    )
    for day in range(14, 21):
        make_session(
            course=make_course(title="Records"), starts=starts(day), online_link="https://m.example/a"
        )
    return open_one, full


def test_month_list_and_agenda(page, origin, look, sign_in, calendar):
    open_one, full = make_month()
    sign_in(page, make_person(user=True).user.email)
    page.goto(f"{origin}/training-calendar/?month={next_month().key}")
    table = page.get_by_role("table")
    expect(table.get_by_text("20 of 20 left").first).to_be_visible()
    expect(table.get_by_text("full, 1 waits")).to_be_visible()
    expect(table.get_by_role("columnheader", name="Saturday")).to_be_visible()
    look(page)

    page.get_by_role("link", name="List", exact=True).click()
    expect(page.get_by_role("rowheader", name="Fire warden")).to_be_visible()
    look(page)

    page.get_by_role("link", name="Agenda", exact=True).click()
    waiting = page.get_by_role("link", name="Join the waiting list")
    assert waiting.get_attribute("href") == f"/training/session/{full.pk}/book/?for=me"
    look(page)

    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Places").select_option("yes")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Fire warden")).to_have_count(1)  # among the courses to choose from
    look(page)


def test_a_phone_has_the_agenda_and_paper_the_table(page, origin, sign_in, calendar):
    make_month()
    sign_in(page, make_person(user=True).user.email)
    page.goto(f"{origin}/training-calendar/?month={next_month().key}")
    table, agenda = page.get_by_role("table"), page.locator(".wa-calendar__narrow")
    expect(table).to_be_visible()
    expect(agenda).to_be_hidden()

    page.set_viewport_size({"width": 767, "height": 800})
    expect(table).to_be_hidden()
    expect(agenda).to_be_visible()

    page.emulate_media(media="print")
    expect(table).to_be_visible()
    expect(agenda).to_be_hidden()
    expect(page.get_by_text("Filters", exact=True)).to_be_hidden()
    expect(page.get_by_text("Printed from")).to_be_visible()


def test_a_visitor_reads_the_shared_offer_without_script(chromium, origin, calendar):
    make_month()
    site = calendar.get_site()
    TrainingSettings.objects.update_or_create(site=site, defaults={"open_to_visitors": True})
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}/training-calendar/agenda/")
    page.get_by_role("link", name=next_month().name, exact=True).first.click()
    expect(page.get_by_text("Sign in to book a place.")).to_be_visible()
    expect(page.get_by_role("link", name="Book this place")).to_have_count(0)
    expect(page.get_by_role("link", name=LONG_TITLE)).to_be_visible()
    context.close()


def test_an_empty_month_leads_to_the_next_date(page, origin, look, sign_in, calendar):
    make_month()
    sign_in(page, make_person(user=True).user.email)
    page.goto(f"{origin}/training-calendar/list/?month={next_month().step(-1).key}&course=0")
    page.get_by_role("link", name=f"Show {next_month().name}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(next_month().name)
    page.goto(f"{origin}/training-calendar/list/?month={next_month().step(5).key}")
    expect(page.get_by_text("No later date is planned yet.")).to_be_visible()
    look(page)


def test_an_address_for_the_own_calendar(page, origin, look, sign_in, calendar):
    sign_in(page, make_person(user=True).user.email)
    page.goto(origin + "/training/feeds/")
    look(page)
    page.get_by_role("button", name="Make an address for my bookings").click()
    expect(page.get_by_text("There is a new address.")).to_be_visible()
    assert page.locator("code").inner_text().endswith(".ics")
    look(page)


def test_a_message_to_everybody_booked(page, origin, look, sign_in, calendar):
    session, _full = make_month()
    for name in ("Ann Reid", "Dan Fox"):
        make_booking(session=session, person=make_person(user=True, name=name))
    sign_in(page, make_role_holder("training-administrator").email)
    page.goto(f"{origin}/training/session/{session.pk}/message/")
    look(page)
    page.get_by_role("button", name="Look at the message").click()
    expect(page.get_by_role("link", name="Enter the subject.")).to_be_visible()
    look(page)
    page.get_by_label("Subject").fill("The room has changed")
    page.get_by_label("Message").fill("Come to Room 4, please.")
    page.get_by_role("button", name="Look at the message").click()
    page.get_by_text("To 2 people", exact=True).click()
    expect(page.get_by_text("Ann Reid")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Send this to 2 people").click()
    expect(page.get_by_text("The message goes to 2 people.")).to_be_visible()
    look(page)
    assert OutboxMail.objects.filter(kind="training.message").count() == 2


def test_interest_and_rules(page, origin, look, sign_in, calendar):
    course = make_course(title=LONG_TITLE)
    officer = make_role_holder("ld-officer")
    sign_in(page, officer.email)
    page.goto(f"{origin}/training/course/{course.pk}/interest/")
    look(page)
    page.get_by_role("button", name="Tell me when a date opens").click()
    expect(page.get_by_text("You get one mail as soon as a date has room.")).to_be_visible()
    look(page)
    page.goto(origin + "/training/mail-rules/")
    look(page)
    page.get_by_role("button", name="Add this rule").click()
    expect(page.get_by_role("link", name="Choose what is sent.")).to_be_visible()
    look(page)
    page.get_by_label("reminder").check()
    page.get_by_label("Days before the first day").fill("7")
    page.get_by_label("Words").fill("We look forward to seeing you.")
    page.get_by_role("button", name="Add this rule").click()
    expect(page.get_by_text("The rule holds from the next daily job on.")).to_be_visible()
    look(page)

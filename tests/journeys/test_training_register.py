"""A register, walked as its trainer, a learner, the training team and somebody who checks a certificate."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from course_catalogue.models import Certificate
from course_catalogue.register import checking_in
from tests.factories.courses import make_booking, make_session
from tests.factories.organisation import make_person
from tests.factories.register import close_all, end_day, make_administrator, make_teacher

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def day(transactional_db):
    """It began a minute ago, with two people."""
    session = make_session(starts=timezone.now() - timedelta(minutes=1))
    for name in ("Ann Reid", "Sam Okafor"):
        person = make_person(name=name, user=True)
        make_booking(session=session, person=person, access_needs="a hearing loop" if name > "B" else "")
    return session.days.get()


def test_a_trainer_marks_and_closes_and_the_team_corrects(page, origin, look, sign_in, day):
    make_person(name="Cleo Park")
    sign_in(page, make_teacher(day).email)
    page.goto(f"{origin}/training/register/")
    look(page)
    page.get_by_role("link", name=day.session.course.title).click()
    expect(page.locator("main")).to_contain_text("2 expected: 0 marked, 2 to mark.")
    look(page)

    _marks(page, look)
    _adds(page, look)
    end_day(day)
    _closes(page, look)

    sign_out_and_in(page, origin, sign_in, make_administrator())
    page.goto(f"{origin}/training/register/{day.pk}/")
    look(page)
    _corrects(page, origin, look)


def _marks(page, look):
    ann = page.get_by_role("group", name="Ann Reid")
    ann.get_by_label("Minutes late").fill("ten")
    ann.get_by_role("button", name="Attended", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Minutes must be a whole number")
    look(page)
    ann.get_by_label("Minutes late").fill("10")
    ann.get_by_role("button", name="Attended", exact=True).click()
    expect(page.locator("main")).to_contain_text("Ann Reid, attended.")
    expect(page.get_by_role("status")).to_contain_text("1 marked, 1 to mark. Saved")
    look(page)


def _adds(page, look):
    page.get_by_role("link", name="Add someone who came without a booking").click()
    look(page)
    page.get_by_label("Who came").fill("Nobody Known")
    page.get_by_role("button", name="Add to the register").click()
    expect(page.locator("#error-summary")).to_contain_text("Nobody of an agency here")
    look(page)
    page.get_by_label("Who came").fill("Cleo Park")
    page.get_by_role("button", name="Add to the register").click()
    expect(page.locator("main")).to_contain_text("Came without a booking (1)")


def _closes(page, look):
    page.get_by_role("link", name="Print sheet").click()
    expect(page.locator("main")).to_contain_text("a hearing loop")
    look(page)
    page.go_back()
    page.reload()
    rest = page.locator("form", has_text="Mark the 1 person left")
    rest.get_by_role("button", name="Did not attend").click()
    expect(page.locator("main")).to_contain_text("closing makes 2 certificates, 0 charges")
    look(page)
    page.get_by_role("button", name="Close the register").click()
    expect(page.get_by_role("status")).to_contain_text("Closed by")
    look(page)


def _corrects(page, origin, look):
    page.get_by_role("link", name=re.compile("Correct this mark.*Sam Okafor")).click()
    look(page)
    page.get_by_role("radio", name="attended", exact=True).check()
    page.get_by_role("button", name="Correct this mark").click()
    expect(page.locator("#error-summary")).to_contain_text("Say why the mark is corrected.")
    look(page)
    page.get_by_label("Why the mark is corrected").fill("signed the sheet")
    page.get_by_role("button", name="Correct this mark").click()
    expect(page.locator("main")).to_contain_text("Corrected: Sam Okafor.")

    page.get_by_role("link", name="The file, and say when it was uploaded").click()
    look(page)
    page.get_by_role("button", name="It is on the platform").click()
    expect(page.locator("main")).to_contain_text("confirmed by")
    page.goto(f"{origin}/training/reports/")
    expect(page.locator("main")).to_contain_text("2 of 2 people who were registered attended (100%).")
    look(page)


def sign_out_and_in(page, origin, sign_in, user):
    page.context.clear_cookies()
    sign_in(page, user.email)


def test_a_learner_checks_in_by_the_letters_on_the_wall(page, origin, look, sign_in, day):
    sign_in(page, make_teacher(day).email)
    page.goto(f"{origin}/training/register/{day.pk}/code/")
    expect(page.locator(".tr-letters")).to_be_visible()
    look(page)

    learner = day.session.bookings.get(person__name="Ann Reid").person
    sign_out_and_in(page, origin, sign_in, learner.user)
    page.goto(f"{origin}/training/check-in/{day.pk}/?code=WRONGS")
    look(page)
    page.get_by_role("button", name="Check in").click()
    expect(page.locator("#error-summary")).to_contain_text("These letters are wrong or too old")
    look(page)
    page.get_by_label("The six letters on the screen").fill(checking_in.letters(day, timezone.now()))
    page.get_by_role("button", name="Check in").click()
    expect(page.locator("main")).to_contain_text("You are checked in since")
    look(page)


def test_a_certificate_is_seen_by_its_person_and_checked_by_anybody(page, origin, look, sign_in, day):
    end_day(day)
    close_all(day.session, actor=make_administrator(), now=timezone.now())
    row = Certificate.objects.get(person__name="Ann Reid")
    sign_in(page, row.person.user.email)
    page.goto(f"{origin}/training/certificate/{row.code}/")
    expect(page.locator("main")).to_contain_text(row.code)
    look(page)

    page.context.clear_cookies()
    page.goto(f"{origin}/training/certificates/check/")
    look(page)
    for surname, told in (("Reed", "No certificate has this code and name."), ("Reid", "Genuine.")):
        page.get_by_label("Code").fill(row.code)
        page.get_by_label("Surname").fill(surname)
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_role("status")).to_contain_text(told)
        look(page)

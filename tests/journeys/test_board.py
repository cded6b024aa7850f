"""The board's pages, empty and full, and an owner who keeps reports and audits, wide and on a phone."""

import pytest
from django.utils import timezone

from kernel.lifecycle.review import add_months
from kernel.organisation.models import BodyMeeting
from portal.role_sync import sync_roles
from tests.factories import board
from tests.factories import policies as make
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_body, make_person, make_role_holder
from tests.journeys.looking import came_back, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGES = ("board", "forecast", "reports", "audits", "extensions", "reviews")


@pytest.fixture
def author(transactional_db):
    make.make_home()
    make.make_library()
    make_root_collection()
    sync_roles()
    return make_role_holder("author")


def test_the_board_looks_at_nothing_and_then_at_much(page, origin, look, sign_in, author):
    sign_in(page, author.email)
    for name in PAGES:
        page.goto(f"{origin}/policy-register/{name}/")
        look(page)
    today = timezone.localdate()
    body = make_body(
        name="Policy Group",
        members=[make_person(user=True)],
        quorum=1,
        ratifies_by="signatures",
        reviews_a_meeting=1,
    )
    for months in range(1, 24):
        BodyMeeting.objects.create(body=body, meets_on=add_months(today.replace(day=1), months))
    for number in range(3):
        policy = make.make_policy(
            ratifying_body=body, author=author, review_months=20, title=f"Zebras {number}"
        )
        make.issue(policy, today=add_months(today, -2))
        board.make_report(policy, body=body, first_due=add_months(today, 1 - number))
        board.make_audit(policy, planned_on=add_months(today, 1 - number))

    for name in PAGES:
        page.goto(f"{origin}/policy-register/{name}/")
        look(page)
    page.goto(f"{origin}/policy-register/forecast/")
    page.get_by_role("button", name="Put these changes to Policy Group").click()
    told(page, "put to the body. Nothing moves until it decides.")
    look(page)
    page.goto(f"{origin}/policy-register/?look=audit-late&readers=1")
    look(page)


def test_an_owner_keeps_a_report_and_an_audit(page, origin, look, sign_in, author):
    policy = make.make_policy(title="Zebra feeding", author=author)
    body = policy.ratifying_body
    owner = policy.policy_owner.user
    auditor = make_person(user=True, name="Ada Quill")
    sign_in(page, owner.email)
    page.goto(f"{origin}/policy/{policy.pk}/assurance/")
    look(page)
    page.get_by_role("link", name="Put a report on the schedule").click()
    look(page)
    page.get_by_role("button", name="Put this report on the schedule").click()
    came_back(page)
    look(page)
    page.get_by_label("Report", exact=True).fill("Zebras fed")
    page.get_by_label("Committee").select_option(label=body.name)
    page.get_by_label("How often").select_option(label="every year")
    _day(page, "first_due", add_months(timezone.localdate(), 1))
    page.get_by_role("button", name="Put this report on the schedule").click()
    told(page, "The report is on the schedule.")
    look(page)
    page.get_by_role("link", name="Plan an audit").click()
    _day(page, "planned_on", add_months(timezone.localdate(), 2))
    page.get_by_label("Auditor").fill(auditor.name)
    page.get_by_label("Standard").fill("All zebras.")
    look(page)
    page.get_by_role("button", name="Plan this audit").click()
    told(page, "The audit is planned.")
    look(page)


def _day(page, name: str, day) -> None:
    for part in ("day", "month", "year"):
        page.locator(f"input[name={name}_{part}]").fill(str(getattr(day, part)))

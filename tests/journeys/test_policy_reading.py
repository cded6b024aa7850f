"""What readers see of a policy: in force, older, on a day, not yet, on paper."""

import pytest

from tests.factories.organisation import make_person
from tests.factories.policies import clause, edit, issue, make_policy, section
from tests.journeys.policies import FAR, FIRST, LONG_TITLE, issue_twice, make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE = "/policies/safeguarding-children/"


@pytest.fixture
def reader(transactional_db):
    return make_person(user=True, name="Priya Nair").user


def test_a_visitor_reads_a_public_text(page, origin, look):
    issue_twice(audience="public")
    page.goto(origin + HERE)

    assert "In force: version 1.1 since 6 May 2024" in page.locator(".wa-standing").inner_text()
    look(page)


def test_staff_read_every_version_and_day(page, origin, look, sign_in, reader):
    policy, _first, _second = issue_twice()
    edit(policy, body=[section("Why we have this"), clause("Staff must tell the named nurse at once.")])
    issue(policy, today=FIRST.replace(year=2026), change_note="At once.", wanted_from=FAR)
    sign_in(page, reader.email)
    said = {
        "": "In force: version 1.1 since 6 May 2024.",
        "v/1.1/": "In force: version 1.1 since 6 May 2024.",
        "v/1.0/": "Version 1.0, in force from 1 March 2022, superseded on 6 May 2024. It is not in force now.",
        "v/2.0/": "Version 2.0 takes effect on 2 April 2091",
        "@2023-01-09/": "On 9 January 2023 version 1.0 was in force; its review was in date. It is not in force now.",
        "@2025-01-09/": "On 9 January 2025 version 1.1 was in force; its review was in date. It is still in force.",
        "@2021-01-09/": "No version was in force on 9 January 2021",
        "@2092-01-09/": "We can show only what is decided: version 2.0 begins on 2 April 2091",
    }
    for address, words in said.items():
        page.goto(origin + HERE + address)
        assert words in page.locator(".wa-standing").inner_text(), address
        look(page)


def test_an_older_text_warns_and_leads_to_what_counts(page, origin, sign_in, reader):
    issue_twice()
    sign_in(page, reader.email)
    page.goto(origin + HERE + "v/1.0/")

    assert page.locator(".wa-notcurrent").inner_text().startswith("Do not follow this version")
    assert "the same working day" in page.locator("article").inner_text()
    page.get_by_role("link", name="Go to version 1.1, which is in force").click()
    assert "within the hour" in page.locator("article").inner_text()


def test_a_long_title_and_two_hundred_clauses(page, origin, look, sign_in, reader):
    body = [section("Pennod ŵ")] + [clause(f"Mae'n rhaid i staff ddweud {n}.") for n in range(200)]
    issue(make_policy(title=LONG_TITLE, slug="hir", body=body), today=FIRST)
    sign_in(page, reader.email)
    page.goto(origin + "/policies/hir/")

    assert page.locator(".wa-clause").count() == 200
    look(page)


def test_on_paper(page, origin, sign_in, reader):
    issue_twice()
    sign_in(page, reader.email)
    page.goto(origin + HERE + "v/1.0/?print")
    page.emulate_media(media="print")

    shown = page.locator("body").inner_text()
    for words in ("Version 1.0", "It is not in force now.", "Uncontrolled when printed", "SG-042", HERE):
        assert words in shown
    assert page.locator("details:not([open]):visible").count() == 0
    for gone in (".wa-header__bar", ".wa-search", ".wa-contents", ".wa-clause__link"):
        assert page.locator(f"{gone}:visible").count() == 0, gone


def test_a_draft_is_no_page_for_readers(page, origin, look, sign_in, reader):
    make_full_policy()
    sign_in(page, reader.email)
    answer = page.goto(origin + HERE)

    assert answer.status == 404

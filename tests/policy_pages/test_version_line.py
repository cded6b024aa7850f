"""How long each version counted, drawn and in a table, on the history of a policy."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from kernel.content.charts.drawing import Cell
from policy_pages import version_line
from policy_pages.standing import Standing
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2024, 1, 10), date(2025, 3, 1), date(2026, 2, 2)
TODAY = date(2026, 11, 23)


def issued(*days, wanted=None):
    page = make.make_policy()
    for number, day in enumerate(days):
        if number:
            make.edit(page, body=[make.clause(f"Staff must do {number} things.")])
        make.issue(page, today=day, change_note="Another.", wanted_from=wanted if number else None)
    return page


def versions(page):
    return list(page.versions.select_related("retirement").order_by("major", "minor"))


def spans(page, today=TODAY):
    return [
        (life.version.number, life.since, life.until) for life in version_line.lives(versions(page), today)
    ]


def test_each_version_counts_until_the_day_before_the_next():
    page = issued(FIRST, SECOND, THIRD)

    assert spans(page) == [
        ("1.0", FIRST, date(2025, 2, 28)),
        ("2.0", SECOND, date(2026, 2, 1)),
        ("3.0", THIRD, None),
    ]
    assert spans(page, today=date(2025, 12, 1))[-1] == ("2.0", SECOND, None)


def test_a_withdrawn_policy_has_none_that_counts_from_its_day_on():
    page = issued(FIRST, SECOND)
    make.retire(
        page.versions.newest_first().first(), today=THIRD, withdrawn_from=THIRD, reason="No ward has it."
    )

    assert spans(page)[-1] == ("2.0", SECOND, date(2026, 2, 1))
    picture = version_line.picture(versions(page), TODAY, Standing("closed", "Withdrawn.", False))
    assert picture.finding == "Version 2.0 counted until 1 February 2026; none counts now."
    assert spans(page, today=date(2026, 2, 1))[-1] == ("2.0", SECOND, None)


def test_the_picture_has_its_finding_and_a_row_for_each_version():
    page = issued(FIRST, SECOND)

    picture = version_line.picture(versions(page), TODAY, Standing("good", "Review due 1 March 2027.", True))

    assert picture.finding == "Version 2.0 counts since 1 March 2025."
    assert [row[:3] for row in picture.rows] == [
        (Cell("2.0", f"/p/{page.reference}/v/2.0/"), Cell("1 March 2025"), Cell("today")),
        (Cell("1.0", f"/p/{page.reference}/v/1.0/"), Cell("10 January 2024"), Cell("28 February 2025")),
    ]
    assert picture.rows[0][3] == Cell(page.ratifying_body.name)
    assert [box.kind for box in picture.wide.boxes] == ["closed", "good", "edge"]


def test_before_the_first_day_there_is_no_picture():
    page = issued(FIRST)

    assert version_line.picture(versions(page), date(2024, 1, 9), Standing("waits", "x", False)) is None


def test_the_history_shows_it_to_whoever_sees_the_draft(sign_in):
    page = issued(timezone.localdate())
    client = sign_in(page.policy_owner.user)

    html = BeautifulSoup(client.get(f"/policy/{page.pk}/history/").content, "html.parser")

    assert html.select_one(".wa-picture__finding").get_text(strip=True).startswith("Version 1.0 counts since")
    assert (
        html.select_one(".wa-picture table caption").get_text(strip=True)
        == "Versions, and how long each counted"
    )
    unissued = make.make_policy(policy_owner=page.policy_owner)
    assert b"wa-picture" not in client.get(f"/policy/{unissued.pk}/history/").content

from datetime import date

import pytest

from policy_pages import reading, standing
from policy_pages.standing import Standing
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def issue(page, number, **values):
    make.edit(page, body=[*make.BODY, make.clause(f"Step {number}.")])
    return make.issue(page, **values)


def of(version, day, asked=None):
    return standing.of(version, reading.in_force(version.policy_id, day), day, asked)


def test_version_of_tomorrow_on_the_day_before_the_day_and_the_day_after():
    version = make.issue(make.make_policy(), wanted_from=TOMORROW)

    assert of(version, TODAY) == Standing(
        "waits", "Version 1.0 takes effect on 24 November 2026 (in 1 day).", False
    )
    words = "In force: version 1.0 since 24 November 2026. Review due 23 November 2029 "
    for day in (TOMORROW, date(2026, 11, 25)):
        found = of(version, day)
        assert (found.kind, found.in_force, found.words.startswith(words)) == ("good", True, True)


def test_overdue_policy_is_to_be_followed():
    version = make.issue(make.make_policy(review_months=12))

    found = of(version, date(2027, 11, 24))

    assert (found.kind, found.in_force) == ("late", True)
    assert "Follow it. Its review was due 23 November 2027" in found.words


def test_review_that_comes_due_within_six_months_is_marked():
    version = make.issue(make.make_policy(review_months=12))

    marks = {day: of(version, day).kind for day in (date(2027, 5, 22), date(2027, 5, 23), date(2027, 11, 23))}

    assert list(marks.values()) == ["good", "soon", "soon"]


def test_older_version_says_when_it_ended():
    page = make.make_policy()
    first = make.issue(page)
    issue(page, 2, wanted_from=TOMORROW)

    assert of(first, TOMORROW) == Standing(
        "closed",
        "Version 1.0, in force from 23 November 2026, superseded on 24 November 2026. It is not in force now.",
        False,
    )


def test_version_overtaken_before_its_first_day_never_counts():
    page = make.make_policy()
    make.issue(page)
    second = issue(page, 2, wanted_from=date(2026, 12, 1))
    third = issue(page, 3, wanted_from=TOMORROW)

    for day in (TODAY, TOMORROW, date(2026, 12, 1), date(2026, 12, 2)):
        assert of(second, day) == Standing(
            "closed", "Version 2.0 was never in force: a later version began on 24 November 2026.", False
        )
    assert of(third, date(2026, 12, 2)).in_force


def test_of_two_versions_of_one_day_the_higher_number_counts():
    page = make.make_policy()
    first = make.issue(page)
    second = issue(page, 2, significance="minor")

    assert (first.in_force_from, second.in_force_from) == (TODAY, TODAY)
    assert reading.in_force(page.pk, TODAY) == second
    assert not of(first, TODAY).in_force


def test_day_asked_for_says_whether_the_text_still_counts():
    page = make.make_policy()
    first = make.issue(page)
    issue(page, 2, wanted_from=date(2026, 12, 1))

    assert of(first, date(2026, 11, 30), TODAY).words == (
        "On 23 November 2026 version 1.0 was in force. It is still in force."
    )
    assert of(first, date(2026, 12, 1), TODAY).words == (
        "On 23 November 2026 version 1.0 was in force. It is not in force now."
    )

from datetime import date

import pytest

from policy_pages import reading, standing
from policy_pages.reviews import services
from policy_pages.standing import Standing
from tests.factories import policies as make
from tests.factories.organisation import make_person

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
    make.issue(page)
    issue(page, 2, wanted_from=date(2026, 12, 1))

    first = reading.in_force(page.pk, TODAY)
    assert of(first, date(2026, 11, 30), TODAY).words == (
        "On 23 November 2026 version 1.0 was in force; its review was in date. It is still in force."
    )
    assert of(first, date(2026, 12, 1), TODAY).words == (
        "On 23 November 2026 version 1.0 was in force; its review was in date. It is not in force now."
    )


def late(**values):
    """Overdue since 24 November 2027."""
    page = make.make_policy(review_months=12, **values)
    make.issue(page)
    return page


def words(page, day, asked=None):
    version = reading.in_force(page.pk, asked or day)
    return of(version, day, asked).words


def test_overdue_names_whoever_works_on_the_next_text():
    page = late(author=make_person(user=True, name="Ana Lee").user)
    day = date(2027, 11, 24)
    assert words(page, day).endswith("Its review was due 23 November 2027 (1 day ago).")

    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])

    assert words(page, day).endswith("(1 day ago). Ana Lee is working on it.")
    assert "working" not in words(page, date(2027, 11, 23))


def test_what_is_due_is_what_the_open_review_says():
    page, day = late(), date(2027, 11, 24)
    version = reading.in_force(page.pk, day)
    services.extend(
        page,
        to_due=date(2028, 1, 31),
        reason="The guidance changes.",
        risk="Low.",
        decided_on=date(2027, 11, 20),
        actor=None,
        today=date(2027, 11, 20),
    )

    assert "Review due 31 January 2028" in words(page, day)
    assert (version.review_due, of(reading.in_force(page.pk, day), day).kind) == (date(2027, 11, 23), "soon")
    services.reaffirm(page, decided_on=day, actor=None, today=day)
    assert words(page, day).endswith("Review due 24 November 2028 (in 12 months).")
    services.retire_clock(page, decided_on=day, actor=None, today=day)
    assert words(page, day) == "In force: version 1.0 since 23 November 2026."


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        (date(2027, 11, 23), "in date"),
        (date(2027, 11, 24), "overdue"),
        (date(2027, 11, 25), "overdue"),
        (date(2027, 11, 26), "in date"),
        (date(2028, 1, 31), "in date"),
        (date(2028, 2, 1), "overdue"),
        (date(2028, 2, 2), "in date"),
    ],
)
def test_a_day_that_is_asked_for_has_the_due_day_of_that_day(asked, held):
    """Due 23 November 2027; on the 26th extended to the end of January; on 2 February re-affirmed."""
    page = late()
    services.extend(
        page,
        to_due=date(2028, 1, 31),
        reason="The guidance changes.",
        risk="Low.",
        decided_on=date(2027, 11, 25),
        actor=None,
        today=date(2027, 11, 26),
    )
    services.reaffirm(page, decided_on=date(2028, 2, 2), actor=None, today=date(2028, 2, 2))

    assert words(page, date(2028, 3, 1), asked).endswith(
        f"version 1.0 was in force; its review was {held}. It is still in force."
    )

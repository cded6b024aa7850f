from datetime import date

import pytest

from kernel.lifecycle.enums import Nation
from kernel.lifecycle.models import ClosedDay
from kernel.meetings import closures
from kernel.meetings.dates import Dates, Rules, worked_back
from tests.factories import meetings as make

RULES = Rules(Nation.ENGLAND, consultation_lead=5, papers_lead=5, in_force_lead=2, reading_lead=28)


def test_dates_are_worked_back_and_on_from_the_meeting():
    assert worked_back(date(2026, 12, 10), RULES) == Dates(
        consultation_closes=date(2026, 11, 26),
        papers_due=date(2026, 12, 3),
        meets=date(2026, 12, 10),
        in_force_from=date(2026, 12, 14),
        acknowledge_by=date(2027, 1, 11),
    )


@pytest.mark.parametrize(
    ("nation", "papers", "in_force"),
    [
        (Nation.ENGLAND, date(2026, 12, 29), date(2027, 1, 7)),
        (Nation.SCOTLAND, date(2026, 12, 24), date(2027, 1, 7)),
    ],
)
def test_dates_skip_weekends_and_the_bank_holidays_of_the_nation(nation, papers, in_force):
    rules = Rules(nation, 5, 4, 2, 28)

    found = worked_back(date(2027, 1, 5), rules)

    assert (found.papers_due, found.in_force_from) == (papers, in_force)


def test_dates_skip_the_days_on_which_the_trust_is_closed():
    assert worked_back(date(2026, 12, 10), RULES, {date(2026, 12, 9)}).papers_due == date(2026, 12, 2)


def test_a_day_for_papers_set_by_hand_wins():
    found = worked_back(date(2026, 12, 10), RULES, papers_due_on=date(2026, 12, 1))

    assert (found.papers_due, found.consultation_closes) == (date(2026, 12, 1), date(2026, 11, 24))


def test_rules_of_nothing_are_the_day_itself():
    day = date(2026, 12, 10)

    assert worked_back(day, Rules(Nation.WALES, 0, 0, 0, 0)) == Dates(day, day, day, day, day)


@pytest.mark.django_db
def test_dates_of_meetings_count_closures_of_their_nation_in_one_query(django_assert_num_queries):
    ClosedDay.objects.create(day=date(2026, 12, 9), nation="WLS", reason="Council day")
    english = make.make_meeting(make.make_committee(short_name="a"), date(2026, 12, 10))
    welsh = make.make_meeting(make.make_committee(short_name="b", nation="WLS"), date(2026, 12, 10))

    with django_assert_num_queries(2):
        found = closures.dates_of_all([english, welsh])

    assert (found[english.pk].papers_due, found[welsh.pk].papers_due) == (
        date(2026, 12, 3),
        date(2026, 12, 2),
    )
    assert closures.dates_of_all([]) == {}

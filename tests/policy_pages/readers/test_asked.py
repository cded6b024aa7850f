"""S0-03: who is asked, by when. Day before, day, day after."""

from datetime import date

import pytest

from policy_pages.readers.asked import Count, about, counts_for, of_reader
from tests.factories.organisation import make_job_role, make_staff_group
from tests.factories.reading import make_essential, make_reader

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)


def test_a_reader_is_asked_from_the_first_day_in_force():
    version, reader = make_essential(today=DAY), make_reader()

    assert of_reader(reader.pk, date(2026, 11, 1)) == []
    (row,) = of_reader(reader.pk, DAY)

    assert (row.policy_id, row.number, row.due, row.read, row.to_read) == (
        version.policy_id, "1.0", date(2026, 11, 30), "", True,
    )  # fmt: skip
    assert [row.late(day) for day in (date(2026, 11, 30), date(2026, 12, 1))] == [False, True]


def test_a_rule_names_people_by_group_and_nobody_else():
    nurse = make_job_role()
    version = make_essential(today=DAY, staff_group=make_staff_group(roles=[nurse]))
    asked, other = make_reader(job_role=nurse), make_reader()

    assert [row.policy_id for row in of_reader(asked.pk, DAY)] == [version.policy_id]
    assert of_reader(other.pk, DAY) == []
    assert counts_for([version.policy_id], DAY) == {version.policy_id: Count(asked=1, read=0, late=0)}


def test_for_information_asks_nobody_to_confirm():
    version, reader = make_essential(today=DAY, essential=False), make_reader()

    assert of_reader(reader.pk, DAY) == []
    assert about(reader.pk, DAY, [version.policy_id])[version.policy_id].to_read is False
    assert counts_for([version.policy_id], DAY) == {}

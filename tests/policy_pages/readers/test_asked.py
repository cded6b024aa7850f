"""S0-03: who is asked, by when. Day before, day, day after."""

from datetime import date

import pytest

from kernel.organisation.models import Absence
from kernel.organisation.services import change_manager
from policy_pages.readers.asked import Count, about, counts_for, of_reader
from tests.factories.organisation import (
    make_agency,
    make_job_role,
    make_person,
    make_post,
    make_staff_group,
    make_team,
)
from tests.factories.policies import issue, make_policy
from tests.factories.reading import make_essential, make_reader, make_rule

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


def asked_on(reader, *days):
    return [len(of_reader(reader.pk, day)) for day in days]


def counted_on(version, *days):
    return [counts_for([version.policy_id], day).get(version.policy_id, Count()).asked for day in days]


def test_a_joiner_is_asked_from_the_first_day_in_the_post_and_has_days_from_then():
    version = make_essential(today=DAY, joiner_days=14)
    joiner = make_reader(from_on=date(2027, 3, 1))

    assert asked_on(joiner, date(2027, 2, 28), date(2027, 3, 1)) == [0, 1]
    (row,) = of_reader(joiner.pk, date(2027, 3, 1))
    assert row.due == date(2027, 3, 15)
    assert counted_on(version, date(2027, 2, 28), date(2027, 3, 1)) == [0, 1]


def test_a_mover_is_asked_when_the_post_begins():
    nurse = make_job_role()
    version = make_essential(today=DAY, job_role=nurse)
    mover = make_reader(until_on=date(2027, 2, 28))
    make_post(person=mover, job_role=nurse, from_on=date(2027, 3, 1))

    assert asked_on(mover, date(2027, 2, 28), date(2027, 3, 1)) == [0, 1]
    assert counted_on(version, date(2027, 2, 28), date(2027, 3, 1)) == [0, 1]


def test_a_leaver_drops_out_after_the_last_day():
    version, leaver = make_essential(today=DAY), make_reader()
    leaver.left_on = date(2026, 11, 20)
    leaver.save()

    days = (date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21))
    assert asked_on(leaver, *days) == [1, 1, 0]
    assert counted_on(version, *days) == [1, 1, 0]


def test_somebody_away_is_not_counted_and_has_days_from_coming_back():
    version, reader = make_essential(today=DAY, joiner_days=10), make_reader()
    Absence.objects.create(person=reader, from_on=date(2026, 11, 10), until_on=date(2026, 12, 20))

    days = [date(2026, 11, 9), date(2026, 11, 10), date(2026, 12, 20), date(2026, 12, 21)]
    assert counted_on(version, *days) == [1, 0, 0, 1]
    (row,) = of_reader(reader.pk, date(2026, 12, 21))
    assert row.due == date(2026, 12, 31)


def test_another_manager_begins_no_new_days():
    make_essential(today=DAY)
    reader, manager = make_reader(), make_person(user=True)
    (post,) = reader.posts.all()

    change_manager(post, actor=None, manager=manager, today=date(2026, 12, 15))

    (row,) = of_reader(reader.pk, date(2026, 12, 15))
    assert (row.due, row.late(date(2026, 12, 15))) == (date(2026, 11, 30), True)


def test_a_rule_begins_and_ends_with_its_days():
    version = make_essential(today=DAY, from_on=date(2026, 11, 10), until_on=date(2026, 11, 20))
    reader = make_reader()

    days = [date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 20), date(2026, 11, 21)]
    assert asked_on(reader, *days) == [0, 1, 1, 0]
    assert counted_on(version, *days) == [0, 1, 1, 0]


def test_a_team_means_all_below_it():
    top = make_team()
    ward, other = make_team(parent=top), make_team()
    version = make_essential(today=DAY, team=top)
    within, outside = make_reader(team=ward), make_reader(team=other)

    assert (asked_on(within, DAY), asked_on(outside, DAY)) == ([1], [0])
    assert counted_on(version, DAY) == [1]


def test_agency_and_kind_of_person_narrow_together():
    partner = make_agency()
    version = make_essential(today=DAY, agency=partner, person_kind="volunteer", audience="partners")
    volunteer, staff = make_person(agency=partner, kind="volunteer"), make_person(agency=partner)
    ours = make_person(kind="volunteer")
    for person in (volunteer, staff, ours):
        make_post(person=person)

    assert [asked_on(person, DAY) for person in (volunteer, staff, ours)] == [[1], [0], [0]]
    assert counted_on(version, DAY) == [1]


@pytest.mark.parametrize(("audience", "expected"), [("public", 2), ("partners", 2), ("staff", 1)])
def test_nobody_is_asked_to_read_what_is_not_shared_with_them(audience, expected):
    version = make_essential(today=DAY, audience=audience)
    make_reader()
    make_post(person=make_person(agency=make_agency()))

    assert counted_on(version, DAY) == [expected]


def test_named_groups_alone_are_asked_where_they_alone_may_read():
    nurse = make_job_role()
    group = make_staff_group(roles=[nurse])
    version = make_essential(today=DAY, audience="groups", audience_groups=[group])
    asked, other = make_reader(job_role=nurse), make_reader()

    assert (asked_on(asked, DAY), asked_on(other, DAY)) == ([1], [0])
    assert counted_on(version, DAY) == [1]


def test_a_version_that_begins_later_asks_nobody_yet():
    page = make_policy()
    make_rule(page)
    issue(page, today=DAY, wanted_from=date(2026, 12, 1))
    reader = make_reader()

    assert asked_on(reader, date(2026, 11, 30), date(2026, 12, 1)) == [0, 1]


@pytest.mark.parametrize("size", [1, 3])
def test_numbers_take_one_query(size, django_assert_num_queries):
    versions = [make_essential(today=DAY) for _ in range(size)]
    readers = [make_reader() for _ in range(size)]

    with django_assert_num_queries(1):
        counts = counts_for([version.policy_id for version in versions], DAY)
    with django_assert_num_queries(1):
        rows = of_reader(readers[0].pk, DAY)

    assert [count.asked for count in counts.values()] == [size] * size
    assert len(rows) == size

from datetime import date

import pytest

from policy_pages import reading
from policy_pages.models import PolicyVersion
from policy_pages.reading import VISITOR, Reader
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_agency, make_job_role, make_person, make_post, make_staff_group

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
AUDIENCES = ("public", "partners", "staff", "groups")


@pytest.fixture
def group():
    return make_staff_group(roles=[make_job_role()])


@pytest.fixture
def readers(group):
    nurse = make_person(user=True)
    make_post(person=nurse, job_role=group.job_roles.get())
    gone = make_person(user=True, left_on=date(2026, 11, 22))
    make_post(person=gone, job_role=group.job_roles.get())
    return {
        "visitor": None,
        "login without person": make_user(),
        "partner": make_person(user=True, agency=make_agency()).user,
        "staff": make_person(user=True).user,
        "of the group": nurse.user,
        "left": gone.user,
        "switched off": make_person(user=make_user(is_active=False)).user,
        "superuser": make_user(is_superuser=True),
    }


MAY_READ = {
    "visitor": ["public"],
    "login without person": ["public"],
    "partner": ["public", "partners"],
    "staff": ["public", "partners", "staff"],
    "of the group": ["public", "partners", "staff", "groups"],
    "left": ["public"],
    "switched off": ["public"],
    "superuser": ["public"],
}


def test_each_reader_reads_what_is_for_them_and_both_rules_agree(readers, group):
    versions = {}
    for audience in AUDIENCES:
        groups = {"audience_groups": [group]} if audience == "groups" else {}
        versions[audience] = make.issue(make.make_policy(audience=audience, **groups))
    by_list, by_rule = {}, {}
    for name, user in readers.items():
        reader = reading.reader_of(user, TODAY)
        by_list[name] = sorted(reading.readable(reader, TODAY).values_list("audience", flat=True))
        by_rule[name] = sorted(a for a in AUDIENCES if reading.may_read(reader, versions[a]))

    expected = {name: sorted(audiences) for name, audiences in MAY_READ.items()}
    assert (by_list, by_rule) == (expected, expected)


def test_the_audience_is_that_of_the_version_not_of_the_draft():
    page = make.make_policy(audience="staff")
    make.issue(page)
    make.edit(page, audience="public")

    assert not reading.readable(VISITOR, TODAY).exists()


def two_versions(first="public", second="staff"):
    groups = {"audience_groups": [make_staff_group()]} if first == "groups" else {}
    page = make.make_policy(audience=first, **groups)
    old = make.issue(page)
    make.edit(page, audience=second, body=[*make.BODY, make.clause("Keep a copy.")])
    return old, make.issue(page, significance="minor")


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize(
    ("reader", "first", "second", "allowed"),
    [
        (Reader(True, staff=True), "staff", "staff", (True, True)),
        (Reader(True, partner=True), "partners", "partners", (False, True)),
        (VISITOR, "public", "public", (False, True)),
        (VISITOR, "public", "staff", (False, False)),
        (VISITOR, "staff", "public", (False, False)),
        (Reader(True, partner=True), "staff", "partners", (False, False)),
        (Reader(True, staff=True), "groups", "staff", (False, False)),
    ],
)
def test_older_versions(opened, reader, first, second, allowed):
    old, current = two_versions(first, second)

    found = reading.may_read_older(reader, old, current, open_to_audience=opened)

    assert found == allowed[opened]


@pytest.mark.parametrize(("day", "number"), [(date(2026, 11, 22), None), (TODAY, "1.0"), (TOMORROW, "2.0")])
def test_the_version_in_force_on_each_day(day, number):
    page = make.make_policy()
    make.issue(page)
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    make.issue(page, wanted_from=TOMORROW)

    found = reading.in_force(page.pk, day)

    assert (found and found.number) == number
    assert [row.number for row in PolicyVersion.objects.in_force(day)] == ([number] if number else [])

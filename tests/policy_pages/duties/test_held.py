"""Whose duties are whose on a day, and that nobody is told of a text that they may not read."""

from datetime import date

import pytest

from kernel.organisation.models import Post
from policy_pages import reading
from policy_pages.duties import held
from policy_pages.enums import Audience
from policy_pages.models import LocalRole
from tests.factories import organisation
from tests.factories import policies as make
from tests.factories.duties import duty, issued, table

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def mine(user, today=TODAY, **narrowed):
    roles = held.job_roles_of(user, today)
    agency = user.staff_profile.agency_id
    whose, reader = held.Whose(roles, agency=agency), reading.reader_of(user, today)
    rows = held.duties(reader, today, whose, held.Narrowed(**narrowed))
    return [row["words"] for row in held.listed(rows, 0, 100)]


def test_the_duties_of_all_posts_stand_in_one_list_by_how_often_they_come(reader, matron):
    marshal, other = (organisation.make_job_role(name=name) for name in ("Fire marshal", "Porter"))
    organisation.make_post(person=reader.staff_profile, job_role=marshal)
    issued(
        duty("You must tell the lead if it rains.", matron),
        duty("You must test the bell weekly.", marshal, matron),
        duty("You must check the doors every shift.", marshal),
        duty("You must push beds.", other),
        duty("You must smile."),
    )

    assert mine(reader) == [
        "You must check the doors every shift.",
        "You must test the bell weekly.",
        "You must tell the lead if it rains.",
    ]
    assert mine(reader, everyone=True) == ["You must smile."]
    assert mine(reader, cadence="week") == ["You must test the bell weekly."]


def test_force_and_cadence_narrow(reader, matron):
    issued(
        duty("You must go.", matron),
        duty("You should wave daily.", matron),
        duty("You may sing.", matron),
        duty("Keeps the key.", matron),
    )

    found = {force: mine(reader, force=force) for force in ("must", "should", "may", "none")}
    assert found == {
        "must": ["You must go."],
        "should": ["You should wave daily."],
        "may": ["You may sing."],
        "none": ["Keeps the key."],
    }
    assert mine(reader, cadence="none") == ["You must go.", "You may sing.", "Keeps the key."]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 24), None, []),
        (date(2026, 11, 23), None, ["You must go."]),
        (date(2026, 1, 1), date(2026, 11, 23), ["You must go."]),
        (date(2026, 1, 1), date(2026, 11, 22), []),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day(reader, matron, first, last, expected):
    issued(duty("You must go.", matron))
    Post.objects.update(from_on=first, until_on=last)

    assert mine(reader) == expected


def test_a_text_counts_from_its_first_day(reader, matron):
    version = issued(duty("You must come.", matron))
    make.edit(version.policy, body=[duty("You must stay.", matron)])
    make.issue(version.policy, wanted_from=TOMORROW)

    assert (mine(reader), mine(reader, TOMORROW)) == (["You must come."], ["You must stay."])


def test_a_written_role_is_known_by_its_name_and_by_what_the_organisation_says(reader, matron):
    issued(
        table(("B.1 Ward Managers or Matrons", ["Keep the peace."], []), ("HR Admin Team", ["Count."], []))
    )
    host = reader.staff_profile.agency
    assert mine(reader) == ["Keep the peace."]

    row = LocalRole.objects.create(agency=host, key="hr-admin-team", written="HR Admin Team")
    row.job_roles.set([matron])
    assert mine(reader) == ["Keep the peace.", "Count."]

    porters = organisation.make_staff_group(roles=[organisation.make_job_role(name="Porter")])
    said = LocalRole.objects.create(
        agency=host, key="ward-managers-or-matrons", written="Ward Managers", staff_group=porters
    )
    assert mine(reader) == ["Count."]
    porters.job_roles.add(matron)
    assert mine(reader) == ["Keep the peace.", "Count."]

    LocalRole.objects.update(agency=organisation.make_agency())
    assert mine(reader) == ["Keep the peace."]
    said.refresh_from_db()


def test_a_name_alone_moves_no_duty(reader):
    issued(table(("Ward managers", ["Keep the peace."], [])))
    host = reader.staff_profile.agency
    LocalRole.objects.create(agency=host, key="ward-managers", written="Ward managers", local_name="Sisters")

    assert mine(reader) == ["Keep the peace."]


AUDIENCES = [Audience.PUBLIC, Audience.PARTNERS, Audience.STAFF, Audience.GROUPS]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("staff", ["public", "partners", "staff"]),
        ("member", ["public", "partners", "staff", "groups"]),
        ("partner", ["public", "partners"]),
        ("left", ["public"]),
    ],
)
def test_each_reader_has_only_duties_of_texts_that_they_may_read(matron, who, expected):
    """What could leak is there for the member of the named group."""
    group = organisation.make_staff_group(roles=[organisation.make_job_role()])
    for audience in AUDIENCES:
        more = {"audience_groups": [group]} if audience == Audience.GROUPS else {}
        issued(duty(f"You must do {audience}.", matron), title=str(audience), audience=audience, **more)
    agency = organisation.make_agency() if who == "partner" else organisation.make_host()
    person = organisation.make_person(user=True, agency=agency)
    organisation.make_post(person=person, job_role=matron)
    if who == "member":
        organisation.make_post(person=person, job_role=group.job_roles.get())
    whose = held.Whose(((matron.pk, matron.name),), agency=person.agency_id)
    if who == "left":
        person.active, person.left_on = False, date(2026, 11, 1)
        person.save()

    rows = held.duties(reading.reader_of(person.user, TODAY), TODAY, whose)

    found = sorted(row["words"] for row in held.listed(rows, 0, 100))
    assert found == sorted(f"You must do {audience}." for audience in expected)
    assert held.numbers(rows, TODAY) == held.Numbers(len(expected), len(expected), len(expected))


@pytest.mark.parametrize(
    ("day", "changed"), [(date(2026, 2, 20), 1), (date(2026, 2, 21), 1), (date(2026, 2, 22), 0)]
)
def test_a_duty_is_changed_for_ninety_days(reader, matron, day, changed):
    """The first day is 24 November 2025: 21 February 2026 is the ninetieth."""
    issued(duty("You must go.", matron), today=date(2025, 11, 24))

    rows = held.duties(reading.reader_of(reader, day), day, held.Whose(((matron.pk, matron.name),)))

    assert held.numbers(rows, day) == held.Numbers(1, 1, changed)

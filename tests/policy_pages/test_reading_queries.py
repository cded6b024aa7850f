"""How many queries a reader's page takes, literally, at one policy and at three."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from kernel.accounts.facts import is_asked
from kernel.content import kept
from kernel.organisation.models import StaffGroup
from policy_pages.enums import Audience
from policy_pages.reports import DESK_PARTS
from tests.factories import organisation
from tests.factories import policies as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_served")]
BEFORE = date(2026, 1, 5)


@pytest.fixture(params=[1, 3])
def library(request):
    versions = [
        make.issue(make.make_policy(audience=Audience.PUBLIC), today=BEFORE) for _ in range(request.param)
    ]
    kept.forget()
    return versions


def address(version) -> str:
    return version.policy.get_url()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_reader():
    return organisation.make_person(user=True, name="Rowan Reader").user


def count_of(client, path, expected, django_assert_num_queries):
    """The third request for a page: what a process keeps is filled by the first, names never set are made by it."""
    assert [client.get(path).status_code for _ in range(2)] == [200, 200]
    with django_assert_num_queries(expected):
        answer = client.get(path)
    assert answer.status_code == 200
    return answer


def test_the_policy_in_force_signed_in_takes_four_queries(library, django_assert_num_queries):
    """Session, login, facts about the person, and the version that counts with who may read it."""
    client = signed_in(make_reader())

    answer = count_of(client, address(library[0]), 4, django_assert_num_queries)

    assert "Staff must tell the named nurse the same day." in answer.content.decode()


def test_a_public_policy_takes_one_query(library, django_assert_num_queries):
    count_of(Client(), address(library[0]), 1, django_assert_num_queries)


def test_the_library_takes_a_fixed_number_of_queries(library, django_assert_num_queries):
    """Session, login, facts; no policy here but a library; how many for this reader, which twenty, those."""
    count_of(signed_in(make_reader()), make.make_library().get_url(), 8, django_assert_num_queries)


def test_the_desk_of_somebody_for_whom_nothing_waits_takes_three(library, django_assert_num_queries):
    count_of(signed_in(make_reader()), "/desk/", 3, django_assert_num_queries)


def test_the_desk_of_a_member_takes_a_fixed_number(library, django_assert_num_queries):
    (member, *_others) = make.members_of(library[0].submission.ratifying_body)

    count_of(signed_in(member), "/desk/", DESK_OF_A_MEMBER, django_assert_num_queries)


DESK_OF_A_MEMBER = 13


def test_a_policy_for_groups_asks_two_more_at_most(django_assert_num_queries):
    role = organisation.make_job_role()
    group = make_group(role)
    version = make.issue(make.make_policy(audience=Audience.GROUPS, audience_groups=[group]), today=BEFORE)
    member = organisation.make_person(user=True)
    organisation.make_post(person=member, job_role=role)

    count_of(signed_in(member.user), address(version), 5, django_assert_num_queries)
    assert signed_in(make_reader()).get(address(version)).status_code == 404


def make_group(role):
    group = StaffGroup.objects.create(name="Night staff")
    group.job_roles.add(role)
    return group


def test_a_leaver_reads_nothing_at_the_next_request():
    """What a process keeps never answers for whether somebody may read."""
    version = make.issue(make.make_policy(), today=BEFORE)
    reader = make_reader()
    client = signed_in(reader)
    assert client.get(address(version)).status_code == 200

    type(reader.staff_profile).objects.filter(user=reader).update(active=False, left_on=BEFORE)

    assert client.get(address(version)).status_code == 404


def test_the_next_version_shows_at_once():
    page = make.make_policy(audience=Audience.PUBLIC)
    make.issue(page, today=BEFORE)
    assert "Version 1.0" in sentence(Client().get(page.get_url()))

    make.edit(page, body=[make.clause("Staff may tell the named doctor.")])
    make.issue(page, today=BEFORE, significance="minor", change_note="Doctor named.")

    answer = Client().get(page.get_url())
    assert "Staff may tell the named doctor." in answer.content.decode()
    assert "version 1.1 since" in answer.content.decode()


def sentence(answer) -> str:
    return answer.content.decode().replace("version 1.0", "Version 1.0")


def test_every_fact_that_spares_a_desk_is_asked():
    names = [name for names, _ask in DESK_PARTS for name in names]
    assert len(names) == len(DESK_PARTS)
    assert [is_asked(name) for name in names] == [True] * len(names)


def test_somebody_given_a_seat_has_a_desk_at_the_next_request():
    page = make.make_policy()
    submission = make.approve(make.submit(page))
    reader = make_reader()
    client = signed_in(reader)
    assert page.draft_title not in client.get("/desk/").content.decode()

    organisation.make_seat(body=submission.ratifying_body, person=reader.staff_profile)

    assert page.draft_title in client.get("/desk/").content.decode()


def test_a_superuser_keeps_the_way_to_the_editor():
    user = get_user_model().objects.create_superuser(username="root@example.org", email="root@example.org")

    assert "/admin/" in signed_in(user).get("/desk/").content.decode()
    assert "/admin/" not in signed_in(make_reader()).get("/desk/").content.decode()

"""What reading costs the pages of a reader: one query more, none for whom it does not concern."""

from datetime import date

import pytest
from django.test import Client

from kernel.organisation.models import JobRole
from tests.factories.organisation import make_job_role
from tests.factories.policies import make_library
from tests.factories.reading import make_essential, make_reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_served")]
BEFORE = date(2026, 1, 5)


@pytest.fixture(params=[1, 3])
def versions(request):
    role = make_job_role(name="Nurse")
    return [make_essential(today=BEFORE, job_role=role) for _number in range(request.param)]


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def third(client, path, expected, django_assert_num_queries):
    assert [client.get(path).status_code for _ in range(2)] == [200, 200]
    with django_assert_num_queries(expected):
        return client.get(path).content.decode()


def asked_reader():
    return client_of(make_reader(job_role=JobRole.objects.get(name="Nurse")))


def test_the_page_of_a_policy_takes_one_query_more_for_whom_it_concerns(versions, django_assert_num_queries):
    """Session, login, facts, the version that counts; and what is asked, for the page and the desk together."""
    path = versions[0].policy.get_url()

    assert "To read: the last day was" in third(asked_reader(), path, 5, django_assert_num_queries)
    assert "To read" not in third(client_of(make_reader()), path, 4, django_assert_num_queries)


def test_the_library_takes_one_query_for_its_column(versions, django_assert_num_queries):
    path = make_library().get_url()

    with_column = third(asked_reader(), path, 10, django_assert_num_queries)
    assert with_column.count("wa-library__mine") == len(versions)
    assert "wa-library__mine" not in third(client_of(make_reader()), path, 8, django_assert_num_queries)


def test_the_desk_takes_one_query_more(versions, django_assert_num_queries):
    assert third(asked_reader(), "/desk/", 4, django_assert_num_queries).count("Read it") == len(versions)
    third(client_of(make_reader()), "/desk/", 3, django_assert_num_queries)

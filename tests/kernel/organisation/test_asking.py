"""The facts of a request say what the services say, for everybody who may send one."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import RequestFactory

from kernel.accounts.facts import facts_of
from kernel.lifecycle.seats import seats_of
from kernel.lifecycle.waiting import SEATED
from kernel.organisation.asking import Asking, asking
from kernel.organisation.models import AgencyKind
from tests.factories import accounts, organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def everybody():
    host, partner = organisation.make_host(), organisation.make_agency()
    yield organisation.make_person(user=True, agency=host)
    yield organisation.make_person(user=True, agency=partner)
    yield organisation.make_person(user=True, agency=host, left_on=date(2026, 11, 22))
    yield organisation.make_person(user=True, agency=host, left_on=TODAY)
    yield organisation.make_person(user=True, agency=host, active=False, left_on=TODAY)
    yield organisation.make_person(user=True, agency=organisation.make_agency(active=False))


def test_the_facts_agree_with_the_services():
    for person in everybody():
        who = asking(request_of(person.user), TODAY)

        assert (who.person_id, who.name) == (person.pk, person.name)
        assert who.here == person.is_here(TODAY)
        assert who.host == (person.agency.kind == AgencyKind.HOST)


def test_of_a_visitor_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asking(request_of(AnonymousUser()), TODAY) == Asking()


def test_the_facts_are_asked_once_a_request(django_assert_num_queries):
    request = request_of(organisation.make_person(user=True).user)

    with django_assert_num_queries(1):
        assert asking(request, TODAY) == asking(request, TODAY)


def test_whoever_may_hold_a_permission_is_asked_for_it():
    users = [
        accounts.make_user(),
        accounts.make_user(is_superuser=True),
        accounts.make_user(groups=[Group.objects.create(name="Writers")]),
        accounts.make_user(permissions=["wagtailadmin.access_admin"]),
    ]

    assert [asking(request_of(user), TODAY).empowered for user in users] == [False, True, True, True]


@pytest.mark.parametrize(
    ("dates", "seated"),
    [({}, True), ({"until_on": TODAY}, True), ({"until_on": date(2026, 11, 22)}, False)],
)
def test_the_fact_of_a_seat_is_true_whenever_there_is_one(dates, seated):
    person = organisation.make_person(user=True)
    organisation.make_seat(person=person, **dates)

    assert bool(facts_of(request_of(person.user), TODAY)[SEATED]) is seated
    assert bool(seats_of(person.user, TODAY)) is seated


def test_a_delegate_may_have_a_desk():
    delegation = organisation.make_delegation()

    assert bool(facts_of(request_of(delegation.delegate.user), TODAY)[SEATED]) is True

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from kernel.content import links
from kernel.content.links import Link
from tests.factories import policies as make
from tests.factories.organisation import make_host, make_person

pytestmark = pytest.mark.django_db


def issued(**values):
    page = make.make_policy(**values)
    make.issue(page)
    return page


def asked(pages, user):
    request = RequestFactory().get("/")
    request.user = user
    return links.links([("policy", page.pk) for page in pages], request, timezone.now())


def test_a_policy_is_offered_to_other_forms_by_number_and_title_and_not_to_texts():
    page, draft = issued(title="Charging", reference="CP-019"), make.make_policy(title="Draft")

    found = dict(links.choices_of(["policy"]))

    assert found[f"policy:{page.pk}"] == "Policy: CP-019 Charging"
    assert f"policy:{draft.pk}" not in found
    assert links.title_of("policy", page.pk) == "CP-019 Charging"
    assert f"policy:{page.pk}" not in dict(links.choices())


def test_a_reader_reaches_what_they_may_read_and_no_draft():
    page, staff, draft = (
        issued(title="Charging", reference="CP-019"),
        issued(audience="staff"),
        make.make_policy(),
    )
    host = make_person(user=True, agency=make_host()).user

    link = Link("CP-019 Charging", page.get_url())
    assert asked([page, draft], host) == {("policy", page.pk): link}
    assert set(asked([staff], host)) == {("policy", staff.pk)}
    assert asked([staff], AnonymousUser()) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_many_are_asked_for_as_one_is(number, django_assert_num_queries):
    pages = [issued() for _turn in range(number)]
    user = make_person(user=True, agency=make_host()).user
    asked(pages, user)
    with django_assert_num_queries(4):
        assert len(asked(pages, user)) == number

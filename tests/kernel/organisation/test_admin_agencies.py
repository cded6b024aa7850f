from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from portal.role_sync import sync_roles
from tests.factories.organisation import make_agency, make_person, make_role_holder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("left", [True, False])
def test_the_list_of_agencies_names_those_without_a_training_contact(client, left):
    sync_roles()
    client.force_login(make_role_holder("site-administrator"))
    agency = make_agency(name="<b>Ferry & Sons</b>")
    agency.training_contact = make_person(agency=agency, left_on=date(2026, 1, 1) if left else None)
    agency.contact_name = ""
    agency.save()
    make_agency(name="Harbour Care")

    answer = client.get(reverse("organisation_agency:index"))

    told = BeautifulSoup(answer.content, "html.parser").select(".messages li")
    assert [line.get_text(" ", strip=True) for line in told] == (
        ["Without a training contact: <b>Ferry & Sons</b>"] if left else []
    )

"""The list of versions tells each reader only of versions for them (A9)."""

from datetime import date

import pytest
from django.test import Client

from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
LATER = date(2099, 1, 1)


@pytest.fixture
def page():
    page = make.make_policy(audience="staff")
    make.issue(page, change_note="Note for staff.")
    make.edit(page, audience="public")
    make.issue(page, change_note="Note for all.", significance="minor")
    make.edit(page, audience="staff", title="Next")
    make.issue(page, change_note="Note of the next.", wanted_from=LATER)
    return page


def notes_on(page, client, version=""):
    answer = client.get(page.url + version).content.decode()
    return [note for note in PolicyVersion.objects.values_list("change_note", flat=True) if note in answer]


@pytest.mark.parametrize("version", ["", "v/1.1/"])
def test_a_visitor_reads_the_notes_of_public_versions_alone(page, version):
    assert notes_on(page, Client(), version) == ["Note for all."]


def test_staff_read_the_notes_of_all(page):
    client = Client()
    client.force_login(make_person(user=True).user)

    assert sorted(notes_on(page, client)) == ["Note for all.", "Note for staff.", "Note of the next."]
    assert notes_on(page, Client()) == ["Note for all."]

"""The editor's doors: a new text and an old one lead to our own screen of submission, never to Wagtail's workflow."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from policy_pages.models import PolicyPage
from portal.role_sync import sync_roles
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.policies import make_library, make_policy

pytestmark = pytest.mark.django_db
PRESSES = ["action-submit", "action-submit-for-approval"]


@pytest.fixture
def library():
    index = make_library()
    sync_roles()
    return index


def signed_in_author():
    client = Client()
    author = make_role_holder("author", user=make_person(user=True).user)
    client.force_login(author, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def typed(press, **values):
    clause = {"number": "", "heading": "", "text": rich_text("<p>Staff must ask.</p>"), "roles": []}
    page = {
        "title": "Visitors",
        "slug": "visitors",
        "reference": "WD-001",
        "document_type": "policy",
        "topic": "corporate",
        "audience": "staff",
        "review_months": "36",
        "body": streamfield([("clause", clause)]),
        press: "1",
    }
    return nested_form_data({**page, **values})


def address_of_new(index):
    return reverse("wagtailadmin_pages:add", args=["policy_pages", "policypage", index.pk])


def test_the_form_for_a_new_policy_offers_our_way_alone(library):
    form = signed_in_author().get(address_of_new(library)).content.decode()

    assert [name for name in (*PRESSES, "action-publish") if f'name="{name}"' in form] == [PRESSES[1]]


@pytest.mark.parametrize("press", PRESSES)
def test_submitting_a_new_policy_leads_to_our_screen(library, press):
    answer = signed_in_author().post(address_of_new(library), typed(press))

    page = PolicyPage.objects.get(reference="WD-001")
    assert (answer.status_code, answer["Location"]) == (302, reverse("policy_submit", args=[page.pk]))
    assert not WorkflowState.objects.exists()
    assert not page.live


@pytest.mark.parametrize("press", PRESSES)
def test_submitting_a_changed_policy_leads_to_our_screen(library, press):
    page = make_policy()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = signed_in_author().post(address, typed(press, slug=page.slug, reference=page.reference))

    assert (answer.status_code, answer["Location"]) == (302, reverse("policy_submit", args=[page.pk]))
    assert not WorkflowState.objects.exists()

import pytest
from django.urls import reverse
from wagtail.models import Site

from kernel.organisation.models import SiteLabels
from kernel.organisation.placeholders import FIELDS, placeholder_values
from portal.role_sync import sync_roles
from tests.factories.organisation import make_role_holder

pytestmark = pytest.mark.django_db


def test_filled_labels_fill_placeholders_and_empty_ones_leave_them_open():
    site = Site.objects.get(is_default_site=True)
    SiteLabels.objects.create(site=site, board_name="Fenbrook Board", help_phone="01632 960001")

    assert placeholder_values(site) == {"[board name]": "Fenbrook Board", "[help phone]": "01632 960001"}


def test_every_placeholder_is_a_label():
    assert set(FIELDS.values()) <= {field.name for field in SiteLabels._meta.fields}


@pytest.mark.parametrize(("role", "status"), [("site-administrator", 200), ("user-manager", 302)])
def test_only_a_site_administrator_changes_the_labels(role, status, client):
    sync_roles()
    client.force_login(make_role_holder(role))
    site = Site.objects.get(is_default_site=True)
    address = reverse("wagtailsettings:edit", args=["kernel_organisation", "sitelabels", site.pk])

    assert client.get(address).status_code == status

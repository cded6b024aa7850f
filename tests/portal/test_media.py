import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
SMALL = "images/five.max-165x165.png"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in (SMALL, "documents/secret.png", "images/page.html"):
        default_storage.save(name, ContentFile(b"content"))


def signed_in(*permissions):
    client = Client()
    client.force_login(make_user(permissions=permissions), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def test_whoever_has_no_access_to_the_admin_does_not():
    assert signed_in().get(f"/media/{SMALL}").status_code == 404
    assert Client().get(f"/media/{SMALL}").status_code == 302


@pytest.mark.parametrize(
    "name",
    ["documents/secret.png", "images/page.html", "images/none.png", "images/..%2Fdocuments%2Fsecret.png"],
)
def test_nothing_else_beneath_the_uploads_is_served(name):
    assert signed_in("wagtailadmin.access_admin").get(f"/media/{name}").status_code == 404

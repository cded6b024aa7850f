"""An author brings a document, sees it read, checks it, and it goes the way of any policy."""

import pytest

from policy_pages.imports import reading
from policy_pages.models import PolicyImport, PolicyPage
from tests.factories import imports as make
from tests.factories import policies
from tests.journeys.looking import tab_to, told
from tests.journeys.policies import make_meeting_body
from tests.factories.organisation import make_body, make_person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURED = make.TEXT + "\npicture navy\n\nLOST words LOST\n"


@pytest.fixture
def author(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make.make_author()
    user.staff_profile.name = "Priya Nair"
    user.staff_profile.save()
    return user


@pytest.fixture
def document(tmp_path_factory):
    def write(name="lone-working.txt", text=make.TEXT):
        path = tmp_path_factory.mktemp("brought") / name
        path.write_text(text)
        return path

    return write


def bring(page, path):
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Bring this document").click()
    page.wait_for_url("**/policy-imports/*/")


def test_from_a_document_to_an_issued_version(page, origin, look, sign_in, author, document):
    sign_in(page, author.email)
    page.goto(f"{origin}/admin/policy-imports/")
    look(page)
    page.get_by_role("link", name="Bring a document").click()
    look(page)
    page.get_by_role("button", name="Bring this document").click()
    look(page)
    assert page.title().startswith("Error: ")
    bring(page, document(text=PICTURED))
    look(page)
    reading.read(PolicyImport.objects.get().pk)
    page.get_by_role("heading", name="As it will read").wait_for()
    page.screenshot(path="/tmp/h4-check.png", full_page=True)
    look(page)

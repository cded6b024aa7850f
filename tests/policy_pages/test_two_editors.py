"""C2: two people edit one draft. Each is told of the other, and no save takes the other's words away unseen."""

import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from portal.role_sync import sync_roles
from tests.factories import policies as make
from tests.factories.organisation import make_person, make_role_holder
from tests.policy_pages.conftest import ALLAUTH
from tests.policy_pages.test_admin_doors import post_edit

pytestmark = pytest.mark.django_db
KEPT = "Yours is the draft now. The other one is kept in the history: compare them before you submit."


class Editor:
    """Somebody at the editor of ``page``: what the form holds when it is opened goes back with every press."""

    def __init__(self, page, name):
        person = make_person(user=True, name=name)
        self.user, self.client, self.page = make_role_holder("author", user=person.user), Client(), page
        self.client.force_login(self.user, backend=ALLAUTH)
        self.text = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    def field(self, name):
        return unescape(re.search(rf'name="{name}" value="([^"]*)"', self.text)[1])

    def save(self, title, **more):
        opened = {name: self.field(name) for name in ("loaded_revision_id", "loaded_revision_created_at")}
        answer = post_edit(self.client, self.page, title=title, **opened, **more)
        self.page.refresh_from_db()
        return answer

    def told(self):
        address = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return unescape(self.client.get(address).content.decode())

    def ping(self):
        """What Wagtail's page asks every few seconds."""
        address = re.search(r'data-w-swap-src-value="(/admin/editing-sessions/ping/[^"]*)"', self.text)[1]
        opened = {
            "revision_id": self.field("revision_id"),
            "revision_created_at": self.field("revision_created_at"),
        }
        return unescape(self.client.post(address, opened).json()["html"])


@pytest.fixture
def pair():
    make.make_library()
    sync_roles()
    page = make.make_policy()
    return page, Editor(page, "Ana Lee"), Editor(page, "Tom Birch")


def test_each_is_told_that_the_other_is_there_and_has_saved(pair):
    _page, ana, tom = pair
    alone = ana.ping()
    tom.save("Tom's title")

    assert "saved a new version" not in alone
    assert "saved a new version" in ana.ping()
    assert tom.user.get_username() in ana.ping()


def test_an_autosave_over_a_newer_draft_is_refused(pair):
    page, ana, tom = pair
    tom.save("Tom's title")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = {name: ana.field(name) for name in ("loaded_revision_id", "loaded_revision_created_at")}

    answer = ana.client.post(address, {**opened, "title": "Ana's"}, headers={"Accept": "application/json"})

    assert answer.json()["error_code"] == "invalid_revision"
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Tom's title"


def test_a_press_over_a_newer_draft_says_whose_it_was_and_keeps_both(pair):
    page, ana, tom = pair
    tom.save("Tom's title")

    ana.save("Ana's title")

    assert f"Tom Birch saved this text while you had it open. {KEPT}" in ana.told()
    titles = [revision.as_object().title for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["Tom's title", "Ana's title"]


def test_the_own_other_window_is_named_so(pair):
    page, ana, _tom = pair
    ana.save("Ana's title")
    opened = ana.field("loaded_revision_id")

    ana.save("Ana's older words")

    assert opened != str(page.latest_revision_id)
    assert f"You saved this text in another window meanwhile. {KEPT}" in ana.told()


def test_nobody_is_warned_without_need(pair):
    """Control."""
    _page, ana, _tom = pair
    ana.save("Ana's title")

    assert "saved this text" not in ana.told()


def test_an_autosave_that_looked_before_a_press_and_writes_after_it_is_refused(pair):
    page, ana, _tom = pair
    draft = page.get_latest_revision_as_object()
    looked, draft.title = draft.latest_revision, "Older words"
    ana.save("Pressed")

    with pytest.raises(PermissionDenied):
        draft.save_revision(user=looked.user, overwrite_revision=looked)

    assert page.get_latest_revision_as_object().title == "Pressed"

"""A9 and A10: a text for one group is told to nobody else, and its files are handed out by its own rule alone."""

import hashlib

import pytest
from django.core.cache import cache
from django.http import FileResponse

from kernel.accounts.models import User
from kernel.organisation.models import StaffGroup
from kernel.outbox.models import OutboxMail
from policy_pages.models import VersionFile
from portal.role_sync import sync_roles
from tests.factories import imports
from tests.factories import policies as make
from tests.factories.files import make_document, make_image, png
from tests.factories.organisation import (
    make_agency,
    make_body,
    make_job_role,
    make_person,
    make_post,
    make_role_holder,
)
from tests.portal import meeting
from tests.portal.meeting import BACKEND, MARK, meetings
from tests.portal.numbers import NUMBER, count_from, recount

pytestmark = pytest.mark.django_db
SHA = hashlib.sha256(png()).hexdigest()
GATE = "/accounts/login/?next="
READER_ADDRESSES = {
    "policy_short",
    "policy_short_version",
    "policy_short_as_at",
    "policy_version",
    "policy_as_at",
    "policy_changes",
    "policy_short_changes",
    "policy_short_latest_changes",
    "policy_file",
    "wagtail_serve",
}


class World:
    """A policy with two issued versions, a figure and an attachment, for one staff group alone."""

    def __init__(self):
        recount()
        self.library = make.make_library()
        sync_roles()
        role = make_job_role()
        group = StaffGroup.objects.create(name="Nurses")
        group.job_roles.add(role)
        self.nurse = make_person(user=True).user
        make_post(person=self.nurse.staff_profile, job_role=role)
        values = {
            "policy_owner": make_person(user=True),
            "approving_body": make_body(members=[make_person(user=True)], quorum=1),
            "ratifying_body": make_body(
                members=[make_person(user=True) for _ in range(3)], quorum=2, ratifies_by="signatures"
            ),
        }
        author = make_person(user=True).user
        count_from(NUMBER)
        self.image = make_image(title=f"Image {MARK}", name=f"{MARK}.png", content=png())
        self.document = make_document(title=f"Document {MARK}", name=f"{MARK}.txt")
        body = [
            make.section(MARK),
            make.clause(f"Staff must feed the {MARK}."),
            ("figure", {"image": self.image, "alt": MARK, "caption": MARK}),
            ("attachment", {"document": self.document, "title": MARK}),
        ]
        names = {"title": f"Policy {MARK}", "slug": f"policy-{MARK}", "reference": "SG-042"}
        audience = {"audience": "groups", "audience_groups": [group]}
        self.page = make.make_policy(body=body, author=author, **names, **audience, **values)
        make.issue(self.page)
        make.edit(self.page, body=[*body, make.clause("And once more.")])
        self.current = make.issue(self.page, significance="minor", change_note=f"More {MARK}")
        self.imported = self.bring()

    def bring(self):
        """The next draft came as a document, whose receipt is kept."""
        brought = imports.bring(f"{MARK}\n\n1 {MARK}\n\n1.1 Feed the {MARK}.", policy=self.page)
        return imports.accept(imports.read(brought), actor=User.objects.get(pk=brought.brought_by_id))

    def paths(self, only=None):
        fills = {"reference": "SG-042", "day": "2026-11-23", "sha256": SHA}
        receipt = f"/policy/{self.page.pk}/receipts/{self.imported.pk}/"
        known = {
            "wagtaildocs_serve": f"/documents/{NUMBER}/{self.document.filename}",
            "editor_image": self.image.get_rendition("max-165x165").url,
            "wagtail_serve": f"/policies/policy-{MARK}/",
            "policy_short_version": "/p/SG-042/v/1.0/",
            "policy_short_as_at": "/p/SG-042/@2026-11-23/",
            "policy_version": f"/policies/policy-{MARK}/v/1.0/",
            "policy_changes": f"/policies/policy-{MARK}/changes/1.0/1.1/",
            "policy_short_changes": "/p/SG-042/changes/1.0/1.1/",
            "policy_as_at": f"/policies/policy-{MARK}/@2026-11-23/",
            "policy_receipt": receipt,
            "policy_receipt_file": f"{receipt}receipt/",
            "policy_receipt_original": f"{receipt}file/",
        }
        rows = meeting.paths(self.library, fills, known)
        return [row for row in rows if only is None or row[0] in only]


@pytest.fixture
def world(settings, tmp_path):
    settings.DEMO = False  # the demo shows all its mail to whoever tries it
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps small copies by number and content
    return World()


PEOPLE = {
    "anonymous": lambda: None,
    "partner": lambda: make_person(user=True, agency=make_agency()).user,
    "staff outside the group": lambda: make_person(user=True).user,
    "site administrator": lambda: make_role_holder("site-administrator"),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_text_for_one_group_is_told_to_nobody_else(world, name):
    met, failed = meetings(PEOPLE[name](), world.paths())

    assert not met, "\n".join(sorted(met))
    assert not failed, "\n".join(sorted(failed))


def test_its_readers_meet_it_so_the_walk_would_find_it(world):
    wanted = READER_ADDRESSES | {"more", "search"}

    met, _failed = meetings(world.nurse, world.paths(wanted))

    assert met == wanted


@pytest.mark.parametrize(
    "place",
    [
        "/p/{}/",
        "/p/{}/v/1.0/",
        "/p/{}/v/9.9/",
        "/p/{}/@2026-11-23/",
        "/p/{}/@2001-01-01/",
        "/p/{}/@2026-13-40/",
        "/p/{}/changes/",
        "/p/{}/changes/1.0/1.1/",
        "/p/{}/changes/1.0/9.9/",
    ],
)
@pytest.mark.parametrize("name", ["anonymous", "partner", "staff outside the group"])
def test_the_short_address_of_a_restricted_text_answers_as_that_of_none(world, client, name, place):
    user = PEOPLE[name]()
    if user:
        client.force_login(user, backend=BACKEND)

    secret, unknown = client.get(place.format("SG-042")), client.get(place.format("XX-999"))

    assert secret.status_code == unknown.status_code == (404 if user else 302)
    assert secret.content == unknown.content
    assert secret.get("Location", "").replace("SG-042", "XX-999") == unknown.get("Location", "")


@pytest.mark.parametrize(
    "place",
    [
        "/policies/{}/",
        "/policies/{}/v/1.0/",
        "/policies/{}/v/9.9/",
        "/policies/{}/@2026-11-23/",
        "/policies/{}/@2001-01-01/",
        "/policies/{}/changes/1.0/1.1/",
        "/policies/{}/changes/9.0/9.9/",
    ],
)
def test_a_visitor_is_asked_to_sign_in_for_a_restricted_text_and_for_none(world, client, place):
    for slug in (f"policy-{MARK}", "nothing"):
        assert client.get(place.format(slug))["Location"].startswith(GATE)


def test_its_readers_are_led_from_the_short_address(world, client):
    client.force_login(world.nurse, backend=BACKEND)

    assert client.get("/p/SG-042/")["Location"] == f"/policies/policy-{MARK}/"
    assert client.get("/p/sg-042/v/1.0/")["Location"] == f"/policies/policy-{MARK}/v/1.0/"


def test_counts_of_lists_do_not_tell_of_it(world, client):
    client.force_login(make_person(user=True).user, backend=BACKEND)

    assert b"Policies appear here when the first is issued." in client.get("/policies/").content
    assert client.get("/search/", {"q": "SG-042"}).context["count"] == 0

    client.force_login(world.nurse, backend=BACKEND)
    assert b"1 policy is in force for you to read." in client.get("/policies/").content
    assert client.get("/search/", {"q": "SG-042"}).context["count"] == 1


def test_mail_with_its_title_goes_to_those_who_made_it(world):
    known = {world.page.policy_owner.user.email}
    for body in (world.page.approving_body, world.page.ratifying_body):
        known |= {user.email for user in make.members_of(body)}

    told = {address for mail in OutboxMail.objects.filter(subject__icontains=MARK) for address in mail.to}

    assert told == known - {world.page.policy_owner.user.email} | told & known
    assert told <= known


# --- A10: files ------------------------------------------------------------------------------------------


def status(client, user, path):
    client.logout()
    if user:
        client.force_login(user, backend=BACKEND)
    return client.get(path).status_code


def test_an_issued_file_follows_the_rule_of_its_version(world, client):
    kept = VersionFile.objects.filter(version=world.current).order_by("pk")
    assert sorted(row.content_type for row in kept) == ["image/png", "text/plain"]

    for row in kept:
        path = f"/policy-file/{world.current.pk}/{row.sha256}/{row.name}"
        told = [status(client, make(), path) for make in PEOPLE.values()]
        assert (told, status(client, world.nurse, path)) == ([302, 404, 404, 404], 200)


@pytest.mark.parametrize("sha", ["0" * 64, "x", SHA[:-1], SHA.upper()])
def test_a_guessed_digest_finds_nothing(world, client, sha):
    assert status(client, world.nurse, f"/policy-file/{world.current.pk}/{sha}/x.png") == 404


def test_a_file_of_another_version_is_not_found_by_its_digest(world, client):
    other = make.issue(make.make_policy(audience="public"))

    assert status(client, world.nurse, f"/policy-file/{other.pk}/{SHA}/x.png") == 404


def test_nothing_beneath_the_folder_of_uploads_is_handed_out(world, client):
    superuser = make_role_holder("author")
    superuser.is_superuser = True
    superuser.save()
    issued = VersionFile.objects.first().file.name
    for name in (world.image.file.name, world.document.file.name, issued, "images/../documents/x", "images/"):
        for user in (None, world.nurse, superuser):
            assert status(client, user, f"/media/{name}".rstrip("/") + "/") in (302, 404)
            assert not isinstance(client.get(f"/media/{name}"), FileResponse)


def test_a_small_copy_is_for_those_who_may_use_the_image(world, client):
    path = world.image.get_rendition("max-165x165").url
    people = [make() for make in PEOPLE.values()] + [make_role_holder("user-manager"), world.nurse]

    assert path.startswith("/media/images/")
    assert [status(client, user, path) for user in people] == [302, 404, 404, 404, 404, 404]
    answer_of_author = status(client, make_role_holder("author"), path)
    assert answer_of_author == 200
    assert client.get(path)["Content-Security-Policy"].startswith("default-src 'none'")
    assert client.get(path)["X-Content-Type-Options"] == "nosniff"


def test_a_small_copy_is_gone_when_its_image_is(world, client):
    path = world.image.get_rendition("max-165x165").url
    make_image(title="Another").get_rendition("max-165x165")
    world.image.renditions.all().delete()

    assert status(client, make_role_holder("author"), path) == 404


def test_a_working_document_is_for_those_who_write_with_it(world, client):
    path = f"/documents/{NUMBER}/{world.document.filename}"
    people = [make() for make in PEOPLE.values()] + [world.nurse]

    assert [status(client, user, path) for user in people] == [302, 404, 404, 404, 404]
    assert status(client, make_role_holder("author"), path) == 200


def test_without_the_hook_any_login_would_read_a_working_document(world, client):
    from wagtail import hooks  # noqa: PLC0415

    kept, hooks._hooks["before_serve_document"] = hooks._hooks["before_serve_document"], []
    try:
        found = status(client, PEOPLE["partner"](), f"/documents/{NUMBER}/{world.document.filename}")
    finally:
        hooks._hooks["before_serve_document"] = kept

    assert found == 200

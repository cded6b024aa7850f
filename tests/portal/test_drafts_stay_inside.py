"""A8: whoever has no right to a draft meets none of it, by any address of the site or of Wagtail's admin."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from wagtail.models import Comment, GroupPagePermission

from kernel.lifecycle import workflows
from kernel.outbox.models import OutboxMail
from policy_pages.models import PolicyIndexPage
from portal.role_sync import sync_roles
from tests.factories import policies as make
from tests.factories.accounts import make_group
from tests.factories.files import make_document, make_image
from tests.factories.organisation import make_agency, make_body, make_person, make_role_holder
from tests.portal import meeting
from tests.portal.meeting import MARK, meetings
from tests.portal.numbers import NUMBER, count_from, recount

pytestmark = pytest.mark.django_db
SCOPE = "portal.admin_scope.AdminScopeMiddleware"


class World:
    """One submitted draft, its files, its comment; every one of them has the number ``NUMBER``."""

    def __init__(self):
        recount()
        self.library = make.make_library()
        sync_roles()
        self.author = make_role_holder("author")
        self.bystander = make_person(user=True).user
        make_body(members=[self.bystander.staff_profile])
        approver, members = make_person(user=True), [make_person(user=True) for _ in range(3)]
        bodies = {
            "policy_owner": make_person(user=True),
            "approving_body": make_body(members=[approver], quorum=1),
            "ratifying_body": make_body(members=members, quorum=2, ratifies_by="signatures"),
        }
        count_from(NUMBER)
        self.image = make_image(title=f"Image {MARK}", name=f"{MARK}.png")
        self.document = make_document(title=f"Document {MARK}", name=f"{MARK}.txt")
        self.page = self.make_draft(bodies)

    def make_draft(self, bodies):
        body = [
            make.section(MARK),
            make.clause(f"Staff must feed the {MARK}."),
            ("figure", {"image": self.image, "alt": MARK, "caption": MARK}),
            ("attachment", {"document": self.document, "title": MARK}),
        ]
        names = {"title": f"Policy {MARK}", "slug": f"policy-{MARK}", "reference": f"{MARK}-1"}
        page = make.make_policy(body=body, author=self.author, **names, **bodies)
        words = {"text": f"Comment {MARK}", "contentpath": "title", "position": ""}
        Comment.objects.create(page=page, user=self.author, **words)
        make.submit(page, change_note=f"Change {MARK}")
        return page

    def paths(self, only=None):
        known = {
            "wagtaildocs_serve": f"/documents/{NUMBER}/{self.document.filename}",
            "editor_image": self.image.get_rendition("max-165x165").url,
            "wagtail_serve": f"/policies/policy-{MARK}/",
            "policy_version": f"/policies/policy-{MARK}/v/1.0/",
            "policy_changes": f"/policies/policy-{MARK}/changes/1.0/1.1/",
            "policy_short_changes": f"/p/{MARK}-1/changes/1.0/1.1/",
            "policy_as_at": f"/policies/policy-{MARK}/@2026-11-23/",
        }
        rows = meeting.paths(self.library, {"reference": f"{MARK}-1", "sha256": "0" * 64}, known)
        return [row for row in rows if only is None or row[0] in only]


def author_elsewhere():
    """Somebody who writes in another library, with Wagtail's page rights there and nowhere else."""
    other = make.make_home().add_child(instance=PolicyIndexPage(title="Other", slug="other"))
    workflows.attach(other)
    group = make_group("Other authors", ["wagtailadmin.access_admin"])
    for name in ("add_page", "change_page"):
        right = Permission.objects.get(content_type__app_label="wagtailcore", codename=name)
        GroupPagePermission.objects.create(group=group, page=other, permission=right)
    user = make_person(user=True).user
    user.groups.add(group)
    return user


PEOPLE = {
    "anonymous": lambda world: None,
    "reader": lambda world: make_person(user=True).user,
    "partner": lambda world: make_person(user=True, agency=make_agency()).user,
    "member of another body": lambda world: world.bystander,
    "author of another library": lambda world: author_elsewhere(),
    "user manager": lambda world: make_role_holder("user-manager"),
    "site administrator": lambda world: make_role_holder("site-administrator"),
}


@pytest.fixture
def world(settings, tmp_path):
    settings.DEMO = False  # the demo shows all its mail to whoever tries it
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps small copies by number and content
    return World()


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_of_a_draft_is_told_to_somebody_without_rights(world, name):
    met, failed = meetings(PEOPLE[name](world), world.paths())

    assert not met, "\n".join(sorted(met))
    assert not failed, "\n".join(sorted(failed))


def test_its_author_meets_it_so_the_walk_would_find_it(world):
    wanted = {
        "desk",
        "editor_image",
        "policy_draft",
        "policy_draft_changes",
        "policy_history",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_explore",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:revisions_compare",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:usage",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:workflow_history",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_serve",
        "wagtailimages_chooser:choose",
    }

    met, _failed = meetings(world.author, world.paths(wanted))

    assert wanted - met == set()


@pytest.mark.wagtail74
def test_without_the_scope_an_administrator_would_meet_it(world, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != SCOPE]
    wanted = {
        "bulk",
        "wagtailadmin_api:documents:detail",
        "wagtailadmin_api:images:detail",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_pages:move_confirm",
        "wagtailimages_chooser:select_format",
    }

    met, _failed = meetings(make_role_holder("site-administrator"), world.paths(wanted))

    assert met == wanted


def test_the_mail_about_a_draft_goes_to_those_who_decide_and_to_nobody_else(world):
    mails = OutboxMail.objects.filter(subject__icontains=MARK)

    told = {address for mail in mails for address in mail.to}
    assert told == {user.email for user in make.members_of(world.page.approving_body)}

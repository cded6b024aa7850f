"""The author's screens: draft, submit, recall, placeholders, history; each state of them."""

import pytest

from policy_pages.models import PolicyPage
from portal.role_sync import sync_roles
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_role_holder
from tests.factories.policies import approve, author_of, clause, make_library, section, submit
from tests.journeys.looking import came_back, told
from tests.journeys.policies import FIRST, issue_twice, make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def author(transactional_db):
    make_library()
    make_root_collection()
    sync_roles()
    user = make_role_holder("author")
    user.staff_profile.name = "Priya Nair"
    user.staff_profile.save()
    return user


def test_a_draft_on_its_way(page, origin, look, sign_in, author):
    policy = make_full_policy(author=author)
    own = f"{origin}/policy/{policy.pk}/"
    sign_in(page, author.email)
    page.goto(own + "draft/")
    look(page)
    page.get_by_role("button", name="Submit for approval").click()
    look(page)
    page.get_by_role("button", name="Submit for approval").click()
    came_back(page)
    look(page)
    page.get_by_label("What changed").fill("First issue.\nWritten with the named nurse.")
    page.get_by_role("button", name="Submit for approval").click()
    page.wait_for_url("**/decide/")
    look(page)
    page.goto(own + "draft/")
    look(page)
    page.get_by_role("link", name="Recall it").click()
    look(page)
    page.get_by_role("button", name="Recall this text").click()
    came_back(page)
    look(page)
    page.get_by_label("Why").fill("One number is wrong.")
    page.get_by_role("button", name="Recall this text").click()
    page.wait_for_url("**/draft/")
    look(page)
    page.goto(own + "history/")
    look(page)
    page.goto(own + "decide/")
    look(page)


def test_a_draft_with_problems_and_placeholders(page, origin, look, sign_in, author):
    body = [section("Why"), clause("[Insert organisation name] must call [insert number]."), clause("")]
    policy = make_full_policy(author=author, body=body, approving_body=None)
    own = f"{origin}/policy/{policy.pk}/"
    sign_in(page, author.email)
    for address in ("draft/", "submit/", "placeholders/"):
        page.goto(own + address)
        look(page)
    page.get_by_role("button", name="Fill this placeholder").first.click()
    came_back(page)
    look(page)
    for value in ("Fenbrook Trust", "01632 960 010"):
        page.locator("input[name=value]").first.fill(value)
        page.get_by_role("button", name="Fill this placeholder").first.click()
        told(page, "Filled in every policy.")
    look(page)


def test_the_draft_of_the_next_version(page, origin, look, sign_in, author):
    policy, _first, _second = issue_twice(author=author)
    own = f"{origin}/policy/{policy.pk}/"
    sign_in(page, author.email)
    for address in ("draft/", "submit/", "history/", "decide/"):
        page.goto(own + address)
        look(page)
    draft = policy.get_latest_revision_as_object()
    draft.title = "Safeguarding children and young people policy"
    draft.save_revision(user=author)
    page.goto(own + "draft/")
    look(page)
    page.goto(own + "submit/")
    look(page)
    page.goto(f"{origin}/policies/safeguarding-children/")
    look(page)


def test_too_late_to_recall(page, origin, look, sign_in, author):
    policy = make_full_policy(author=author)
    approve(submit(policy, actor=author_of(policy), today=FIRST), today=FIRST)
    sign_in(page, author.email)
    page.goto(f"{origin}/policy/{policy.pk}/recall/")

    assert page.get_by_text("The first decision is made").is_visible()
    look(page)


class Held:
    """What the editor saves by itself at ``address`` stays on its way until it is let go."""

    def __init__(self, page, address):
        self.page, self.address, self.routes = page, address, []
        page.route(address, self._hold)

    def _hold(self, route):
        by_itself = (
            route.request.method == "POST" and route.request.headers.get("accept") == "application/json"
        )
        self.routes.append(route) if by_itself else route.continue_()

    def let_go(self):
        for route in self.routes:
            route.continue_()
        self.page.unroute(self.address)

    def wait(self):
        for _tenth in range(100):
            if self.routes:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"nothing was saved at {self.address}")


def press_submit(page):
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.get_by_role("button", name="Submit for approval").click()


def ready_to_write(page):
    """The editor knows what it began with; what is typed before that is no change to it."""
    page.locator("[data-edit-form][data-w-unsaved-has-edits-value]").wait_for()


def write_title(page, origin, path, title):
    """Open the editor at ``path``, give the title, and wait until the editor saves that: it stays on its way."""
    held = Held(page, f"**{path}")
    page.goto(f"{origin}{path}")
    ready_to_write(page)
    page.locator("#id_title").fill(title)
    page.locator("#id_reference").focus()
    held.wait()
    return held


def test_a_press_waits_for_the_save_before_it(page, origin, look, sign_in, author):
    """C2: the editor's own save, on its way while somebody presses, makes no second page and takes no words away."""
    sign_in(page, author.email)
    new = f"/admin/pages/add/policy_pages/policypage/{make_library().pk}/"
    held = write_title(page, origin, new, "Visitors")
    page.locator("#id_reference").fill("wd-009")
    press_submit(page)
    page.wait_for_timeout(1000)
    assert new in page.url
    held.let_go()
    page.wait_for_url("**/submit/")
    look(page)
    made = PolicyPage.objects.get()
    assert (made.reference, made.get_latest_revision_as_object().title) == ("WD-009", "Visitors")

    held = write_title(page, origin, f"/admin/pages/{made.pk}/edit/", "Visitors on")
    page.locator("#id_title").fill("Visitors on wards")
    press_submit(page)
    held.let_go()
    page.wait_for_url("**/submit/")
    look(page)
    made.refresh_from_db()
    assert made.get_latest_revision_as_object().title == "Visitors on wards"
    assert "saved this text" not in page.content()

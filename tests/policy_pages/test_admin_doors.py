"""Acceptance tests b, c and d through Wagtail's admin, as superuser: no door publishes, deletes or loses a row."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

from kernel.lifecycle.models import Decision, Submission
from policy_pages.models import PolicyIndexPage, PolicyPage, PolicyVersion
from portal.models import StandardPage
from tests.factories import policies as make
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 8)


@pytest.fixture
def admin(sign_in):
    return sign_in(make_user(is_superuser=True))


def post_edit(client, page, button=None, **changes):
    """Send the editor's own form back, with ``changes``."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    draft = page.get_latest_revision_as_object()
    data = {
        "title": draft.title,
        "slug": draft.slug,
        "reference": draft.reference,
        "document_type": draft.document_type,
        "topic": draft.topic,
        "audience": draft.audience,
        "review_months": draft.review_months,
        "policy_owner": draft.policy_owner_id or "",
        "approving_body": draft.approving_body_id or "",
        "ratifying_body": draft.ratifying_body_id or "",
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return client.post(address, data | changes | ({button: "1"} if button else {}))


def state_of(page):
    page.refresh_from_db()
    return page.live, page.live_revision_id, PolicyVersion.objects.count(), Decision.objects.count()


def stock():
    page = StandardPage(title="Stock", slug="stock", body="<p>Words.</p>", live=False)
    make.make_home().add_child(instance=page)
    page.save_revision()
    return page


@pytest.mark.parametrize("button", [None, "action-publish", "action-submit", "action-restart-workflow"])
def test_edit_by_a_superuser_leaves_a_draft(admin, button):
    page = make.make_policy()
    before = state_of(page)

    answer = post_edit(admin, page, button, title="Edited")

    assert answer.status_code in (200, 302, 403)
    assert state_of(page) == before


def test_control_the_same_press_publishes_a_stock_page(admin):
    page = stock()
    form = {
        "title": "Stock",
        "slug": "stock",
        "body": "null",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    form |= {"body": '{"blocks":[{"key":"a","type":"unstyled","text":"Hi","entityRanges":[],'}
    form["body"] += '"inlineStyleRanges":[],"depth":0}],"entityMap":{}}'

    admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | {"action-publish": "1"})

    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("button", [None, "action-publish", "action-submit-for-approval"])
def test_edit_after_submit_is_refused_or_the_decision_is(admin, button):
    """b: the editor is locked; whatever slips through would void the submission."""
    page = make.make_policy()
    submission = make.submit(page)

    post_edit(admin, page, button, title="Edited")

    submission.refresh_from_db()
    page.refresh_from_db()
    assert (submission.state, page.draft_title) == ("submitted", page.title)
    assert make.approve(submission).state == "approved"


def test_cancelling_the_workflow_in_the_editor_is_refused(admin):
    page = make.make_policy()
    submission = make.submit(page)

    answer = post_edit(admin, page, "action-cancel-workflow")

    page.refresh_from_db()
    assert answer.headers["Location"] == reverse("policy_decide", args=[page.pk])
    assert page.current_workflow_task_state is not None
    assert make.approve(submission).state == "approved"


def test_revert_after_submit_never_reaches_a_decision(admin):
    page = make.make_policy()
    first = page.latest_revision
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    submission = make.submit(page)

    post_edit(admin, page, None, revision=first.pk)
    call = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    admin.get(call)

    page.refresh_from_db()
    submission.refresh_from_db()
    assert page.latest_revision_id == submission.revision_id


def test_create_and_publish_makes_a_draft(admin):
    library = make.make_library()
    address = reverse("wagtailadmin_pages:add", args=["policy_pages", "policypage", library.pk])
    form = {
        "title": "New",
        "slug": "new",
        "reference": "NW-1",
        "document_type": "policy",
        "topic": "corporate",
        "audience": "staff",
        "review_months": 36,
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
        "live": "on",
    }

    admin.post(address, form)

    assert [(p.live, p.versions.count()) for p in PolicyPage.objects.all()] == [(False, 0)]


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
@pytest.mark.parametrize("whose", ["policy", "library", "home"])
def test_bulk_actions_touch_no_policy(admin, action, whose):
    page = make.make_policy()
    make.issue(page, today=FIRST)
    make.edit(page, title="Unratified")
    target = {"policy": page, "library": page.get_parent(), "home": page.get_parent().get_parent()}[whose]
    before = state_of(page)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={target.pk}"

    answer = admin.post(address, {"include_descendants": "on", "confirm": "wagtail-assurance"})

    assert answer.status_code in (200, 302, 403)
    assert state_of(page) == before
    assert page.title != "Unratified"


def test_control_bulk_publish_publishes_a_stock_page(admin):
    page = stock()

    admin.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}")

    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}])
def test_copy_with_publish_copies_publishes_nothing(admin, alias):
    page = make.make_policy()
    make.issue(page, today=FIRST)
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
    form |= {"publish_copies": "on", "copy_subpages": "on"} | alias

    answer = admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)

    copies = PolicyPage.objects.exclude(pk=page.pk)
    assert answer.status_code in (200, 302)
    assert [(row.live, row.versions.count(), row.alias_of_id) for row in copies] in ([], [(False, 0, None)])


@pytest.mark.parametrize("whose", ["policy", "library", "home"])
def test_deleting_in_the_admin_is_refused_with_words(admin, whose):
    page = make.make_policy()
    make.issue(page, today=FIRST)
    target = {"policy": page, "library": page.get_parent(), "home": page.get_parent().get_parent()}[whose]
    before = state_of(page)

    answer = admin.post(
        reverse("wagtailadmin_pages:delete", args=[target.pk]),
        {"confirm_site_name": "wagtail-assurance"},
        follow=True,
    )

    assert answer.status_code in (200, 403)
    assert state_of(page) == before


def test_a_draft_that_nobody_submitted_may_be_deleted(admin):
    """The control of the refusals."""
    page = make.make_policy()

    admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not PolicyPage.objects.exists()


def test_unpublishing_in_the_admin_is_refused(admin):
    page = make.make_policy()
    make.issue(page, today=FIRST)

    admin.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    page.refresh_from_db()
    assert page.live


def test_preview_and_draft_view_of_the_editor_show_the_working_text(admin):
    page = make.make_policy(body=[make.clause("Zebrafinch.")])

    answer = admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert (answer.status_code, b"Zebrafinch." in answer.content) == (200, True)


@pytest.mark.parametrize(
    "name", ["view_draft", "history", "edit", "copy", "delete", "workflow_history", "usage"]
)
@pytest.mark.parametrize("who", ["outsider", "partner", "staff"])
def test_no_draft_is_seen_in_the_admin_by_others(people_by_name, sign_in, name, who):
    """A8."""
    page = make.make_policy(title="Zebrafinch")

    answer = sign_in(people_by_name[who]).get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))

    assert answer.status_code in (302, 403, 404)
    assert b"Zebrafinch" not in answer.content


def test_purging_revisions_takes_nothing_that_was_decided():
    """W4, W5; the control: revisions nobody submitted go."""
    page = make.make_policy()
    make.issue(page, today=FIRST)
    for number in range(3):
        make.edit(page, title=f"Draft {number}")
    before = state_of(page), Submission.objects.get().revision_id

    call_command("purge_revisions")

    assert (state_of(page), Submission.objects.get().revision_id) == before
    assert page.revisions.count() == 2
    assert Page.objects.get(pk=page.pk).live_revision_id == PolicyVersion.objects.get().revision_id


def test_expiry_takes_nothing_from_readers(people_by_name, sign_in):
    """W8: Wagtail's own expiry takes the working copy off; readers and the library never notice."""
    page = make.make_policy()
    make.issue(page, today=FIRST)
    PolicyPage.objects.filter(pk=page.pk).update(expire_at="2024-02-01T00:00:00Z")

    call_command("publish_scheduled")

    client = sign_in(people_by_name["staff"])
    assert client.get(f"/policies/{page.slug}/").status_code == 200
    assert page.title in client.get("/policies/").content.decode()
    assert PolicyIndexPage.objects.get().live

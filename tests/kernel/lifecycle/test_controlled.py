"""No other way leads a controlled text to readers: model-level doors, each with stock Wagtail as the control."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.actions.unpublish_page import UnpublishPagePermissionError
from wagtail.models import Page

from kernel.lifecycle.models import Authorship
from policy_pages.models import PolicyPage, PolicyVersion
from portal.models import StandardPage
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def live_text(page):
    page.refresh_from_db()
    return page.live, page.live_revision_id, PolicyVersion.objects.count()


def stock_page():
    """The control: a page of the site without the mixin."""
    page = make.make_home().add_child(
        instance=StandardPage(title="Stock", slug="stock", body="<p>Words.</p>", live=False)
    )
    page.save_revision()
    return page


@pytest.mark.parametrize("who", ["nobody", "author", "superuser"])
@pytest.mark.parametrize("skip", [False, True])
def test_publishing_a_revision_is_refused_whoever_asks(who, skip):
    page = make.make_policy()
    user = {"nobody": None, "author": make.author_of(page), "superuser": make_user(is_superuser=True)}[who]

    with pytest.raises(PublishPagePermissionError):
        page.latest_revision.publish(user=user, skip_permission_checks=skip)

    assert live_text(page) == (False, None, 0)


def test_control_stock_page_is_published():
    page = stock_page()

    page.latest_revision.publish(user=make_user(is_superuser=True))

    page.refresh_from_db()
    assert page.live


def test_control_the_parents_publish_refuses_the_first_issue_but_moves_an_issued_text():
    """``ControlledPageMixin.publish`` is what keeps the working copy in step; readers ask for versions anyway."""
    page = make.make_policy()
    version = make.issue(page)
    make.edit(page, title="Not ratified")

    Page.publish(page.get_latest_revision_as_object(), page.latest_revision)

    page.refresh_from_db()
    assert page.title == "Not ratified"
    assert PolicyVersion.objects.in_force(TODAY).get() == version


@pytest.mark.parametrize("values", [{"live": True}, {"live": True, "title": "Changed"}])
def test_saving_a_page_as_live_is_refused(values):
    page = make.make_policy()
    for name, value in values.items():
        setattr(page, name, value)

    with pytest.raises(ValidationError, match="when a body ratifies it"):
        page.save()

    assert live_text(page) == (False, None, 0)


def test_adding_a_live_page_makes_a_draft():
    page = make.make_policy(live=True)

    assert live_text(page) == (False, None, 0)


def test_copy_with_publish_copies_is_a_draft_without_a_reference():
    page = make.make_policy()
    make.issue(page)

    copy = page.copy(update_attrs={"slug": "copy"}, user=make_user(is_superuser=True), keep_live=True)

    copy.refresh_from_db()
    assert (copy.live, copy.reference, copy.versions.count(), copy.submissions.count()) == (False, None, 0, 0)


def test_a_controlled_text_has_no_alias():
    page = make.make_policy()
    make.issue(page)

    with pytest.raises(ValidationError, match="no alias"):
        page.create_alias(update_slug="alias")

    assert PolicyPage.objects.count() == 1


def test_unpublishing_is_refused_for_superusers_too():
    page = make.make_policy()
    make.issue(page)

    with pytest.raises(UnpublishPagePermissionError):
        page.unpublish(user=make_user(is_superuser=True))

    assert page.live


def test_schedule_by_code_is_refused_when_its_time_comes():
    page = make.make_policy()
    page.latest_revision.approved_go_live_at = timezone.now() - timedelta(days=1)
    page.latest_revision.save()

    with pytest.raises(PublishPagePermissionError):
        call_command("publish_scheduled")

    assert live_text(page) == (False, None, 0)


def test_everybody_who_saved_since_the_last_issue_is_an_author():
    page = make.make_policy()
    first = make.author_of(page)
    second = make_person(user=True)
    make.edit(page, user=second.user)
    make.issue(page)
    third = make_person(user=True)
    make.edit(page, user=third.user)
    page.get_latest_revision_as_object().save_revision()

    rows = Authorship.objects.order_by("pk").values_list("cycle", "user_id_copy", "name")
    assert list(rows) == [
        (0, first.pk, first.staff_profile.name),
        (0, second.user.pk, second.name),
        (1, third.user.pk, third.name),
    ]


@pytest.mark.parametrize("user", ["the submitted text's author", "nobody"])
def test_autosave_does_not_overwrite_a_submitted_revision(user):
    page = make.make_policy()
    submission = make.submit(page)
    author = make.author_of(page) if user != "nobody" else None
    before = submission.revision.content
    draft = page.get_latest_revision_as_object()
    draft.title = "Overwritten"

    draft.save_revision(user=author, overwrite_revision=page.latest_revision)

    submission.refresh_from_db()
    submission.revision.refresh_from_db()
    assert (submission.state, submission.revision.content) == ("voided", before)


def test_control_autosave_overwrites_a_stock_revision():
    page = stock_page()
    page.title = "Overwritten"

    page.save_revision(overwrite_revision=page.latest_revision)

    assert page.revisions.get().content["title"] == "Overwritten"


def test_changed_text_voids_and_the_same_text_does_not():
    page = make.make_policy()
    submission = make.submit(page)
    make.edit(page)
    submission.refresh_from_db()
    same = submission.state
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    submission.refresh_from_db()

    assert (same, submission.state) == ("submitted", "voided")


def test_nobody_may_publish_unpublish_delete_or_schedule():
    page = make.make_policy()
    make.submit(page)
    superuser = make_user(is_superuser=True)
    may = page.permissions_for_user(superuser)
    library = page.get_parent().specific.permissions_for_user(superuser)
    stock = stock_page().permissions_for_user(superuser)

    def asked(tester):
        return [
            tester.can_publish(),
            tester.can_unpublish(),
            tester.can_delete(),
            tester.can_publish_subpage(),
        ]

    assert asked(may) == [False] * 4
    assert (library.can_publish_subpage(), library.can_delete()) == (False, False)
    assert (stock.can_publish(), stock.can_delete()) == (True, True)

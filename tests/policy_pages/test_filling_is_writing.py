"""Whoever fills a placeholder wrote words of the text: not the one who judges it (C3)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.lifecycle import submissions
from kernel.lifecycle.models import Authorship
from policy_pages import services
from tests.factories import policies as make
from tests.factories.accounts import find_permission

pytestmark = pytest.mark.django_db
BODY = [*make.BODY, make.clause("We tell [insert the officer] at once.")]


@pytest.fixture
def page():
    return make.make_policy(body=BODY)


def filled(page):
    approver = make.members_of(page.approving_body)[0]
    approver.user_permissions.add(find_permission("policy_pages.change_placeholder"))
    approver = type(approver).objects.get(pk=approver.pk)
    services.fill_placeholder(page, actor=approver, mark="insert the officer", value="the duty officer")
    return approver


def test_an_approver_who_filled_a_mark_does_not_approve(page):
    approver = filled(page)
    submission = make.submit(page)

    with pytest.raises(PermissionDenied, match="You wrote part of this"):
        submissions.approve(submission, actor=approver, today=make.TODAY)


def test_an_approver_who_filled_nothing_approves(page):
    make.edit(page, body=make.BODY)

    assert make.approve(make.submit(page)).state == "approved"


def test_other_drafts_with_the_mark_count_too(page):
    other, without = make.make_policy(body=BODY), make.make_policy()
    approver = filled(page)

    written = Authorship.objects.filter(user_id_copy=approver.pk).values_list("page_id_copy", flat=True)
    assert set(written) == {page.pk, other.pk}
    assert without.pk not in written


def test_a_mark_that_does_not_stand_in_the_text_is_refused(page):
    with pytest.raises(ValidationError, match="does not stand in this text"):
        approver = make.members_of(page.approving_body)[0]
        approver.user_permissions.add(find_permission("policy_pages.change_placeholder"))
        approver = type(approver).objects.get(pk=approver.pk)
        services.fill_placeholder(page, actor=approver, mark="insert something else", value="x")


def test_drafts_that_share_a_word_with_the_mark_are_not_read(page, django_assert_num_queries):
    filled(page)
    with CaptureQueriesContext(connection) as before:
        filled(page)
    for _turn in range(3):
        make.make_policy(body=[make.clause("Ask an officer.")])

    with django_assert_num_queries(len(before)):
        filled(page)

"""A version that comes into force leaves the next one, which waits for a decision, alone."""

from datetime import date

import pytest
from wagtail.models import WorkflowState

from kernel.lifecycle import submissions
from policy_pages.services import bring_into_force
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 11, 24)


@pytest.fixture
def waiting():
    """2.0 begins tomorrow, 3.0 is approved and waits for signatures."""
    page = make.make_policy()
    make.issue(page)
    make.edit(page, title="Second")
    make.issue(page, wanted_from=TOMORROW)
    make.edit(page, title="Third")
    return make.approve(make.submit(page))


def test_the_next_version_is_still_signed_after_the_daily_job(waiting):
    assert bring_into_force(TOMORROW) == [f"{waiting.page.specific.reference} 2.0"]

    for member in make.members_of(waiting.ratifying_body)[:2]:
        submissions.sign(waiting, actor=member, today=TOMORROW)

    page = waiting.page.specific
    assert page.versions.newest_first().first().number == "3.0"


def test_wagtails_default_would_stop_it(waiting, settings):
    settings.WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True

    bring_into_force(TOMORROW)

    states = WorkflowState.objects.filter(object_id=str(waiting.page_id)).order_by("pk")
    assert states.last().status == "cancelled"

import pytest
from wagtail.admin.mail import WorkflowStateApprovalEmailNotifier
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved

from kernel.outbox.models import OutboxMail
from tests.factories import policies as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "kernel.outbox.backend.OutboxEmailBackend"


def mails_to_the_submitter():
    page = make.make_policy()
    make.issue(page)
    address = page.policy_owner.user.email
    return [row.kind for row in OutboxMail.objects.order_by("pk") if address in row.to]


def test_the_submitter_gets_our_mail_alone():
    assert mails_to_the_submitter() == ["lifecycle.issued"]


def test_wagtails_mail_would_come_beside_it():
    theirs = WorkflowStateApprovalEmailNotifier()
    workflow_approved.connect(theirs, sender=WorkflowState, dispatch_uid="the stock mail")
    try:
        assert len(mails_to_the_submitter()) == 2
    finally:
        workflow_approved.disconnect(sender=WorkflowState, dispatch_uid="the stock mail")

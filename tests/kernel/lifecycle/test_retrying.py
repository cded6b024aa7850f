import pytest
from django.core.exceptions import ValidationError

from kernel.audit.models import AuditEntry
from kernel.lifecycle.retrying import retry_outbox
from kernel.outbox.models import OutboxMail
from tests.factories.audit import make_actor
from tests.factories.outbox import make_mail

pytestmark = pytest.mark.django_db


def _trail():
    return list(AuditEntry.objects.values_list("action", "target_type", "refused"))


def test_a_mail_that_was_given_up_is_tried_again_and_written_down():
    mail = make_mail()
    OutboxMail.objects.update(state="failed", attempts=16)

    retry_outbox(mail, actor=make_actor())

    assert list(OutboxMail.objects.values_list("state", "attempts")) == [("waiting", 0)]
    assert _trail() == [("lifecycle.retry_outbox", "kernel_outbox.outboxmail", False)]


def test_a_mail_that_waits_is_left_alone_and_the_refusal_written_down():
    mail = make_mail()

    with pytest.raises(ValidationError, match="given up"):
        retry_outbox(mail, actor=make_actor())

    assert _trail() == [("lifecycle.retry_outbox", "kernel_outbox.outboxmail", True)]

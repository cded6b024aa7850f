from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.outbox.enums import SendState
from kernel.outbox.models import EventReceipt, OutboxMail
from kernel.outbox.reports import QueueReport, queue_report
from tests.factories.outbox import make_event, make_mail

pytestmark = pytest.mark.django_db


def test_an_empty_outbox_is_well():
    report = queue_report(timezone.now())

    assert report == QueueReport(0, 0, 0, 0)
    assert report.is_well


def test_what_was_given_up_is_counted():
    make_mail()
    OutboxMail.objects.update(state=SendState.FAILED)
    EventReceipt.objects.create(event=make_event(), receiver="a.b", state=SendState.FAILED)

    report = queue_report(timezone.now())

    assert report == QueueReport(failed_mails=1, failed_events=1, late_mails=0, late_events=0)
    assert not report.is_well


@pytest.mark.parametrize(("minutes", "late"), [(59, 0), (60, 0), (61, 1)])
def test_what_waits_for_over_an_hour_is_counted(minutes, late):
    mail = make_mail()

    assert queue_report(mail.created_at + timedelta(minutes=minutes)).late_mails == late


def test_an_event_that_nobody_hands_out_is_late_and_so_is_a_receipt():
    event = make_event()
    EventReceipt.objects.create(event=event, receiver="a.b")

    assert queue_report(timezone.now() + timedelta(hours=2)).late_events == 2

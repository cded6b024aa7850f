import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kernel.outbox.enums import SendState
from kernel.outbox.models import EventReceipt, OutboxEvent, OutboxMail, new_message_id
from kernel.outbox.services import queue_mails, retry
from tests.factories.outbox import make_event, make_mail

pytestmark = pytest.mark.django_db


def test_a_mail_is_one_row_and_one_insert(django_assert_num_queries, mailoutbox):
    with django_assert_num_queries(1):
        mail = make_mail(html="<p>Your policy is due.</p>")

    row = OutboxMail.objects.values(
        "kind", "to", "left", "subject", "text", "html", "secret", "state", "attempts", "sent_at"
    ).get(pk=mail.pk)
    assert row == {
        "kind": "policies.due",
        "to": ["ada@trust.example"],
        "left": ["ada@trust.example"],
        "subject": "Review due",
        "text": "Your policy is due.",
        "html": "<p>Your policy is due.</p>",
        "secret": False,
        "state": SendState.WAITING,
        "attempts": 0,
        "sent_at": None,
    }
    assert mailoutbox == []


def test_a_mail_of_an_act_that_is_rolled_back_is_never_written():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_mail()
        make_event()
        raise ZeroDivisionError

    assert (OutboxMail.objects.count(), OutboxEvent.objects.count()) == (0, 0)


def test_an_address_named_twice_gets_one_copy():
    assert make_mail(to=["a@x.example", "b@x.example", "a@x.example"]).to == ["a@x.example", "b@x.example"]


def test_a_long_subject_is_cut():
    assert len(make_mail(subject="w" * 300).subject) == 255


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "Due\r\nBcc: eve@x.example"},
        {"subject": "Due\nX: y"},
        {"subject": "Due\rX: y"},
        {"to": ["ada@x.example\nBcc: eve@x.example"]},
        {"to": []},
    ],
)
def test_a_second_line_or_no_address_is_refused(fields):
    with pytest.raises(ValidationError):
        make_mail(**fields)

    assert OutboxMail.objects.count() == 0


def test_message_ids_are_never_the_same_and_name_no_machine(settings):
    settings.DEFAULT_FROM_EMAIL = "Policies <policies@trust.example>"
    one, two = new_message_id(), new_message_id()

    assert one != two
    assert one.startswith("<") and one.endswith("@trust.example>")


def test_two_mails_cannot_bear_one_message_id():
    mail = make_mail()

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.create(kind="x", to=[], message_id=mail.message_id)


@pytest.mark.parametrize("state", [SendState.SENT, SendState.FAILED])
def test_the_database_keeps_no_secret_words_of_a_mail_that_is_over(state):
    mail = make_mail(secret=True)
    moment = timezone.now() if state == SendState.SENT else None

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.filter(pk=mail.pk).update(state=state, sent_at=moment)

    emptied = OutboxMail.objects.filter(pk=mail.pk)
    assert emptied.update(state=state, sent_at=moment, subject="", text="", html="") == 1


def test_the_database_wants_the_moment_of_sending():
    mail = make_mail()

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.filter(pk=mail.pk).update(state=SendState.SENT)


def test_an_event_is_one_row_and_one_insert(django_assert_num_queries):
    with django_assert_num_queries(1):
        event = make_event()

    assert list(OutboxEvent.objects.values_list("pk", "kind", "payload", "fanned_at")) == [
        (event.pk, "policies.issued", {"version": 7}, None)
    ]
    assert EventReceipt.objects.count() == 0


def test_what_was_given_up_can_be_tried_again():
    mail = make_mail()
    OutboxMail.objects.filter(pk=mail.pk).update(state=SendState.FAILED, attempts=16)

    again = retry(mail)

    assert (again.state, again.attempts, again.message_id) == (SendState.WAITING, 0, mail.message_id)


def test_what_waits_cannot_be_tried_again():
    with pytest.raises(ValidationError, match="given up"):
        retry(make_mail())


def test_a_secret_mail_cannot_be_tried_again():
    mail = make_mail(secret=True, subject="", text="")
    OutboxMail.objects.filter(pk=mail.pk).update(state=SendState.FAILED)

    with pytest.raises(ValidationError, match="words of this mail are gone"):
        retry(mail)


@pytest.mark.parametrize("number", [1, 3])
def test_many_mails_are_one_insert(number, django_assert_num_queries):
    words = {"kind": "policies.reviews", "subject": "Reviews", "text": "Due."}
    with django_assert_num_queries(1):
        queue_mails({**words, "to": [f"reader{place}@trust.example"]} for place in range(number))

    assert [(mail.left, mail.html, mail.secret) for mail in OutboxMail.objects.order_by("pk")] == [
        ([f"reader{place}@trust.example"], "", False) for place in range(number)
    ]


def test_one_of_many_mails_that_is_no_mail_stops_them_all():
    words = {"kind": "policies.reviews", "text": "Due.", "to": ["ada@trust.example"]}
    with pytest.raises(ValidationError, match="one line"):
        queue_mails([{**words, "subject": "Reviews"}, {**words, "subject": "Reviews\nBcc: all"}])

    assert OutboxMail.objects.count() == 0

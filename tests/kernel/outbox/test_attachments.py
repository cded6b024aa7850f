import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kernel.outbox import Attachment, deliver, queue_mails
from kernel.outbox.attachments import LARGEST
from kernel.outbox.enums import SendState
from kernel.outbox.models import OutboxMail
from tests.factories.outbox import make_mail
from tests.smtp_server import REFUSED, MailServer

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"
CALENDAR = Attachment("course.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:Caffè\r\n")


@pytest.fixture
def post(settings):
    def use(port):
        settings.OUTBOX_DELIVERY_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5

    return use


def test_a_file_is_kept_with_its_mail_and_leaves_with_every_copy(post):
    mail = make_mail(to=["a@trust.example", "b@trust.example"], attachments=[CALENDAR])
    with MailServer() as server:
        post(server.port)
        deliver()

    assert len(server.letters) == 2
    for letter in server.letters:
        (part,) = letter.iter_attachments()
        assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
        assert part.get_filename() == "course.ics"
        assert part.get_content().splitlines() == ["BEGIN:VCALENDAR", "SUMMARY:Caffè"]
        assert letter.get_body(("plain",)).get_content().strip() == "Your policy is due."
    mail.refresh_from_db()
    assert mail.attachments == [
        {"name": "course.ics", "content_type": "text/calendar; method=REQUEST", "text": CALENDAR.text}
    ]


def test_each_of_many_mails_has_its_own_files():
    words = {"kind": "training.confirmed", "subject": "Booked", "text": "Come."}
    queue_mails(
        [
            {**words, "to": ["a@trust.example"], "attachments": [CALENDAR]},
            {**words, "to": ["b@trust.example"]},
        ]
    )

    assert [[one["name"] for one in mail.attachments] for mail in OutboxMail.objects.order_by("pk")] == [
        ["course.ics"],
        [],
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        Attachment("a.ics\r\nBcc: eve@x.example", "text/calendar", "x"),
        Attachment("", "text/calendar", "x"),
        Attachment("../a.ics", "text/calendar", "x"),
        Attachment("a.ics", "text/calendar\r\nBcc: eve@x.example", "x"),
        Attachment("a.exe", "application/octet-stream", "x"),
        Attachment("a.txt", "text/plain", "x" * (LARGEST + 1)),
    ],
)
def test_what_is_no_small_text_file_is_refused(wrong):
    with pytest.raises(ValidationError):
        make_mail(attachments=[wrong])

    assert OutboxMail.objects.count() == 0


def test_the_largest_file_passes():
    assert make_mail(attachments=[Attachment("a.txt", "text/plain", "x" * LARGEST)]).pk


@pytest.mark.parametrize("to", ["ada@trust.example", REFUSED])
def test_the_files_of_a_secret_mail_go_with_its_words(post, to):
    mail = make_mail(secret=True, to=[to], attachments=[CALENDAR])
    with MailServer("choosy") as server:
        post(server.port)
        deliver()

    mail.refresh_from_db()
    assert mail.state == (SendState.FAILED if to == REFUSED else SendState.SENT)
    assert (mail.text, mail.attachments) == ("", [])


@pytest.mark.parametrize("state", [SendState.SENT, SendState.FAILED])
def test_the_database_keeps_no_secret_file_of_a_mail_that_is_over(state):
    mail = make_mail(secret=True, attachments=[CALENDAR])
    over = {"state": state, "sent_at": timezone.now() if state == SendState.SENT else None}
    words = {"subject": "", "text": "", "html": ""}
    row = OutboxMail.objects.filter(pk=mail.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**over, **words)

    assert row.update(**over, **words, attachments=[]) == 1

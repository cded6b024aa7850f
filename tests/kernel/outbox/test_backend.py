import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail

from kernel.outbox.models import OutboxMail

pytestmark = pytest.mark.django_db
BACKEND = "kernel.outbox.backend.OutboxEmailBackend"


@pytest.fixture(autouse=True)
def through_the_outbox(settings):
    settings.EMAIL_BACKEND = BACKEND  # the test runner had put its own in the place


def test_the_sites_own_mail_becomes_a_secret_row(mailoutbox):
    assert send_mail("Reset your\npassword", "Press here.", None, ["ada@trust.example"]) == 1

    assert list(OutboxMail.objects.values_list("kind", "to", "subject", "text", "html", "secret")) == [
        ("site.mail", ["ada@trust.example"], "Reset your password", "Press here.", "", True)
    ]
    assert mailoutbox == []


def test_both_bodies_and_all_recipients_are_kept():
    message = EmailMultiAlternatives(
        "Hi", "plain", to=["a@x.example"], cc=["b@x.example"], bcc=["c@x.example"]
    )
    message.attach_alternative("<p>rich</p>", "text/html")
    message.send()

    mail = OutboxMail.objects.get()
    assert (mail.text, mail.html, mail.to) == (
        "plain",
        "<p>rich</p>",
        ["a@x.example", "b@x.example", "c@x.example"],
    )


def test_a_body_of_html_only_is_kept_as_html():
    message = EmailMessage("Hi", "<p>rich</p>", to=["a@x.example"])
    message.content_subtype = "html"
    message.send()

    mail = OutboxMail.objects.get()
    assert (mail.text, mail.html) == ("", "<p>rich</p>")


def test_an_attachment_is_refused_rather_than_lost():
    message = EmailMessage("Hi", "see below", to=["a@x.example"])
    message.attach("a.txt", "words", "text/plain")

    with pytest.raises(NotImplementedError, match="no attachments"):
        message.send()


def test_several_messages_are_counted():
    messages = [EmailMessage("Hi", "one", to=["a@x.example"]), EmailMessage("Hi", "two", to=["b@x.example"])]

    assert get_connection().send_messages(messages) == 2
    assert OutboxMail.objects.count() == 2

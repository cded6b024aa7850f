from django.core.mail.backends.base import BaseEmailBackend

from kernel.outbox import services


class OutboxEmailBackend(BaseEmailBackend):
    """Django's, Wagtail's and allauth's own mail as rows of the outbox.

    All of it counts as secret: password resets come this way, and their words must go once they are sent.
    Everything leaves under ``DEFAULT_FROM_EMAIL``. Attachments are refused rather than lost.
    """

    def send_messages(self, email_messages):
        for message in email_messages:
            self._queue(message)
        return len(email_messages)

    def _queue(self, message) -> None:
        if message.attachments:
            raise NotImplementedError("the outbox carries no attachments: send a link")
        html = [body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"]
        if message.content_subtype == "html":
            html = [message.body]
        services.queue_mail(
            kind="site.mail",
            to=message.recipients(),
            subject=" ".join(str(message.subject).split()),
            text="" if message.content_subtype == "html" else message.body,
            html=html[0] if html else "",
            secret=True,
        )
